"""One section a page: shown, saved at every press, never lost."""

from flask import Blueprint, Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.answering.drawing import Posted, draw, stale_message, welcome_message
from surveyapp.answering.kiosk import kiosk_code
from surveyapp.answering.present import no_visit, open_visit
from surveyapp.answering.route import standing
from surveyapp.answering.saving import save_sheet
from surveyapp.answering.sealing import open_form
from surveyapp.answering.setting_aside import leave, narrow, rest, switch
from surveyapp.answering.sheets import Sheet, again, is_returning
from surveyapp.answering.tokens import has_token, refuse_other_sites
from surveyapp.answering.visiting import remember, token_of
from surveyapp.extensions import csrf
from surveyapp.forms.posting import posted as posted_answers

bp = Blueprint("sections", __name__, url_prefix="/<language>/surveys/<slug>/pages")
bp.before_request(open_form)


@bp.get("/")
def first(slug: str) -> ResponseReturnValue:
    """Go to the first page that is not done."""
    found = open_visit(slug)
    if found is None:
        return no_visit(slug)
    where, back = standing(found), request.args.get("back")
    if where.undone is None and back:
        return redirect(url_for("sending.check", slug=slug), 303)
    undone = where.undone or where.sections[0]
    return redirect(url_for("sections.section", slug=slug, section_id=undone.id, back=back), 303)


@bp.get("/<section_id>")
def section(slug: str, section_id: str) -> ResponseReturnValue:
    """Show a page of questions as it was left."""
    found = open_visit(slug)
    if found is None:
        return no_visit(slug, section_id)
    where = standing(found)
    wanted = where.find(section_id)
    if wanted is None and all(one.id != section_id for one in where.questionnaire.sections):
        abort(404)
    if wanted is None or not where.can_show(wanted):
        return redirect(url_for("sections.first", slug=slug), 303)
    token, message = token_of(slug), _greeting()
    return draw(where, wanted, slug, token, returning=is_returning(), message=message)


def _greeting() -> str:
    """Return a word to who comes back, or sent an older page than the one that is kept."""
    if request.args.get("kept"):
        return stale_message()
    return welcome_message() if request.args.get("back") else ""


@bp.post("/<section_id>")
@csrf.exempt
def send(slug: str, section_id: str) -> ResponseReturnValue:
    """Save a page, then go on, set it aside or say what to mend."""
    refuse_other_sites()
    found = open_visit(slug)
    if found is None:
        return no_visit(slug, section_id)
    where = standing(found)
    wanted = next((one for one in where.questionnaire.sections if one.id == section_id), None)
    if wanted is None:
        abort(404)
    remember(slug, token_of(slug))
    sheet = Sheet(where, wanted, slug, posted_answers(request.form, wanted))
    if not has_token():
        return _to_send_again(sheet), 400
    return _done_with(sheet)


def _to_send_again(sheet: Sheet) -> str | Response:
    """Show a page whose token is missing as it was typed, to be sent once more.

    What came without a single field lost them on its way: the page is as it was saved then, for
    an empty one would be taken for answers that were cleared.
    """
    if not request.form:
        return draw(sheet.where, sheet.section, sheet.slug, token_of(sheet.slug), message=_empty())
    return again(sheet, Posted(sheet.raw, {}, _too_old()))


def _done_with(sheet: Sheet) -> ResponseReturnValue:
    """Do what the button says that the page was sent with."""
    action, _mark, what = request.form.get("action", "continue").partition(":")
    if action == "lang":
        return switch(sheet, what)
    if action == "narrow":
        return narrow(sheet, what)
    if action == "later" and not kiosk_code():
        return leave(sheet)
    return rest(sheet) if action == "rest" else save_sheet(sheet)


def _empty() -> str:
    return _("Your answers to this page did not reach us. This is what was saved before.")


def _too_old() -> str:
    return _("This page was open for a long time. Your answers are still here: continue again.")
