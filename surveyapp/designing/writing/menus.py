"""What can be said of one earlier answer, as menus, and what was chosen from them as a part."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.designing.writing.controls import Posted
from surveyapp.forms.codes import PLACE_CODES
from surveyapp.forms.conditions import labels_of
from surveyapp.i18n import language
from surveyapp.questionnaire.conditions import (
    Answered,
    AnyOf,
    Comparator,
    Comparison,
    Condition,
    NoneOf,
    Not,
)
from surveyapp.questionnaire.model import Draft, Item, Number, items
from surveyapp.questionnaire.model import Place as PlaceQuestion
from surveyapp.questionnaire.numerals import amount
from surveyapp.storage.municipal.places import list_place_sets, place_set_id, place_tree

RELATIONS: dict[str, LazyString] = {
    "any_of": _l("The answer is one of those ticked below"),
    "none_of": _l("There is an answer, and it is none of those ticked below"),
    "not_any_of": _l("The answer is none of those ticked below, or there is none"),
    "answered": _l("There is any answer"),
    "unanswered": _l("There is no answer"),
}
_WITHOUT_TICKS = ("answered", "unanswered")
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


def earlier(draft: Draft, question_id: str) -> Iterator[Item]:
    """Walk what is answered before a question."""
    for item in items(draft):
        if item.question.id == question_id:
            return
        yield item


def text_of(item: Item) -> str:
    """Return what is asked, in the reader's language."""
    return (item.statement or item.question).text.get(language()) or item.key


def answerable_places(level: str) -> list[tuple[str, str]]:
    """List the places of the newest place set that an answer of a level can be, by name."""
    number = next((place_set_id(code) for code in list_place_sets()[:1]), None)
    if number is None:
        return []
    tree, reader = place_tree(number), language()
    wanted = tree.at(level) or tree.at("municipality")
    return [(one.code, one.name(reader)) for one in tree.sorted_by_name(wanted, reader)]


def menus_of(draft: Draft, item: Item) -> Menus:
    """Return the menus of an answer, in the reader's language."""
    reader = language()
    labels = labels_of(draft, reader)
    answers = [(one.id, labels[item.key, one.id]) for one in item.options]
    if isinstance(item.question, PlaceQuestion):
        answers = [(code.value, str(words)) for code, words in PLACE_CODES.items()]
        answers += answerable_places(item.question.level)
    compares = isinstance(item.question, Number)
    relations = [(k, str(v)) for k, v in RELATIONS.items() if answers or k in _WITHOUT_TICKS]
    if compares:
        relations = [*((k.value, str(v)) for k, v in COMPARED.items()), *relations]
    return Menus(item.key, text_of(item), relations, answers, compares)


def chosen(draft: Draft, question_id: str, values: Mapping[str, str]) -> Menus | None:
    """Return the menus of the answer that was asked for, if it is an earlier one."""
    wanted = values.get("about", "")
    found = next((one for one in earlier(draft, question_id) if one.key == wanted), None)
    return menus_of(draft, found) if found else None


def part_from(form: Posted, menus: Menus) -> Condition:
    """Read one part from the menus.

    :raise NotAPartError: with a sentence, if something is left to choose.
    """
    relation = form.get("relation", "")
    if relation in _WITHOUT_TICKS:
        answered = Answered(question=menus.key, answered=True)
        return answered if relation == "answered" else Not(not_=answered)
    if relation in RELATIONS:
        return _ticked(relation, form, menus)
    if not menus.compares or relation not in {one.value for one in Comparator}:
        raise NotAPartError(_("Choose what is to be true of the answer"))
    number = amount(form.get("number", ""), 6)
    if number is None:
        raise NotAPartError(_("Write a number in digits, such as 12.5"))
    return Comparison.model_validate(
        {"question": menus.key, "is": relation, "value": float(number)}
    )


def _ticked(relation: str, form: Posted, menus: Menus) -> Condition:
    known = {value for value, _label in menus.answers}
    codes = tuple(one for one in dict.fromkeys(form.getlist("answer")) if one in known)
    if not codes:
        raise NotAPartError(_("Tick at least one answer"))
    if relation == "none_of":
        return NoneOf(question=menus.key, none_of=codes)
    ticked = AnyOf(question=menus.key, any_of=codes)
    return Not(not_=ticked) if relation == "not_any_of" else ticked
