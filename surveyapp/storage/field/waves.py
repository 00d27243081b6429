"""Waves of a survey, their samples and the ways in."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from surveyapp.questionnaire.text import Text
from surveyapp.storage.codes import new_code
from surveyapp.storage.connection import reading
from surveyapp.storage.tables import CollectorRow, SampleRow, SurveyRow, WaveRow

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
    """A wave cannot be opened, timed or closed; ``reason`` is a word for pages to put plainly."""

    def __init__(self, text: str, reason: str = "") -> None:
        super().__init__(text)
        self.reason = reason


@dataclass(frozen=True)
class Wave:
    """One fielding of a survey. ``results_on``: the day by which its results are promised."""

    id: int
    survey_id: int
    code: str
    place_set_id: int
    time_zone: str
    opens_at: datetime
    closes_at: datetime | None
    closed_at: datetime | None
    last_change: int
    results_on: date | None

    def state(self, now: datetime) -> WaveState:
        """Tell where the wave stands."""
        if self.closed_at is not None:
            return WaveState.closed
        if self.closes_at is not None and now >= self.closes_at:
            return WaveState.finishing if now < self.closes_at + GRACE else WaveState.closed
        return WaveState.open if now >= self.opens_at else WaveState.not_yet_open

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that it is held in."""
        return ZoneInfo(self.time_zone)

    def day(self, instant: datetime) -> date:
        """Return the date of an instant where the wave is held."""
        return instant.astimezone(self.zone).date()

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
    """A way in. ``double_entry``: its paper is typed by two people before it counts.

    ``label`` is where it is used, in the words of staff; residents never see it.
    """

    id: int
    code: str
    wave_id: int
    sample_id: int
    kind: str
    mode: str
    municipality_id: int | None
    is_default: bool
    double_entry: bool
    label: str


@dataclass(frozen=True)
class Opening:
    """How a wave is opened. A sample's code is its type unless it is named.

    ``opens`` and ``closes`` are whole days; ``opens_at`` and ``closes_at`` instants instead.
    ``apart``: who was drawn comes in by invitation, and whoever finds the survey's own address is
    an open sample of its own. ``results_on``: by when results are promised.
    """

    place_set: str
    sample_type: str
    opens: date | None = None
    closes: date | None = None
    sample_code: str = ""
    names: dict[str, str] | None = None
    invited: int | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    apart: bool = False
    results_on: date | None = None


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


def slug_and_code(wave_id: int) -> tuple[str, str] | None:
    """Return what names a wave: the slug of its survey, and its own code."""
    query = select(SurveyRow.slug, WaveRow.code).join(WaveRow, WaveRow.survey_id == SurveyRow.id)
    row = reading().execute(query.where(WaveRow.id == wave_id)).first()
    return (row.slug, row.code) if row else None


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
