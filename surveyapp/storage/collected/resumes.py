"""Codes to come back with, on another device and in either language: short, and kept hashed."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update

from surveyapp.storage.codes import grouped, keyed, keyed_code, ungrouped
from surveyapp.storage.collected.visits import visit
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.field.waves import Wave
from surveyapp.storage.tables import CollectorRow, VisitRow, WaveRow

CODE_LENGTH = 8
KEPT_FOR = timedelta(days=14)

_TAKE = (
    update(VisitRow)
    .where(VisitRow.token_hash == bindparam("visit"))
    .values(
        resume_hash=bindparam("resume_hash"),
        sealed_token=bindparam("sealed_token"),
        resume_until=bindparam("resume_until"),
    )
)
_FIND = (
    select(VisitRow.sealed_token)
    .join(CollectorRow, CollectorRow.id == VisitRow.collector_id)
    .join(WaveRow, WaveRow.id == CollectorRow.wave_id)
    .where(VisitRow.resume_hash == bindparam("code"), WaveRow.survey_id == bindparam("survey"))
)


def resume_code(token: str) -> str:
    """Derive the code of a visit's token: asked for again, it is the same."""
    return grouped(keyed_code("resume", token, CODE_LENGTH))


def _mask(code: str) -> bytes:
    return bytes.fromhex(keyed("resume seal", code))


def _sealed(token: str, code: str) -> str:
    """Hide a token under its code. The mask is as long as the token and used for it alone."""
    return bytes(a ^ b for a, b in zip(token.encode(), _mask(code), strict=True)).hex()


def _opened(sealed: str, code: str) -> str:
    hidden = bytes.fromhex(sealed)
    return bytes(a ^ b for a, b in zip(hidden, _mask(code), strict=True)).decode()


def kept_until(wave: Wave, now: datetime) -> datetime:
    """Return how long a code that is taken now can be used: two weeks, or until the wave closes."""
    fortnight = now + KEPT_FOR
    return min(fortnight, wave.closes_at) if wave.closes_at else fortnight


def take_code(token: str, now: datetime) -> datetime | None:
    """Keep a visit for longer, under its code; return until when, or None if it is gone.

    Only a hash of the code is kept, and the token sealed under it: neither can be read from the
    database.
    """
    found, code = visit(token), resume_code(token)
    if found is None or not found.can_go_on(now):
        return None
    until = kept_until(found.wave, now)
    values = {
        "visit": found.token_hash,
        "resume_hash": keyed("resume hash", code),
        "sealed_token": _sealed(token, code),
        "resume_until": until,
    }
    with writing() as connection:
        return until if connection.execute(_TAKE, values).rowcount == 1 else None


def token_by_code(typed: str, survey_id: int, now: datetime) -> str | None:
    """Return the token of the visit to a survey that a code keeps, as somebody types it."""
    code = grouped(ungrouped(typed))
    values = {"code": keyed("resume hash", code), "survey": survey_id}
    sealed = reading().execute(_FIND, values).scalar()
    if sealed is None:
        return None
    token = _opened(sealed, code)
    found = visit(token)
    return token if found and found.can_go_on(now) else None
