"""Links to set a password: for one person, once, for seven days, and none but the newest."""

import pytest
from flask import Flask
from sqlalchemy import select

from surveyapp.storage.audit import newest
from surveyapp.storage.connection import reading
from surveyapp.storage.people.links import (
    LASTS,
    LinkUsedError,
    drop_old,
    holder,
    make_link,
    use_link,
    waits_until,
)
from surveyapp.storage.people.staff import Role, Staff, add_staff, staff_member, switch
from surveyapp.storage.tables import StaffLinkRow
from tests.storage.making import NOW

pytestmark = pytest.mark.usefixtures("context")


@pytest.fixture
def ann(context: Flask) -> Staff:
    """Somebody who was let in and has no password yet."""
    return add_staff("ann@elm.example", Role.analyst, "", by="test", now=NOW)


def test_a_link_sets_a_password_once(ann: Staff) -> None:
    token = make_link(ann, by="chief", now=NOW)
    assert newest(1)[0].subject == ann.email
    assert holder(token, NOW) == ann
    assert waits_until(ann, NOW) == NOW + LASTS
    welcome = use_link(token, "hash", NOW)
    assert (welcome.password_hash, welcome.may_sign_in) == ("hash", True)
    assert welcome.stamp != ann.stamp
    assert (newest(1)[0].actor, newest(1)[0].action) == (ann.email, "password_set")
    assert waits_until(ann, NOW) is None
    with pytest.raises(LinkUsedError):
        use_link(token, "another", NOW)
    assert staff_member(ann.id) == welcome


def test_a_link_takes_the_place_of_an_older_one(ann: Staff) -> None:
    old, new = (make_link(ann, by="chief", now=NOW) for _ in range(2))
    assert holder(old, NOW) is None
    assert holder(new, NOW) == ann


def test_a_link_runs_out_and_is_dropped(ann: Staff) -> None:
    token = make_link(ann, by="chief", now=NOW)
    over = NOW + LASTS
    assert holder(token, over) is None
    with pytest.raises(LinkUsedError):
        use_link(token, "hash", over)
    assert (drop_old(NOW), drop_old(over), drop_old(over)) == (0, 1, 0)


def test_a_link_lets_in_nobody_who_is_switched_off(ann: Staff) -> None:
    token = make_link(ann, by="chief", now=NOW)
    switch(ann.id, on=False, by="chief", now=NOW)
    assert holder(token, NOW) is None
    with pytest.raises(LinkUsedError):
        use_link(token, "hash", NOW)


def test_the_database_tells_no_link(ann: Staff) -> None:
    token = make_link(ann, by="chief", now=NOW)
    assert token not in reading().execute(select(StaffLinkRow.token_hash)).scalars().all()
    assert holder("another", NOW) is None
