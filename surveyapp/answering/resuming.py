"""Leaving for now with a code, and coming back with it."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.answering.code_forms import code_page, refusal
from surveyapp.answering.kiosk import kiosk_code, kiosk_start
from surveyapp.answering.present import no_visit, open_visit
from surveyapp.answering.visiting import now, remember, token_of, way_in
from surveyapp.extensions import csrf
from surveyapp.storage.collected.resumes import resume_code, take_code, token_by_code
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.waves import WaveState
from surveyapp.storage.municipal.profiles import profile

TAKES_ANSWERS = (WaveState.open, WaveState.finishing)
bp = Blueprint("resuming", __name__, url_prefix="/<language>/surveys/<slug>")


@bp.post("/later")
@csrf.exempt
def leave(slug: str) -> ResponseReturnValue:
    """Keep the visit under a code. Nothing can go wrong twice: the code is the same again."""
    found = open_visit(slug)
    if found is not None and kiosk_code():
        return redirect(url_for("sections.first", slug=slug), 303)
    if found is None or take_code(token_of(slug), now()) is None:
        return no_visit(slug)
    remember(slug, token_of(slug))
    return redirect(url_for("resuming.later", slug=slug), 303)


@bp.get("/later")
def later(slug: str) -> ResponseReturnValue:
    """Show the code to come back with, and until when it works."""
    found = open_visit(slug)
    if found is None:
        return no_visit(slug)
    if found.resume_until is None:
        return redirect(url_for("sections.first", slug=slug), 303)
    return render_template(
        "answering/later.html",
        code=resume_code(token_of(slug)),
        day=found.wave.day(found.resume_until - timedelta(seconds=1)),
        survey=edition(found.edition_id).questionnaire,
        profile=profile(found.profile_id).content,
        slug=slug,
    )


@bp.get("/resume")
def ask(slug: str) -> ResponseReturnValue:
    """Ask for the code to go on with, as long as there is something to go on with."""
    found = way_in(slug)
    if found.state(now()) not in TAKES_ANSWERS:
        return redirect(url_for("arrival.lobby", slug=slug), 303)
    return redirect(kiosk_start(), 303) if kiosk_code() else code_page("resume", found)


def _unknown() -> str:
    return _(
        "We have no unfinished answers to this survey under that code. Check each letter and"
        " number. A code works until the day shown with it, and until the answers are sent."
    )


@bp.post("/resume")
@csrf.exempt
def come_back(slug: str) -> ResponseReturnValue:
    """Go on where the visit of a code was left."""
    found, typed = way_in(slug), request.form.get("code", "")[:100]
    if found.state(now()) not in TAKES_ANSWERS:
        return redirect(url_for("arrival.lobby", slug=slug), 303)
    refused = refusal("resume", typed, _("Write the code that you were given"))
    if refused:
        return code_page("resume", found, refused[0], typed), refused[1]
    token = token_by_code(typed, found.wave.survey_id, now())
    if token is None:
        return code_page("resume", found, _unknown(), typed), 400
    remember(slug, token)
    return redirect(url_for("sections.first", slug=slug, back=1), 303)
