"""The municipalities that take part in a survey: chosen by its owner, each with its share of it."""

from dataclasses import dataclass

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.reach import now, survey_in_reach
from surveyapp.designing.roles import RUNS_FIELDWORK
from surveyapp.i18n import language
from surveyapp.questionnaire.local import part
from surveyapp.storage.drafting.partners import partners_of, places_of, set_partners
from surveyapp.storage.drafting.surveys import Survey
from surveyapp.storage.field.collectors import municipalities_with_words
from surveyapp.storage.municipal.places import collation
from surveyapp.storage.municipal.profiles import Municipality, municipality_name

bp = Blueprint("joint", __name__, url_prefix="/<language>/staff/questionnaires/<slug>")


@dataclass(frozen=True)
class Listed:
    """A municipality that could take part. ``questions`` are asked of its residents alone.

    ``has_place``: some place set knows it, so that residents can say they live there.
    """

    id: int
    slug: str
    name: str
    takes_part: bool
    questions: int
    has_place: bool


def _listed(survey: Survey, one: Municipality, takes_part: bool) -> Listed:
    places = places_of((one,))
    own = part((one.slug,), places)
    return Listed(
        id=one.id,
        slug=one.slug,
        name=municipality_name(one.id, language()),
        takes_part=takes_part,
        questions=sum(own.has_question(question) for question in survey.draft.questions()),
        has_place=places != {one.slug},
    )


@bp.get("/municipalities")
@requires(*RUNS_FIELDWORK)
def partners(slug: str) -> ResponseReturnValue:
    """Show which municipalities take part in a survey."""
    survey = survey_in_reach(slug)
    chosen = {one.id for one in partners_of(survey.id)}
    found = [
        _listed(survey, one, one.id in chosen)
        for one in municipalities_with_words()
        if one.id != survey.owner_id
    ]
    return render_template(
        "designing/joint/partners.html",
        survey=survey,
        owner=municipality_name(survey.owner_id, language()),
        municipalities=sorted(found, key=lambda one: collation(one.name)),
        saved="saved" in request.args,
    )


@bp.post("/municipalities")
@requires(*RUNS_FIELDWORK)
def choose(slug: str) -> ResponseReturnValue:
    """Store which municipalities take part."""
    survey = survey_in_reach(slug)
    wanted = request.form.getlist("municipality")
    ids = [one.id for one in municipalities_with_words() if one.slug in wanted]
    set_partners(survey, ids, by=current_staff().email, now=now())
    return redirect(url_for(".partners", slug=slug, saved=1), 303)
