"""Before the first question: the front page, the lobby and the notice of collection."""

from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.answering.kiosk import begin_again
from surveyapp.answering.route import first_section
from surveyapp.answering.slots import Slots, filled, slots
from surveyapp.answering.spoken import further, speaks_here
from surveyapp.answering.starting import signs_at_start, start_token, starts
from surveyapp.answering.tokens import has_token, refuse_other_sites
from surveyapp.answering.visiting import (
    goes_on,
    invitation_to,
    now,
    remember,
    way_in,
)
from surveyapp.extensions import csrf
from surveyapp.forms.audience import who_can_answer
from surveyapp.forms.keeping import deletion_words
from surveyapp.i18n import LANGUAGES, language
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.storage.collected.visits import TooManyStartsError, start
from surveyapp.storage.counted.releases import has_results, results_by
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.collectors import Kind, has_short_address
from surveyapp.storage.field.fielding import Fielding, fielding_of, in_the_field, owner_profile_id
from surveyapp.storage.field.waves import WaveState
from surveyapp.storage.municipal.profiles import Profile, profile

bp = Blueprint("arrival", __name__)


def _questionnaire(found: Fielding) -> Questionnaire:
    return edition(found.edition_id).questionnaire


def _profile(found: Fielding) -> Profile:
    return profile(found.profile_id).content


@bp.get("/")
def front() -> ResponseReturnValue:
    """Greet in both languages, neither first in rank."""
    shown = _open_surveys(None)
    return render_template("answering/front.html", **shown, further=further(_all(shown)))


@bp.get("/<language>/")
def surveys() -> ResponseReturnValue:
    """List the surveys that are open."""
    shown = _open_surveys(language())
    languages = (*LANGUAGES, *(one.code for one in further(_all(_open_surveys(None)))))
    return render_template("answering/surveys.html", **shown, languages=languages)


def _all(shown: dict[str, Any]) -> list[Questionnaire]:
    return [survey for _found, survey in (*shown["surveys"], *shown["standing"])]


def _open_surveys(speaking: str | None) -> dict[str, Any]:
    owner = owner_profile_id()
    open_ = [(one, _questionnaire(one)) for one in in_the_field(now())]
    found = [pair for pair in open_ if speaking is None or speaking in pair[1].languages]
    return {
        "profile": profile(owner).content if owner else None,
        "surveys": [pair for pair in found if not pair[1].standing],
        "standing": [pair for pair in found if pair[1].standing],
    }


def _standing_beside(here: Fielding) -> list[tuple[Fielding, Questionnaire]]:
    """List the standing forms of whoever runs a survey, to tell something at any time."""
    runs = profile(here.profile_id).municipality_id
    return [
        (one, _questionnaire(one))
        for one in in_the_field(now())
        if one.slug != here.slug
        and _questionnaire(one).standing
        and speaks_here(_questionnaire(one))
        and profile(one.profile_id).municipality_id == runs
    ]


@bp.get("/s/<code>")
def short(code: str) -> ResponseReturnValue:
    """Greet whoever followed a poster or card, in both languages."""
    found = fielding_of(code)
    if found is not None and found.collector.kind == Kind.invitation:
        return redirect(url_for("invited.ask"), 303)
    if found is None or not has_short_address(found.collector):
        abort(404)
    is_kiosk = found.collector.kind == Kind.kiosk
    if is_kiosk:
        begin_again(found)
    return render_template(
        "answering/kiosk.html" if is_kiosk else "answering/short.html",
        fielding=found,
        is_open=found.state(now()) is WaveState.open,
        survey=_questionnaire(found),
        profile=_profile(found),
        via="" if found.collector.is_default else found.collector.code,
        further=further((_questionnaire(found),)),
    )


@bp.get("/<language>/surveys/<slug>/")
def lobby(slug: str) -> ResponseReturnValue:
    """Say what the survey is, or that it is closed or not yet open."""
    return _lobby(way_in(slug))


def _lobby(found: Fielding) -> str | Response:
    slug, via, wave = found.slug, request.args.get("via"), found.wave
    state = found.state(now())
    name = "lobby" if state is WaveState.open else "not_open"
    standing, is_published = _standing_beside(found), has_results(wave.survey_id)
    day = results_by(wave, now())

    def draw(_tokens: Slots) -> str:
        return render_template(
            f"answering/{name}.html",
            fielding=found,
            state=state,
            survey=_questionnaire(found),
            profile=_profile(found),
            slug=slug,
            via=via,
            standing=standing,
            has_results=is_published,
            results_by=day,
        )

    beside = tuple((one.slug, one.edition_id) for one, _survey in standing)
    dates = (wave.opens_at, wave.closes_at, day)
    facts = (language(), slug, via, dates, beside, is_published)
    return filled((name, state, found.edition_id, found.profile_id, *facts), Slots(), draw)


@bp.get("/<language>/surveys/<slug>/notice")
def notice(slug: str) -> ResponseReturnValue:
    """Show the notice of collection before anything is collected."""
    found = way_in(slug)
    if found.state(now()) is not WaveState.open:
        return redirect(url_for("arrival.lobby", slug=slug, via=request.args.get("via")))
    return _notice(found)


def _notice(found: Fielding, message: str = "") -> str | Response:
    slug, via = found.slug, request.values.get("via", "")

    def draw(tokens: Slots) -> str:
        return render_template(
            "answering/notice.html",
            slots=tokens,
            survey=_questionnaire(found),
            profile=_profile(found),
            slug=slug,
            via=via,
            message=message,
            who=who_can_answer(_questionnaire(found), language()),
            deletion=deletion_words(_questionnaire(found)),
        )

    key = ("notice", found.edition_id, found.profile_id, language(), slug, via, message)
    return filled(key, slots(start=start_token(slug)), draw)


def _too_old() -> str:
    return _(
        "This page was open for a long time, or your browser does not keep cookies: this survey"
        " needs one, only until you close the browser. Nothing is lost: continue again."
    )


def _crowded() -> str:
    return _("Many people are starting from your network. Wait a few minutes, then continue again.")


@bp.post("/<language>/surveys/<slug>/notice")
@csrf.exempt
def begin(slug: str) -> ResponseReturnValue:
    """Begin a visit, or go on with the one begun, at its first page that is not done."""
    refuse_other_sites()
    found = way_in(slug)
    if found.state(now()) is not WaveState.open:
        return redirect(url_for("arrival.lobby", slug=slug), 303)
    signs = signs_at_start(request.form, slug)
    if signs is None or not has_token():
        return _notice(found, _too_old()), 400
    # Whoever went back to this page, or pressed twice, has answers that must not be lost.
    if goes_on(found):
        return redirect(url_for("sections.first", slug=slug), 303)
    try:
        invited = invitation_to(found)
        token = start(found, language(), now(), invited, signs=signs, starts=starts())
    except TooManyStartsError:
        return _notice(found, _crowded()), 429
    remember(slug, token)
    section_id = first_section(found.edition_id, found.wave.place_set_id)
    return redirect(url_for("sections.section", slug=slug, section_id=section_id), 303)
