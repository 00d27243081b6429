"""One connection a request: reads in autocommit, writes only inside ``writing()``."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, g
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from surveyapp.extensions import db

__all__ = ["DatabaseError", "IntegrityError", "engine_options", "reading", "revision", "writing"]

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


def reading() -> Connection:
    """Return this request's connection. It holds no transaction and cannot write."""
    if "connection" not in g:
        g.connection = db.engine.connect()
        g.connection.info["writing"] = False
    connection: Connection = g.connection
    return connection


def _begin(connection: Connection) -> Any:
    """Take the right to write; return the driver's own connection."""
    raw: Any = connection.connection.dbapi_connection
    if isinstance(raw, sqlite3.Connection):
        raw.execute("PRAGMA query_only=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        connection.exec_driver_sql("BEGIN READ WRITE")
    return raw


def _end(connection: Connection) -> None:
    """Give the right to write back."""
    connection.info["writing"] = False
    raw: Any = connection.connection.dbapi_connection
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
        raw = _begin(connection)
        connection.info["writing"] = True
        try:
            yield connection
            connection.exec_driver_sql("COMMIT")
        except BaseException:
            raw.rollback()
            raise
    finally:
        _end(connection)


def close(_error: BaseException | None = None) -> None:
    """Give the request's connection back."""
    connection = g.pop("connection", None)
    if connection is not None:
        connection.close()


def revision() -> str | None:
    """Return the migration that the database is at.

    :raise DatabaseError: if it does not answer.
    """
    found = reading().execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def init_app(app: Flask) -> None:
    """Set up the program's engine, and give connections back at the end of each request."""
    with app.app_context():
        event.listen(db.engine, "connect", _prepare)
    app.teardown_appcontext(close)
