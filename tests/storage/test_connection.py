"""Reads hold nothing; writes happen in one place only."""

import pytest
from flask import Flask
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from surveyapp.extensions import db
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.tables import MunicipalityRow


def slugs() -> list[str]:
    """Return what is stored."""
    return list(reading().execute(select(MunicipalityRow.slug)).scalars())


def add(slug: str) -> None:
    """Store one row."""
    with writing() as connection:
        connection.execute(insert(MunicipalityRow).values(slug=slug))


@pytest.mark.usefixtures("context")
def test_what_is_written_is_read() -> None:
    add("elm")
    assert slugs() == ["elm"]


@pytest.mark.usefixtures("context")
def test_an_exception_rolls_everything_back() -> None:
    def write_and_fail() -> None:
        with writing() as connection:
            connection.execute(insert(MunicipalityRow).values(slug="elm"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_and_fail()
    assert slugs() == []
    add("oak")
    assert slugs() == ["oak"]


@pytest.mark.usefixtures("context")
def test_a_refused_statement_rolls_everything_back() -> None:
    add("elm")

    def write_twice() -> None:
        with writing() as connection:
            connection.execute(insert(MunicipalityRow).values(slug="oak"))
            connection.execute(insert(MunicipalityRow).values(slug="elm"))

    with pytest.raises(IntegrityError):
        write_twice()
    assert slugs() == ["elm"]


@pytest.mark.usefixtures("context")
def test_writing_does_not_nest() -> None:
    with pytest.raises(RuntimeError, match="nest"), writing():
        add("elm")
    assert slugs() == []
    add("oak")


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("raw", [False, True])
def test_the_database_refuses_what_is_written_elsewhere(raw: bool) -> None:
    sentence = "INSERT INTO municipality (slug) VALUES ('elm')"
    statement = text(sentence) if raw else insert(MunicipalityRow).values(slug="elm")
    with pytest.raises(DBAPIError, match=r"read.?only"):
        reading().execute(statement)
    add("oak")
    with pytest.raises(DBAPIError, match=r"read.?only"):
        reading().execute(statement)
    assert slugs() == ["oak"]


@pytest.mark.usefixtures("context")
def test_the_session_of_the_extension_cannot_write_either() -> None:
    db.session.add(MunicipalityRow(slug="elm"))
    with pytest.raises(DBAPIError, match=r"read.?only"):
        db.session.flush()
    db.session.rollback()
    db.session.remove()
    assert slugs() == []


def test_a_read_holds_no_transaction(app: Flask) -> None:
    with app.app_context():
        slugs()
        raw = reading().connection.dbapi_connection
        assert raw is not None
        if reading().dialect.name == "sqlite":
            assert not raw.in_transaction
        else:
            assert raw.info.transaction_status.name == "IDLE"


def test_a_read_does_not_wait_for_a_writer(app: Flask) -> None:
    with app.app_context(), writing() as connection:
        connection.execute(insert(MunicipalityRow).values(slug="elm"))
        with app.app_context():
            assert slugs() == []
    with app.app_context():
        assert slugs() == ["elm"]


def test_a_connection_is_given_back_at_the_end(app: Flask) -> None:
    for _ in range(30):
        with app.app_context():
            assert slugs() == []
    with app.app_context():
        assert db.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


@pytest.mark.usefixtures("context")
def test_sqlite_is_set_up_to_lose_nothing() -> None:
    connection = reading()
    if connection.dialect.name != "sqlite":
        pytest.skip("these are settings of SQLite")
    names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "query_only")
    found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
    assert found == ["wal", 2, 1, 1, 1]
