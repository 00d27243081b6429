"""Connections wait from one request to the next, and none that is broken is used again."""

import pytest
from flask import Flask
from sqlalchemy import Connection, insert, text
from sqlalchemy.exc import DBAPIError

from surveyapp.extensions import db
from surveyapp.storage import idle
from surveyapp.storage.connection import reading, run, writing
from surveyapp.storage.tables import MunicipalityRow


def used(app: Flask) -> Connection:
    """Return the connection that a request uses."""
    with app.app_context():
        found = reading()
        assert found.execute(text("SELECT 1")).scalar() == 1
    return found


def is_postgresql(app: Flask) -> bool:
    with app.app_context():
        return db.engine.dialect.name == "postgresql"


def test_one_request_after_another_uses_the_same_connection(app: Flask) -> None:
    assert used(app) is used(app)


def test_requests_at_once_use_each_their_own(app: Flask) -> None:
    with app.app_context():
        first = reading()
        with app.app_context():
            assert reading() is not first


def test_a_connection_that_waits_holds_nothing(app: Flask) -> None:
    kept = used(app)
    assert not kept.in_transaction()
    with app.app_context():
        assert reading() is kept
        with pytest.raises(DBAPIError, match=r"read.?only"):
            run(reading(), "DELETE FROM municipality")


def test_what_failed_leaves_nothing_behind(app: Flask) -> None:
    def fail() -> None:
        with writing() as connection:
            connection.execute(insert(MunicipalityRow).values(slug="elm"))
            run(connection, "SELECT nothing FROM nowhere")

    with app.app_context(), pytest.raises(DBAPIError, match="nowhere"):
        fail()
    with app.app_context():
        assert reading().execute(text("SELECT count(*) FROM municipality")).scalar() == 0


@pytest.mark.parametrize("waited", [0.0, idle.SECONDS + 1])
def test_a_connection_that_the_server_ended_is_replaced(
    app: Flask, monkeypatch: pytest.MonkeyPatch, waited: float
) -> None:
    if not is_postgresql(app):
        pytest.skip("SQLite has no server that could end a connection")
    lost = used(app)
    number = idle.driver(lost).info.backend_pid
    with app.app_context(), db.engine.connect() as another:
        another.execute(text("SELECT pg_terminate_backend(:number, 5000)"), {"number": number})
    later = idle.time.monotonic() + waited
    monkeypatch.setattr(idle.time, "monotonic", lambda: later)
    assert used(app) is not lost
    assert lost.closed


def test_what_waited_long_and_still_answers_is_used(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = used(app)
    later = idle.time.monotonic() + idle.SECONDS + 1
    monkeypatch.setattr(idle.time, "monotonic", lambda: later)
    assert used(app) is kept


def test_a_closed_connection_does_not_wait(app: Flask) -> None:
    with app.app_context():
        closed = reading()
        closed.close()
    assert used(app) is not closed


def test_disposing_of_the_engine_closes_what_waits(app: Flask) -> None:
    kept = used(app)
    with app.app_context():
        db.engine.dispose()
    assert kept.closed
    assert used(app) is not kept
