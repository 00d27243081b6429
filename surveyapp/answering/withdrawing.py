"""Taking sent answers back, by their receipt."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.answering.code_forms import code_page, refusal
from surveyapp.answering.visiting import forget_visit, now, way_in
from surveyapp.extensions import csrf
from surveyapp.storage.collected.withdrawals import Withdrawing, withdraw
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.municipal.profiles import profile

bp = Blueprint("withdrawing", __name__, url_prefix="/<language>/surveys/<slug>")


@bp.get("/withdraw")
def ask(slug: str) -> ResponseReturnValue:
    """Ask for the receipt of the answers to take back."""
    return code_page("withdraw", way_in(slug))


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
    refused = refusal("withdraw", typed, _("Write the receipt that you were given"))
    if refused:
        return code_page("withdraw", found, refused[0], typed), refused[1]
    outcome = withdraw(typed, found.wave.survey_id, now())
    if outcome is Withdrawing.unknown:
        return code_page("withdraw", found, _unknown(), typed), 400
    if outcome is Withdrawing.withdrawn:
        forget_visit(slug)
    return render_template(
        "answering/withdrawn.html",
        survey=edition(found.edition_id).questionnaire,
        profile=profile(found.profile_id).content,
        slug=slug,
        outcome=outcome.value,
    )
