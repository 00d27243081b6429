"""Who signs in: one address each, never the last administrator gone, every change in the log."""

import pytest

from surveyapp.storage.audit import newest
from surveyapp.storage.people.staff import (
    EmailError,
    EmailTakenError,
    LastAdministratorError,
    Role,
    Staff,
    add_staff,
    change_password,
    change_staff,
    end_sessions,
    has_real_staff,
    keep_password_hash,
    list_staff,
    normalized,
    staff_by_email,
    staff_member,
    switch,
)
from tests.storage.making import NOW, municipality

pytestmark = pytest.mark.usefixtures("context")
ANN = "ann@elm.example"


def added(email: str = ANN, role: Role = Role.administrator, kept: str = "hash") -> Staff:
    return add_staff(email, role, kept, by="test", now=NOW)


def fresh(staff: Staff) -> Staff:
    found = staff_member(staff.id)
    assert found is not None
    return found


def told() -> tuple[str, str, str]:
    """Return the newest line of the log."""
    line = newest(1)[0]
    return line.actor, line.action, line.subject


def test_an_address_is_one_however_it_is_written() -> None:
    staff = added("  Ann@Elm.Example ")
    assert staff.email == ANN
    assert staff_by_email("ANN@elm.example") == staff
    assert staff_by_email("nobody@elm.example") is staff_by_email("no address") is None
    with pytest.raises(EmailTakenError):
        added("ann@ELM.example")
    # One letter and a mark, or both in one: the same address.
    assert normalized("rene\u0301@elm.example") == "ren\u00e9@elm.example"


def test_what_is_no_address_lets_nobody_in() -> None:
    for written in ("ann", "@elm", "ann@", "a@b@c", "a b@elm", "a\n@elm", "a" * 255 + "@elm"):
        with pytest.raises(EmailError):
            added(written)
    assert list_staff() == ()


def test_somebody_signs_in_with_a_password_and_switched_on() -> None:
    assert not added("new@elm.example", kept="").may_sign_in
    staff = added()
    assert staff.may_sign_in
    other = added("ben@elm.example")
    switch(other.id, on=False, by=ANN, now=NOW)
    assert told() == (ANN, "staff_switched_off", "ben@elm.example")
    assert not fresh(other).may_sign_in
    switch(other.id, on=True, by=ANN, now=NOW)
    assert fresh(other).may_sign_in


def test_a_change_is_told_and_ends_sessions() -> None:
    staff, place = added(role=Role.designer), municipality().municipality_id
    change_staff(staff.id, by="x", now=NOW, role=Role.analyst, municipality_ids=[place, place])
    now = fresh(staff)
    assert (now.role, now.municipality_ids) == (Role.analyst, (place,))
    assert told() == ("x", "staff_changed", f"{ANN}: role analyst, municipalities 1")
    assert now.stamp != staff.stamp
    change_staff(staff.id, by="x", now=NOW, password_hash="other", municipality_ids=())
    assert (fresh(staff).password_hash, fresh(staff).municipality_ids) == ("other", ())
    assert told()[2] == f"{ANN}: password, municipalities all"
    with pytest.raises(LookupError):
        change_staff(staff.id + 1, by="x", now=NOW, role=Role.analyst)


def test_sessions_end_with_a_new_password_and_not_with_a_newer_hash_of_it() -> None:
    staff = added()
    keep_password_hash(staff.id, "the same, costlier")
    assert fresh(staff).stamp == staff.stamp
    change_password(staff, "another", NOW)
    second = fresh(staff)
    assert (second.password_hash, told()[1]) == ("another", "password_changed")
    end_sessions(staff, by="x", now=NOW)
    assert len({staff.stamp, second.stamp, fresh(staff).stamp}) == 3
    assert told() == ("x", "sessions_ended", ANN)


def test_somebody_is_always_left_who_lets_others_in_everywhere() -> None:
    staff, place = added(), municipality().municipality_id
    # None of these can take the first one's place.
    added("waiting@elm.example", kept="")
    limited = added("limited@elm.example")
    change_staff(limited.id, by="x", now=NOW, municipality_ids=[place])
    before = newest(1)
    with pytest.raises(LastAdministratorError):
        switch(staff.id, on=False, by=ANN, now=NOW)
    with pytest.raises(LastAdministratorError):
        change_staff(staff.id, by=ANN, now=NOW, role=Role.analyst)
    with pytest.raises(LastAdministratorError):
        change_staff(staff.id, by=ANN, now=NOW, municipality_ids=[place])
    assert fresh(staff) == staff
    assert newest(1) == before


def test_the_demo_keeps_out_where_others_work() -> None:
    add_staff("demo@elm.example", Role.analyst, "", by="demo", now=NOW, is_demo=True)
    assert not has_real_staff()
    added()
    assert has_real_staff()
    assert [one.email for one in list_staff()] == [ANN, "demo@elm.example"]
