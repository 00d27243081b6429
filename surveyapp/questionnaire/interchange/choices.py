"""The choices sheet: lists of options, each choice with its name, our id of it and its words."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from surveyapp.questionnaire.interchange.headers import (
    OWN,
    TEXTS,
    Line,
    Table,
    left_columns,
    own_cells,
)
from surveyapp.questionnaire.interchange.names import slug
from surveyapp.questionnaire.interchange.own import Document, rest_of, text_from, value_of
from surveyapp.questionnaire.interchange.report import Code, Log
from surveyapp.questionnaire.model import Option

OPTION_COLUMNS = frozenset(
    f"{OWN}{name}" for name in Option.model_fields if name not in ("id", "label")
)
_KNOWN = frozenset(("list_name", "name", "label", TEXTS)) | OPTION_COLUMNS
OTHER_WORDS = {"en": "Other (please specify)", "fr": "Autre (veuillez préciser)"}


@dataclass
class ChoiceList:
    """A list by its choices' names; options are documents."""

    line: Line
    codes: dict[str, str] = field(default_factory=dict)
    options: list[Document] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    used: bool = False

    def without(self, *codes: str) -> list[Document]:
        """Copy the options, so that two questions can differ."""
        return [dict(option) for option in self.options if option["id"] not in codes]


def own_fields(line: Line, model: Any, log: Log) -> Iterator[tuple[str, Any]]:
    """Walk our own columns of a row as fields of a model."""
    for name, cell in own_cells(line):
        if name in model.model_fields:
            yield name, value_of(cell, name, model)
        else:
            column = line.named(f"{OWN}{name}")
            log.refused(Code.not_valid, line.number, column, value=cell[:40])


def words_of(line: Line, column: str, log: Log) -> Document | None:
    """Read the words of a row in every language; a reference to an answer is refused."""
    cells = {language: words for language, words in line.texts.get(column, {}).items() if words}
    for words in cells.values():
        if "${" in words:
            log.refused(Code.reference_in_text, line.number, line.named(column), text=words[:60])
    return text_from(cells, rest_of(line.get(TEXTS)).get(column))


def choice_lists(read: Table, log: Log) -> dict[str, ChoiceList]:
    """Read the lists by name."""
    found: dict[str, ChoiceList] = {}
    for line in read.lines:
        name, code = " ".join(line.get("list_name").split()), line.get("name")
        if not name and not code:
            continue
        if not name or not code:
            missing = "name" if name else "list_name"
            log.refused(Code.no_column, line.number, line.named(missing), name=missing)
            continue
        _add(found.setdefault(name, ChoiceList(line)), line, code, log)
    left_columns(read, _KNOWN, log)
    return found


def _add(listed: ChoiceList, line: Line, name: str, log: Log) -> None:
    if name in listed.codes:
        log.refused(Code.choice_twice, line.number, line.named("name"), name=name)
        return
    code = slug(name, listed.codes.values(), otherwise="c")
    if code != name:
        log.changed(Code.renamed, line.number, line.named("name"), old=name, new=code)
    listed.codes[name] = code
    option = {"id": code, "label": words_of(line, "label", log) or {}}
    listed.options.append(option | dict(own_fields(line, Option, log)))
    listed.rows.append(line.number)


def unused_lists(lists: dict[str, ChoiceList], log: Log) -> None:
    """Tell which lists no question asks."""
    for name, listed in lists.items():
        if not listed.used:
            log.left(Code.list_left, listed.line.number, listed.line.named("list_name"), name=name)


def with_other(options: list[Document]) -> tuple[list[Document], str]:
    """Add the choice to say something else in one's own words; return it with its id."""
    for option in options:
        if option["id"] == "other":
            option["specify"] = True
            return options, "other"
    return [*options, {"id": "other", "label": dict(OTHER_WORDS), "specify": True}], "other"
