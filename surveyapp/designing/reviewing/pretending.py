"""A half-written draft that can be shown: what a language lacks is said in its place."""

from typing import TypeVar

from flask_babel import gettext as _
from pydantic import BaseModel

from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.text import Text

_N = TypeVar("_N", bound=BaseModel)


def _worded(text: Text, languages: tuple[str, ...], lacking: str) -> Text:
    words = {code: text.get(code).strip() or lacking for code in languages}
    return Text(wordings=words)


def _below(node: _N, languages: tuple[str, ...], lacking: str) -> _N:
    update: dict[str, object] = {}
    for name in type(node).model_fields:
        value = getattr(node, name)
        if isinstance(value, Text):
            update[name] = _worded(value, languages, lacking)
        elif isinstance(value, tuple) and value and isinstance(value[0], BaseModel):
            update[name] = tuple(_below(one, languages, lacking) for one in value)
    return node.model_copy(update=update)


def filled(draft: Draft) -> Draft:
    """Return the draft with every text in every language, so that any page can be drawn."""
    return _below(draft, draft.languages, _("Not written yet"))
