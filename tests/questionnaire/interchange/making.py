"""Small workbooks for tests."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from surveyapp.questionnaire.interchange.report import FileRefusedError, Remark, Taken
from surveyapp.questionnaire.interchange.xlsform import read_xlsform
from tests.questionnaire.making import Document

Rows = list[list[Any]]
CHOICES = [
    ["list_name", "name", "label::English (en)", "label::French (fr)"],
    ["yesno", "yes", "Yes", "Oui"],
    ["yesno", "no", "No", "Non"],
    ["kinds", "a", "Apple", "Pomme"],
    ["kinds", "b", "Beet", "Betterave"],
    ["kinds", "none", "None of these", "Aucune de ces réponses"],
]


def bytes_of(book: Workbook) -> bytes:
    """Save a workbook in memory."""
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def book_of(**sheets: Rows) -> Workbook:
    """Make a workbook of sheets by name."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def form(*rows: list[Any], header: str = "type name label", **sheets: Rows) -> bytes:
    """Make a form with these rows of the survey sheet."""
    survey = [header.split(), *rows]
    return bytes_of(book_of(**({"survey": survey, "choices": CHOICES} | sheets)))


def taken(workbook: bytes, language: str | None = None) -> Taken:
    """Read a form that must be taken."""
    try:
        return read_xlsform(workbook, language)
    except FileRefusedError as error:
        pytest.fail(str(error.refusals))


def refused(workbook: bytes) -> list[tuple[str, int, str, str]]:
    """Read a form that must be refused; give sheet, row, column and reason of each refusal."""
    with pytest.raises(FileRefusedError) as error:
        read_xlsform(workbook)
    return places(error.value.refusals)


def places(remarks: tuple[Remark, ...]) -> list[tuple[str, int, str, str]]:
    """Give sheet, row, column and code of remarks."""
    return [(one.sheet, one.row, one.column, one.code.value) for one in remarks]


def nodes(found: Taken) -> list[Document]:
    """Give the questions as documents, without what is at its default."""
    return [
        one.model_dump(mode="json", by_alias=True, exclude_defaults=True) | {"kind": one.kind.value}
        for one in found.draft.questions()
    ]
