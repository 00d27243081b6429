"""Sent answers: each stored once, numbered in order, with a receipt that a replay gets again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from surveyapp.questionnaire.answers import settle
from surveyapp.questionnaire.quality import signs, words_to_read
from surveyapp.storage.codes import grouped, keyed, keyed_code
from surveyapp.storage.collected.visits import Visit, visit_for_update
from surveyapp.storage.columns import compact
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.fieldwork import Ended, Ending, count_ending
from surveyapp.storage.field.waves import Wave
from surveyapp.storage.memory import remembered
from surveyapp.storage.municipal.places import place_tree
from surveyapp.storage.prepared import Prepared
from surveyapp.storage.tables import (
    InvitationRow,
    ResponseRow,
    SubmissionRow,
    VisitRow,
    WaveRow,
)

RECEIPT_LENGTH = 12
MOST_MINUTES = 120
CHECK_PAGE = "check"


class Sending(StrEnum):
    """What became of answers that were sent."""

    accepted = "accepted"
    replayed = "replayed"  # sent before: the same receipt
    conflict = "conflict"  # other answers were sent before: they stand, and so does their receipt
    changed = "changed"  # what was seen on the check page is not what is saved: nothing was sent
    used = "used"  # the invitation was used by another visit: nothing was sent
    closed = "closed"
    gone = "gone"


@dataclass(frozen=True)
class Receipt:
    """What a resident is told: the code is empty unless something is stored."""

    outcome: Sending
    code: str = ""


class NotSentError(Exception):
    """Something else came first, and nothing may be stored; ``outcome`` tells what."""

    def __init__(self, outcome: Sending) -> None:
        super().__init__(outcome.value)
        self.outcome = outcome


_TAKE_NUMBERS = Prepared(
    update(WaveRow)
    .where(WaveRow.id == bindparam("wave"))
    .values(last_change=WaveRow.last_change + bindparam("number"))
    .returning(WaveRow.last_change, WaveRow.closed_at)
)
_USE = Prepared(
    update(InvitationRow)
    .where(InvitationRow.id == bindparam("invitation"), InvitationRow.used.is_(False))
    .values(used=True)
    .returning(InvitationRow.stratum, InvitationRow.base_weight)
)
_RESPONSE = Prepared(insert(ResponseRow.__table__))  # type: ignore[arg-type]
_SUBMISSION = Prepared(insert(SubmissionRow.__table__))  # type: ignore[arg-type]
_END = Prepared(delete(VisitRow).where(VisitRow.token_hash == bindparam("visit")))
_SENT = Prepared(
    select(SubmissionRow.content_hash).where(SubmissionRow.key_hash == bindparam("key"))
)

_SENT_ANSWERS = (
    select(ResponseRow, WaveRow.place_set_id)
    .join(SubmissionRow, SubmissionRow.response_id == ResponseRow.id)
    .join(WaveRow, WaveRow.id == ResponseRow.wave_id)
    .where(SubmissionRow.key_hash == bindparam("key"))
)


def receipt_code(token: str) -> str:
    """Derive the receipt of a visit's token: the same for ever, and kept as a hash only."""
    return grouped(keyed_code("receipt", token, RECEIPT_LENGTH))


def receipt_hash(code: str) -> str:
    """Hash a receipt code as it is kept."""
    return keyed("receipt hash", code)


def sent_content(connection: Connection, token: str) -> str | None:
    """Return the content hash of what was sent under a token."""
    found = _SENT.first(connection, {"key": keyed("submission", token)})
    return None if found is None else str(found[0])


def already_sent(token: str) -> str:
    """Return the receipt of what was sent under a token, or an empty string."""
    return receipt_code(token) if token and sent_content(reading(), token) is not None else ""


@dataclass(frozen=True)
class Sent:
    """Answers as they were sent, and what they are read with."""

    edition_id: int
    profile_id: int
    place_set_id: int
    answers: Mapping[str, Any]


def sent_answers(token: str) -> Sent | None:
    """Return what was sent under a token; None if nothing was, or it was taken back."""
    row = reading().execute(_SENT_ANSWERS, {"key": keyed("submission", token)}).first()
    if row is None:
        return None
    return Sent(row.edition_id, row.profile_id, row.place_set_id, json.loads(row.answers))


def next_change(connection: Connection, wave_id: int, number: int = 1) -> int:
    """Take the wave's lock and its next change numbers; return the last of them."""
    return int(_TAKE_NUMBERS.one(connection, {"wave": wave_id, "number": number})[0])


def number_response(connection: Connection, wave_id: int) -> int:
    """Take the wave's lock and a number, unless the wave was closed while waiting for it.

    :raise NotSentError: if it was.
    """
    change_no, closed_at = _TAKE_NUMBERS.one(connection, {"wave": wave_id, "number": 1})
    if closed_at is not None:
        raise NotSentError(Sending.closed)
    return int(change_no)


def _settled(found: Visit) -> dict[str, Any]:
    questionnaire = edition(found.edition_id).questionnaire
    lineages = place_tree(found.wave.place_set_id).lineages
    return settle(questionnaire, found.answers, lineages)


def settled(found: Visit) -> str:
    """Write a visit's answers as they will be kept, if they are sent as they are."""
    return compact(_settled(found))


def _signs(sent: Visit, answers: Mapping[str, Any], now: datetime) -> list[str]:
    """Return what was noticed of a visit: at its start, and in its answers and pace."""
    questionnaire = edition(sent.edition_id).questionnaire
    key = (sent.edition_id, sent.language)
    words = remembered("words", key, lambda: words_to_read(questionnaire, sent.language))
    seconds = (now - sent.started_at).total_seconds()
    return [*sent.signs, *signs(questionnaire, answers, words, seconds)]


def content_hash(answers: str) -> str:
    """Hash settled answers: what the check page shows and sends back, to tell them apart."""
    return keyed("content", answers)


def submission_values(token: str, wave_id: int, response_id: str, answers: str) -> dict[str, Any]:
    """Make the row that a submission is known by."""
    return {
        "key_hash": keyed("submission", token),
        "receipt_hash": receipt_hash(receipt_code(token)),
        "content_hash": content_hash(answers),
        "wave_id": wave_id,
        "response_id": response_id,
        "state": "accepted",
    }


def _use_invitation(connection: Connection, found: Visit) -> tuple[str | None, float | None]:
    """Mark the invitation of a visit as used; return the stratum and weight it brings."""
    if found.invitation_id is None:
        return None, None
    row = _USE.first(connection, {"invitation": found.invitation_id})
    if row is None:
        raise NotSentError(Sending.used)
    return row[0], row[1]


def minutes_taken(began: datetime, now: datetime) -> int:
    """Return whole minutes, as far as they are kept."""
    return min(MOST_MINUTES, max(0, int((now - began).total_seconds() // 60)))


@dataclass(frozen=True)
class Origin:
    """Where a response comes from, and all that is kept with its answers."""

    wave: Wave
    sample_id: int
    collector_id: int
    edition_id: int
    profile_id: int
    language: str
    minutes: int = 0
    signs: Sequence[str] = ()
    stratum: str | None = None
    base_weight: float | None = None


def store_response(
    connection: Connection, token: str, change_no: int, origin: Origin, answers: str, now: datetime
) -> None:
    """Store settled answers and their submission, and count them, inside ``writing()``.

    ``change_no`` is from ``number_response``: the wave's lock comes before everything else.
    """
    wave_id, today, response_id = origin.wave.id, origin.wave.day(now), uuid4().hex
    _RESPONSE.change(
        connection,
        {
            "id": response_id,
            "wave_id": wave_id,
            "change_no": change_no,
            "sample_id": origin.sample_id,
            "collector_id": origin.collector_id,
            "edition_id": origin.edition_id,
            "profile_id": origin.profile_id,
            "language": origin.language,
            "submitted_on": today,
            "minutes": origin.minutes,
            "stratum": origin.stratum,
            "base_weight": origin.base_weight,
            "signs": list(origin.signs),
            "answers": answers,
        },
    )
    _SUBMISSION.change(connection, submission_values(token, wave_id, response_id, answers))
    ending = Ending(origin.collector_id, today, origin.language, CHECK_PAGE, Ended.submitted)
    count_ending(connection, wave_id, ending)


def _store(
    connection: Connection, token: str, sent: Visit, settled: Mapping[str, Any], now: datetime
) -> None:
    """Turn a visit into a response. The wave's lock comes first: whoever waits, waits there."""
    change_no = number_response(connection, sent.wave.id)
    stratum, base_weight = _use_invitation(connection, sent)
    origin = Origin(
        sent.wave,
        sent.sample_id,
        sent.collector_id,
        sent.edition_id,
        sent.profile_id,
        sent.language,
        minutes_taken(sent.started_at, now),
        _signs(sent, settled, now),
        stratum,
        base_weight,
    )
    store_response(connection, token, change_no, origin, compact(settled), now)
    _END.change(connection, {"visit": sent.token_hash})


def _send(connection: Connection, token: str, seen: str, now: datetime) -> Receipt:
    sent = visit_for_update(connection, token)
    if sent is None or not sent.can_go_on(now):
        before = sent_content(connection, token)
        if before is None:
            return Receipt(Sending.gone if sent is None else Sending.closed)
        outcome = Sending.replayed if seen in ("", before) else Sending.conflict
        return Receipt(outcome, receipt_code(token))
    answers = _settled(sent)
    if seen and seen != content_hash(compact(answers)):
        return Receipt(Sending.changed)
    _store(connection, token, sent, answers, now)
    return Receipt(Sending.accepted, receipt_code(token))


def submit(token: str, now: datetime, seen: str = "") -> Receipt:
    """Turn a visit into a response, once.

    The response, its submission, the fieldwork count and the end of the visit are one
    transaction. Sending again finds the submission and gets the same receipt. ``seen`` is the
    ``content_hash`` of the answers that the check page showed: other answers are never sent, and
    never taken for those that were.
    """
    try:
        with writing() as connection:
            return _send(connection, token, seen, now)
    except NotSentError as error:
        return Receipt(error.outcome)
