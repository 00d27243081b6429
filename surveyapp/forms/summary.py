"""Answers in words, for the page where a resident checks them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from babel.numbers import format_decimal
from flask_babel import get_locale

from surveyapp.forms.codes import CODES, PLACE_CODES
from surveyapp.questionnaire.model import Draft, Item, Kind, Role, Section, items


@dataclass(frozen=True)
class Line:
    """An item that was asked and what was answered; no words: nothing was."""

    key: str
    question: str
    words: tuple[str, ...]
    stem: str = ""


@dataclass(frozen=True)
class Answered:
    """A section in words: a line for each item that was asked."""

    id: str
    title: str
    lines: tuple[Line, ...]


def _options(item: Item, language: str) -> dict[str, str]:
    return {option.id: option.label[language] for option in item.options}


def _place(code: str, names: Mapping[str, str]) -> str:
    own = {one.value: words for one, words in PLACE_CODES.items()}
    return str(own.get(code) or names[code])


def _number(item: Item, value: float, language: str) -> str:
    unit = getattr(item.question, "unit", None)
    amount = format_decimal(value, locale=get_locale(), decimal_quantization=False)
    return f"{amount}\N{NO-BREAK SPACE}{unit[language]}" if unit else amount


def _words(item: Item, value: Any, language: str, names: Mapping[str, str]) -> tuple[str, ...]:
    if isinstance(value, dict):
        return (str(CODES[Role(value["code"])]),)
    labels = _options(item, language)
    match item.question.kind:
        case Kind.multiple:
            return tuple(labels[one] for one in value)
        case Kind.rank:
            return tuple(f"{place}. {labels[one]}" for place, one in enumerate(value, 1))
        case Kind.place:
            return (_place(value, names),)
        case Kind.number:
            return (_number(item, value, language),)
        case Kind.text:
            return (str(value),)
        case _:
            return (labels[value],)


def line(item: Item, answers: Mapping[str, Any], language: str, names: Mapping[str, str]) -> Line:
    """Put one item's answer into words."""
    words: tuple[str, ...] = ()
    if answers.get(item.key) is not None:
        words = _words(item, answers[item.key], language, names)
    if answers.get(f"{item.key}.other"):
        words += (str(answers[f"{item.key}.other"]),)
    if item.statement is None:
        return Line(item.key, item.question.text[language], words)
    stem = item.question.text[language]
    return Line(item.key, item.statement.text[language], words, stem)


def answered(
    draft: Draft,
    sections: Sequence[Section],
    answers: Mapping[str, Any],
    language: str,
    names: Mapping[str, str],
) -> list[Answered]:
    """Put the answers of sections into words; ``names`` are those of places."""
    lines: dict[str, list[Line]] = {}
    for item in items(draft):
        if item.key in answers:
            worded = line(item, answers, language, names)
            lines.setdefault(item.question.id, []).append(worded)
    return [
        Answered(
            section.id,
            section.title[language],
            tuple(one for question in section.questions for one in lines.get(question.id, ())),
        )
        for section in sections
    ]
