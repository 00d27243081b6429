"""The log: written with the deed or not at all, read newest first, bounded for the reader."""

from datetime import timedelta

import pytest

from surveyapp.storage.audit import (
    Action,
    Entry,
    Wanted,
    actors,
    all_lines,
    count,
    newest,
    note,
    record,
)
from surveyapp.storage.connection import writing
from tests.storage.making import NOW

pytestmark = pytest.mark.usefixtures("context")
LATER = NOW + timedelta(hours=1)


def written() -> tuple[Entry, ...]:
    """Write three lines; return them as they are read."""
    note("ann", Action.wave_opened, "safety 2026", NOW)
    note("ben", Action.wave_closed, "safety 2026", LATER)
    note("ann", Action.signed_in, "", LATER)
    return newest()


def test_a_line_stands_or_falls_with_what_it_tells() -> None:
    def fails() -> None:
        with writing() as connection:
            record(connection, "ann", Action.wave_opened, "safety 2026", NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert count() == 0
    with writing() as connection:
        record(connection, "ann", Action.wave_opened, "safety 2026", NOW)
    assert newest() == (Entry(NOW, "ann", "wave_opened", "safety 2026"),)


def test_a_line_holds_what_a_page_can_show() -> None:
    note("ann", Action.edit_refused, "safety: gone at x\x01\x85\uffff/\ud800y", NOW)
    assert newest()[0].subject == "safety: gone at x/y"


def test_the_newest_come_first_after_those_that_were_shown() -> None:
    third, second, first = written()
    assert (first.at, second.actor, third.action) == (NOW, "ben", "signed_in")
    assert newest(1) == (third,)
    assert newest(2, skip=1) == (second, first)
    assert actors() == ("ann", "ben")


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        (Wanted(), [0, 1, 2]),
        (Wanted(actor="ann"), [0, 2]),
        (Wanted(action="wave_closed"), [1]),
        (Wanted(since=LATER), [0, 1]),
        (Wanted(before=LATER), [2]),
        (Wanted(actor="ann", since=LATER), [0]),
        (Wanted(actors=("ben",)), [1]),
        (Wanted(actor="ann", actors=("ben",)), []),
        (Wanted(actors=()), []),
    ],
    ids=str,
)
def test_only_what_was_asked_for_and_may_be_seen_is_read(wanted: Wanted, places: list[int]) -> None:
    lines = written()
    expected = tuple(lines[one] for one in places)
    assert newest(100, wanted) == tuple(all_lines(wanted)) == expected
    assert count(wanted) == len(expected)
