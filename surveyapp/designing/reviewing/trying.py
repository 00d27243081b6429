"""A draft as residents will see it, in any of its languages: conditions live, nothing stored."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.accounts.access import requires
from surveyapp.accounts.reach import shared_survey
from surveyapp.designing.reviewing.pretending import filled
from surveyapp.designing.roles import WORKS_ON_DRAFTS
from surveyapp.forms.fields import (
    PREFIX,
    Choice,
    Group,
    PlaceList,
    Shown,
    sentences_by_key,
    view,
)
from surveyapp.forms.posting import MOST_VALUES
from surveyapp.forms.sentences import sentence
from surveyapp.i18n import language, speaking, tongues
from surveyapp.questionnaire.answers import Accepted, accept
from surveyapp.questionnaire.model import Draft, Place, Section
from surveyapp.questionnaire.openings import parts
from surveyapp.questionnaire.tongues import direction
from surveyapp.storage.drafting.surveys import Survey

bp = Blueprint("trying", __name__, url_prefix="/<language>/staff/questionnaires/<slug>/try")
Raw = dict[str, list[str]]
# A draft has no places yet: those of a wave are listed here once it is open.
PLACES = {code: (code,) for code in ("first", "second")}


def _spoken(draft: Draft) -> str:
    _look, _mark, other = request.form.get("do", "").partition(":")
    wanted = other or request.values.get("in", "")
    return wanted if wanted in tongues(draft.languages) else language()


def _raw() -> Raw:
    names = (one for one in request.form if one.startswith(PREFIX))
    return {one.removeprefix(PREFIX): request.form.getlist(one)[:MOST_VALUES] for one in names}


def _elsewhere(draft: Draft, section: Section, raw: Raw) -> list[tuple[str, str]]:
    """Return what was answered on other pages: the form carries it, nobody keeps it."""
    here = {one.id for one in section.questions}
    known = {one.id for one in draft.questions()} - here
    return [
        (f"{PREFIX}{key}", value)
        for key, values in raw.items()
        if key.partition(".")[0] in known
        for value in values
    ]


def _next(draft: Draft, section: Section, accepted: Accepted) -> Section | None:
    """Return the next page with something to show."""
    later = draft.sections[draft.sections.index(section) + 1 :]
    found: Iterable[Section] = (one for one in later if parts(draft, accepted.answers, one, PLACES))
    return next(iter(found), None)


def _places(draft: Draft) -> dict[str, PlaceList]:
    names = (("first", _("A place")), ("second", _("Another place")))
    listed = PlaceList((Group("", tuple(Choice(*one) for one in names)),), total=len(names))
    return {one.id: listed for one in draft.questions() if isinstance(one, Place)}


def _draw(
    survey: Survey, draft: Draft, section: Section | None, raw: Raw, problems: Any = ()
) -> str:
    spoken = _spoken(draft)
    answers = accept(draft, raw, places=PLACES).answers
    with speaking(spoken):
        shown = Shown(spoken, raw, sentences_by_key(problems, sentence), _places(draft))
        held = parts(draft, answers, section, PLACES) if section else ()
        asked = [(view(one.question, shown), one.asked, _json(one.hangs_on)) for one in held]
        phone = render_template(
            "designing/reviewing/phone.html",
            survey=survey,
            draft=draft,
            spoken=spoken,
            direction=direction(spoken),
            section=section,
            questions=asked,
            elsewhere=_elsewhere(draft, section, raw) if section else [],
        )
    return render_template(
        "designing/reviewing/try.html",
        survey=survey,
        draft=draft,
        section=section,
        phone=phone,
        spoken=spoken,
        languages=tongues(draft.languages).values(),
    )


def _json(condition: Any) -> str:
    return "" if condition is None else str(condition.model_dump_json(by_alias=True))


def _found(slug: str, section_id: str) -> tuple[Survey, Draft, Section]:
    survey, _reach = shared_survey(slug)
    draft = filled(survey.draft)
    section = next((one for one in draft.sections if one.id == section_id), None)
    return survey, draft, section or abort(404)


@bp.get("/")
@requires(*WORKS_ON_DRAFTS)
def first(slug: str) -> ResponseReturnValue:
    """Begin with the first page."""
    survey, _reach = shared_survey(slug)
    if not survey.draft.sections:
        return _draw(survey, filled(survey.draft), None, {})
    return redirect(url_for(".page", slug=slug, section_id=survey.draft.sections[0].id), 303)


@bp.get("/<section_id>")
@requires(*WORKS_ON_DRAFTS)
def page(slug: str, section_id: str) -> ResponseReturnValue:
    """Show a page as nobody has answered it."""
    survey, draft, section = _found(slug, section_id)
    return _draw(survey, draft, section, {})


@bp.post("/<section_id>")
@requires(*WORKS_ON_DRAFTS)
def send(slug: str, section_id: str) -> ResponseReturnValue:
    """Go on with what was answered, or show it again in the other language."""
    survey, draft, section = _found(slug, section_id)
    raw = _raw()
    accepted = accept(draft, raw, places=PLACES)
    own = {one.id for one in section.questions}
    wrong = [one for one in accepted.problems if one.key.partition(".")[0] in own]
    if request.form.get("do", "").startswith("look:"):
        return _draw(survey, draft, section, raw)
    if wrong:
        return _draw(survey, draft, section, raw, wrong)
    return _draw(survey, draft, _next(draft, section, accepted), raw)
