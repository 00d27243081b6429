"""The way in by a personal code: from the link of a letter, or typed from paper.

Looking at the page tells nothing about a code, since a GET counts no tries: the code is looked up
when a language is chosen, and how often that may be is limited.
"""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from surveyapp.answering.code_forms import MOST_LETTERS, STATUS, limits_of, refused
from surveyapp.answering.visiting import (
    forget_visit,
    remember_invitation,
    visit_to,
)
from surveyapp.extensions import csrf
from surveyapp.i18n import LANGUAGES
from surveyapp.storage.field.fielding import owner_profile_id, way_in_of
from surveyapp.storage.field.invitations import CODE_LENGTH, Invitation, invitation_by_code
from surveyapp.storage.municipal.profiles import profile

bp = Blueprint("invited", __name__, url_prefix="/i")

# Both languages are on the page, so its sentences stand there and not in the catalogue.
STATES = {"ask": 200, "unknown": 404, "used": 410, **STATUS}


def _page(state: str, code: str = "") -> ResponseReturnValue:
    owner = owner_profile_id()
    return render_template(
        "answering/invited.html",
        state=state,
        code="".join(one for one in code if one.isprintable())[:MOST_LETTERS],
        profile=profile(owner).content if owner else None,
        length=CODE_LENGTH,
    ), STATES[state]


@bp.get("/")
def ask() -> ResponseReturnValue:
    """Ask for a code, in both languages."""
    return _page("ask")


@bp.get("/used")
def used() -> ResponseReturnValue:
    """Say that somebody answered with this invitation."""
    return _page("used")


@bp.get("/<code>")
def linked(code: str) -> ResponseReturnValue:
    """Greet whoever followed the link of a letter."""
    return _page("ask", code)


@bp.post("/")
@csrf.exempt
def enter() -> ResponseReturnValue:
    """Let somebody in by their code."""
    code = request.form.get("code", "")
    if request.form.get("language") not in LANGUAGES:
        abort(400)
    why = refused(code, limits_of("invitation", code))
    if why is not None:
        return _page(why, code)
    found = invitation_by_code(code)
    if found is None:
        return _page("unknown", code)
    return _page("used") if found.used else _let_in(found, request.form["language"])


def _let_in(found: Invitation, language: str) -> ResponseReturnValue:
    """Begin afresh in this browser, unless its visit is this invitation's own."""
    fielding = way_in_of(found.collector_id)
    if fielding is None:
        return _page("unknown")
    unfinished = visit_to(fielding.slug)
    if unfinished is None or unfinished.invitation_id != found.id:
        forget_visit(fielding.slug)
    remember_invitation(fielding.slug, fielding.collector.id, found.id)
    return redirect(url_for("arrival.lobby", slug=fielding.slug, language=language), 303)
