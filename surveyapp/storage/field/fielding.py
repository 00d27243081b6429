"""What a resident meets at an address: the wave in the field, its way in and its words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, func, or_, select

from surveyapp.storage.connection import reading
from surveyapp.storage.field.waves import Collector, Wave, WaveState
from surveyapp.storage.memory import remembered
from surveyapp.storage.municipal.profiles import newest_profile
from surveyapp.storage.prepared import Prepared
from surveyapp.storage.tables import (
    CollectorRow,
    EditionRow,
    MunicipalityRow,
    PartnerRow,
    ProfileRow,
    SurveyRow,
    WaveRow,
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


_WAVE = tuple(Wave.__dataclass_fields__)
_COLLECTOR = tuple(Collector.__dataclass_fields__)
_NEWEST_EDITION = (
    select(func.max(EditionRow.id)).where(EditionRow.survey_id == SurveyRow.id).scalar_subquery()
)
_NEWEST_PROFILE = (
    select(ProfileRow.id)
    .where(
        ProfileRow.municipality_id
        == func.coalesce(CollectorRow.municipality_id, SurveyRow.owner_id)
    )
    .order_by(ProfileRow.version.desc())
    .limit(1)
    .scalar_subquery()
)
# One question to the database: a resident's pages ask it before anything is known of them.
_WAYS_IN = (
    select(
        SurveyRow.slug,
        _NEWEST_EDITION.label("edition_id"),
        _NEWEST_PROFILE.label("profile_id"),
        *(getattr(WaveRow, name).label(f"wave_{name}") for name in _WAVE),
        *(getattr(CollectorRow, name).label(f"collector_{name}") for name in _COLLECTOR),
    )
    .join(WaveRow, WaveRow.survey_id == SurveyRow.id)
    .join(CollectorRow, CollectorRow.wave_id == WaveRow.id)
)
_OF_SURVEY = Prepared(
    _WAYS_IN.where(SurveyRow.slug == bindparam("slug"), CollectorRow.is_default).order_by(
        WaveRow.opens_at.desc()
    )
)
_OF_CODE = Prepared(_WAYS_IN.where(CollectorRow.code == bindparam("code")))
_SLUGS = Prepared(select(SurveyRow.slug).order_by(SurveyRow.slug))
_SURVEY_ID = select(SurveyRow.id).where(SurveyRow.slug == bindparam("slug"))


# Of the municipality of a slug, if the survey is its own or it takes part.
_TAKING_PART = Prepared(
    select(ProfileRow.id)
    .join(MunicipalityRow, MunicipalityRow.id == ProfileRow.municipality_id)
    .where(
        MunicipalityRow.slug == bindparam("slug"),
        or_(
            exists().where(
                PartnerRow.survey_id == bindparam("survey"),
                PartnerRow.municipality_id == MunicipalityRow.id,
            ),
            exists().where(
                SurveyRow.id == bindparam("survey"), SurveyRow.owner_id == MunicipalityRow.id
            ),
        ),
    )
    .order_by(ProfileRow.version.desc())
    .limit(1)
)


def survey_id(slug: str) -> int | None:
    """Return the number of a survey; it never changes."""
    return remembered(
        "survey", slug, lambda: reading().execute(_SURVEY_ID, {"slug": slug}).scalar()
    )


def _fielding(row: tuple[Any, ...]) -> Fielding | None:
    """Read a way in; None as long as its survey has no edition."""
    slug, edition_id, profile_id, *rest = row
    if edition_id is None:
        return None
    if profile_id is None:
        raise LookupError("the municipality has no profile")
    wave, collector = Wave(*rest[: len(_WAVE)]), Collector(*rest[len(_WAVE) :])
    return Fielding(slug, wave, collector, edition_id, profile_id)


def fielding(slug: str, now: datetime) -> Fielding | None:
    """Find what a survey's own address leads to: its open wave, else the next or the last.

    None: there is no such survey, or it was never in the field.
    """
    rows = _OF_SURVEY.all(reading(), {"slug": slug})
    found = [one for one in map(_fielding, rows) if one]
    order = (WaveState.open, WaveState.not_yet_open, WaveState.finishing, WaveState.closed)
    return min(found, key=lambda one: order.index(one.state(now)), default=None)


def fielding_of(code: str) -> Fielding | None:
    """Find what the code of a poster or card leads to."""
    row = _OF_CODE.first(reading(), {"code": code.upper()})
    return None if row is None else _fielding(row)


def way_in_of(collector_id: int) -> Fielding | None:
    """Find what a way in leads to by its number; a collector's code never changes."""
    query = select(CollectorRow.code).where(CollectorRow.id == collector_id)
    code = remembered("collector code", collector_id, lambda: reading().execute(query).scalar())
    return fielding_of(code) if code else None


def in_the_field(now: datetime) -> tuple[Fielding, ...]:
    """List the surveys that residents can answer now, by slug."""
    found = (fielding(slug, now) for (slug,) in _SLUGS.all(reading(), {}))
    return tuple(one for one in found if one and one.state(now) is WaveState.open)


def profile_taking_part(survey_id: int, slug: str) -> int | None:
    """Return the newest profile of the owner of a survey, or of who takes part, by its slug."""
    row = _TAKING_PART.first(reading(), {"survey": survey_id, "slug": slug})
    return None if row is None else int(row[0])


def owner_profile_id() -> int | None:
    """Return the profile for pages before any survey: the first municipality's newest."""
    owner = reading().execute(select(MunicipalityRow.id).order_by(MunicipalityRow.id)).scalar()
    try:
        return newest_profile(owner).id if owner else None
    except LookupError:
        return None
