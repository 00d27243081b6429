"""One connection a request: reads in autocommit, writes only inside ``writing()``."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError

from surveyapp.extensions import db
from surveyapp.storage.idle import Idle, driver

__all__ = [
    "DatabaseError",
    "IntegrityError",
    "engine_options",
    "reading",
    "revision",
    "run",
    "writing",
]

# query_only: the database itself refuses whatever would write outside ``writing()``.
SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "busy_timeout=10000",
    "query_only=ON",
)
# A request that waits longer for a row has lost its resident; an idle transaction holds locks.
POSTGRESQL_SETTINGS = (
    "default_transaction_read_only = on",
    "lock_timeout = '10s'",
    "idle_in_transaction_session_timeout = '60s'",
)


def engine_options(database_url: str) -> dict[str, Any]:
    """Return the engine's options: autocommit, because ``writing()`` begins by itself."""
    options: dict[str, Any] = {"isolation_level": "AUTOCOMMIT"}
    if not database_url.startswith("sqlite"):
        options["pool_pre_ping"] = True
    return options


def _prepare(raw: Any, _record: Any) -> None:
    """Set up a new connection of the program's own engine."""
    if isinstance(raw, sqlite3.Connection):
        for pragma in SQLITE_PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")
        return
    for setting in POSTGRESQL_SETTINGS:
        raw.execute(f"SET SESSION {setting}")
    raw.commit()


def _idle() -> Idle:
    kept: Idle = current_app.extensions["surveyapp_idle"]
    return kept


def _connect() -> Connection:
    """Open a connection and take it out of SQLAlchemy's pool: it waits among our own."""
    made = db.engine.connect()
    made.detach()
    made.info["writing"] = False
    return made


def reading() -> Connection:
    """Return this request's connection. It holds no transaction and cannot write."""
    found: Connection | None = g.get("connection")
    if found is None:
        found = g.connection = _idle().take() or _connect()
    return found


def run(connection: Connection, statement: str, parameters: Any = ()) -> Any:
    """Let the driver itself run a statement; return its cursor.

    Whoever listens to the engine hears of it, and what fails is SQLAlchemy's error, as ever.
    """
    for listener in connection.dispatch.before_cursor_execute:
        listener(connection, None, statement, parameters, None, False)
    try:
        return driver(connection).execute(statement, parameters)
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError.instance(
            statement, None, error, connection.dialect.loaded_dbapi.Error
        ) from error


def _begin(connection: Connection) -> None:
    """Take the right to write."""
    raw = driver(connection)
    if isinstance(raw, sqlite3.Connection):
        raw.execute("PRAGMA query_only=OFF")
        run(connection, "BEGIN IMMEDIATE")
    else:
        run(connection, "BEGIN READ WRITE")


def _end(connection: Connection) -> None:
    """Give the right to write back."""
    connection.info["writing"] = False
    raw = driver(connection)
    if isinstance(raw, sqlite3.Connection):
        raw.execute("PRAGMA query_only=ON")


@contextmanager
def writing() -> Iterator[Connection]:
    """Hold the one transaction in which rows may change; commit at the end, or nothing at all.

    SQLite takes its write lock at once (BEGIN IMMEDIATE): a transaction that first reads and
    then writes would otherwise fail under load with "database is locked".

    :raise RuntimeError: inside another ``writing()``: two promises cannot share one commit.
    """
    connection = reading()
    if connection.info["writing"]:
        raise RuntimeError("writing() does not nest")
    try:
        _begin(connection)
        connection.info["writing"] = True
        try:
            yield connection
            run(connection, "COMMIT")
        except BaseException:
            driver(connection).rollback()
            raise
    finally:
        _end(connection)


def close(_error: BaseException | None = None) -> None:
    """Give the request's connection back."""
    connection = g.pop("connection", None)
    if connection is not None:
        _idle().give(connection)


def revision() -> str | None:
    """Return the migration that the database is at.

    :raise DatabaseError: if it does not answer.
    """
    found = reading().execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def init_app(app: Flask) -> None:
    """Set up the program's engine, and give connections back at the end of each request."""
    idle = app.extensions["surveyapp_idle"] = Idle()
    with app.app_context():
        event.listen(db.engine, "connect", _prepare)
        event.listen(db.engine, "engine_disposed", lambda _engine: idle.close())
    app.teardown_appcontext(close)
