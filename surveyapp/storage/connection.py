"""One connection a request: reads in autocommit, writes only inside ``writing()``."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, g
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import DatabaseError, IntegrityError

from surveyapp.extensions import db

__all__ = ["DatabaseError", "IntegrityError", "engine_options", "reading", "revision", "writing"]

SQLITE_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "busy_timeout=10000",
)


class UnguardedWriteError(RuntimeError):
    """A statement wrote outside ``writing()``: its order and its promise would be unsure."""


def engine_options(database_url: str) -> dict[str, Any]:
    """Return the engine's options: autocommit, because ``writing()`` begins by itself."""
    options: dict[str, Any] = {"isolation_level": "AUTOCOMMIT"}
    if not database_url.startswith("sqlite"):
        options["pool_pre_ping"] = True
    return options


@event.listens_for(Engine, "connect")
def _set_pragmas(raw: Any, _record: Any) -> None:
    if isinstance(raw, sqlite3.Connection):
        for pragma in SQLITE_PRAGMAS:
            raw.execute(f"PRAGMA {pragma}")


@event.listens_for(Engine, "before_execute")
def _refuse_unguarded(connection: Connection, statement: Any, *_rest: Any) -> None:
    writes = getattr(statement, "is_dml", False)
    if writes and not connection.info.get("writing") and connection.info.get("ours"):
        raise UnguardedWriteError(str(statement)[:80])


def reading() -> Connection:
    """Return this request's connection. It holds no transaction."""
    if "connection" not in g:
        g.connection = db.engine.connect()
        g.connection.info.update(ours=True, writing=False)
    connection: Connection = g.connection
    return connection


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
    sqlite = connection.dialect.name == "sqlite"
    connection.exec_driver_sql("BEGIN IMMEDIATE" if sqlite else "BEGIN")
    connection.info["writing"] = True
    try:
        yield connection
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
    finally:
        connection.info["writing"] = False


def close(_error: BaseException | None = None) -> None:
    """Give the request's connection back."""
    connection = g.pop("connection", None)
    if connection is not None:
        connection.info.update(ours=False, writing=False)
        connection.close()


def revision() -> str | None:
    """Return the migration that the database is at.

    :raise DatabaseError: if it does not answer.
    """
    found = reading().execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def init_app(app: Flask) -> None:
    """Give connections back at the end of each request."""
    app.teardown_appcontext(close)
