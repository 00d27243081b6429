"""The further languages of a survey: its pages are found in those it speaks, and in no other."""

from collections.abc import Iterable

from flask import abort, g, request

from surveyapp.answering.visiting import now, visit_to
from surveyapp.i18n import LANGUAGES, Interface, language, tongues
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.fielding import fielding, in_the_field


def _languages_of(slug: str) -> tuple[str, ...]:
    """Return what a survey speaks: a visit keeps to the edition that it began with."""
    begun, open_ = visit_to(slug), fielding(slug, now())
    found = begun or open_
    return edition(found.edition_id).questionnaire.languages if found else ()


def _spoken_somewhere() -> set[str]:
    found = (edition(one.edition_id).questionnaire for one in in_the_field(now()))
    return {code for survey in found for code in survey.languages}


def find_language() -> None:
    """Find the page of an address in a further language only where a survey speaks it.

    :raise 404: if none does; the page that says so is in the program's own languages.
    """
    code = g.get("language", "en")
    if code in LANGUAGES:
        return
    slug = (request.view_args or {}).get("slug")
    if code not in (_languages_of(slug) if slug else _spoken_somewhere()):
        g.pop("language")
        abort(404)


def further(surveys: Iterable[Questionnaire]) -> tuple[Interface, ...]:
    """List the languages besides English and French that any of some surveys speaks."""
    codes = dict.fromkeys(code for one in surveys for code in one.languages)
    return tuple(one for code, one in tongues(codes).items() if code not in LANGUAGES)


def speaks_here(survey: Questionnaire) -> bool:
    """Tell whether a survey speaks the language of the page."""
    return language() in survey.languages
