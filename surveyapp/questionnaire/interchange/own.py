"""What XLSForm has no column for, in columns of our own that other programs pass over."""

import json
import re
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from surveyapp.questionnaire.text import Text

# What a cell cannot hold: an empty wording, the sources of translations, a label of its own.
NO_LABEL = "-"
_PLAIN_WORD = re.compile(r"^[^\s\[\]{}\"]+$")

Document = dict[str, Any]


def cell_of(value: Any) -> str | int:
    """Write a field's value into a cell: yes and no, numbers, words apart, or JSON."""
    match value:
        case bool():
            return "yes" if value else "no"
        case int():
            return value
        case float():
            return int(value) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case str() if _PLAIN_WORD.match(value):
            return value
        case list() if value and all(_is_word(one) for one in value):
            return " ".join(str(cell_of(one)) for one in value)
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _is_word(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    return not isinstance(value, str) or bool(_PLAIN_WORD.match(value))


def _kinds_of(annotation: Any) -> set[Any]:
    parts = get_args(annotation)
    found = {get_origin(annotation) or annotation}
    # What a tuple holds is not what the field is.
    for part in parts if get_origin(annotation) is not tuple else ():
        found |= _kinds_of(part)
    return found


def value_of(cell: str, field: str, model: type[BaseModel]) -> Any:
    """Read a cell as the value of a model's field; the model itself judges whether it is right.

    :raise KeyError: if the model has no such field.
    """
    kinds = _kinds_of(model.model_fields[field].annotation)
    if cell[:1] in ("[", "{", '"'):
        try:
            return json.loads(cell)
        except (ValueError, RecursionError):
            return cell
    if bool in kinds:
        return {"yes": True, "true": True, "no": False, "false": False}.get(cell.lower(), cell)
    if Literal in kinds and cell.isdecimal():
        return int(cell)
    return cell.split() if tuple in kinds else cell


def text_cells(text: Text) -> tuple[dict[str, str], Document | None]:
    """Split a text into its cells by language and what these cannot hold, if there is anything."""
    cells = {language: words for language, words in text.wordings.items() if words}
    rest: Document = {}
    blank = sorted(language for language, words in text.wordings.items() if not words)
    if blank:
        rest["blank"] = blank
    if text.sources:
        rest["sources"] = {
            language: source.model_dump() for language, source in sorted(text.sources.items())
        }
    return cells, rest if rest or not cells else None


def text_from(cells: Mapping[str, str], rest: Document | None) -> Document | None:
    """Put a text together again; None if there is none.

    ``rest`` is as :func:`text_cells` gives it.
    """
    if not cells and rest is None:
        return None
    rest = rest or {}
    words: Document = dict(cells)
    if rest.get("instead") and set(words.values()) == {NO_LABEL}:
        words = {}
    blank = rest.get("blank")
    made = {str(one): "" for one in blank} | words if isinstance(blank, list) else words
    return made | ({"sources": rest["sources"]} if "sources" in rest else {})


def rest_of(cell: str) -> dict[str, Document]:
    """Read the column of what cells cannot hold, by text column; what is broken counts as none."""
    try:
        found = json.loads(cell) if cell else {}
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(name): one for name, one in found.items() if isinstance(one, dict)}
