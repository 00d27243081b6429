"""Sessions of staff: each ends by itself, by its person, or with all the others."""

import pytest
from flask import Flask

from surveyapp.storage.people.sessions import LONGEST, begin, count, drop_old, end, find
from surveyapp.storage.people.staff import (
    Role,
    Staff,
    add_staff,
    end_sessions,
    staff_member,
    switch,
)
from tests.storage.making import NOW

pytestmark = pytest.mark.usefixtures("context")
OVER = NOW + LONGEST


@pytest.fixture
def ann(context: Flask) -> Staff:
    """Somebody who signs in."""
    return add_staff("ann@elm.example", Role.analyst, "hash", by="test", now=NOW)


def test_a_session_lasts_a_working_day(ann: Staff) -> None:
    token = begin(ann, NOW)
    assert find(token, NOW) == ann
    assert find(token, OVER) is None
    assert find("another", NOW) is None
    assert (count(ann, NOW), count(ann, OVER)) == (1, 0)


def test_one_browser_is_signed_out_and_another_is_not(ann: Staff) -> None:
    here, there = begin(ann, NOW), begin(ann, NOW)
    end(here)
    assert find(here, NOW) is None
    assert find(there, NOW) == ann


def test_everywhere_means_every_browser(ann: Staff) -> None:
    tokens = [begin(ann, NOW), begin(ann, NOW)]
    end_sessions(ann, by="chief", now=NOW)
    assert [find(one, NOW) for one in tokens] == [None, None]
    after = staff_member(ann.id)
    assert after is not None
    assert count(after, NOW) == 0
    assert find(begin(after, NOW), NOW) == after


def test_a_session_of_somebody_switched_off_opens_nothing(ann: Staff) -> None:
    token = begin(ann, NOW)
    switch(ann.id, on=False, by="chief", now=NOW)
    assert find(token, NOW) is None


def test_ended_sessions_are_dropped_and_living_ones_stay(ann: Staff) -> None:
    ben = add_staff("ben@elm.example", Role.analyst, "hash", by="test", now=NOW)
    begin(ann, NOW)
    living = begin(ben, NOW)
    end_sessions(ann, by="chief", now=NOW)
    assert drop_old(NOW) == 1
    assert find(living, NOW) == ben
    assert drop_old(OVER) == 1
