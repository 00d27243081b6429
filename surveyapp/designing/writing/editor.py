"""The editor: the outline beside one section or question, saved node by node."""

from dataclasses import replace

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.reach import now, shared_survey
from surveyapp.designing.roles import WORKS_ON_DRAFTS
from surveyapp.designing.whose import share_of
from surveyapp.designing.writing.cards import Back
from surveyapp.designing.writing.contested import contests, with_own_words, words_of_gone
from surveyapp.designing.writing.controls import Posted
from surveyapp.designing.writing.drawing import draw
from surveyapp.designing.writing.fields import id_of, text_name
from surveyapp.designing.writing.going import refuse_gone
from surveyapp.designing.writing.outline import page_of
from surveyapp.designing.writing.posted import (
    Sheet,
    deed,
    left_out,
    read_sheet,
    settings_in,
    wheres,
)
from surveyapp.designing.writing.saving import how_it_went, note_gone, note_refused
from surveyapp.questionnaire.drafting.commands import Add, Command, Copy, Refusal, Remove
from surveyapp.questionnaire.nodes import GoneError, find, text_fields
from surveyapp.storage.drafting.drafts import Outcome, change, take_back
from surveyapp.storage.drafting.surveys import Survey

bp = Blueprint("editor", __name__, url_prefix="/<language>/staff/questionnaires/<slug>")


def _after(
    slug: str, where: str, edit_id: int | None, lost: str, field: str = ""
) -> ResponseReturnValue:
    """Go where a change can be seen, or to a field there, with what there is to say of it."""
    address, _mark, anchor = page_of(slug, where).partition("#")
    # Without an anchor a browser keeps that of the page it leaves, and goes to its field.
    anchor = field or anchor or "top"
    said = [f"saved={edit_id}" if edit_id else "", f"lost={lost}" if lost else ""]
    query = "&".join(one for one in said if one)
    return redirect(f"{address}{'?' if query else ''}{query}#{anchor}", 303)


def _target(where: str, asked: tuple[Command, ...], outcome: Outcome) -> tuple[str, str]:
    """Return the part to show, and the field to write in.

    What was added, with its first words; or what held what was removed.
    """
    last = outcome.made[-1] if outcome.made else None
    if not (last and last.command in asked and isinstance(last.command, Add | Copy | Remove)):
        return where, ""
    texts = text_fields(type(find(last.draft, last.where)))
    if not (isinstance(last.command, Add) and texts):
        return last.where, ""
    # Named for questions too: a browser keeps the place of the address that was left otherwise.
    return last.where, id_of(text_name(last.where, texts[0], last.draft.languages[0]))


def _carry_out(
    survey: Survey, where: str, sheet: Sheet, asked: tuple[Command, ...], form: Posted
) -> ResponseReturnValue:
    """Make the changes; what somebody else changed meanwhile comes back to choose from.

    Words that cannot be saved, or that their author does not keep, stay in the page.
    """
    outcome = change(survey.slug, (*sheet.commands, *asked), current_staff(), now())
    contested = wheres([one.command for one in outcome.conflicts]) & wheres(sheet.commands)
    lost, left = how_it_went(outcome, sheet.gone), words_of_gone(form, sheet.gone)
    if sheet.gone:
        note_gone(survey.slug, sheet.gone)
    back = Back(form, aside=sheet.aside, orphans=left)
    if contested:
        fresh, _reach = shared_survey(survey.slug)
        found, mine = contests(fresh, contested, form), settings_in(sheet.commands)
        return draw(fresh, where, replace(back, contested=found, changed=mine), 409)
    if (sheet.aside and not asked) or left:
        fresh, _reach = shared_survey(survey.slug)
        went = (outcome.edit_id, lost)
        return draw(fresh, where, back, 409 if left else 200, went=went)
    shown, field = _target(where, asked, outcome)
    return _after(survey.slug, shown, outcome.edit_id, lost, field)


def _save(survey: Survey, where: str) -> ResponseReturnValue:
    """Save what was changed, node by node, then do what the button says."""
    form: Posted = with_own_words(request.form)
    button = form.get("do", "")
    sheet = read_sheet(survey.draft, form, left_out(button))
    if sheet.errors:
        if sheet.forged:
            note_refused(survey.slug, Refusal.not_possible, sheet.forged)
        back = Back(form, sheet.errors, keeps_all=True, aside=sheet.aside)
        return draw(survey, where, back, 400)
    try:
        asked = deed(survey.draft, button, form, share_of(survey))
    except GoneError:
        # The words of the page are saved all the same.
        asked = ()
        sheet.gone.append(button.partition("|")[2].partition("|")[0])
    return _carry_out(survey, where, sheet, asked, form)


def _page(slug: str, where: str) -> ResponseReturnValue:
    survey, _reach = shared_survey(slug)
    try:
        find(survey.draft, where)
    except GoneError:
        if request.method == "POST":
            return refuse_gone(slug, where)
        abort(404)
    return _save(survey, where) if request.method == "POST" else draw(survey, where)


@bp.route("/", methods=["GET", "POST"])
@requires(*WORKS_ON_DRAFTS)
def whole(slug: str) -> ResponseReturnValue:
    """Show or change what belongs to the whole survey."""
    return _page(slug, "")


@bp.route("/sections/<section_id>", methods=["GET", "POST"])
@requires(*WORKS_ON_DRAFTS)
def section(slug: str, section_id: str) -> ResponseReturnValue:
    """Show or change a section."""
    return _page(slug, f"sections/{section_id}")


@bp.route("/questions/<question_id>", methods=["GET", "POST"])
@requires(*WORKS_ON_DRAFTS)
def question(slug: str, question_id: str) -> ResponseReturnValue:
    """Show or change a question."""
    return _page(slug, f"questions/{question_id}")


@bp.post("/undo/<int:edit_id>")
@requires(*WORKS_ON_DRAFTS)
def undo(slug: str, edit_id: int) -> ResponseReturnValue:
    """Take an edit back."""
    shared_survey(slug)
    try:
        outcome = take_back(slug, edit_id, current_staff(), now())
    except LookupError:
        return redirect(url_for(".whole", slug=slug, lost="gone"), 303)
    where = outcome.made[-1].where if outcome.made else ""
    return _after(slug, where, outcome.edit_id, how_it_went(outcome, []))
