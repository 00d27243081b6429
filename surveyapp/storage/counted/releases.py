"""Numbered public results, kept with their bytes so that every node serves the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, insert, select

from surveyapp.storage.audit import Action, record
from surveyapp.storage.connection import IntegrityError, reading, writing
from surveyapp.storage.field.waves import Wave, WaveState
from surveyapp.storage.memory import remembered
from surveyapp.storage.tables import ReleaseRow, WaveRow


class NumberTakenError(Exception):
    """Someone else made the release of that number meanwhile: look for theirs."""


@dataclass(frozen=True)
class Release:
    """A release without its bytes. ``change_no`` is the last change of the wave it counts."""

    id: int
    wave_id: int
    number: int
    change_no: int
    cut_off_at: datetime
    manifest: Mapping[str, Any]


_RELEASE = select(*(getattr(ReleaseRow, name) for name in Release.__dataclass_fields__))


def next_number(wave_id: int) -> int:
    """Return the number that the next release of a wave will carry in its files."""
    newest = select(func.max(ReleaseRow.number)).where(ReleaseRow.wave_id == wave_id)
    return (reading().execute(newest).scalar() or 0) + 1


def store(
    wave_id: int,
    number: int,
    change_no: int,
    cut_off_at: datetime,
    manifest: Mapping[str, Any],
    bundle: bytes,
    by: str,
    now: datetime,
) -> Release:
    """Keep a release for ever.

    :raise NumberTakenError: if the wave has a release of that number.
    """
    row = {
        "wave_id": wave_id,
        "number": number,
        "change_no": change_no,
        "cut_off_at": cut_off_at,
        "manifest": dict(manifest),
        "bundle": bundle,
    }
    try:
        with writing() as connection:
            connection.execute(insert(ReleaseRow).values(**row))
            record(connection, by, Action.release_made, f"wave {wave_id}, release {number}", now)
    except IntegrityError as error:
        raise NumberTakenError(number) from error
    stored = release_of(wave_id, number)
    assert stored is not None
    return stored


def releases_of(wave_id: int) -> tuple[Release, ...]:
    """List the releases of a wave, the newest first."""
    query = _RELEASE.where(ReleaseRow.wave_id == wave_id).order_by(ReleaseRow.number.desc())
    return tuple(Release(*row) for row in reading().execute(query))


def release_of(wave_id: int, number: int | None = None) -> Release | None:
    """Find a release of a wave: the one of a number, or the newest."""
    query = _RELEASE.where(ReleaseRow.wave_id == wave_id)
    if number is not None:
        query = query.where(ReleaseRow.number == number)
    row = reading().execute(query.order_by(ReleaseRow.number.desc()).limit(1)).first()
    return Release(*row) if row else None


def has_results(survey_id: int) -> bool:
    """Tell whether anything was published of a survey; what was published once stays."""
    query = select(ReleaseRow.id).join(WaveRow, WaveRow.id == ReleaseRow.wave_id)

    def read() -> int | None:
        return reading().execute(query.where(WaveRow.survey_id == survey_id).limit(1)).scalar()

    return remembered("has_results", survey_id, read) is not None


def results_by(held: Wave, now: datetime) -> date | None:
    """Return the day by which a wave's results are promised, as long as people wait for them."""
    day = held.results_on
    if day is None or held.day(now) > day:
        return None
    # Nothing is published of a wave before it closes: pages of an open one need not look.
    return day if held.state(now) is not WaveState.closed or not release_of(held.id) else None


def bundle(release_id: int) -> bytes:
    """Return the bytes of a release."""
    query = select(ReleaseRow.bundle).where(ReleaseRow.id == release_id)
    return bytes(reading().execute(query).scalar_one())
