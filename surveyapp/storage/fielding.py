"""What a resident meets at an address: the wave in the field, its way in and its words."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from surveyapp.storage.connection import reading
from surveyapp.storage.memory import remembered
from surveyapp.storage.profiles import newest_profile
from surveyapp.storage.surveys import newest_edition
from surveyapp.storage.tables import MunicipalityRow, SurveyRow
from surveyapp.storage.waves import (
    Collector,
    Wave,
    WaveState,
    collector_by_code,
    default_collector,
    wave,
    waves_of,
)


@dataclass(frozen=True)
class Fielding:
    """A way into a wave, with the edition and the municipal profile that a visitor is given."""

    slug: str
    wave: Wave
    collector: Collector
    edition_id: int
    profile_id: int

    def state(self, now: datetime) -> WaveState:
        """Tell whether the wave is open."""
        return self.wave.state(now)


def survey_id(slug: str) -> int | None:
    """Return the number of a survey; it never changes."""
    query = select(SurveyRow.id).where(SurveyRow.slug == slug)
    return remembered("survey", slug, lambda: reading().execute(query).scalar())


def _fielding(slug: str, owner_id: int, found: Wave, way_in: Collector) -> Fielding | None:
    edition = newest_edition(found.survey_id)
    if edition is None:
        return None
    profile = newest_profile(way_in.municipality_id or owner_id)
    return Fielding(slug, found, way_in, edition.id, profile.id)


def fielding(slug: str, now: datetime) -> Fielding | None:
    """Find what a survey's own address leads to: its open wave, else the next or the last.

    None: there is no such survey, or it was never in the field.
    """
    row = reading().execute(select(SurveyRow.id, SurveyRow.owner_id).where(SurveyRow.slug == slug))
    survey = row.first()
    if survey is None:
        return None
    order = (WaveState.open, WaveState.not_yet_open, WaveState.finishing, WaveState.closed)
    waves = sorted(waves_of(survey.id), key=lambda one: order.index(one.state(now)))
    way_in = default_collector(waves[0].id) if waves else None
    return _fielding(slug, survey.owner_id, waves[0], way_in) if way_in else None


def fielding_of(code: str) -> Fielding | None:
    """Find what the code of a poster or card leads to."""
    way_in = collector_by_code(code)
    if way_in is None:
        return None
    found = wave(way_in.wave_id)
    query = select(SurveyRow.slug, SurveyRow.owner_id).where(SurveyRow.id == found.survey_id)
    survey = reading().execute(query).one()
    return _fielding(survey.slug, survey.owner_id, found, way_in)


def in_the_field(now: datetime) -> tuple[Fielding, ...]:
    """List the surveys that residents can answer now, by slug."""
    slugs = reading().execute(select(SurveyRow.slug).order_by(SurveyRow.slug)).scalars().all()
    found = (fielding(slug, now) for slug in slugs)
    return tuple(one for one in found if one and one.state(now) is WaveState.open)


def owner_profile_id() -> int | None:
    """Return the profile for pages before any survey: the first municipality's newest."""
    owner = reading().execute(select(MunicipalityRow.id).order_by(MunicipalityRow.id)).scalar()
    try:
        return newest_profile(owner).id if owner else None
    except LookupError:
        return None
