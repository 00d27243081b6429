"""Counts of a wave in the field, kept for staff as they were made.

What staff saw must be known to judge what they may see next, by every node and after a restart;
and figures that were counted again after a withdrawal would show whose answer went. So the files
are kept, as those of a release are.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, insert, select

from surveyapp.storage.audit import Action, record
from surveyapp.storage.connection import IntegrityError, reading, writing
from surveyapp.storage.tables import InterimRow, WithdrawalRow


class CountedMeanwhileError(Exception):
    """Someone else counted the wave meanwhile: look at theirs."""


@dataclass(frozen=True)
class Interim:
    """A count without its bytes. ``change_no`` is the last change of the wave it holds."""

    id: int
    wave_id: int
    number: int
    change_no: int
    cut_off_at: datetime


_INTERIM = select(*(getattr(InterimRow, name) for name in Interim.__dataclass_fields__))


def interims_of(wave_id: int) -> tuple[Interim, ...]:
    """List the counts of a wave, the newest first."""
    query = _INTERIM.where(InterimRow.wave_id == wave_id).order_by(InterimRow.number.desc())
    return tuple(Interim(*row) for row in reading().execute(query))


def newest_interim(wave_id: int) -> Interim | None:
    """Return the count that staff see."""
    found = interims_of(wave_id)
    return found[0] if found else None


def interim_bundle(interim_id: int) -> bytes:
    """Return the bytes of a count."""
    query = select(InterimRow.bundle).where(InterimRow.id == interim_id)
    return bytes(reading().execute(query).scalar_one())


def keep_interim(
    wave_id: int, number: int, change_no: int, bundle: bytes, by: str, now: datetime
) -> Interim:
    """Keep a count.

    :raise CountedMeanwhileError: if the wave has a count of that number.
    """
    row = {
        "wave_id": wave_id,
        "number": number,
        "change_no": change_no,
        "cut_off_at": now,
        "bundle": bundle,
    }
    try:
        with writing() as connection:
            connection.execute(insert(InterimRow).values(**row))
            subject = f"wave {wave_id}, count {number}"
            record(connection, by, Action.interim_results_counted, subject, now)
    except IntegrityError as error:
        raise CountedMeanwhileError(number) from error
    kept = newest_interim(wave_id)
    assert kept is not None
    return kept


def taken_back_since(wave_id: int, change_no: int) -> bool:
    """Tell whether an answer from before a change was withdrawn after it."""
    query = select(func.count()).where(
        WithdrawalRow.wave_id == wave_id,
        WithdrawalRow.of_change_no <= change_no,
        WithdrawalRow.change_no > change_no,
    )
    return bool(reading().execute(query).scalar())
