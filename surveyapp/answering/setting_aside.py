"""What is typed on a page, kept unjudged: to switch the language, to rest, to come back later."""

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from surveyapp.answering.drawing import Posted, kept_raw
from surveyapp.answering.place_lists import Narrowing
from surveyapp.answering.present import no_visit
from surveyapp.answering.replies import note_counter
from surveyapp.answering.sheets import Sheet, address, again
from surveyapp.answering.visiting import end_sitting, now, token_of
from surveyapp.forms.posting import storable
from surveyapp.i18n import language, tongue
from surveyapp.storage.collected.resumes import take_code
from surveyapp.storage.collected.visits import Change, Outcome, Visit, save


def _keep_typed(sheet: Sheet, code: str) -> bool:
    """Save what is typed, unjudged; tell whether something else was typed there since."""
    words, section = storable(sheet.raw), sheet.section

    def typed(before: Visit) -> Change:
        is_done = section.id in before.saved and section.id not in before.typed
        unchanged = is_done and words == kept_raw(before, section)
        kept = None if unchanged else words
        return Change(section.id, before.answers, kept, before.furthest, code)

    token = token_of(sheet.slug)
    outcome, after = save(token, section.id, sheet.counter, typed, now(), sheet.visit)
    if after is not None:
        note_counter(after.counter)
    return outcome is Outcome.stale and after is not None and words != kept_raw(after, section)


def switch(sheet: Sheet, code: str) -> ResponseReturnValue:
    """Show the same page in another language.

    :raise 404: if there is no such language.
    """
    if code not in sheet.where.questionnaire.languages or tongue(code) is None:
        abort(404)
    lost = _keep_typed(sheet, code)
    kept = 1 if lost else None
    return redirect(address(sheet.slug, sheet.section.id, language=code, kept=kept), 303)


def leave(sheet: Sheet) -> ResponseReturnValue:
    """Show a code to come back with."""
    _keep_typed(sheet, language())
    if take_code(token_of(sheet.slug), now()) is None:
        return no_visit(sheet.slug)
    return redirect(url_for("resuming.later", slug=sheet.slug), 303)


def rest(sheet: Sheet) -> ResponseReturnValue:
    """Put the page away."""
    _keep_typed(sheet, language())
    end_sitting(sheet.slug)
    return redirect(url_for("sections.first", slug=sheet.slug), 303)


def narrow(sheet: Sheet, question: str) -> ResponseReturnValue:
    """Show the page as it is typed, a list of places narrowed by a postal prefix.

    Nothing is saved, the prefix least of all: it is read here and nowhere else.
    """
    narrowing = Narrowing(question, request.form.get(f"prefix-{question}", ""))
    return again(sheet, Posted(sheet.raw, {}, narrowing=narrowing))
