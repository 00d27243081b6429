"""What a clock on the wall means: local days and times as instants, across daylight saving."""

from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo


class Which(StrEnum):
    """Which of two instants a time means in the hour that clocks go through twice."""

    first = "first"
    second = "second"


class SkippedTimeError(ValueError):
    """Clocks go forward past that time: it never is. ``next_time`` is what they show instead."""

    def __init__(self, next_time: datetime) -> None:
        super().__init__("clocks skip that time")
        self.next_time = next_time


def is_repeated(written: datetime, zone: ZoneInfo) -> bool:
    """Tell whether clocks show a time twice, because they go back past it."""
    early, late = (written.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    return early.utcoffset() != late.utcoffset() and not _is_skipped(written, zone)


def _is_skipped(written: datetime, zone: ZoneInfo) -> bool:
    there = written.replace(tzinfo=zone)
    return there.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != written


def instant_of(written: datetime, zone: ZoneInfo, which: Which) -> datetime:
    """Return the instant, in UTC, of a local time without a zone.

    ``which`` decides in the hour that comes twice, and changes nothing in any other.

    :raise SkippedTimeError: if clocks in that zone never show the time.
    """
    if _is_skipped(written, zone):
        # The offset from before the change, read after it: PEP 495 maps a gap that way.
        shown = written.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)
        raise SkippedTimeError(shown.replace(tzinfo=None))
    fold = 1 if which is Which.second else 0
    return written.replace(tzinfo=zone, fold=fold).astimezone(UTC)
