"""One posted question to one answer or a problem; the core names problems, the forms word them."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from surveyapp.questionnaire.model import (
    Battery,
    Kind,
    Multiple,
    Note,
    Number,
    Place,
    PlaceCode,
    Question,
    Rank,
    Role,
    Scale,
    Single,
    TextQuestion,
)
from surveyapp.questionnaire.text import plain

Raw = Mapping[str, Sequence[str]]
SPECIFY_LIMIT = 300
BLANKS = re.compile(r"[\s\u00a0\u202f\u2009']+")
DIGITS = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?")
GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
PLACE_CODES = frozenset(PlaceCode)


class ProblemCode(StrEnum):
    """What can be wrong with what was posted."""

    required = "required"
    unknown_option = "unknown_option"
    unknown_place = "unknown_place"
    not_a_number = "not_a_number"
    out_of_range = "out_of_range"
    too_many_decimals = "too_many_decimals"
    too_long = "too_long"
    unprintable = "unprintable"
    too_many = "too_many"
    exclusive = "exclusive"
    ranked_twice = "ranked_twice"
    not_a_position = "not_a_position"
    number_and_code = "number_and_code"
    specify_without_choice = "specify_without_choice"


@dataclass(frozen=True)
class Problem:
    """What is wrong with one answer, and the limits that a sentence may name."""

    key: str
    code: ProblemCode
    limits: Mapping[str, Any] = field(default_factory=dict)


Parsed = tuple[Any, Sequence[Problem]]


def _first(key: str, raw: Raw) -> str:
    return next((value for value in raw.get(key, ()) if value), "")


def posted(key: str, raw: Raw, most: int = SPECIFY_LIMIT) -> tuple[str, Sequence[Problem]]:
    """Read a text: normalised, trimmed, at most so many characters."""
    try:
        words = plain(_first(key, raw)).strip()
    except ValueError:
        return "", (Problem(key, ProblemCode.unprintable),)
    if len(words) > most:
        limits = {"most": most, "length": len(words)}
        return words[:most], (Problem(key, ProblemCode.too_long, limits),)
    return words, ()


def _single(question: Single | Scale | Battery, key: str, raw: Raw, _places: Any) -> Parsed:
    chosen = _first(key, raw)
    if not chosen:
        return None, ()
    if any(option.id == chosen for option in question.options):
        return chosen, ()
    return None, (Problem(key, ProblemCode.unknown_option),)


def _multiple(question: Multiple, key: str, raw: Raw, _places: Any) -> Parsed:
    wanted = {value for value in raw.get(key, ()) if value}
    ticked = [option for option in question.options if option.id in wanted]
    if len(ticked) < len(wanted):
        return None, (Problem(key, ProblemCode.unknown_option),)
    if len(ticked) > 1 and any(option.exclusive for option in ticked):
        return None, (Problem(key, ProblemCode.exclusive),)
    if question.at_most is not None and len(ticked) > question.at_most:
        limits = {"most": question.at_most, "ticked": len(ticked)}
        return None, (Problem(key, ProblemCode.too_many, limits),)
    return [option.id for option in ticked] or None, ()


def _rank(question: Rank, key: str, raw: Raw, _places: Any) -> Parsed:
    """Order the options by the positions given; a gap between positions is no fault."""
    places: dict[int, str] = {}
    most = question.at_most or len(question.options)
    for option in question.options:
        position = _first(f"{key}.{option.id}", raw)
        if not position:
            continue
        if not (position.isascii() and position.isdigit() and 1 <= int(position[:6]) <= most):
            return None, (Problem(key, ProblemCode.not_a_position, {"most": most}),)
        if int(position) in places:
            return None, (Problem(key, ProblemCode.ranked_twice, {"position": int(position)}),)
        places[int(position)] = option.id
    return [places[position] for position in sorted(places)] or None, ()


def _amount(typed: str, decimals: int) -> Decimal | None:
    """Read a number as people write it in English or in French.

    A comma is a decimal comma, except between groups of three digits where a point follows or
    whole numbers are wanted: "1,234" is then one thousand and more.
    """
    bare = BLANKS.sub("", typed)
    if GROUPED.fullmatch(bare) and ("." in bare or decimals == 0):
        bare = bare.replace(",", "")
    bare = bare.replace(",", ".")
    return Decimal(bare) if DIGITS.fullmatch(bare) and bare.isascii() else None


def _coded(question: Number | TextQuestion, key: str, raw: Raw) -> dict[str, str] | None:
    code = _first(f"{key}.code", raw)
    offered = {Role.dont_know.value: question.dont_know, Role.prefer_not.value: question.prefer_not}
    return {"code": code} if offered.get(code) else None


def _number(question: Number, key: str, raw: Raw, _places: Any) -> Parsed:
    typed, problems = posted(key, raw)
    code = _coded(question, key, raw)
    if problems or (typed and code):
        return None, problems or (Problem(key, ProblemCode.number_and_code),)
    if not typed:
        return code, ()
    amount = _amount(typed, question.decimals)
    if amount is None:
        return None, (Problem(key, ProblemCode.not_a_number),)
    low, high = question.minimum, question.maximum
    if (low is not None and amount < Decimal(str(low))) or (
        high is not None and amount > Decimal(str(high))
    ):
        return None, (Problem(key, ProblemCode.out_of_range, {"least": low, "most": high}),)
    if amount != round(amount, question.decimals):
        limits = {"decimals": question.decimals}
        return None, (Problem(key, ProblemCode.too_many_decimals, limits),)
    return (int(amount) if question.decimals == 0 else float(amount)), ()


def _text(question: TextQuestion, key: str, raw: Raw, _places: Any) -> Parsed:
    words, problems = posted(key, raw, question.at_most)
    return (None if problems else words or _coded(question, key, raw)), problems


def _place(_question: Place, key: str, raw: Raw, places: Collection[str]) -> Parsed:
    chosen = _first(key, raw)
    if not chosen:
        return None, ()
    if chosen in places or chosen in PLACE_CODES:
        return chosen, ()
    return None, (Problem(key, ProblemCode.unknown_place),)


def _note(_question: Note, _key: str, _raw: Raw, _places: Any) -> Parsed:
    return None, ()


PARSE_FOR: dict[Kind, Callable[[Any, str, Raw, Any], Parsed]] = {
    Kind.single: _single,
    Kind.scale: _single,
    Kind.battery: _single,
    Kind.multiple: _multiple,
    Kind.rank: _rank,
    Kind.number: _number,
    Kind.text: _text,
    Kind.place: _place,
    Kind.note: _note,
}


def parse(question: Question, key: str, raw: Raw, places: Collection[str]) -> Parsed:
    """Read one answer; a blank is None, and so is one with a problem."""
    return PARSE_FOR[question.kind](question, key, raw, places)
