"""When a question is asked, built from menus: one part at a time, joined by all or any."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.reach import now, survey_in_reach
from surveyapp.designing.writing.controls import Posted
from surveyapp.designing.writing.saving import lost_messages
from surveyapp.forms.codes import PLACE_CODES
from surveyapp.forms.conditions import asked_if, by_text, clause, labels_of
from surveyapp.i18n import language
from surveyapp.questionnaire.commands import Set
from surveyapp.questionnaire.conditions import (
    All,
    Answered,
    AnyOf,
    AnyPart,
    Comparator,
    Comparison,
    Condition,
    NoneOf,
)
from surveyapp.questionnaire.model import Draft, Item, Number, items
from surveyapp.questionnaire.model import Place as PlaceQuestion
from surveyapp.questionnaire.nodes import GoneError, find, mark, settings
from surveyapp.questionnaire.numerals import amount
from surveyapp.storage.drafts import change
from surveyapp.storage.staff import Role
from surveyapp.storage.surveys import Survey

bp = Blueprint("conditions", __name__, url_prefix="/<language>/staff/questionnaires/<slug>")
DESIGNS = (Role.designer, Role.publisher)
RELATIONS: dict[str, LazyString] = {
    "any_of": _l("The answer is one of those ticked below"),
    "none_of": _l("There is an answer, and it is none of those ticked below"),
    "answered": _l("There is any answer"),
}
COMPARED: dict[Comparator, LazyString] = {
    Comparator.at_least: _l("The number below or more"),
    Comparator.more: _l("More than the number below"),
    Comparator.at_most: _l("The number below or less"),
    Comparator.less: _l("Less than the number below"),
    Comparator.equal: _l("Exactly the number below"),
    Comparator.unequal: _l("Another number than the one below"),
}


class NotAPartError(ValueError):
    """The menus do not make a part yet; the message says what is left to choose."""


@dataclass(frozen=True)
class Menus:
    """What can be said of one earlier answer: relations, and the answers to tick if it has any."""

    key: str
    text: str
    relations: list[tuple[str, str]]
    answers: list[tuple[str, str]]
    compares: bool


def parts_of(condition: Condition | None) -> tuple[str, tuple[Condition, ...]]:
    """Return how a condition is joined, and its parts."""
    match condition:
        case None:
            return "all", ()
        case All():
            return "all", condition.all
        case AnyPart():
            return "any", condition.any
    return "all", (condition,)


def joined(join: str, parts: tuple[Condition, ...]) -> Condition | None:
    """Put parts together again; none is no condition, one stands by itself."""
    if len(parts) < 2:
        return parts[0] if parts else None
    return AnyPart(any=parts) if join == "any" else All(all=parts)


def earlier(draft: Draft, question_id: str) -> Iterator[Item]:
    """Walk what is answered before a question."""
    for item in items(draft):
        if item.question.id == question_id:
            return
        yield item


def _menus(draft: Draft, item: Item) -> Menus:
    reader = language()
    labels = labels_of(draft, reader)
    answers = [(one.id, labels[item.key, one.id]) for one in item.options]
    if isinstance(item.question, PlaceQuestion):
        answers = [(code.value, str(words)) for code, words in PLACE_CODES.items()]
    compares = isinstance(item.question, Number)
    relations = [(k, str(v)) for k, v in RELATIONS.items() if answers or k == "answered"]
    if compares:
        relations = [*((k.value, str(v)) for k, v in COMPARED.items()), *relations]
    text = (item.statement or item.question).text.get(reader) or item.key
    return Menus(item.key, text, relations, answers, compares)


def part_from(form: Posted, menus: Menus) -> Condition:
    """Read one part from the menus.

    :raise NotAPartError: with a sentence, if something is left to choose.
    """
    relation = form.get("relation", "")
    known = {value for value, _label in menus.answers}
    codes = tuple(one for one in form.getlist("answer") if one in known)
    if relation == "answered":
        return Answered(question=menus.key, answered=True)
    if relation in ("any_of", "none_of"):
        if not codes:
            raise NotAPartError(_("Tick at least one answer"))
        if relation == "any_of":
            return AnyOf(question=menus.key, any_of=codes)
        return NoneOf(question=menus.key, none_of=codes)
    if not menus.compares or relation not in {one.value for one in Comparator}:
        raise NotAPartError(_("Choose what is to be true of the answer"))
    number = amount(form.get("number", ""), 6)
    if number is None:
        raise NotAPartError(_("Write a number in digits, such as 12.5"))
    return Comparison.model_validate(
        {"question": menus.key, "is": relation, "value": float(number)}
    )


def _changed(form: Posted, condition: Condition | None, menus: Menus | None) -> Condition | None:
    """Do what the button says: add or remove a part, join them otherwise, ask everybody."""
    join, parts = parts_of(condition)
    button = form.get("do", "")
    if button == "add" and menus:
        return joined(form.get("join", join), (*parts, part_from(form, menus)))
    if button.startswith("drop|") and button[5:].isdigit():
        return joined(join, tuple(one for n, one in enumerate(parts) if n != int(button[5:])))
    if button == "join":
        return joined(form.get("join", join), parts)
    if button == "everybody":
        return None
    raise NotAPartError(_("Choose what is to be true of the answer"))


def _chosen(draft: Draft, question_id: str, values: Mapping[str, str]) -> Menus | None:
    wanted = values.get("about", "")
    found = next((one for one in earlier(draft, question_id) if one.key == wanted), None)
    return _menus(draft, found) if found else None


@bp.route("/questions/<question_id>/condition", methods=["GET", "POST"])
@requires(*DESIGNS)
def condition(slug: str, question_id: str) -> ResponseReturnValue:
    """Show when a question is asked, and change it part by part."""
    survey, where = survey_in_reach(slug), f"questions/{question_id}"
    try:
        node = find(survey.draft, where)
    except GoneError:
        abort(404)
    menus = _chosen(survey.draft, question_id, request.values)
    if request.method == "GET":
        return _draw(survey, node, menus), 200
    try:
        made = _changed(request.form, node.asked_if, menus)  # type: ignore[attr-defined]
    except NotAPartError as error:
        return _draw(survey, node, menus, str(error)), 400
    return _stored(slug, where, made)


def _draw(survey: Survey, node: Any, menus: Menus | None, problem: str = "") -> str:
    draft, held = survey.draft, node.asked_if
    naming = by_text(draft, language())
    join, parts = parts_of(held)
    return render_template(
        "designing/writing/condition.html",
        survey=survey,
        draft=draft,
        node=node,
        sentence=asked_if(held, naming) if held else "",
        parts=[clause(one, naming) for one in parts],
        join=join,
        seen=mark(settings(node)),
        earlier=[_menus(draft, one) for one in earlier(draft, node.id)],
        menus=menus,
        problem=problem,
        lost=lost_messages(request.args.get("lost", "")),
    )


def _stored(slug: str, where: str, made: Condition | None) -> ResponseReturnValue:
    value = made.model_dump(mode="json", by_alias=True) if made else None
    command = Set(where=where, values={"asked_if": value}, seen=request.form.get("seen", ""))
    outcome = change(slug, (command,), current_staff(), now())
    lost = "changed" if outcome.conflicts else outcome.refused[0].refusal if outcome.refused else ""
    address = url_for(".condition", slug=slug, question_id=where.partition("/")[2])
    return redirect(f"{address}?lost={lost}" if lost else address, 303)
