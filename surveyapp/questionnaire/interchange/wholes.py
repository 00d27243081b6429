"""What belongs to the questionnaire as a whole, in a sheet of our own: ``_surveyapp``."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel

from surveyapp.questionnaire.document import plain_document
from surveyapp.questionnaire.interchange.choices import words_of
from surveyapp.questionnaire.interchange.headers import Line, Table
from surveyapp.questionnaire.interchange.own import Document, cell_of, value_of
from surveyapp.questionnaire.interchange.report import Code, Log
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.text import Text

# A sheet whose name begins with "_" is passed over by XLSForm's readers without a word.
SHEET = "_surveyapp"
FIELD = "field"
CONTENT = "content"
_TAGS = ("factors", "priorities")
# Kept as JSON when there are none: no row would mean the default.
_ELSEWHERE = frozenset(("sections",))


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    for part in (annotation, *get_args(annotation)):
        if isinstance(part, type) and issubclass(part, BaseModel):
            yield part


def _below(model: type[BaseModel], field: str) -> type[BaseModel] | None:
    """Return the model of a field that has fields of its own; a text has none."""
    found = next(_models(model.model_fields[field].annotation), None)
    return None if found is Text else found


def _rows(part: BaseModel, document: Mapping[str, Any], path: str) -> Iterator[Document]:
    for name in document:
        if path == "" and name in _ELSEWHERE:
            continue
        value = getattr(part, name)
        here = f"{path}/{name}".lstrip("/")
        if name in _TAGS and path == "":
            yield from ({FIELD: name, CONTENT: tag.id, "text": tag.name} for tag in value)
        elif isinstance(value, Text):
            yield {FIELD: here, "text": value}
        elif isinstance(value, BaseModel):
            yield from _rows(value, document[name], here)
        else:
            yield {FIELD: here, CONTENT: cell_of(document[name])}


def whole_rows(draft: Draft) -> list[Document]:
    """List everything but the sections, a field a row: its path, its content or its text."""
    return list(_rows(draft, plain_document(draft, sources=True), ""))


def whole_document(read: Table, log: Log) -> Document:
    """Read the sheet back as a document without sections."""
    made: Document = {}
    for line in read.lines:
        try:
            _put(made, line, log)
        except (KeyError, AttributeError, TypeError):
            log.refused(Code.not_valid, line.number, FIELD, value=line.get(FIELD)[:40])
    return made


def _put(made: Document, line: Line, log: Log) -> None:
    *above, name = line.get(FIELD).split("/")
    text = words_of(line, "text", log)
    if name in _TAGS:
        made.setdefault(name, []).append(
            {"id": line.get(CONTENT), "name": {} if text is None else text}
        )
        return
    model: type[BaseModel] | None = Draft
    for step in above:
        model = _below(model, step) if model else None
        made = made.setdefault(step, {})
    if model is None:
        raise KeyError(name)
    made[name] = text if text is not None else value_of(line.get(CONTENT), name, model)
