"""Runs the migrations in one transaction; the triggers are taken off first and put back last."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import Connection, inspect
from sqlalchemy.types import TypeDecorator

from surveyapp.extensions import db
from surveyapp.storage import tables, triggers

# The tables have to be known before Alembic compares them with the database.
assert tables.__all__
# Two nodes that start together must not migrate together.
LOCK = 7_301_994


class BrokenReferenceError(Exception):
    """A migration left rows that point to nothing; everything was rolled back."""


def plain_type(kind: str, item: Any, _context: Any) -> str | bool:
    """Write our own column types as what they are in the database: revisions outlive code."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


def begin(connection: Connection) -> None:
    """Take the right to change everything, alone."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA query_only=OFF")
        # Without effect inside a transaction: it has to come before BEGIN.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    connection.exec_driver_sql("BEGIN READ WRITE")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")


def check_references(connection: Connection) -> None:
    """Look for rows that point to nothing, which SQLite could not see meanwhile.

    :raise BrokenReferenceError: naming the tables.
    """
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise BrokenReferenceError(", ".join(sorted({str(row[0]) for row in broken})))


def put_triggers_back(connection: Connection) -> None:
    """Make the triggers of every table that exists at this revision."""
    present = set(inspect(connection).get_table_names())
    for statement in triggers.creating(connection.dialect.name, present):
        connection.exec_driver_sql(statement)


def take_triggers_off(connection: Connection) -> None:
    """Remove every trigger: a table cannot be rebuilt under one."""
    for statement in triggers.dropping(connection):
        connection.exec_driver_sql(statement)


def migrate(connection: Connection) -> None:
    """Run the wanted revisions, wholly or not at all."""
    begin(connection)
    try:
        take_triggers_off(connection)
        options = current_app.extensions["migrate"].configure_args
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_item=plain_type,
            **options,
        )
        context.run_migrations()
        check_references(connection)
        put_triggers_back(connection)
        connection.exec_driver_sql("COMMIT")
    except BaseException:
        connection.exec_driver_sql("ROLLBACK")
        raise
    finally:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA foreign_keys=ON")
            connection.exec_driver_sql("PRAGMA query_only=ON")


with db.engine.connect() as migrating:
    migrate(migrating)
