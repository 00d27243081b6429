"""XLSForm out: rows that other programs read, with the rest of our document in columns of ours."""

import json
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from surveyapp.questionnaire.document import fingerprint
from surveyapp.questionnaire.interchange import wholes
from surveyapp.questionnaire.interchange.headers import OWN, TEXTS
from surveyapp.questionnaire.interchange.languages import language_name
from surveyapp.questionnaire.interchange.lines import LABELLED, question_lines
from surveyapp.questionnaire.interchange.names import PAGE
from surveyapp.questionnaire.interchange.own import NO_LABEL, Document, cell_of, text_cells
from surveyapp.questionnaire.interchange.refusals import check_exportable, known_of
from surveyapp.questionnaire.model import Draft, Option, Question, Section
from surveyapp.questionnaire.text import Text

_FIRST = ("type", "list_name", "name", "field", "content", "label", "text", "hint") + (
    "required",
    "relevant",
    "constraint",
    "appearance",
    "parameters",
)
_STANDARD = frozenset(_FIRST)


def write_xlsform(draft: Draft, name: str) -> bytes:
    """Write a draft as a workbook; ``name`` is the form's id.

    Read back it is the same document, and pyxform accepts it.

    :raise NotExportableError: if the draft is too unfinished to be a form, or holds a text that
        no workbook can.
    """
    check_exportable(draft)
    languages = _languages(draft)
    book = Workbook(write_only=True)
    survey = list(_survey_rows(draft))
    choices = [row for question in draft.questions() for row in _choice_rows(question)]
    _sheet(book, "survey", survey, languages)
    _sheet(book, "choices", choices, languages, ("list_name", "name", "label"))
    _sheet(book, "settings", [_settings(draft, name, languages)], languages)
    _sheet(book, wholes.SHEET, wholes.whole_rows(draft), languages)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _settings(draft: Draft, name: str, languages: tuple[str, ...]) -> Document:
    title = draft.title.get(languages[0]).strip()
    return {
        "form_title": title or name,
        "form_id": name,
        "version": fingerprint(draft)[:16],
        "default_language": language_name(languages[0]),
    }


def _languages(draft: Draft) -> tuple[str, ...]:
    """List the languages of the draft, then any other that a text is written in."""
    found = dict.fromkeys(draft.languages)
    rows: list[Mapping[str, Any]] = [*_survey_rows(draft), *wholes.whole_rows(draft)]
    rows += [row for question in draft.questions() for row in _choice_rows(question)]
    for row in rows:
        for value in row.values():
            if isinstance(value, Text):
                found |= dict.fromkeys(sorted(value.wordings))
    return tuple(found) or ("en", "fr")


def _survey_rows(draft: Draft) -> Iterator[Document]:
    known = known_of(draft)
    for section in draft.sections:
        yield _section_row(section)
        for question in section.questions:
            yield from question_lines(question, known)
        yield {"type": "end_group"}


def _section_row(section: Section) -> Document:
    row: Document = {
        "type": "begin_group",
        "name": f"{PAGE}{section.id}",
        "label": section.title,
        "appearance": "field-list",
    }
    return row if section.intro is None else row | {f"{OWN}intro": section.intro}


def _choice_rows(question: Question) -> Iterator[Document]:
    options: tuple[Option, ...] = getattr(question, "options", ())
    for option in options:
        fields = option.model_dump(mode="json", exclude_defaults=True, exclude={"id", "label"})
        row: Document = {"list_name": question.id, "name": option.id, "label": option.label}
        yield row | {f"{OWN}{name}": cell_of(value) for name, value in fields.items()}


def _cells(row: Document, languages: tuple[str, ...]) -> Document:
    """Spread the texts of a row over their languages; keep what cells cannot hold as JSON."""
    cells: Document = {}
    rests: Document = {}
    for column, value in row.items():
        if not isinstance(value, Text):
            cells[column] = value
            continue
        words, rest = text_cells(value)
        if not words and column == "label" and row.get("type") not in LABELLED:
            # A form's reader refuses a question that says nothing at all.
            words, rest = {languages[0]: NO_LABEL}, {**(rest or {}), "instead": True}
        cells |= {f"{column}::{language_name(one)}": text for one, text in words.items()}
        if rest is not None:
            rests[column] = rest
    if rests:
        cells[TEXTS] = json.dumps(rests, ensure_ascii=False, sort_keys=True)
    return cells


def _order(names: set[str], languages: tuple[str, ...]) -> list[str]:
    order = {language_name(one): place for place, one in enumerate(languages)}

    def place(name: str) -> tuple[object, ...]:
        base, _, language = name.partition("::")
        standard = _FIRST.index(base) if base in _STANDARD else len(_FIRST)
        return (standard, base == TEXTS, base, order.get(language, 0))

    return sorted(names, key=place)


def _sheet(
    book: Workbook,
    title: str,
    rows: list[Document],
    languages: tuple[str, ...],
    always: tuple[str, ...] = (),
) -> None:
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    spread = [_cells(row, languages) for row in rows]
    names = {name for row in spread for name in row if "::" in name or name in row}
    names |= {name for name in always if not any(one.startswith(f"{name}::") for one in names)}
    columns = _order(names, languages)
    sheet.append([_cell(sheet, name, bold=True) for name in columns])
    for row in spread:
        sheet.append([_cell(sheet, row.get(name)) for name in columns])


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    """Make a cell; words stay words, also where they begin like a formula."""
    if value is None or value == "":
        return None
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
