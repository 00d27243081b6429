"""One posted question to one answer or a problem; the core names problems, the forms word them."""

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
from surveyapp.questionnaire.numerals import amount
from surveyapp.questionnaire.text import plain

Raw = Mapping[str, Sequence[str]]
SPECIFY_LIMIT = 300
NUMERAL_LIMIT = 60
PLACE_CODES = frozenset(code.value for code in PlaceCode)


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
    answer_and_code = "answer_and_code"
    specify_without_choice = "specify_without_choice"
    nothing_told = "nothing_told"


@dataclass(frozen=True)
class Problem:
    """What is wrong with one answer, and the limits that a sentence may name."""

    key: str
    code: ProblemCode
    limits: Mapping[str, Any] = field(default_factory=dict)


# A blank is None, and so is an answer with a problem.
Parsed = tuple[Any, tuple[Problem, ...]]
# Key, what was posted, and the codes of the wave's places.
Reader = Callable[[str, Raw, Collection[str]], Parsed]
BLANK: Parsed = (None, ())


def _refused(key: str, code: ProblemCode, **limits: Any) -> Parsed:
    return None, (Problem(key, code, limits),)


def _first(key: str, raw: Raw) -> str:
    return next((value for value in raw.get(key, ()) if value), "")


def posted(key: str, raw: Raw, most: int = SPECIFY_LIMIT) -> tuple[str, tuple[Problem, ...]]:
    """Read a text: normalised, trimmed, at most so many characters."""
    typed = _first(key, raw)
    if not typed:
        return "", ()
    try:
        words = plain(typed).strip()
    except ValueError:
        return "", (Problem(key, ProblemCode.unprintable),)
    if len(words) > most:
        return "", (Problem(key, ProblemCode.too_long, {"most": most, "length": len(words)}),)
    return words, ()


def _single(question: Single | Scale | Battery) -> Reader:
    known = frozenset(option.id for option in question.options)

    def read(key: str, raw: Raw, _places: Collection[str]) -> Parsed:
        chosen = _first(key, raw)
        if not chosen:
            return BLANK
        return (chosen, ()) if chosen in known else _refused(key, ProblemCode.unknown_option)

    return read


def _multiple(question: Multiple) -> Reader:
    known = tuple(option.id for option in question.options)
    alone = frozenset(option.id for option in question.options if option.stands_alone)
    most = question.at_most

    def read(key: str, raw: Raw, _places: Collection[str]) -> Parsed:
        wanted = {value for value in raw.get(key, ()) if value}
        if not wanted:
            return BLANK
        ticked = [code for code in known if code in wanted]
        if len(ticked) < len(wanted):
            return _refused(key, ProblemCode.unknown_option)
        if len(ticked) > 1 and not alone.isdisjoint(ticked):
            return _refused(key, ProblemCode.exclusive)
        if most is not None and len(ticked) > most:
            return _refused(key, ProblemCode.too_many, most=most, ticked=len(ticked))
        return ticked, ()

    return read


def _rank(question: Rank) -> Reader:
    """Order the options by the positions given; a gap between positions is no fault."""
    known = tuple(option.id for option in question.options)
    most = min(question.at_most or len(known), len(known))
    positions = {str(position): position for position in range(1, most + 1)}

    def read(key: str, raw: Raw, _places: Collection[str]) -> Parsed:
        ranked: dict[int, str] = {}
        for code in known:
            typed = _first(f"{key}.{code}", raw).strip()
            if not typed:
                continue
            position = positions.get(typed)
            if position is None:
                return _refused(key, ProblemCode.not_a_position, most=most)
            if position in ranked:
                return _refused(key, ProblemCode.ranked_twice, position=position)
            ranked[position] = code
        return ([ranked[position] for position in sorted(ranked)], ()) if ranked else BLANK

    return read


def _coded(question: Number | TextQuestion, words: Reader) -> Reader:
    """Read words or a number, or the don't-know or prefer-not given in their place."""
    offered = set[str]()
    offered |= {Role.dont_know.value} if question.dont_know else set()
    offered |= {Role.prefer_not.value} if question.prefer_not else set()

    def read(key: str, raw: Raw, places: Collection[str]) -> Parsed:
        value, problems = words(key, raw, places)
        code = _first(f"{key}.code", raw)
        if problems or not code:
            return value, problems
        if code not in offered:
            return _refused(key, ProblemCode.unknown_option)
        if value is not None:
            return _refused(key, ProblemCode.answer_and_code)
        return {"code": code}, ()

    return read


def _number(question: Number) -> Reader:
    low, high = question.minimum, question.maximum
    least = None if low is None else Decimal(str(low))
    most = None if high is None else Decimal(str(high))

    def read(key: str, raw: Raw, _places: Collection[str]) -> Parsed:
        typed, problems = posted(key, raw, NUMERAL_LIMIT)
        if problems or not typed:
            return None, problems
        given = amount(typed, question.decimals)
        if given is None:
            return _refused(key, ProblemCode.not_a_number)
        if (least is not None and given < least) or (most is not None and given > most):
            return _refused(key, ProblemCode.out_of_range, least=low, most=high)
        if given != round(given, question.decimals):
            return _refused(key, ProblemCode.too_many_decimals, decimals=question.decimals)
        # Adding 0 makes "-0" the same zero as "0".
        return (int(given) if question.decimals == 0 else float(given) + 0.0), ()

    return _coded(question, read)


def _text(question: TextQuestion) -> Reader:
    def read(key: str, raw: Raw, _places: Collection[str]) -> Parsed:
        words, problems = posted(key, raw, question.at_most)
        return words or None, problems

    return _coded(question, read)


def _place(_question: Place) -> Reader:
    def read(key: str, raw: Raw, places: Collection[str]) -> Parsed:
        chosen = _first(key, raw)
        if not chosen:
            return BLANK
        if chosen in places or chosen in PLACE_CODES:
            return chosen, ()
        return _refused(key, ProblemCode.unknown_place)

    return read


def _note(_question: Note) -> Reader:
    return lambda _key, _raw, _places: BLANK


READER_FOR: dict[Kind, Callable[[Any], Reader]] = {
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


def reader(question: Question) -> Reader:
    """Return the function that reads what was posted for a question, made ready once."""
    return READER_FOR[question.kind](question)
