"""One response a sheet of paper, whatever is pressed twice and whoever types at once."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from surveyapp.storage.audit import newest
from surveyapp.storage.collected.entries import (
    Entered,
    Typed,
    discard,
    drafts_of,
    enter,
    is_stored,
    pending_of,
    require_double_entry,
    settle_sheet,
    settled_answers,
    sheet_token,
)
from surveyapp.storage.collected.interviews import enter_interview, interview_receipt
from surveyapp.storage.collected.responses import receipt_code
from surveyapp.storage.collected.withdrawals import Withdrawing, withdraw
from surveyapp.storage.connection import DatabaseError, IntegrityError, reading, writing
from surveyapp.storage.field.collectors import Kind, make_collector
from surveyapp.storage.field.fielding import Fielding, fielding_of
from surveyapp.storage.field.fieldwork import Ended, endings_of
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import samples_of
from surveyapp.storage.people.staff import Role, Staff, add_staff
from surveyapp.storage.purge import purge
from surveyapp.storage.tables import EntryRow, ResponseRow, SubmissionRow
from tests.storage.making import NOW, SLUG, fielded
from tests.storage.test_races import together

FIRST = {"place": "a", "streets.calm": "good"}


def somebody(name: str) -> Staff:
    """Let somebody in."""
    return add_staff(f"{name}@county.example", Role.designer, "hash", by="test", now=NOW)


def way_in(kind: Kind = Kind.paper, *, twice: bool = True) -> Fielding:
    """Open a wave with a way in that staff type for."""
    wave = fielded().wave
    made = make_collector(samples_of(wave.id)[0], kind, by="test", now=NOW)
    found = fielding_of(made.code)
    assert found is not None
    if not twice:
        require_double_entry(found, False, somebody("chief"), NOW)
        found = fielding_of(made.code)
        assert found is not None
    return found


def typed(way: Fielding, sheet: str = "1", language: str = "en", **answers: Any) -> Typed:
    """Type a sheet."""
    given = settled_answers(way, way.edition_id, {**FIRST, **answers})
    return Typed(sheet, way.edition_id, language, given)


def count(table: type[ResponseRow] | type[SubmissionRow] | type[EntryRow]) -> int:
    """Count the rows of a table."""
    return int(reading().execute(select(func.count()).select_from(table)).scalar_one())


@pytest.mark.usefixtures("context")
def test_paper_is_entered_twice_unless_told_otherwise() -> None:
    way = way_in()
    assert way.collector.double_entry
    require_double_entry(way, False, somebody("ann"), NOW)
    found = fielding_of(way.collector.code)
    assert found is not None
    assert not found.collector.double_entry
    assert newest()[0].action == "double_entry_changed"


@pytest.mark.usefixtures("context")
def test_only_paper_can_be_entered_twice() -> None:
    way = way_in(Kind.phone)
    assert not way.collector.double_entry
    require_double_entry(way, True, somebody("ann"), NOW)
    found = fielding_of(way.collector.code)
    assert found is not None
    assert not found.collector.double_entry


@pytest.mark.usefixtures("context")
def test_two_people_who_type_the_same_make_one_response_and_leave_no_copy() -> None:
    way, ann, bob = way_in(), somebody("ann"), somebody("bob")
    assert enter(way, typed(way), ann, NOW) is Entered.waiting
    assert (count(EntryRow), count(ResponseRow)) == (1, 0)
    assert enter(way, typed(way), bob, NOW) is Entered.stored
    assert (count(EntryRow), count(ResponseRow), count(SubmissionRow)) == (0, 1, 1)
    row = reading().execute(select(ResponseRow)).one()
    assert (row.collector_id, row.minutes, row.language) == (way.collector.id, 0, "en")
    assert (row.stratum, row.base_weight, row.submitted_on) == (None, None, way.wave.day(NOW))
    assert json.loads(row.answers)["streets.clean"] is None
    assert [one.outcome for one in endings_of(way.wave.id)] == [Ended.submitted]
    assert list(endings_of(way.wave.id).values()) == [1]


@pytest.mark.usefixtures("context")
def test_a_button_pressed_twice_changes_nothing() -> None:
    way, ann, bob = way_in(), somebody("ann"), somebody("bob")
    assert [enter(way, typed(way), ann, NOW) for _ in range(3)] == [Entered.waiting] * 3
    assert [enter(way, typed(way), bob, NOW) for _ in range(3)] == [Entered.stored] * 3
    assert enter(way, typed(way), ann, NOW) is Entered.stored
    assert (count(EntryRow), count(ResponseRow)) == (0, 1)
    assert [one.action for one in newest()].count("sheet_entered") == 2


@pytest.mark.usefixtures("context")
def test_the_same_person_cannot_be_the_second() -> None:
    way, ann = way_in(), somebody("ann")
    enter(way, typed(way), ann, NOW)
    assert enter(way, typed(way, place="b"), ann, NOW) is Entered.own
    kept = drafts_of(way.collector.id, "1")
    assert [json.loads(one.typed.answers)["place"] for one in kept] == ["a"]


@pytest.mark.usefixtures("context")
def test_the_database_itself_wants_two_people() -> None:
    way, ann = way_in(), somebody("ann")
    enter(way, typed(way), ann, NOW)
    row = dict(reading().execute(select(EntryRow.__table__)).mappings().one())
    with pytest.raises(IntegrityError), writing() as connection:
        connection.execute(insert(EntryRow).values(**{**row, "turn": 2}))
    with pytest.raises(DatabaseError), writing() as connection:
        connection.execute(EntryRow.__table__.update().values(language="fr"))


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("other", [{"place": "b"}, {"language": "fr"}], ids=["answer", "language"])
def test_what_differs_waits_until_it_is_settled(other: dict[str, str]) -> None:
    way, ann, bob = way_in(), somebody("ann"), somebody("bob")
    enter(way, typed(way), ann, NOW)
    assert enter(way, typed(way, **other), bob, NOW) is Entered.differs
    assert pending_of(way.collector.id)[0].differs
    assert count(ResponseRow) == 0
    third = somebody("cleo")
    assert enter(way, typed(way), third, NOW) is Entered.differs
    assert settle_sheet(way, typed(way, place="b"), third, NOW) is Entered.stored
    assert settle_sheet(way, typed(way, place="b"), third, NOW) is Entered.stored
    assert settle_sheet(way, typed(way), ann, NOW) is Entered.other
    assert (count(EntryRow), count(ResponseRow)) == (0, 1)


@pytest.mark.usefixtures("context")
def test_nothing_is_settled_that_two_people_did_not_type() -> None:
    way, ann = way_in(), somebody("ann")
    assert settle_sheet(way, typed(way), ann, NOW) is Entered.gone
    enter(way, typed(way), ann, NOW)
    assert settle_sheet(way, typed(way), ann, NOW) is Entered.gone
    assert count(ResponseRow) == 0


@pytest.mark.usefixtures("context")
def test_a_number_used_before_is_told_and_what_is_stored_stands() -> None:
    way, ann = way_in(twice=False), somebody("ann")
    assert enter(way, typed(way), ann, NOW) is Entered.stored
    assert enter(way, typed(way, place="b"), ann, NOW) is Entered.other
    assert is_stored(way.collector.id, "1")
    assert not is_stored(way.collector.id, "2")
    assert count(ResponseRow) == 1


@pytest.mark.usefixtures("context")
def test_sheets_of_two_ways_in_are_two_sheets() -> None:
    way, ann = way_in(twice=False), somebody("ann")
    second = make_collector(samples_of(way.wave.id)[0], Kind.paper, by="test", now=NOW)
    assert enter(way, typed(way), ann, NOW) is Entered.stored
    found = fielding_of(second.code)
    assert found is not None
    assert enter(found, typed(found), ann, NOW) is Entered.waiting


@pytest.mark.usefixtures("context")
def test_a_typing_under_a_wrong_number_is_discarded_and_its_turn_is_free() -> None:
    way, ann, bob = way_in(), somebody("ann"), somebody("bob")
    enter(way, typed(way), ann, NOW)
    enter(way, typed(way, place="b"), bob, NOW)
    assert discard(way, "1", 1, bob, NOW)
    assert not discard(way, "1", 1, bob, NOW)
    assert newest()[0].action == "entry_discarded"
    assert enter(way, typed(way, place="b"), ann, NOW) is Entered.stored
    assert count(ResponseRow) == 1


@pytest.mark.usefixtures("context")
def test_a_closed_wave_takes_no_sheet_and_its_drafts_are_purged() -> None:
    way, ann, bob = way_in(), somebody("ann"), somebody("bob")
    enter(way, typed(way), ann, NOW)
    assert purge(NOW).entries == 0
    close_wave(SLUG, "2026", NOW)
    assert enter(way, typed(way), bob, NOW) is Entered.closed
    assert settle_sheet(way, typed(way), bob, NOW) is Entered.closed
    assert purge(NOW).entries == 1
    assert purge(NOW).entries == 0
    assert count(ResponseRow) == 0


@pytest.mark.usefixtures("context")
def test_the_log_says_who_entered_and_neither_which_sheet_nor_when_in_the_day() -> None:
    way, ann = way_in(), somebody("ann")
    enter(way, typed(way, sheet="4711"), ann, NOW)
    line = newest()[0]
    assert (line.actor, line.action) == (ann.email, "sheet_entered")
    assert "4711" not in line.subject
    assert way.collector.code in line.subject
    assert way.wave.day(line.at) == way.wave.day(NOW)
    later = NOW + timedelta(hours=2)
    enter(way, typed(way, sheet="4712"), ann, later)
    assert newest()[0].at == line.at


@pytest.mark.usefixtures("context")
def test_a_withdrawn_sheet_is_not_entered_again() -> None:
    way, ann = way_in(twice=False), somebody("ann")
    enter(way, typed(way), ann, NOW)
    code = receipt_code(sheet_token(way.collector.id, "1"))
    assert withdraw(code, way.wave.survey_id, NOW) is Withdrawing.withdrawn
    assert enter(way, typed(way), ann, NOW) is Entered.stored
    assert count(ResponseRow) == 0


@pytest.mark.usefixtures("context")
def test_pending_sheets_come_in_order_of_their_number() -> None:
    way, ann = way_in(), somebody("ann")
    for sheet in ("10", "9", "A-1"):
        enter(way, typed(way, sheet=sheet), ann, NOW)
    assert [one.sheet for one in pending_of(way.collector.id)] == ["9", "10", "A-1"]
    assert not any(one.differs for one in pending_of(way.collector.id))


def entering(way: Fielding, by: Staff, **answers: Any) -> Callable[[], Entered]:
    """Give the deed of entering a sheet."""
    made = typed(way, **answers)
    return lambda: enter(way, made, by, NOW)


def test_two_people_at_once_are_a_first_and_a_second(app: Flask) -> None:
    with app.app_context():
        way, ann, bob = way_in(), somebody("ann"), somebody("bob")
        for sheet in ("1", "2", "3"):
            deeds = [entering(way, one, sheet=sheet) for one in (ann, bob)]
            assert sorted(together(app, *deeds)) == [Entered.stored, Entered.waiting]
        assert (count(EntryRow), count(ResponseRow)) == (0, 3)


def test_a_press_repeated_at_once_is_one_draft_and_one_response(app: Flask) -> None:
    with app.app_context():
        way, ann, bob = way_in(), somebody("ann"), somebody("bob")
        assert together(app, *[entering(way, ann)] * 4) == [Entered.waiting] * 4
        assert together(app, *[entering(way, bob)] * 4) == [Entered.stored] * 4
        assert (count(EntryRow), count(ResponseRow)) == (0, 1)


@pytest.mark.usefixtures("context")
def test_an_interview_is_stored_once_with_its_minutes_and_a_receipt() -> None:
    way, ann = way_in(Kind.phone), somebody("ann")
    made = typed(way, sheet="a-random-name")
    began = NOW - timedelta(minutes=12, seconds=40)
    outcomes = [enter_interview(way, made, began, ann, NOW) for _ in range(2)]
    assert outcomes == [Entered.stored] * 2
    other = replace(made, answers="{}")
    assert enter_interview(way, other, began, ann, NOW) is Entered.other
    row = reading().execute(select(ResponseRow)).one()
    assert (row.minutes, row.collector_id) == (12, way.collector.id)
    code = interview_receipt("a-random-name")
    assert withdraw(code, way.wave.survey_id, NOW) is Withdrawing.withdrawn


@pytest.mark.usefixtures("context")
def test_an_interview_after_the_wave_closed_is_not_stored() -> None:
    way, ann = way_in(Kind.phone), somebody("ann")
    close_wave(SLUG, "2026", NOW)
    assert enter_interview(way, typed(way), NOW, ann, NOW) is Entered.closed
    assert count(ResponseRow) == 0
