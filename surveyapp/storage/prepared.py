"""Statements of the hot path: SQLAlchemy writes them, once, and the driver runs them.

Most of what a small statement costs is the way from its Python form to the driver and back. A
page of a survey runs the same handful, so that way is gone once a statement and dialect.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, Executable
from sqlalchemy.sql.compiler import SQLCompiler

from surveyapp.storage.connection import run

Processor = Callable[[Any], Any]


@dataclass(frozen=True)
class _Compiled:
    """What the driver is given. ``names`` are those of its places, in order; None: by name."""

    text: str
    fixed: Mapping[str, Any]
    names: tuple[str, ...] | None
    writers: tuple[tuple[str, Processor], ...]

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """Return values as the driver takes them."""
        given = {**self.fixed, **values}
        for name, write in self.writers:
            given[name] = write(given[name])
        return given if self.names is None else [given[name] for name in self.names]


def _compile(statement: Any, dialect: Dialect) -> _Compiled:
    made: SQLCompiler = statement.compile(dialect=dialect)
    names = {name: one for one, name in made.bind_names.items()}
    writers = {
        name: one.type.dialect_impl(dialect).bind_processor(dialect) for name, one in names.items()
    }
    return _Compiled(
        made.string,
        {name: one.effective_value for name, one in names.items() if not one.required},
        tuple(made.positiontup) if made.positiontup is not None else None,
        tuple((name, write) for name, write in writers.items() if write),
    )


def _readers(statement: Any, dialect: Dialect, cursor: Any) -> tuple[tuple[int, Processor], ...]:
    """Return what makes a column's type of what the driver gives; a plain text tells no types."""
    columns = getattr(statement, "exported_columns", ())
    found = (
        (place, one.type.dialect_impl(dialect).result_processor(dialect, told[1]))
        for place, (one, told) in enumerate(zip(columns, cursor.description, strict=False))
    )
    return tuple((place, read) for place, read in found if read)


class Prepared:
    """A statement whose text never changes; what it is given are its named parameters."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}
        self._readers: dict[str, tuple[tuple[int, Processor], ...]] = {}

    def _run(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        dialect = connection.dialect
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compile(self._statement, dialect)
        return run(connection, compiled.text, compiled.parameters(values))

    def _rows(
        self, connection: Connection, cursor: Any, found: Iterable[Sequence[Any]]
    ) -> list[tuple[Any, ...]]:
        dialect = connection.dialect
        readers = self._readers.get(dialect.name)
        if readers is None:
            readers = self._readers[dialect.name] = _readers(self._statement, dialect, cursor)
        rows = [list(row) for row in found]
        for row in rows:
            for place, read in readers:
                row[place] = read(row[place])
        return [tuple(row) for row in rows]

    def change(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Run it inside ``writing()``; return how many rows changed."""
        return int(self._run(connection, values).rowcount)

    def all(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """Return every row."""
        cursor = self._run(connection, values)
        return self._rows(connection, cursor, cursor.fetchall())

    def first(self, connection: Connection, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """Return its first row, or None."""
        found = self.all(connection, values)
        return found[0] if found else None

    def one(self, connection: Connection, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """Return its row.

        :raise LookupError: if there is none.
        """
        found = self.first(connection, values)
        if found is None:
            raise LookupError("no row where there is always one")
        return found
