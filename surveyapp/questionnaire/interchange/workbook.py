"""A workbook as bounded grids of text: no macro runs, no link is followed, no formula computed."""

import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from io import BytesIO
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from surveyapp.questionnaire.interchange.container import check_container, last_filled_row
from surveyapp.questionnaire.interchange.report import Code, FileRefusedError, Log

MOST_ROWS = 20_000
MOST_COLUMNS = 200
# XLSForm's own reader stops after 60; people leave longer gaps, and programs a million rows.
BLANKS_THAT_END = 1_000

Address = tuple[int, int]


@dataclass(frozen=True)
class Grid:
    """A sheet: its name as written, rows by number (from 1), and where formulas stood.

    ``formulas`` keeps the row and column (from 0) of cells whose text is the result that was
    stored beside a formula.
    """

    name: str
    rows: Mapping[int, tuple[str, ...]]
    formulas: frozenset[Address] = frozenset()


def _words(value: Any) -> str:
    """Write a cell as its sheet shows it to a person: 2 and not 2.0, ISO dates."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def _rows(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Walk the rows until they end, or until so many blank ones that they have."""
    blanks = 0
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS), 1):
        if any(cell.value is not None for cell in cells):
            blanks = 0
            yield number, cells
            continue
        blanks += 1
        if blanks >= BLANKS_THAT_END:
            return


def _grid(sheet: Any, log: Log) -> Grid:
    rows: dict[int, tuple[str, ...]] = {}
    formulas = set[Address]()
    for number, cells in islice(_rows(sheet), MOST_ROWS + 1):
        rows[number] = tuple(_words(cell.value) for cell in cells)
        formulas.update(
            (number, column) for column, cell in enumerate(cells) if cell.data_type == "f"
        )
    if len(rows) > MOST_ROWS:
        log.refused(Code.too_many_rows, MOST_ROWS + 1, most=MOST_ROWS)
    return Grid(str(sheet.title), rows, frozenset(formulas))


def _with_results(grid: Grid, results: Any) -> Grid:
    """Put the stored results in the place of formulas."""
    rows = dict(grid.rows)
    for number, cells in _rows(results):
        if number in rows:
            rows[number] = tuple(
                _words(cell.value) if (number, column) in grid.formulas else rows[number][column]
                for column, cell in zip(range(len(rows[number])), cells, strict=False)
            )
    return replace(grid, rows=rows)


def _nothing_behind(data: bytes, sheet: Any, grid: Grid, log: Log) -> None:
    """Refuse a sheet that goes on behind the blank rows where reading stopped."""
    # The reader does not tell from which part of the archive a sheet comes otherwise.
    last = last_filled_row(data, sheet._worksheet_path)
    read = max(grid.rows, default=0)
    if last is None or last > read + BLANKS_THAT_END:
        log.refused(Code.rows_behind_blanks, last or 0, blanks=BLANKS_THAT_END)


def _open(data: bytes, *, results: bool = False) -> Any:
    return load_workbook(BytesIO(data), read_only=True, keep_links=False, data_only=results)


def _grids(data: bytes, wanted: Iterable[str], log: Log) -> dict[str, Grid]:
    book, found = _open(data), {}
    known = frozenset(wanted)
    for sheet in book.worksheets:
        name = str(sheet.title).strip().lower()
        if name in found and name in known:
            log.on(str(sheet.title)).refused(Code.sheet_twice, name=name)
        if name not in known:
            found[name] = Grid(str(sheet.title), {})
            continue
        grid = _grid(sheet, log.on(str(sheet.title)))
        _nothing_behind(data, sheet, grid, log.on(str(sheet.title)))
        if grid.formulas:
            grid = _with_results(grid, _open(data, results=True)[sheet.title])
        found[name] = grid
    return found


def read_workbook(data: bytes, wanted: Iterable[str], log: Log) -> dict[str, Grid]:
    """Read the wanted sheets by lower-case name; others are named but empty.

    :raise FileRefusedError: if it is no workbook, too big, or goes on behind blank rows.
    """
    check_container(data, log)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            grids = _grids(data, wanted, log)
    except FileRefusedError:
        raise
    except Exception as error:  # the reader fails in many ways on a file made to break it
        log.refused(Code.not_a_workbook, reason=type(error).__name__)
        raise FileRefusedError(tuple(log.remarks)) from error
    log.stop_if_refused()
    return grids
