"""A workbook made to do harm is refused, and a clumsy one is read in little memory."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook

from surveyapp.questionnaire.interchange import container, workbook
from surveyapp.questionnaire.interchange.report import FileRefusedError
from surveyapp.questionnaire.interchange.xlsform import read_xlsform
from tests.questionnaire.interchange.making import (
    CHOICES,
    book_of,
    bytes_of,
    form,
    nodes,
    places,
    refused,
    taken,
)

SURVEY = "xl/worksheets/sheet1.xml"
GOOD = form(["text", "q", "Q?"])


def codes(data: bytes) -> list[str]:
    return [code for _, _, _, code in refused(data)]


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Write the archive again with one part changed, or added."""
    buffer = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        new.writestr(part, change(old.read(part) if part in old.namelist() else b""))
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_a_workbook"),
        (b"type,name,label\n", "not_a_workbook"),
        (b"PK\x03\x04 and nothing", "not_a_workbook"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "locked_or_old"),
        (GOOD[: len(GOOD) // 2], "not_a_workbook"),
        (b"x" * (container.MOST_BYTES + 1), "too_big"),
    ],
    ids=["empty", "text", "torn", "old", "half", "big"],
)
def test_what_is_no_workbook_is_refused(data: bytes, code: str) -> None:
    assert codes(data) == [code]


def test_an_archive_of_something_else_is_refused() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        made.writestr("hello.xml", "<a/>")
    assert codes(buffer.getvalue()) == ["not_a_workbook"]


def test_a_zip_bomb_is_refused_by_what_it_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "MOST_SHEET", 1_000_000)
    bomb = changed(GOOD, SURVEY, lambda old: old + b" " * 2_000_000)
    assert len(bomb) < 20_000
    assert codes(bomb) == ["too_big"]


def test_a_zip_bomb_in_the_words_is_refused() -> None:
    bomb = changed(GOOD, "xl/sharedStrings.xml", lambda _: b" " * (container.MOST_OTHER + 1))
    assert codes(bomb) == ["too_big"]


def test_a_zip_that_lies_about_its_sizes_is_refused() -> None:
    honest = changed(GOOD, SURVEY, lambda old: old + b" " * 3_000_000)
    size = zipfile.ZipFile(BytesIO(honest)).getinfo(SURVEY).file_size
    lying = honest.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != honest
    assert codes(lying) == ["not_a_workbook"]


def test_an_entity_is_not_followed() -> None:
    laughs = b'<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;">]>'
    bad = changed(GOOD, SURVEY, lambda old: laughs + old)
    assert codes(bad) == ["not_a_workbook"]
    bad = changed(GOOD, "xl/workbook.xml", lambda old: laughs + old)
    assert codes(bad) == ["not_a_workbook"]


def test_too_many_parts_are_refused() -> None:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for number in range(container.MOST_PARTS + 1):
            made.writestr(f"{number}.xml", "")
    assert codes(buffer.getvalue()) == ["too_big"]


def test_macros_and_links_are_carried_by_nobody() -> None:
    macro = changed(GOOD, "xl/vbaProject.bin", lambda _: b"\xd0\xcf\x11\xe0 Sub Auto_Open()")
    link = b'<externalLink xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    linked = changed(macro, "xl/externalLinks/externalLink1.xml", lambda _: link)
    assert [made["id"] for made in nodes(taken(linked))] == ["q"]


def with_formula(column: str, result: str) -> bytes:
    """Make a form with a formula in a column, and the result that a spreadsheet stored."""
    number = ord(column) - ord("A")
    cells = ["text", "q", "Q?", ""]
    cells[number] = '=HYPERLINK("http://example.com")'
    made = form(cells, header="type name label relevant")
    stored = f"<v>{result}</v>".encode()
    return changed(
        made, SURVEY, lambda old: old.replace(b"<v></v>", stored).replace(b"<v />", stored)
    )


def test_a_formula_in_words_is_read_as_the_words_it_showed() -> None:
    found = taken(with_formula("C", "7"))
    assert nodes(found)[0]["text"] == {"en": "7"}
    assert ("survey", 2, "label", "formula_result") in places(found.remarks)


@pytest.mark.parametrize("column", ["A", "B", "D"])
def test_a_formula_anywhere_else_is_refused(column: str) -> None:
    found = refused(with_formula(column, "7"))
    names = {"A": "type", "B": "name", "D": "relevant"}
    assert ("survey", 2, names[column], "formula") in found


def test_rows_behind_a_short_gap_are_read_with_their_numbers() -> None:
    book = book_of(survey=[["type", "name", "label"]], choices=CHOICES)
    book["survey"].cell(900, 1, "text")
    book["survey"].cell(900, 2, "q")
    book["survey"].cell(900, 3, "Hello ${you}")
    assert refused(bytes_of(book)) == [("survey", 900, "label", "reference_in_text")]


def test_rows_behind_a_long_gap_are_not_lost_silently() -> None:
    book = book_of(survey=[["type", "name", "label"], ["text", "q", "Q?"]])
    row = workbook.BLANKS_THAT_END + 50
    book["survey"].cell(row, 1, "text")
    assert refused(bytes_of(book)) == [("survey", row, "", "rows_behind_blanks")]


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 10)
    rows = [["text", f"q{number}", "Q?"] for number in range(12)]
    assert refused(form(*rows)) == [("survey", 11, "", "too_many_rows")]


def test_a_million_formatted_rows_are_not_read() -> None:
    """Rows that hold nothing end the sheet, and are never in memory."""

    def with_blanks(old: bytes) -> bytes:
        rows = b"".join(b'<row r="%d" ht="15"/>' % number for number in range(3, 1_000_001))
        return old.replace(b"</sheetData>", rows + b"</sheetData>")

    found = taken(changed(GOOD, SURVEY, with_blanks))
    assert [made["id"] for made in nodes(found)] == ["q"]


CELLS: list[tuple[Any, str]] = [(2.0, "2"), (2.5, "2.5"), (True, "TRUE"), ("x", "x"), (10, "10")]


@pytest.mark.parametrize(("value", "words"), CELLS, ids=[words for _, words in CELLS])
def test_a_cell_is_read_as_it_is_shown(value: Any, words: str) -> None:
    assert nodes(taken(form(["text", "q", value])))[0]["text"] == {"en": words}


def test_a_workbook_without_any_row_is_refused() -> None:
    with pytest.raises(FileRefusedError):
        read_xlsform(bytes_of(Workbook()))


def test_two_sheets_of_one_name_are_refused() -> None:
    twice = changed(GOOD, "xl/workbook.xml", lambda old: old.replace(b'"choices"', b'"SURVEY"'))
    assert refused(twice) == [("SURVEY", 0, "", "sheet_twice")]
