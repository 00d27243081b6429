"""What the texts of a draft are called, and the fields that hold them in a page."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.questionnaire.nodes import mark
from surveyapp.questionnaire.text import TranslationState

STATES: dict[TranslationState, LazyString] = {
    TranslationState.missing: _l("Missing"),
    TranslationState.stale: _l("The other language changed since"),
    TranslationState.draft: _l("Draft"),
    TranslationState.approved: _l("Approved"),
    TranslationState.original: _l("Original"),
}
TEXTS: dict[str, LazyString] = {
    "title": _l("Title"),
    "summary": _l("Summary"),
    "thanks": _l("Thanks at the end"),
    "intro": _l("Introduction"),
    "text": _l("Question"),
    "hint": _l("Hint"),
    "unit": _l("Unit"),
    "label": _l("Answer"),
    "name": _l("Name"),
    "authority": _l("Legal authority"),
    "purpose": _l("Purpose"),
    "words": _l("Own words for young people"),
}
# What somebody who never wrote a survey would have to ask.
HINTS: dict[str, LazyString] = {
    "summary": _l("What the survey is about, in a sentence or two. People read it first."),
    "thanks": _l("Shown with the receipt. Say what happens next and when results come."),
    "authority": _l(
        "The law that lets you ask, such as the Municipal Act, 2001. Your clerk knows it."
    ),
    "purpose": _l("What the answers are used for."),
}
_LONG = ("summary", "thanks", "intro", "authority", "purpose", "words")


def text_name(where: str, text: str, language: str) -> str:
    """Name the field of a wording."""
    return f"w:{where}:{text}:{language}"


def drawn_name(where: str, text: str, language: str) -> str:
    """Name the field that marks a wording as it was drawn."""
    return f"o:{where}:{text}:{language}"


def kept_name(where: str, text: str, language: str) -> str:
    """Name the field of a wording that was typed and set aside."""
    return f"k:{where}:{text}:{language}"


def id_of(name: str) -> str:
    """Return the id of a field in the page."""
    return name.replace(":", "-").replace("/", "-").replace(".", "-")


def is_long(text: str) -> bool:
    """Tell whether a text takes more than a line to write."""
    return text in _LONG


def shown(name: str, value: Any) -> Any:
    """Return a setting as it is read: a third of 100 with two decimals, though it is kept whole."""
    return round(value, 2) if name == "score" and isinstance(value, float) else value


def base_of(values: Mapping[str, Any]) -> str:
    """Mark each setting as it was drawn: what of them its author left alone says nothing."""
    marks = ((name, mark(shown(name, value))) for name, value in values.items())
    return " ".join(f"{name}={made[:8]}" for name, made in marks)
