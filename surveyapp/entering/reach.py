"""Which ways in somebody may type for: those of their own municipality, or of its surveys."""

from dataclasses import dataclass
from datetime import UTC, datetime

from flask import abort

from surveyapp.accounts.access import current_staff, may_see, must_see
from surveyapp.i18n import language, tongues
from surveyapp.storage.collected.entries import TAKING
from surveyapp.storage.drafting.surveys import Survey, edition, list_surveys, survey_by_slug
from surveyapp.storage.field.collectors import Kind, greeting_municipality
from surveyapp.storage.field.fielding import Fielding, fielding_of
from surveyapp.storage.field.waves import Collector, collectors_of, waves_of
from surveyapp.storage.municipal.profiles import profile
from surveyapp.storage.people.staff import Role

ENTERS = (Role.designer, Role.publisher, Role.analyst)
DECIDES = (Role.designer, Role.publisher)
TYPED = (Kind.paper, Kind.phone)


@dataclass(frozen=True)
class Desk:
    """A way in that staff type for, and what a page says of it."""

    way: Fielding

    @property
    def kind(self) -> str:
        """Paper or telephone."""
        return self.way.collector.kind

    @property
    def title(self) -> str:
        """The survey's title in the reader's language."""
        return edition(self.way.edition_id).questionnaire.title[language()]

    @property
    def municipality(self) -> str:
        """Whose residents answer."""
        return profile(self.way.profile_id).content.names[language()]

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that residents can have answered in."""
        spoken = edition(self.way.edition_id).questionnaire.languages
        return tuple(tongues(spoken))

    @property
    def first_language(self) -> str:
        """The language that is offered first: the reader's own if it is spoken."""
        return language() if language() in self.languages else self.languages[0]

    @property
    def is_open(self) -> bool:
        """Whether the wave still takes responses."""
        return self.way.state(now()) in TAKING


def now() -> datetime:
    """Return this instant."""
    return datetime.now(UTC)


def _may_enter(survey: Survey, found: Collector) -> bool:
    """Whoever's work reaches the survey, or the municipality whose residents it greets."""
    staff = current_staff()
    return may_see(staff, survey.owner_id) or may_see(staff, greeting_municipality(found))


def desks() -> tuple[Desk, ...]:
    """List the ways in that the reader may type for, those of closed waves left out."""
    found = []
    for survey in list_surveys():
        ways = [one for wave in waves_of(survey.id) for one in collectors_of(wave.id)]
        mine = [one for one in ways if one.kind in TYPED and _may_enter(survey, one)]
        found += [way for one in mine if (way := fielding_of(one.code)) is not None]
    return tuple(desk for way in found if (desk := Desk(way)).is_open)


def desk_of(code: str, kind: Kind) -> Desk:
    """Find what an address names: 404 if there is none of that kind, 403 if it is not theirs."""
    way = fielding_of(code)
    if way is None or way.collector.kind != kind:
        abort(404)
    survey = survey_by_slug(way.slug)
    if survey is None:
        abort(404)
    if not _may_enter(survey, way.collector):
        must_see(greeting_municipality(way.collector))
    return Desk(way)
