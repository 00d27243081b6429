"""Waves of a survey, their samples and the ways in."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select, update

from surveyapp.questionnaire.text import Text
from surveyapp.storage.codes import new_code
from surveyapp.storage.connection import IntegrityError, reading, writing
from surveyapp.storage.profiles import newest_profile
from surveyapp.storage.surveys import newest_edition, survey_by_slug
from surveyapp.storage.tables import CollectorRow, PlaceSetRow, SampleRow, SurveyRow, WaveRow

CODE_LENGTH = 6
# Whoever is answering when the planned last day ends can finish; closing by hand is at once.
GRACE = timedelta(hours=2)
SAMPLE_NAMES = {
    "open": {"en": "Open sample", "fr": "Échantillon ouvert"},
    "probability": {"en": "Probability sample", "fr": "Échantillon probabiliste"},
}


class WaveState(StrEnum):
    """Where a wave stands, computed from its dates."""

    not_yet_open = "not_yet_open"
    open = "open"
    finishing = "finishing"  # nobody can start; who had started can finish
    closed = "closed"


class WaveError(Exception):
    """A wave cannot be opened or closed; the text says why."""


@dataclass(frozen=True)
class Wave:
    """One fielding of a survey."""

    id: int
    survey_id: int
    code: str
    place_set_id: int
    time_zone: str
    opens_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None
    last_change: int

    def state(self, now: datetime) -> WaveState:
        """Tell where the wave stands."""
        if self.closed_at is not None:
            return WaveState.closed
        if self.closes_at is not None and now >= self.closes_at:
            return WaveState.finishing if now < self.closes_at + GRACE else WaveState.closed
        return WaveState.open if now >= self.opens_at else WaveState.not_yet_open

    def day(self, instant: datetime) -> date:
        """Return the date of an instant where the wave is held."""
        return instant.astimezone(ZoneInfo(self.time_zone)).date()

    @property
    def first_day(self) -> date:
        """The first day of fieldwork."""
        return self.day(self.opens_at)

    def last_day(self, now: datetime) -> date:
        """Return the last day of fieldwork, or today while it lasts."""
        ends = [end for end in (self.closed_at, self.closes_at) if end is not None]
        return self.day(min(ends) - timedelta(seconds=1) if ends else now)


@dataclass(frozen=True)
class Sample:
    """Who was asked. ``type`` is ``probability`` or ``open``; samples are never pooled."""

    id: int
    wave_id: int
    code: str
    type: str
    names: Text
    invited: int | None


@dataclass(frozen=True)
class Collector:
    """A way in. ``double_entry``: its paper is typed by two people before it counts."""

    id: int
    code: str
    wave_id: int
    sample_id: int
    kind: str
    mode: str
    municipality_id: int | None
    is_default: bool
    double_entry: bool


@dataclass(frozen=True)
class Opening:
    """How a wave is opened. A sample's code is its type unless it is named."""

    place_set: str
    sample_type: str
    opens: date | None = None
    closes: date | None = None
    sample_code: str = ""
    names: dict[str, str] | None = None
    invited: int | None = None


def _wave(row: Any) -> Wave:
    names = Wave.__dataclass_fields__
    return Wave(**{name: getattr(row, name) for name in names})


def wave_of(slug: str, code: str) -> Wave | None:
    """Find a wave by its survey and code."""
    query = select(WaveRow).join(SurveyRow, SurveyRow.id == WaveRow.survey_id)
    row = reading().execute(query.where(SurveyRow.slug == slug, WaveRow.code == code)).first()
    return _wave(row) if row else None


def waves_of(survey_id: int) -> tuple[Wave, ...]:
    """List the waves of a survey, the newest first."""
    query = select(WaveRow).where(WaveRow.survey_id == survey_id)
    return tuple(_wave(row) for row in reading().execute(query.order_by(WaveRow.opens_at.desc())))


def wave(wave_id: int) -> Wave:
    """Return a wave as it stands now."""
    return _wave(reading().execute(select(WaveRow).where(WaveRow.id == wave_id)).one())


def samples_of(wave_id: int) -> tuple[Sample, ...]:
    """List the samples of a wave, probability samples first."""
    query = select(SampleRow).where(SampleRow.wave_id == wave_id)
    rows = reading().execute(query.order_by(SampleRow.type.desc(), SampleRow.code))
    return tuple(
        Sample(row.id, row.wave_id, row.code, row.type, Text.model_validate(row.names), row.invited)
        for row in rows
    )


def _collector(row: Any) -> Collector:
    return Collector(**{name: getattr(row, name) for name in Collector.__dataclass_fields__})


def collectors_of(wave_id: int) -> tuple[Collector, ...]:
    """List the ways into a wave."""
    query = select(CollectorRow).where(CollectorRow.wave_id == wave_id).order_by(CollectorRow.id)
    return tuple(_collector(row) for row in reading().execute(query))


def collector_by_code(code: str) -> Collector | None:
    """Find a way in by the code on its poster."""
    row = reading().execute(select(CollectorRow).where(CollectorRow.code == code.upper())).first()
    return _collector(row) if row else None


def collector(collector_id: int) -> Collector:
    """Return a way in."""
    query = select(CollectorRow).where(CollectorRow.id == collector_id)
    return _collector(reading().execute(query).one())


def default_collector(wave_id: int) -> Collector | None:
    """Return the way in that the survey's own address uses."""
    query = select(CollectorRow).where(CollectorRow.wave_id == wave_id, CollectorRow.is_default)
    row = reading().execute(query).first()
    return _collector(row) if row else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _insert_wave(
    connection: Connection,
    survey_id: int,
    code: str,
    opening: Opening,
    zone: ZoneInfo,
    now: datetime,
) -> int:
    place_set = select(PlaceSetRow.id).where(PlaceSetRow.code == opening.place_set)
    place_set_id = connection.execute(place_set).scalar()
    if place_set_id is None:
        raise WaveError(f"there is no place set {opening.place_set}")
    closes = opening.closes and _midnight(opening.closes + timedelta(days=1), zone)
    made = connection.execute(
        insert(WaveRow).values(
            survey_id=survey_id,
            code=code,
            place_set_id=place_set_id,
            time_zone=zone.key,
            opens_at=_midnight(opening.opens, zone) if opening.opens else now,
            closes_at=closes,
        )
    )
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def add_sample(connection: Connection, wave_id: int, opening: Opening) -> int:
    """Add a sample to a wave, inside ``writing()``."""
    made = connection.execute(
        insert(SampleRow).values(
            wave_id=wave_id,
            code=opening.sample_code or opening.sample_type,
            type=opening.sample_type,
            names=opening.names or SAMPLE_NAMES[opening.sample_type],
            invited=opening.invited,
        )
    )
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def add_collector(connection: Connection, wave_id: int, sample_id: int, **values: Any) -> str:
    """Add a way in, inside ``writing()``; return its code."""
    code = new_code(CODE_LENGTH)
    connection.execute(
        insert(CollectorRow).values(code=code, wave_id=wave_id, sample_id=sample_id, **values)
    )
    return code


def open_wave(slug: str, code: str, opening: Opening, now: datetime) -> Collector:
    """Open a wave with one sample and a default open link.

    Days begin and end in the time zone of the survey's owner; the closing day is whole.

    :raise WaveError: if there is no such survey, edition or place set, if the code is taken, or
        if another wave of the survey is open.
    """
    survey = survey_by_slug(slug)
    if survey is None:
        raise WaveError(f"there is no survey {slug}")
    if newest_edition(survey.id) is None:
        raise WaveError(f"survey {slug} has no published edition")
    zone = newest_profile(survey.owner_id).content.zone
    try:
        with writing() as connection:
            wave_id = _insert_wave(connection, survey.id, code, opening, zone, now)
            sample_id = add_sample(connection, wave_id, opening)
            made = add_collector(
                connection, wave_id, sample_id, kind="open_link", mode="web", is_default=True
            )
    except IntegrityError as error:
        raise WaveError(
            f"wave {code} cannot be opened: its code is taken, another wave of {slug} is not"
            " closed, or it would close before it opens"
        ) from error
    found = collector_by_code(made)
    assert found is not None
    return found


def close_wave(slug: str, code: str, now: datetime) -> Wave:
    """Close a wave for good; closing a closed one changes nothing.

    :raise WaveError: if there is no such wave.
    """
    found = wave_of(slug, code)
    if found is None:
        raise WaveError(f"survey {slug} has no wave {code}")
    with writing() as connection:
        connection.execute(
            update(WaveRow)
            .where(WaveRow.id == found.id, WaveRow.closed_at.is_(None))
            .values(closed_at=now)
        )
    return wave(found.id)
