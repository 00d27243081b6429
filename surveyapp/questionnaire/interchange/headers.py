"""The first row of a sheet: what each column is, in which language, under any of its names."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from surveyapp.questionnaire.interchange.languages import language_code
from surveyapp.questionnaire.interchange.report import Code, Log
from surveyapp.questionnaire.interchange.workbook import Grid

OWN = "surveyapp_"
TEXTS = f"{OWN}texts"
_ALIASES = {
    "relevance": "relevant",
    "caption": "label",
    "value": "name",
    "tag": "name",
    "command": "type",
    "readonly": "read_only",
    "constraining_message": "constraint_message",
    "calculate": "calculation",
    "requiredmsg": "required_message",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "set_form_title": "form_title",
    "set_form_id": "form_id",
}
_BOUND = {
    "relevant": "relevant",
    "required": "required",
    "constraint": "constraint",
    "calculate": "calculation",
    "readonly": "read_only",
    "appearance": "appearance",
    "jr:count": "repeat_count",
    "jr:constraintmsg": "constraint_message",
    "jr:requiredmsg": "required_message",
}
_PREFIXES = frozenset(("bind", "body", "control", "instance"))
_MEDIA = frozenset(("image", "big-image", "audio", "video"))
_TEXTS = frozenset(("label", "hint", "text", f"{OWN}intro", f"{OWN}unit"))
# Words that are translated too, of which we have our own or none.
_OTHER_TEXTS = _MEDIA | {"guidance_hint", "constraint_message", "required_message"}


@dataclass(frozen=True)
class Column:
    """A column: its name of all its names, its language, where it stands and what it is called."""

    name: str
    language: str | None
    index: int
    written: str


@dataclass(frozen=True)
class Line:
    """A row of a sheet, by column. Rows count from 1; texts are by language."""

    number: int
    cells: Mapping[str, str]
    texts: Mapping[str, Mapping[str, str]]
    written: Mapping[str, str]

    def get(self, name: str) -> str:
        """Return a cell without the space around it, or an empty string."""
        return self.cells.get(name, "").strip()

    def named(self, name: str) -> str:
        """Return the heading of a column as the sheet writes it."""
        return self.written.get(name, name)


@dataclass(frozen=True)
class Table:
    """A sheet with its columns known."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    name: str = ""


def _name(written: str) -> tuple[str, str]:
    """Split a heading into the column's one name and what tells the language."""
    parts = [part.strip() for part in written.replace("::", "\0").split("\0")]
    head = "_".join(parts[0].lower().split())
    if len(parts) == 1 and ":" in head and not head.startswith("jr:"):
        # The old way to tell a language was one colon.
        before, _, after = written.partition(":")
        head, parts = "_".join(before.lower().split()), [before, after.strip()]
    if head in _PREFIXES and len(parts) > 1:
        return _BOUND.get(parts[1].lower(), f"{head}::{parts[1].lower()}"), ""
    if head == "media" and len(parts) > 1:
        head, parts = parts[1].lower(), parts[1:]
    return _ALIASES.get(head, head), parts[1] if len(parts) > 1 else ""


def headings(grid: Grid, default: str | None, log: Log) -> tuple[Column, ...]:
    """Read the first row that has anything. A text without a language is in the ``default`` one."""
    number = min(grid.rows, default=0)
    found: dict[tuple[str, str | None], Column] = {}
    for index, cell in enumerate(grid.rows.get(number, ())):
        written = cell.strip()
        if not written:
            continue
        name, told = _name(written)
        language = default if name in _TEXTS else None
        if told and name in _TEXTS:
            language = language_code(told)
            if language is None:
                log.refused(Code.unknown_language, number, written, language=told)
        if name in _OTHER_TEXTS and told:
            name = f"{name}::{told}"
        if (name, language) in found:
            log.refused(Code.column_twice, number, written, other=found[name, language].written)
        found[name, language] = Column(name, language, index, written)
    return tuple(found.values())


def first_language(grid: Grid) -> str | None:
    """Return the first language that a text column of the sheet names."""
    for cell in grid.rows.get(min(grid.rows, default=0), ()):
        name, told = _name(cell.strip())
        if told and name in _TEXTS and (code := language_code(told)):
            return code
    return None


def _line(number: int, cells: tuple[str, ...], columns: tuple[Column, ...], exact: bool) -> Line:
    plain: dict[str, str] = {}
    texts: dict[str, dict[str, str]] = {}
    for column in columns:
        cell = cells[column.index] if column.index < len(cells) else ""
        cell = cell if exact else cell.strip()
        if not cell:
            continue
        if column.language is None:
            plain[column.name] = cell
        else:
            texts.setdefault(column.name, {})[column.language] = cell
    return Line(number, plain, texts, {column.name: column.written for column in columns})


def table(grid: Grid, default: str | None, log: Log, *, exact: bool = False) -> Table:
    """Read a sheet; rows in which nothing but space stands are left out.

    ``exact`` keeps the space around words: our own workbooks mean it.
    """
    columns = headings(grid, default, log)
    first = min(grid.rows, default=0)
    lines = (
        _line(number, cells, columns, exact)
        for number, cells in grid.rows.items()
        if number != first and any(cell.strip() for cell in cells)
    )
    read = Table(columns, tuple(lines), grid.name)
    _formulas(grid, read, log)
    return read


def _formulas(grid: Grid, read: Table, log: Log) -> None:
    """Take the stored result of a formula for words, and refuse it for anything else."""
    by_index = {column.index: column for column in read.columns}
    for number, index in sorted(grid.formulas):
        column = by_index.get(index)
        if column is None:
            continue
        told = log.changed if column.language is not None else log.refused
        code = Code.formula_result if column.language is not None else Code.formula
        told(code, number, column.written)


def left_columns(read: Table, known: frozenset[str], log: Log) -> None:
    """Tell which columns are not taken, once each, with how many rows they fill."""
    for column in read.columns:
        if column.name in known:
            continue
        filled = sum(bool(line.get(column.name)) for line in read.lines)
        if filled:
            log.left(Code.column_left, _first(read.lines, column), column.written, rows=filled)


def _first(lines: tuple[Line, ...], column: Column) -> int:
    return next(line.number for line in lines if line.get(column.name))


def own_cells(line: Line) -> Iterator[tuple[str, str]]:
    """Walk the cells of our own columns by the field they hold."""
    for name in line.cells:
        if name.startswith(OWN) and name != TEXTS and line.get(name):
            yield name.removeprefix(OWN), line.get(name)
