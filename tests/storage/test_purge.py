"""What is no longer kept goes, once, and what is counted stays."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from surveyapp.storage import purge as purging
from surveyapp.storage.collected.responses import already_sent, submit
from surveyapp.storage.collected.visits import LIFETIME, start, visit
from surveyapp.storage.connection import reading
from surveyapp.storage.counted.bulk import Loaded, bulk_insert
from surveyapp.storage.field.fielding import Fielding
from surveyapp.storage.field.fieldwork import Ended, Ending, endings_of
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import wave
from surveyapp.storage.limits import allow
from surveyapp.storage.purge import Purged, months_later, purge
from surveyapp.storage.tables import ResponseRow, SubmissionRow, VisitRow, WithdrawalRow
from tests.questionnaire.making import whole
from tests.storage.making import NOW, SLUG, fielded, page, published

pytestmark = pytest.mark.usefixtures("context")
# The demo's default retention, which `whole` does not change.
MONTHS = 24
CLOSED = NOW + timedelta(days=10)
LATER = datetime(2028, 3, 13, 15, tzinfo=UTC)
Table = type[ResponseRow] | type[SubmissionRow] | type[VisitRow] | type[WithdrawalRow]


def count(table: Table) -> int:
    """Count the rows of a table."""
    return int(reading().execute(select(func.count()).select_from(table)).scalar_one())


def loaded(field: Fielding, number: int) -> Iterator[Loaded]:
    """Give some responses."""
    one = Loaded(
        collector_id=field.collector.id,
        edition_id=field.edition_id,
        profile_id=field.profile_id,
        language="en",
        submitted_on=date(2026, 3, 2),
        minutes=5,
        answers={"place": "a"},
    )
    return (one for _ in range(number))


def test_an_expired_visit_becomes_a_count_on_the_day_of_its_last_page() -> None:
    field = fielded()
    late = datetime(2026, 3, 3, 4, 30, tzinfo=UTC)  # still the second of March in Ontario
    token = start(field, "fr", late)
    assert purge(late + LIFETIME - timedelta(seconds=1)).visits == 0
    assert purge(late + LIFETIME).visits == 1
    left = Ending(field.collector.id, date(2026, 3, 2), "fr", "notice", Ended.left)
    assert endings_of(field.wave.id) == {left: 1}
    assert visit(token) is None


def test_purging_again_counts_nothing_again() -> None:
    field = fielded()
    for _ in range(3):
        page(start(field, "en", NOW), "home", 0, {"place": "a"})
    done = NOW + LIFETIME
    assert purge(done).visits == 3
    assert purge(done) == Purged(0, 0, 0, 0)
    left = Ending(field.collector.id, date(2026, 3, 2), "en", "home", Ended.left)
    assert endings_of(field.wave.id) == {left: 3}


def test_many_visits_end_over_several_transactions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "_EXPIRED", purging._EXPIRED.limit(2))
    monkeypatch.setattr(purging, "VISITS_AT_ONCE", 2)
    field = fielded()
    for _ in range(5):
        start(field, "en", NOW)
    assert purge(NOW + LIFETIME).visits == 5
    assert sum(endings_of(field.wave.id).values()) == 5


def test_a_saved_page_keeps_a_visit_for_longer() -> None:
    field = fielded()
    token = start(field, "en", NOW)
    page(token, "home", 0, {"place": "a"}, timedelta(hours=20))
    assert purge(NOW + LIFETIME).visits == 0
    assert purge(NOW + LIFETIME + timedelta(hours=20)).visits == 1


def test_a_sent_visit_is_not_counted_as_left() -> None:
    field = fielded()
    token = start(field, "en", NOW)
    submit(token, NOW)
    assert purge(NOW + LIFETIME).visits == 0
    assert {ending.outcome for ending in endings_of(field.wave.id)} == {Ended.submitted}


def test_answers_stay_until_their_retention_ends() -> None:
    field = fielded()
    bulk_insert(field.wave.id, loaded(field, 3))
    close_wave(SLUG, "2026", CLOSED)
    assert purge(datetime(2028, 3, 11, 15, tzinfo=UTC)).responses == 0
    assert purge(datetime(2028, 3, 12, 15, tzinfo=UTC)).responses == 3


def test_answers_of_an_open_wave_stay() -> None:
    field = fielded()
    bulk_insert(field.wave.id, loaded(field, 3))
    assert purge(LATER + timedelta(days=2000)).responses == 0


def test_what_goes_is_masked_by_change_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(purging, "RESPONSES_AT_ONCE", 2)
    field = fielded()
    bulk_insert(field.wave.id, loaded(field, 5))
    close_wave(SLUG, "2026", CLOSED)
    assert purge(LATER) == Purged(0, 5, 5, 0)
    assert count(ResponseRow) == count(SubmissionRow) == 0
    columns = (WithdrawalRow.change_no, WithdrawalRow.of_change_no)
    rows = reading().execute(select(*columns).order_by(WithdrawalRow.change_no)).all()
    assert [tuple(row) for row in rows] == [(6, 1), (7, 2), (8, 3), (9, 4), (10, 5)]
    assert wave(field.wave.id).last_change == 10
    assert purge(LATER) == Purged(0, 0, 0, 0)


def test_each_edition_keeps_its_own_retention() -> None:
    field = fielded()
    bulk_insert(field.wave.id, loaded(field, 2))
    shorter = published(whole() | {"retention_months": 1})
    newer = replace(field, edition_id=shorter.id)
    bulk_insert(field.wave.id, loaded(newer, 3))
    close_wave(SLUG, "2026", CLOSED)
    gone = purge(CLOSED + timedelta(days=40))
    assert (gone.responses, gone.submissions) == (3, 0)
    assert set(reading().execute(select(ResponseRow.edition_id)).scalars()) == {field.edition_id}
    assert purge(LATER) == Purged(0, 2, 5, 0)


def test_a_replay_is_known_until_retention_ends() -> None:
    field = fielded()
    token = start(field, "en", NOW)
    code = submit(token, NOW).code
    close_wave(SLUG, "2026", CLOSED)
    purge(CLOSED + timedelta(days=300))
    assert already_sent(token) == code
    purge(LATER)
    assert already_sent(token) == ""


def test_old_limits_go() -> None:
    allow("start", "someone", 5, timedelta(hours=1), NOW)
    assert purge(NOW + timedelta(days=1)).limits == 0
    assert purge(NOW + timedelta(days=3)).limits == 1


def test_the_command_says_what_went(app: Flask) -> None:
    start(fielded(), "en", datetime.now(UTC) - 2 * LIFETIME)
    result = app.test_cli_runner().invoke(args=["purge"])
    assert result.output == "visits\t1\nresponses\t0\nsubmissions\t0\nlimits\t0\nentries\t0\n"
    assert count(VisitRow) == 0


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 3, 1)),
        (date(2026, 12, 5), 1, date(2027, 1, 5)),
        (date(2026, 3, 12), 24, date(2028, 3, 12)),
        (date(2026, 10, 31), 1, date(2026, 12, 1)),
    ],
)
def test_months_are_added_by_the_calendar(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def standing() -> Fielding:
    """Open a standing form, whose wave never closes."""
    field = fielded()
    made = published(whole() | {"standing": True, "retention_months": 12})
    return replace(field, edition_id=made.id)


def test_a_standing_form_keeps_each_answer_for_its_own_months() -> None:
    field = standing()
    days = [date(2026, 3, 2), date(2026, 3, 3), date(2026, 9, 1)]
    rows = list(loaded(field, 3))
    bulk_insert(
        field.wave.id,
        [replace(one, submitted_on=day) for one, day in zip(rows, days, strict=True)],
    )
    assert purge(datetime(2027, 3, 2, 15, tzinfo=UTC)).responses == 0
    assert purge(datetime(2027, 3, 4, 15, tzinfo=UTC)).responses == 2
    assert purge(datetime(2027, 3, 4, 15, tzinfo=UTC)).responses == 0
    kept = reading().execute(select(ResponseRow.submitted_on)).scalars().all()
    assert kept == [date(2026, 9, 1)]
    assert count(WithdrawalRow) == 2
