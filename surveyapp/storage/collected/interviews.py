"""Telephone interviews: typed once while somebody speaks, and stored once."""

from datetime import datetime

from surveyapp.storage.audit import Action
from surveyapp.storage.collected.entries import TAKING, Entered, Typed, known, log_entry, origin_of
from surveyapp.storage.collected.responses import (
    minutes_taken,
    next_change,
    number_response,
    receipt_code,
    store_response,
)
from surveyapp.storage.connection import writing
from surveyapp.storage.field.fielding import Fielding
from surveyapp.storage.field.waves import wave
from surveyapp.storage.people.staff import Staff


def _token(name: str) -> str:
    """Name a submission. The space keeps it apart from residents' random tokens."""
    return f"interview {name}"


def interview_receipt(name: str) -> str:
    """Return the receipt that is read out at the end: answers are taken back by it."""
    return receipt_code(_token(name))


def enter_interview(
    way: Fielding, typed: Typed, began: datetime, by: Staff, now: datetime
) -> Entered:
    """Store a telephone interview, once however often the button is pressed.

    ``typed.sheet`` is the random name that the interview was given when its page was opened.
    """
    token = _token(typed.sheet)
    with writing() as connection:
        next_change(connection, way.wave.id, 0)
        before = known(connection, token, typed.answers)
        if before is not None:
            return before
        if wave(way.wave.id).state(now) not in TAKING:
            return Entered.closed
        number = number_response(connection, way.wave.id)
        origin = origin_of(way, typed, minutes_taken(began, now))
        store_response(connection, token, number, origin, typed.answers, now)
        log_entry(connection, way, Action.interview_entered, by, now)
    return Entered.stored
