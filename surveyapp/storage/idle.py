"""Connections kept open from one request to the next, and looked at before they are used again.

SQLAlchemy's pool asks a server for a sign of life each time. What waits here is only looked at:
a server that ended a connection left a word on its socket, and that costs no question.
"""

import select
import sqlite3
import time
from collections import deque
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

# What waited longer may have been cut by a firewall, which tells nobody: then a question is due.
SECONDS = 60.0


def driver(connection: Connection) -> Any:
    """Return the driver's own connection."""
    return connection.connection.dbapi_connection


def _is_whole(connection: Connection) -> bool:
    """Tell whether nothing was heard from a server that has nothing to say."""
    raw = driver(connection)
    if isinstance(raw, sqlite3.Connection):
        return True
    if raw.closed:
        return False
    socket = select.poll()
    socket.register(raw.fileno())
    return not any(event & ~select.POLLOUT for _number, event in socket.poll(0))


def _answers(connection: Connection) -> bool:
    try:
        connection.execute(text("SELECT 1"))
        connection.rollback()
    except DBAPIError:
        return False
    return True


class Idle:
    """The connections that no request uses now. Each was detached from its engine's pool."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Connection, float]] = deque()

    def take(self) -> Connection | None:
        """Return the one that was given back last, or None; broken ones are closed."""
        while True:
            try:
                connection, since = self._waiting.pop()
            except IndexError:
                return None
            waited = time.monotonic() - since
            if _is_whole(connection) and (waited < SECONDS or _answers(connection)):
                return connection
            connection.close()

    def give(self, connection: Connection) -> None:
        """Take a connection back; one that a transaction or an error clings to is closed."""
        if connection.closed or connection.invalidated:
            connection.close()
            return
        if connection.in_transaction():
            connection.rollback()
        self._waiting.append((connection, time.monotonic()))

    def close(self) -> None:
        """Close all that wait."""
        while self._waiting:
            self._waiting.pop()[0].close()
