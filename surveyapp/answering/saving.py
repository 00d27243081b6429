"""What becomes of a page that was sent: accepted and gone on from, mended, or too late."""

from dataclasses import replace

from flask import redirect
from flask.typing import ResponseReturnValue

from surveyapp.answering.drawing import Posted
from surveyapp.answering.present import no_visit
from surveyapp.answering.replies import note_counter
from surveyapp.answering.route import Standing, standing
from surveyapp.answering.sheets import Sheet, address, again, next_address
from surveyapp.answering.visiting import now, token_of
from surveyapp.forms.fields import sentences_by_key
from surveyapp.forms.posting import storable
from surveyapp.forms.sentences import sentence
from surveyapp.i18n import language
from surveyapp.questionnaire.answers import Accepted, Problem, ProblemCode, accept, keys_of
from surveyapp.storage.collected.visits import Change, Outcome, Visit, save


def _accepted(sheet: Sheet, before: Visit) -> Accepted:
    result = accept(
        sheet.where.questionnaire,
        sheet.raw,
        section=sheet.section.id,
        earlier=before.answers,
        places=sheet.where.tree.lineages,
    )
    if (
        result.problems
        or result.opened
        or not _ends_with_nothing(sheet, replace(before, answers=result.answers))
    ):
        return result
    keys = (key for one in sheet.section.questions for key in keys_of(one))
    first = [key for key in keys if key in result.answers][:1]
    return replace(result, problems=tuple(Problem(key, ProblemCode.nothing_told) for key in first))


def _ends_with_nothing(sheet: Sheet, after: Visit) -> bool:
    """Tell whether this page is the last of a standing form that tells nothing.

    A blank survey counts as a respondent who left everything blank; a form that is filled in to
    tell something has nothing to count.
    """
    if not sheet.where.questionnaire.standing:
        return False
    where, told = standing(after), any(value is not None for value in after.answers.values())
    others = [one for one in where.sections if one.id != sheet.section.id]
    return not told and all(where.is_done(one) for one in others)


def save_sheet(sheet: Sheet) -> ResponseReturnValue:
    """Save a page, then go on or say what to mend."""
    results: list[Accepted] = []

    def revised(before: Visit) -> Change:
        result = _accepted(sheet, before)
        results.append(result)
        wrong = bool(result.problems)
        answers = before.answers if wrong else result.answers
        typed = storable(sheet.raw) if wrong else None
        furthest = _further(sheet.where, before.furthest, sheet.section.id)
        return Change(sheet.section.id, answers, typed, furthest, language())

    token = token_of(sheet.slug)
    outcome, after = save(token, sheet.section.id, sheet.counter, revised, now(), sheet.visit)
    if outcome is Outcome.gone or after is None:
        return no_visit(sheet.slug)
    note_counter(after.counter)
    newer = Sheet(standing(after), sheet.section, sheet.slug, sheet.raw)
    return _stale(newer) if outcome is Outcome.stale else _saved(newer, results[-1])


def _further(where: Standing, furthest: str | None, section_id: str) -> str:
    ids = [one.id for one in where.questionnaire.sections]
    if furthest in ids and ids.index(furthest) > ids.index(section_id):
        return furthest
    return section_id


def _to_mend(sheet: Sheet, result: Accepted) -> ResponseReturnValue:
    return again(sheet, Posted(sheet.raw, sentences_by_key(result.problems, sentence)))


def _stale(sheet: Sheet) -> ResponseReturnValue:
    """Answer a doubled press as the first; show what is kept after an older, other page."""
    result = _accepted(sheet, sheet.visit)
    if storable(sheet.raw) == sheet.visit.typed.get(sheet.section.id):
        return _to_mend(sheet, result)
    if result.problems or result.answers != sheet.visit.answers:
        return redirect(address(sheet.slug, sheet.section.id, kept=1), 303)
    return redirect(next_address(sheet.where, sheet.section.id, sheet.slug), 303)


def _saved(sheet: Sheet, result: Accepted) -> ResponseReturnValue:
    if result.problems:
        return _to_mend(sheet, result)
    if result.opened:
        # An answer brought up a question that nobody has seen yet: it is shown before going on.
        return redirect(address(sheet.slug, result.opened[0]), 303)
    return redirect(next_address(sheet.where, sheet.section.id, sheet.slug), 303)
