"""Local times become instants; the hour that never is has none, and the one twice has two."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.storage.field.local_time import SkippedTimeError, Which, instant_of, is_repeated

TORONTO = ZoneInfo("America/Toronto")
# Ontario's other zones: Kenora keeps Central Time, and Atikokan no daylight saving.
ZONES = [TORONTO, ZoneInfo("America/Winnipeg"), ZoneInfo("America/Atikokan")]
FIRST, SECOND = Which.first, Which.second


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)  # noqa: DTZ - a time as it is written, without a zone


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-01-15T08:00", "2026-01-15T13:00+00:00"),
        ("2026-07-15T08:00", "2026-07-15T12:00+00:00"),
        ("2026-03-08T01:59", "2026-03-08T06:59+00:00"),
        ("2026-03-08T03:00", "2026-03-08T07:00+00:00"),
    ],
)
def test_a_time_is_that_of_the_municipality(written: str, instant: str) -> None:
    for which in Which:
        assert instant_of(at(written), TORONTO, which) == at(instant)
    assert not is_repeated(at(written), TORONTO)


@pytest.mark.parametrize("minute", ["02:00", "02:30", "02:59"])
def test_the_hour_that_clocks_skip_is_refused(minute: str) -> None:
    written = at(f"2026-03-08T{minute}")
    with pytest.raises(SkippedTimeError) as refused:
        instant_of(written, TORONTO, FIRST)
    assert refused.value.next_time == written + timedelta(hours=1)
    assert not is_repeated(written, TORONTO)
    assert instant_of(written, ZoneInfo("America/Atikokan"), FIRST) == at(
        f"2026-03-08T07:{minute[3:]}+00:00"
    )


@pytest.mark.parametrize("minute", ["01:00", "01:30", "01:59"])
def test_the_hour_that_comes_twice_has_two_instants(minute: str) -> None:
    written = at(f"2026-11-01T{minute}")
    assert is_repeated(written, TORONTO)
    early, late = (instant_of(written, TORONTO, which) for which in (FIRST, SECOND))
    assert late - early == timedelta(hours=1)
    assert early == at(f"2026-11-01T05:{minute[3:]}+00:00")
    assert not is_repeated(at("2026-11-01T02:00"), TORONTO)
    assert not is_repeated(at("2026-11-01T00:59"), TORONTO)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2039, 12, 31)), st.sampled_from(ZONES))  # noqa: DTZ001
def test_an_instant_reads_as_it_was_written(written: datetime, zone: ZoneInfo) -> None:
    for which in Which:
        try:
            found = instant_of(written, zone, which)
        except SkippedTimeError:
            continue
        assert found.tzinfo is UTC
        assert found.astimezone(zone).replace(tzinfo=None) == written
