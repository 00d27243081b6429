"""How the answers to an edition lie in a matrix: a plan, and plain numbers for each answer."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from surveyapp.questionnaire.model import Draft, Item, Kind, PlaceCode, items

# Below every code, in each signed column; a number column has them in its status.
NOT_ASKED = -1
BLANK = -2
DONT_KNOW = -3
PREFER_NOT = -4
ANSWERED = 0
_CODE_STATUS = {"dont_know": DONT_KNOW, "prefer_not": PREFER_NOT}

CodeMaps = Mapping[str, tuple[str, ...]]


class ColumnKind(StrEnum):
    """What a column holds."""

    code = "code"  # the index of the one option chosen, or a sentinel
    place = "place"  # the index of a place in the wave's set, then the three place codes
    bits = "bits"  # one bit for each option ticked; beside it a status
    rank = "rank"  # the position given to one option, 0 for none; beside it a status
    number = "number"  # a float, NaN without one; beside it a status
    status = "status"  # ANSWERED or a sentinel


@dataclass(frozen=True)
class Column:
    """A column of the matrix. ``key`` is the answer key; ``codes`` the options it can name."""

    name: str
    key: str
    kind: ColumnKind
    codes: tuple[str, ...] = ()


def _columns(item: Item) -> Iterator[Column]:
    key = item.key
    options = tuple(option.id for option in item.options)
    match item.question.kind:
        case Kind.single | Kind.scale | Kind.battery:
            yield Column(key, key, ColumnKind.code, options)
        case Kind.place:
            yield Column(key, key, ColumnKind.place)
        case Kind.multiple:
            yield Column(key, key, ColumnKind.bits, options)
            yield Column(f"{key}#", key, ColumnKind.status)
        case Kind.rank:
            for option in options:
                yield Column(f"{key}.{option}", key, ColumnKind.rank, (option,))
            yield Column(f"{key}#", key, ColumnKind.status)
        case Kind.number:
            yield Column(key, key, ColumnKind.number)
            yield Column(f"{key}#", key, ColumnKind.status)
        case _:
            yield Column(f"{key}#", key, ColumnKind.status)


def column_plan(draft: Draft) -> tuple[Column, ...]:
    """Return the columns of an edition. The words of a text never enter the matrix."""
    return tuple(column for item in items(draft) for column in _columns(item))


def grown(known: CodeMaps, plans: Iterable[tuple[Column, ...]]) -> dict[str, tuple[str, ...]]:
    """Add the codes of plans to those known: a code keeps its number for ever."""
    merged = dict(known)
    for plan in plans:
        for column in plan:
            if column.kind in (ColumnKind.code, ColumnKind.bits):
                before = merged.get(column.name, ())
                new = tuple(code for code in column.codes if code not in before)
                merged[column.name] = before + new
    return merged


def place_codes(places: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of a place column: the places of the set, then the three answers."""
    return (*places, *(code.value for code in PlaceCode))


def status_of(answers: Mapping[str, Any], key: str) -> int:
    """Tell answered, don't know, prefer not, blank and not asked apart."""
    if key not in answers:
        return NOT_ASKED
    value = answers[key]
    if value is None:
        return BLANK
    return _CODE_STATUS[value["code"]] if isinstance(value, dict) else ANSWERED


def encoder(column: Column, codes: CodeMaps) -> Callable[[Mapping[str, Any]], float]:
    """Return the function that turns one response's answers into a column's number."""
    key = column.key
    if column.kind is ColumnKind.status:
        return lambda answers: status_of(answers, key)
    if column.kind is ColumnKind.number:
        return lambda answers: _amount(answers.get(key))
    if column.kind is ColumnKind.rank:
        option = column.codes[0]
        return lambda answers: _position(answers.get(key), option)
    number = {code: index for index, code in enumerate(codes[column.name])}
    if column.kind is ColumnKind.bits:
        return lambda answers: sum(1 << number[code] for code in answers.get(key) or ())
    return lambda answers: _code(answers, key, number)


def _amount(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else float("nan")


def _position(value: Any, option: str) -> int:
    return value.index(option) + 1 if value and option in value else 0


def _code(answers: Mapping[str, Any], key: str, number: Mapping[str, int]) -> int:
    if key not in answers:
        return NOT_ASKED
    value = answers[key]
    return BLANK if value is None else number[value]
