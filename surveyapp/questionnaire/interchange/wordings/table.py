"""Translations as CSV that Excel opens in either language and no formula hides in."""

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Sequence

from surveyapp.questionnaire.interchange.wordings.units import (
    MOST_ROWS,
    Fault,
    Row,
    TranslationFileError,
    Unit,
    decoded,
)

COLUMNS = ("id", "state", "note", "source_language", "target_language", "source", "target")
NEEDED = ("id", "source_language", "target_language", "source", "target")
_SIGNS = "=+\\-@\t\r\n|\uff1d\uff0b\uff0d\uff20"
_FORMULA = re.compile(rf"['\s]*[{_SIGNS}]")
_GUARDED = re.compile(rf"'['\s]*[{_SIGNS}]")
LONGEST_FIELD = 100_000
# The bytes of Windows-1252 that texts of these languages have; other code pages have theirs where
# it has signs that nobody writes, and a question mark for each letter of any other language.
_WINDOWS = frozenset(
    (
        *b"\t\r\n",
        *range(0x20, 0x7F),
        *range(0xA0, 0x100),
        0x80,
        0x85,
        0x8C,
        *range(0x91, 0x98),
        0x99,
        0x9C,
        0x9F,
    )
)
_WESTERN = frozenset(("en", "fr", "es", "pt", "it", "de"))


def guarded(words: str) -> str:
    """Put an apostrophe before what a spreadsheet would run, whatever stands before it."""
    return f"'{words}" if _FORMULA.match(words) else words


def unguarded(words: str) -> str:
    """Take exactly that apostrophe back."""
    return words[1:] if _GUARDED.match(words) else words


def write_csv(units: Sequence[Unit], _name: str) -> bytes:
    """Write UTF-8 with a byte order mark, RFC 4180, one line a text."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for one in units:
        cells = (one.note, one.source_language, one.target_language, one.source, one.target)
        writer.writerow([one.id, one.state.value, *map(guarded, cells)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _text(data: bytes) -> tuple[str, bool]:
    """Read bytes as Unicode, or as Excel saves plain CSV; tell whether it was the latter."""
    try:
        return decoded(data), False
    except TranslationFileError:
        if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or not _WINDOWS.issuperset(data):
            raise
        return data.decode("cp1252"), True


def _separator(heading: str) -> str:
    """Tell what a spreadsheet put between cells: a French one writes semicolons."""
    return max(",;\t", key=heading.count)


def _rows(lines: Sequence[Sequence[str]], numbers: Sequence[int]) -> tuple[Row, ...]:
    heads = [one.strip().lower() for one in lines[0]]
    for name in NEEDED:
        if heads.count(name) != 1:
            raise TranslationFileError(Fault.no_column, {"column": name})
    made = []
    for cells, number in zip(lines[1:], numbers[1:], strict=True):
        if any(one.strip() for one in cells):
            found = dict(zip(heads, (*cells, *("",) * len(heads)), strict=False))
            made.append(
                Row(
                    number,
                    found["id"].strip(),
                    unguarded(found["source_language"]),
                    unguarded(found["target_language"]),
                    unguarded(found["source"]),
                    unguarded(found["target"]),
                    is_done=found.get("state", "stale") != "stale",
                )
            )
    return tuple(made)


def read_csv(data: bytes) -> tuple[Row, ...]:
    """Read rows by the names of their columns, in any order, whatever stands between cells.

    :raise TranslationFileError: if that is no table with those columns.
    """
    text, is_windows = _text(data)
    heading = re.split(r"[\r\n]", text, maxsplit=1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(heading))
    lines, numbers = [], []
    try:
        for line in reader:
            # The csv module's own limit is the whole process's, and another library may lift it.
            if any(len(field) > LONGEST_FIELD for field in line):
                raise TranslationFileError(Fault.not_csv, {"line": reader.line_num})
            lines.append(line)
            numbers.append(reader.line_num)
            if len(lines) > MOST_ROWS:
                raise TranslationFileError(Fault.too_many_rows, {"most": MOST_ROWS})
    except csv.Error as error:
        raise TranslationFileError(Fault.not_csv, {"line": reader.line_num}) from error
    if not lines:
        raise TranslationFileError(Fault.no_rows)
    rows = _rows(lines, numbers)
    if is_windows and any(one.target_language.strip().lower() not in _WESTERN for one in rows):
        raise TranslationFileError(Fault.not_utf8)
    return rows
