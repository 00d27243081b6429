"""Between a posted form and the answers: names lose their prefix, answers become raw again."""

from collections.abc import Mapping
from typing import Any

from babel.numbers import format_decimal
from flask_babel import get_locale
from werkzeug.datastructures import MultiDict

from surveyapp.forms.fields import PREFIX
from surveyapp.questionnaire.answers import Raw, keys_of
from surveyapp.questionnaire.model import Question, Rank, Section
from surveyapp.questionnaire.text import printable

MOST_VALUES = 100


def posted(form: MultiDict[str, str], section: Section) -> dict[str, list[str]]:
    """Take the answers of a posted page, by answer key; what the section does not ask is left."""
    mine = {question.id for question in section.questions}
    keys = {name: name.removeprefix(PREFIX) for name in form if name.startswith(PREFIX)}
    return {
        key: form.getlist(name)[:MOST_VALUES]
        for name, key in keys.items()
        if key.partition(".")[0] in mine
    }


def storable(raw: Raw) -> dict[str, list[str]]:
    """Keep what was typed so that both databases can hold it and a page can show it again."""
    return {
        key: [printable(value) for value in values]
        for key, values in raw.items()
        if key.isprintable() and any(values)
    }


def _raw_value(value: Any) -> str:
    # A grouping space would be one more thing to correct in a field one types in.
    if isinstance(value, int | float):
        # Flask-Babel's own function knows no group_separator.
        return format_decimal(
            value, locale=get_locale(), group_separator=False, decimal_quantization=False
        )
    return str(value)


def _of_answer(question: Question, key: str, value: Any) -> dict[str, list[str]]:
    if isinstance(question, Rank):
        return {f"{key}.{option}": [str(place)] for place, option in enumerate(value, 1)}
    if isinstance(value, dict):
        return {f"{key}.code": [value["code"]]}
    return {key: list(value) if isinstance(value, list) else [_raw_value(value)]}


def raw_of(section: Section, answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Turn saved answers back into what a form posts, to draw the page as it was left."""
    raw: dict[str, list[str]] = {}
    for question in section.questions:
        for key in keys_of(question):
            if answers.get(key) is not None:
                raw |= _of_answer(question, key, answers[key])
            if answers.get(f"{key}.other"):
                raw[f"{key}.other"] = [answers[f"{key}.other"]]
    return raw
