"""Taking sent answers back, by their receipt."""

from datetime import timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.answering.tokens import has_token
from surveyapp.answering.visiting import forget_visit, now, way_in
from surveyapp.extensions import csrf
from surveyapp.storage.fielding import Fielding
from surveyapp.storage.limits import allow
from surveyapp.storage.profiles import profile
from surveyapp.storage.surveys import edition
from surveyapp.storage.withdrawals import Withdrawing, withdraw

bp = Blueprint("withdrawing", __name__, url_prefix="/<language>/surveys/<slug>")

# A receipt has 22^12 values: the limit spares the database, chance protects the answers.
TRIES = 20
WINDOW = timedelta(hours=1)


def _page(found: Fielding, problem: str = "", typed: str = "") -> str:
    return render_template(
        "answering/withdraw.html",
        survey=edition(found.edition_id).questionnaire,
        profile=profile(found.profile_id).content,
        slug=found.slug,
        problem=problem,
        typed=typed,
    )


@bp.get("/withdraw")
def ask(slug: str) -> ResponseReturnValue:
    """Ask for the receipt of the answers to take back."""
    return _page(way_in(slug))


def _refusal(typed: str) -> tuple[str, int] | None:
    """Return why what was posted is not looked up, and with which status."""
    if not has_token():
        return _("This page was open for a long time. Press the button again."), 400
    if not typed.strip():
        return _("Write the receipt that you were given"), 400
    if not allow("withdraw", request.remote_addr or "", TRIES, WINDOW, now()):
        return _("Too many tries. Wait an hour, then try again."), 429
    return None


def _unknown() -> str:
    return _(
        "We have no answers to this survey under that receipt. Check each letter and number, then"
        " try again."
    )


@bp.post("/withdraw")
@csrf.exempt
def take_back(slug: str) -> ResponseReturnValue:
    """Delete the answers of a receipt, or say why they stay."""
    found, typed = way_in(slug), request.form.get("receipt", "")[:100]
    refusal = _refusal(typed)
    if refusal:
        return _page(found, refusal[0], typed), refusal[1]
    outcome = withdraw(typed, found.wave.survey_id, now())
    if outcome is Withdrawing.unknown:
        return _page(found, _unknown(), typed), 400
    if outcome is Withdrawing.withdrawn:
        forget_visit(slug)
    return render_template(
        "answering/withdrawn.html",
        survey=edition(found.edition_id).questionnaire,
        profile=profile(found.profile_id).content,
        slug=slug,
        outcome=outcome.value,
    )
