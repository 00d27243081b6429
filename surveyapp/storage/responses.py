"""Sent answers: each stored once, numbered in order, with a receipt that a replay gets again."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, delete, insert, select, update

from surveyapp.questionnaire.answers import settle
from surveyapp.storage.codes import grouped, keyed, keyed_code, token_hash
from surveyapp.storage.columns import compact
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.places import place_tree
from surveyapp.storage.surveys import edition
from surveyapp.storage.tables import (
    CollectorRow,
    FieldworkCountRow,
    InvitationRow,
    ResponseRow,
    SubmissionRow,
    VisitRow,
    WaveRow,
)
from surveyapp.storage.visits import Visit, visit

RECEIPT_LENGTH = 12
MOST_MINUTES = 120


class Sending(StrEnum):
    """What became of answers that were sent."""

    accepted = "accepted"
    replayed = "replayed"
    closed = "closed"
    gone = "gone"


@dataclass(frozen=True)
class Receipt:
    """What a resident is told: the code is empty unless something is stored."""

    outcome: Sending
    code: str = ""


def receipt_code(token: str) -> str:
    """Derive the receipt of a visit's token: the same for ever, and kept as a hash only."""
    return grouped(keyed_code("receipt", token, RECEIPT_LENGTH))


def _key_hash(token: str) -> str:
    return keyed("submission", token)


def receipt_hash(code: str) -> str:
    """Hash a receipt code as it is kept."""
    return keyed("receipt hash", code)


def already_sent(token: str) -> str:
    """Return the receipt of what was sent under a token, or an empty string."""
    query = select(SubmissionRow.state).where(SubmissionRow.key_hash == _key_hash(token))
    return receipt_code(token) if reading().execute(query).first() else ""


def count_visit(connection: Connection, wave_id: int, ended_on: date, **values: Any) -> None:
    """Add one ended visit to the fieldwork counts, inside ``writing()`` and the wave's lock."""
    key = {"wave_id": wave_id, "ended_on": ended_on, **values}
    added = connection.execute(
        update(FieldworkCountRow)
        .where(*(getattr(FieldworkCountRow, name) == value for name, value in key.items()))
        .values(visits=FieldworkCountRow.visits + 1)
    )
    if added.rowcount == 0:
        connection.execute(insert(FieldworkCountRow).values(**key, visits=1))


def next_change(connection: Connection, wave_id: int, number: int = 1) -> int:
    """Take the wave's lock and its next change numbers; return the last of them."""
    taken = connection.execute(
        update(WaveRow)
        .where(WaveRow.id == wave_id)
        .values(last_change=WaveRow.last_change + number)
        .returning(WaveRow.last_change)
    )
    return int(taken.scalar_one())


def _invitation(connection: Connection, token_hash: str) -> tuple[str | None, float | None]:
    """Mark the invitation of a visit as used; return its stratum and weight."""
    of_visit = select(VisitRow.invitation_id).where(VisitRow.token_hash == token_hash)
    invitation_id = connection.execute(of_visit).scalar()
    if invitation_id is None:
        return None, None
    chosen = InvitationRow.id == invitation_id
    connection.execute(update(InvitationRow).where(chosen).values(used=True))
    row = connection.execute(
        select(InvitationRow.stratum, InvitationRow.base_weight).where(chosen)
    ).one()
    return row.stratum, row.base_weight


def _store(connection: Connection, token: str, sent: Visit, now: datetime) -> None:
    wave = sent.wave
    lineages = place_tree(wave.place_set_id).lineages
    questionnaire = edition(sent.edition_id).questionnaire
    answers = compact(settle(questionnaire, sent.answers, lineages))
    change_no = next_change(connection, wave.id)
    stratum, base_weight = _invitation(connection, sent.token_hash)
    sample = select(CollectorRow.sample_id).where(CollectorRow.id == sent.collector_id)
    response_id = uuid4().hex
    connection.execute(
        insert(ResponseRow).values(
            id=response_id,
            wave_id=wave.id,
            change_no=change_no,
            sample_id=connection.execute(sample).scalar_one(),
            collector_id=sent.collector_id,
            edition_id=sent.edition_id,
            profile_id=sent.profile_id,
            language=sent.language,
            submitted_on=wave.day(now),
            minutes=min(MOST_MINUTES, max(0, int((now - sent.started_at).total_seconds() // 60))),
            stratum=stratum,
            base_weight=base_weight,
            answers=answers,
        )
    )
    connection.execute(
        insert(SubmissionRow).values(
            key_hash=_key_hash(token),
            receipt_hash=receipt_hash(receipt_code(token)),
            content_hash=keyed("content", answers),
            wave_id=wave.id,
            response_id=response_id,
            state="accepted",
        )
    )
    count_visit(
        connection,
        wave.id,
        wave.day(now),
        collector_id=sent.collector_id,
        language=sent.language,
        last_page="check",
        outcome="submitted",
    )
    connection.execute(delete(VisitRow).where(VisitRow.token_hash == sent.token_hash))


def submit(token: str, now: datetime) -> Receipt:
    """Turn a visit into a response, once.

    The response, its submission, the fieldwork count and the end of the visit are one
    transaction. Sending again finds the submission and gets the same receipt.
    """
    with writing() as connection:
        row = select(VisitRow.counter).where(VisitRow.token_hash == token_hash(token))
        connection.execute(row.with_for_update())
        sent = visit(token)
        if sent is not None and sent.can_go_on(now):
            _store(connection, token, sent, now)
            return Receipt(Sending.accepted, receipt_code(token))
        code = already_sent(token)
    if code:
        return Receipt(Sending.replayed, code)
    return Receipt(Sending.gone if sent is None else Sending.closed)
