"""What a test needs before a resident can answer: a municipality, a survey, places, a wave."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from surveyapp.questionnaire.document import read_draft
from surveyapp.questionnaire.reviewing.review import review
from surveyapp.storage.collected.visits import Change, Outcome, Visit, save
from surveyapp.storage.drafting.surveys import Edition, editions_of, publish, save_draft
from surveyapp.storage.field.fielding import Fielding, fielding
from surveyapp.storage.field.timing import open_wave
from surveyapp.storage.field.waves import Opening
from surveyapp.storage.municipal.places import Place, import_places
from surveyapp.storage.municipal.profiles import Profile, StoredProfile, save_profile
from tests.questionnaire.making import Document, whole

NOW = datetime(2026, 3, 2, 15, 30, 30, tzinfo=UTC)
SLUG = "safety"


def profile_content(**more: Any) -> Profile:
    """Give a municipality's words."""
    both = {"en": "Elm", "fr": "Orme"}
    made: dict[str, Any] = {
        "names": both,
        "plan_name": both,
        "officer": {"title": both, "address": both, "telephone": "613 555-0100"},
        "help_lines": [{"name": both, "telephone": "988"}],
    }
    return Profile.model_validate(made | more)


def municipality(slug: str = "elm", **more: Any) -> StoredProfile:
    """Store a municipality."""
    return save_profile(slug, profile_content(**more), NOW)


def places(code: str = "set") -> str:
    """Store three places of two levels."""
    name = {"en": "Name", "fr": "Nom"}
    town = Place("elm", "municipality", name)
    import_places(code, (town, *(Place(one, "neighbourhood", name, "elm") for one in "ab")))
    return code


def published(document: Document | None = None, slug: str = SLUG) -> Edition:
    """Store and publish a survey of a new or known municipality."""
    owner = municipality()
    saved = save_draft(slug, owner.municipality_id, read_draft(document or whole()))
    documents = [one.questionnaire for one in editions_of(saved.id)]
    changes = review(saved.draft, documents[-1], documents[:-1]).changes if documents else ()
    wanted = [change.node for change in changes]
    return publish(slug, saved.revision, wanted, "publisher@example.ca", NOW)


def fielded(slug: str = SLUG, **opening: Any) -> Fielding:
    """Publish a survey and open its first wave."""
    published(slug=slug)
    wanted = replace(Opening(places(), "open", opens=date(2026, 3, 1)), **opening)
    open_wave(slug, "2026", wanted, NOW)
    found = fielding(slug, NOW)
    assert found is not None
    return found


def opened(document: Document | None = None, now: datetime = NOW, slug: str = SLUG) -> Fielding:
    """Publish a survey and open a wave of it that is in the field at an instant."""
    published(document, slug)
    open_wave(slug, "2026", Opening(places(), "open"), now)
    found = fielding(slug, now)
    assert found is not None
    return found


def page(
    token: str,
    section: str,
    posted: int,
    answers: dict[str, Any],
    later: timedelta = timedelta(),
    **more: Any,
) -> tuple[Outcome, Visit | None]:
    """Save a page that adds some answers."""

    def revise(before: Visit) -> Change:
        kept = {**before.answers, **answers}
        made = Change(section, kept, None, section, before.language)
        return replace(made, **more)

    return save(token, section, posted, revise, NOW + later)
