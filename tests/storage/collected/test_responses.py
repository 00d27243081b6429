"""What is sent is stored once, under a receipt that a replay gets again."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import current_app
from sqlalchemy import delete, func, select, update

from surveyapp.storage.collected.responses import (
    Sending,
    already_sent,
    content_hash,
    receipt_code,
    settled,
    submit,
)
from surveyapp.storage.collected.visits import LIFETIME, start, visit
from surveyapp.storage.connection import IntegrityError, reading, writing
from surveyapp.storage.field.fielding import Fielding
from surveyapp.storage.field.fieldwork import Ended, Ending, endings_of
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import GRACE, wave
from surveyapp.storage.tables import (
    FieldworkCountRow,
    ResponseRow,
    SubmissionRow,
    VisitRow,
)
from tests.storage.making import NOW, SLUG, fielded, page

pytestmark = pytest.mark.usefixtures("context")
Table = type[ResponseRow] | type[SubmissionRow] | type[VisitRow]


def count(table: Table) -> int:
    """Count the rows of a table."""
    return int(reading().execute(select(func.count()).select_from(table)).scalar_one())


def answered(field: Fielding, place: str = "a", invitation_id: int | None = None) -> str:
    """Begin a visit and answer its first page; return its token."""
    token = start(field, "fr", NOW, invitation_id)
    page(token, "home", 0, {"place": place})
    return token


def seen(token: str) -> str:
    """Return what a check page says it showed."""
    found = visit(token)
    assert found is not None
    return content_hash(settled(found))


def test_a_visit_becomes_one_response_and_goes() -> None:
    field = fielded()
    token = answered(field)
    receipt = submit(token, NOW + timedelta(minutes=11, seconds=59))
    assert receipt.outcome is Sending.accepted
    row = reading().execute(select(ResponseRow)).one()
    assert (row.wave_id, row.change_no, row.minutes) == (field.wave.id, 1, 11)
    assert (row.sample_id, row.collector_id) == (field.collector.sample_id, field.collector.id)
    assert (row.edition_id, row.profile_id) == (field.edition_id, field.profile_id)
    assert (row.language, row.submitted_on) == ("fr", date(2026, 3, 2))
    assert count(VisitRow) == 0
    assert wave(field.wave.id).last_change == 1


def test_answers_are_settled_when_sent() -> None:
    field = fielded()
    token = start(field, "en", NOW)
    page(token, "home", 0, {"place": "a", "why": "never asked", "streets.calm": "good"})
    submit(token, NOW)
    answers = json.loads(reading().execute(select(ResponseRow.answers)).scalar_one())
    assert answers["place"] == "a"
    assert answers["streets.clean"] is None
    assert "why" not in answers


def test_sending_again_gives_the_same_receipt() -> None:
    field = fielded()
    token = answered(field)
    first, second, late = (submit(token, NOW + LIFETIME * days) for days in (0, 0, 90))
    assert (first.outcome, second.outcome, late.outcome) == (
        Sending.accepted,
        Sending.replayed,
        Sending.replayed,
    )
    assert first.code == second.code == late.code == already_sent(token)
    assert count(ResponseRow) == count(SubmissionRow) == 1


def test_a_page_that_comes_after_sending_changes_nothing() -> None:
    token = answered(fielded())
    submit(token, NOW)
    before = reading().execute(select(ResponseRow.answers)).scalar_one()
    assert page(token, "home", 1, {"place": "b"})[0].value == "gone"
    assert reading().execute(select(ResponseRow.answers)).scalar_one() == before


def test_what_was_not_seen_is_not_sent() -> None:
    token = answered(fielded())
    shown = seen(token)
    page(token, "home", 1, {"place": "b"})
    assert submit(token, NOW, shown).outcome is Sending.changed
    assert count(ResponseRow) == 0
    assert submit(token, NOW, seen(token)).outcome is Sending.accepted


def test_other_answers_under_the_same_key_are_a_visible_conflict() -> None:
    token = answered(fielded())
    older = seen(token)
    page(token, "home", 1, {"place": "b"})
    newer = seen(token)
    code = submit(token, NOW, newer).code
    again, other = submit(token, NOW, newer), submit(token, NOW, older)
    assert (again.outcome, again.code) == (Sending.replayed, code)
    assert (other.outcome, other.code) == (Sending.conflict, code)
    assert count(ResponseRow) == 1


def test_an_unknown_token_sends_nothing() -> None:
    fielded()
    assert submit("nobody's", NOW).outcome is Sending.gone
    assert submit("", NOW).outcome is Sending.gone
    assert already_sent("") == ""


def test_an_expired_visit_is_not_sent() -> None:
    token = answered(fielded())
    assert submit(token, NOW + LIFETIME).outcome is Sending.closed
    assert count(ResponseRow) == 0


def test_closing_a_wave_closes_it_for_visits_too() -> None:
    token = answered(fielded())
    close_wave(SLUG, "2026", NOW)
    assert submit(token, NOW).outcome is Sending.closed
    assert (count(ResponseRow), count(VisitRow)) == (0, 1)


def test_whoever_answers_when_the_last_day_ends_can_send() -> None:
    field = fielded(closes=NOW.date())
    assert field.wave.closes_at is not None
    first, second = answered(field), answered(field)
    assert submit(first, field.wave.closes_at + GRACE).outcome is Sending.closed
    end = field.wave.closes_at + GRACE - timedelta(seconds=1)
    assert submit(second, end).outcome is Sending.accepted


def test_a_receipt_can_be_copied_from_paper() -> None:
    codes = {receipt_code(str(number)) for number in range(300)}
    assert len(codes) == 300
    assert all(re.fullmatch(r"([CDFGHJKMNPQRTVWXY34679]{4}-?){3}", code) for code in codes)
    letters = set("".join(codes)) - {"-"}
    assert len(letters) == 22  # each is used; no vowels, no 0 O 1 I L 5 S 8 B 2 Z U


def test_a_receipt_depends_on_the_secret() -> None:
    before = receipt_code("token")
    current_app.config["SECRET_KEY"] = "another secret, of the same good length: 012"
    assert receipt_code("token") != before


def test_neither_token_nor_receipt_is_kept() -> None:
    token = answered(fielded())
    code = submit(token, NOW).code
    for table in (ResponseRow, SubmissionRow, FieldworkCountRow):
        stored = str(reading().execute(select(table)).all())
        assert token not in stored
        assert code not in stored
        assert code.replace("-", "") not in stored


def test_nothing_that_is_kept_tells_the_time_or_the_address() -> None:
    names = set(ResponseRow.__table__.columns.keys()) | set(SubmissionRow.__table__.columns.keys())
    assert names == {
        "id",
        "wave_id",
        "change_no",
        "sample_id",
        "collector_id",
        "edition_id",
        "profile_id",
        "language",
        "submitted_on",
        "minutes",
        "stratum",
        "base_weight",
        "signs",
        "answers",
        "key_hash",
        "receipt_hash",
        "content_hash",
        "response_id",
        "state",
    }


def test_the_day_is_the_one_where_the_wave_is_held() -> None:
    field = fielded()
    late = datetime(2026, 3, 3, 4, 59, tzinfo=UTC)
    token = start(field, "en", late)
    submit(token, late)
    assert reading().execute(select(ResponseRow.submitted_on)).scalar_one() == date(2026, 3, 2)


@pytest.mark.parametrize(("hours", "minutes"), [(0, 0), (2, 120), (23, 120)])
def test_minutes_are_capped(hours: int, minutes: int) -> None:
    token = answered(fielded())
    submit(token, NOW + timedelta(hours=hours))
    assert reading().execute(select(ResponseRow.minutes)).scalar_one() == minutes


def test_a_clock_that_goes_back_costs_no_answer() -> None:
    token = answered(fielded())
    assert submit(token, NOW - timedelta(minutes=5)).outcome is Sending.accepted
    assert reading().execute(select(ResponseRow.minutes)).scalar_one() == 0


def test_the_end_of_a_visit_is_counted_once() -> None:
    field = fielded()
    tokens = [answered(field) for _ in range(3)]
    for token in (*tokens, *tokens):
        submit(token, NOW)
    sent = Ending(field.collector.id, date(2026, 3, 2), "fr", "check", Ended.submitted)
    assert endings_of(field.wave.id) == {sent: 3}


def test_ids_are_random() -> None:
    field = fielded()
    for _ in range(3):
        submit(answered(field), NOW)
    ids = list(reading().execute(select(ResponseRow.id)).scalars())
    assert len({one[:8] for one in ids}) == 3
    assert all(re.fullmatch("[0-9a-f]{32}", one) for one in ids)


def test_nobody_changes_or_deletes_a_response() -> None:
    submit(answered(fielded()), NOW)

    def change() -> None:
        with writing() as connection:
            connection.execute(update(ResponseRow).values(answers="{}"))

    def drop(table: Table) -> None:
        with writing() as connection:
            connection.execute(delete(table))

    with pytest.raises(IntegrityError, match="never changes"):
        change()
    with pytest.raises(IntegrityError, match="only when withdrawn"):
        drop(ResponseRow)
    with pytest.raises(IntegrityError, match="only after its response"):
        drop(SubmissionRow)
    assert count(ResponseRow) == count(SubmissionRow) == 1


def test_a_kill_in_the_middle_leaves_the_visit_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    field = fielded()
    token = answered(field)

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("surveyapp.storage.collected.responses.count_ending", killed)
        with pytest.raises(KeyboardInterrupt):
            submit(token, NOW)
    assert (count(ResponseRow), count(SubmissionRow), count(VisitRow)) == (0, 0, 1)
    assert wave(field.wave.id).last_change == 0
    assert replace(submit(token, NOW), code="").outcome is Sending.accepted
