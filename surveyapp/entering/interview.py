"""A telephone interview: the same screen, with what is read out, and a receipt at the end."""

from datetime import datetime

from flask import (
    Blueprint,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from itsdangerous import BadSignature, TimestampSigner

from surveyapp.accounts.access import current_staff, requires
from surveyapp.entering.reach import ENTERS, Desk, desk_of, now
from surveyapp.entering.screens import Screen, spoken_in, typed_in_form
from surveyapp.entering.words import script
from surveyapp.storage.codes import new_token
from surveyapp.storage.collected.entries import Entered
from surveyapp.storage.collected.interviews import enter_interview, interview_receipt
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.collectors import Kind
from surveyapp.storage.municipal.profiles import profile

bp = Blueprint("interview", __name__, url_prefix="/<language>/staff/entry/<code>/interview")
AGREED, REFUSED = "1", "2"
# The receipt is for whoever was called: its page keeps it out of addresses.
ENDED = "interview"


def _signer() -> TimestampSigner:
    return TimestampSigner(str(current_app.config["SECRET_KEY"]), salt="interview")


def _began() -> tuple[str, str, datetime]:
    """Return the token of an interview, its name, and when its page was opened."""
    given = request.form.get("interview") or _signer().sign(new_token()).decode()
    try:
        name, began = _signer().unsign(given.encode("utf-8", "replace"), return_timestamp=True)
    except BadSignature:
        abort(400)
    return given, name.decode(), began


def _screen(desk: Desk) -> Screen:
    published = edition(desk.way.edition_id)
    return Screen(desk, published, spoken_in(desk), typed_in_form(published.questionnaire))


def _page(screen: Screen, token: str, problems: dict[str, list[str]]) -> str:
    words = profile(screen.desk.way.profile_id).content
    parts = screen.parts(problems)
    consent = problems.get("consent", [])
    return render_template(
        "entering/interview.html",
        screen=screen,
        desk=screen.desk,
        token=token,
        parts=parts,
        consent=consent,
        agreed=request.form.get("consent", ""),
        problems=[
            *[("consent", one) for one in consent],
            *(one for part in parts for asked in part.asked for one in asked.problems),
        ],
        script=script(screen.questionnaire, words, screen.language),
        profile=words,
    )


@bp.get("/")
@requires(*ENTERS)
def call(code: str) -> ResponseReturnValue:
    """Show what to read out and where to type the answers."""
    desk = desk_of(code, Kind.phone)
    if not desk.is_open:
        return render_template("entering/not_now.html", desk=desk), 410
    return _page(_screen(desk), _began()[0], {})


@bp.post("/")
@requires(*ENTERS)
def take(code: str) -> ResponseReturnValue:
    """Take an interview, switch its language, or say what to ask again."""
    desk = desk_of(code, Kind.phone)
    screen, (token, name, began) = _screen(desk), _began()
    action, _mark, what = request.form.get("action", "").partition(":")
    if action == "lang" and what in desk.languages:
        return _page(screen.switched(what), token, {})
    consent = request.form.get("consent", "").strip()
    if consent == REFUSED:
        return redirect(url_for("interview.refused", code=code), 303)
    answers, problems = screen.accepted(screen.raw())
    if consent != AGREED:
        problems["consent"] = [_("Type 1 if the person agreed, or 2 if not")]
    if problems:
        return _page(screen, token, problems), 400
    result = screen.result(name, answers)
    outcome = enter_interview(desk.way, result, began, current_staff(), now())
    return _over(screen, name, outcome)


def _over(screen: Screen, name: str, outcome: Entered) -> ResponseReturnValue:
    if outcome is Entered.closed:
        return render_template("entering/not_now.html", desk=screen.desk), 410
    session[ENDED] = [name, screen.language, outcome is Entered.other]
    return redirect(url_for("interview.goodbye", code=screen.desk.way.collector.code), 303)


@bp.get("/goodbye")
@requires(*ENTERS)
def goodbye(code: str) -> ResponseReturnValue:
    """Show the closing words and the receipt to read out."""
    desk, ended = desk_of(code, Kind.phone), session.get(ENDED)
    if ended is None:
        return redirect(url_for("interview.call", code=code), 303)
    name, spoken, other = ended
    survey = edition(desk.way.edition_id).questionnaire
    return render_template(
        "entering/goodbye.html",
        desk=desk,
        spoken=spoken,
        receipt=interview_receipt(name),
        other=other,
        script=script(survey, profile(desk.way.profile_id).content, spoken),
    )


@bp.get("/refused")
@requires(*ENTERS)
def refused(code: str) -> ResponseReturnValue:
    """Say that nothing was kept of somebody who did not agree."""
    return render_template("entering/refused.html", desk=desk_of(code, Kind.phone))
