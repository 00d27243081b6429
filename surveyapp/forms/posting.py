"""Between a posted form and the answers: names lose their prefix, answers become raw again."""

from collections.abc import Mapping
from typing import Any

from babel.numbers import format_decimal
from flask_babel import get_locale
from werkzeug.datastructures import MultiDict

from surveyapp.forms.fields import PREFIX
from surveyapp.questionnaire.answers import Raw, keys_of
from surveyapp.questionnaire.model import Question, Rank, Section

# More than any real page posts; what lies beyond is somebody's script.
MOST_KEYS = 2_000
MOST_VALUES = 100


def posted(form: MultiDict[str, str]) -> dict[str, list[str]]:
    """Take the answers of a posted page, by answer key."""
    names = [name for name in form if name.startswith(PREFIX)][:MOST_KEYS]
    return {name[len(PREFIX) :]: form.getlist(name)[:MOST_VALUES] for name in names}


def storable(raw: Raw) -> dict[str, list[str]]:
    """Keep what was typed so that both databases can hold it: no NUL, no lone surrogate."""
    return {
        key: [value.encode("utf-8", "ignore").decode().replace("\0", "") for value in values]
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
