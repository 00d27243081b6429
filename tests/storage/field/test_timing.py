"""Waves open and close when they are told to, another day when that is changed, and for good."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from surveyapp.storage.audit import Entry, newest
from surveyapp.storage.field.fielding import fielding
from surveyapp.storage.field.timing import close_wave, open_wave, retime
from surveyapp.storage.field.waves import GRACE, Opening, Wave, WaveError, WaveState, wave, wave_of
from tests.storage.making import NOW, SLUG, fielded, municipality, places, published

pytestmark = pytest.mark.usefixtures("context")
BY = "someone@county.example"
DAY = timedelta(days=1)
IN_A_WEEK = NOW + 7 * DAY


def planned(opens_at: datetime = NOW + DAY, closes_at: datetime | None = IN_A_WEEK) -> Wave:
    """Plan a wave that opens tomorrow and closes in a week."""
    published()
    opening = Opening(places(), "open", opens_at=opens_at, closes_at=closes_at)
    open_wave(SLUG, "2026", opening, NOW, BY)
    found = wave_of(SLUG, "2026")
    assert found is not None
    return found


def logged() -> Entry:
    return newest()[0]


def test_a_wave_opens_and_closes_by_the_minute_it_was_planned_for() -> None:
    made = planned()
    assert (made.opens_at, made.closes_at) == (
        NOW.replace(second=30) + DAY,
        IN_A_WEEK.replace(second=30),
    )
    second = timedelta(seconds=1)
    assert made.state(NOW + DAY - second) is WaveState.not_yet_open
    assert made.state(NOW + DAY) is WaveState.open
    assert made.state(IN_A_WEEK - second) is WaveState.open
    assert made.state(IN_A_WEEK) is WaveState.finishing
    assert made.state(IN_A_WEEK + GRACE) is WaveState.closed
    found = fielding(SLUG, NOW + DAY)
    assert found is not None
    assert found.state(NOW + DAY) is WaveState.open


def test_opening_and_closing_are_in_the_log() -> None:
    planned()
    assert (logged().actor, logged().action, logged().subject) == (BY, "wave_opened", "safety 2026")
    close_wave(SLUG, "2026", NOW + DAY, by=BY)
    close_wave(SLUG, "2026", NOW + 2 * DAY, by="somebody else")
    assert (logged().actor, logged().action) == (BY, "wave_closed")
    found = wave_of(SLUG, "2026")
    assert found is not None
    assert found.closed_at == NOW + DAY


@pytest.mark.parametrize(
    "closes_at", [IN_A_WEEK + DAY, IN_A_WEEK - DAY, None], ids=["later", "earlier", "no end"]
)
def test_a_wave_in_the_field_closes_another_day(closes_at: datetime | None) -> None:
    made = planned()
    later = NOW + 2 * DAY
    assert retime(made.id, made.opens_at, closes_at, by=BY, now=later).closes_at == closes_at
    assert logged().action == "wave_retimed"
    assert logged().actor == BY
    assert logged().subject.startswith("safety 2026: 2026-03-03T10:30-05:00 to 2026-03-09T11:30")
    end = closes_at.astimezone(made.zone).isoformat(timespec="minutes") if closes_at else "no end"
    assert logged().subject.endswith(f"to {end}")


@pytest.mark.parametrize(
    ("results_on", "closes_at", "at", "reason"),
    [
        (date(2026, 3, 9), IN_A_WEEK, NOW, "results_before_closing"),
        (date(2026, 3, 10), IN_A_WEEK + 2 * DAY, NOW, "results_before_closing"),
        (date(2026, 3, 11), IN_A_WEEK, NOW + 30 * DAY, "results_in_the_past"),
    ],
    ids=["on the last day", "closing outlasts it", "over"],
)
def test_results_are_promised_for_a_day_that_can_be(
    results_on: date, closes_at: datetime, at: datetime, reason: str
) -> None:
    made = planned()
    made = retime(made.id, made.opens_at, IN_A_WEEK, results_on=date(2026, 3, 10), by=BY, now=NOW)
    assert made.results_on == date(2026, 3, 10)
    assert logged().subject == "safety 2026: - now 2026-03-10"
    with pytest.raises(WaveError) as refused:
        retime(made.id, made.opens_at, closes_at, results_on=results_on, by=BY, now=at)
    assert refused.value.reason == reason
    assert wave(made.id) == made


def test_a_wave_that_is_opened_with_a_day_for_results_has_it_in_the_log() -> None:
    published()
    day = date(2026, 5, 1)
    open_wave(SLUG, "2026", Opening(places(), "open", results_on=day), NOW, BY)
    found = wave_of(SLUG, "2026")
    assert found is not None
    assert found.results_on == day
    assert {one.action for one in newest()[:2]} == {"wave_opened", "results_promised"}


def test_the_same_times_again_leave_no_line_in_the_log() -> None:
    made = planned()
    retime(made.id, made.opens_at, made.closes_at, by=BY, now=NOW)
    assert logged().action == "wave_opened"


def test_a_planned_wave_opens_another_day() -> None:
    made = planned()
    assert retime(made.id, NOW + 3 * DAY, None, by=BY, now=NOW).opens_at == NOW + 3 * DAY


def test_whoever_finishes_may_be_given_more_time() -> None:
    made = planned()
    late = IN_A_WEEK + timedelta(hours=1)
    again = retime(made.id, made.opens_at, late + DAY, by=BY, now=late)
    assert again.state(late) is WaveState.open


@pytest.mark.parametrize(
    ("opens", "closes", "at", "reason"),
    [
        (2 * DAY, 7 * DAY, 3 * DAY, "has_opened"),
        (DAY, 2 * DAY, 3 * DAY, "closes_in_the_past"),
        (3 * DAY, 2 * DAY, 0 * DAY, "closes_before_it_opens"),
        (DAY, 20 * DAY, 8 * DAY, "closed_for_good"),
    ],
)
def test_times_that_cannot_be_change_nothing(
    opens: timedelta, closes: timedelta, at: timedelta, reason: str
) -> None:
    made = planned()
    with pytest.raises(WaveError) as refused:
        retime(made.id, NOW + opens, NOW + closes, by=BY, now=NOW + at)
    assert refused.value.reason == reason
    assert wave(made.id) == made
    assert logged().action == "wave_opened"


def test_a_wave_closed_by_hand_stays_closed() -> None:
    made = planned()
    close_wave(SLUG, "2026", NOW + 2 * DAY)
    with pytest.raises(WaveError, match="is closed"):
        retime(made.id, made.opens_at, IN_A_WEEK + DAY, by=BY, now=NOW + 3 * DAY)


def test_the_next_wave_opens_once_the_last_is_over() -> None:
    planned()
    over = IN_A_WEEK + GRACE
    with pytest.raises(WaveError) as refused:
        open_wave(SLUG, "2027", Opening("set", "open"), over - timedelta(seconds=1))
    assert refused.value.reason == "another_open"
    open_wave(SLUG, "2027", Opening("set", "open"), over)
    last = wave_of(SLUG, "2026")
    assert last is not None
    assert last.closed_at == over
    assert last.last_day(over) == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("code", "opening", "reason"),
    [
        ("2026", Opening("set", "open"), "code_taken"),
        ("2027", Opening("set", "open"), "another_open"),
        ("2027", Opening("nowhere", "open"), "places_unknown"),
    ],
)
def test_why_a_wave_does_not_open_is_said(code: str, opening: Opening, reason: str) -> None:
    fielded()
    with pytest.raises(WaveError) as refused:
        open_wave(SLUG, code, opening, NOW)
    assert refused.value.reason == reason


def test_a_wave_that_would_close_before_it_opens_is_refused() -> None:
    published()
    early = replace(Opening(places(), "open"), opens_at=NOW, closes_at=NOW - DAY)
    with pytest.raises(WaveError) as refused:
        open_wave(SLUG, "2026", early, NOW)
    assert refused.value.reason == "closes_before_it_opens"


def test_a_town_in_another_zone_keeps_its_own_days() -> None:
    published()
    municipality(time_zone="America/Winnipeg")
    days = Opening(places(), "open", opens=date(2026, 3, 8), closes=date(2026, 3, 8))
    open_wave(SLUG, "2026", days, NOW)
    found = wave_of(SLUG, "2026")
    assert found is not None
    assert found.closes_at is not None
    # Clocks go forward that night: the day has 23 hours.
    assert found.closes_at - found.opens_at == timedelta(hours=23)
    assert found.zone.key == "America/Winnipeg"
