"""What the driver is given directly is what SQLAlchemy would have given it, both ways."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Date, bindparam, event, insert, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from surveyapp.extensions import db
from surveyapp.storage.collected.visits import start, visit
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.prepared import Prepared
from surveyapp.storage.tables import InvitationRow, ProfileRow, RateLimitRow, VisitRow, WaveRow
from tests.storage.making import fielded

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
COUNT = Prepared(
    insert(RateLimitRow).values(
        bucket=bindparam("bucket"), key_hash="k" * 64, window_at=NOW, uses=bindparam("uses")
    )
)
COUNTED = select(RateLimitRow.bucket, RateLimitRow.window_at, RateLimitRow.uses).order_by(
    RateLimitRow.bucket
)


def count(bucket: str, uses: Any = 1) -> int:
    with writing() as connection:
        return COUNT.change(connection, {"bucket": bucket, "uses": uses})


@pytest.mark.usefixtures("context")
def test_fixed_and_given_values_are_written() -> None:
    assert [count("b"), count("a", 7)] == [1, 1]
    assert Prepared(COUNTED).all(reading(), {}) == [("a", NOW, 7), ("b", NOW, 1)]


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize("table", [WaveRow, ProfileRow, VisitRow, InvitationRow])
def test_rows_are_those_of_sqlalchemy(table: Any) -> None:
    start(fielded(), "fr", NOW, signs=("trap",))
    with writing() as connection:
        weighed = {"code_hash": "c" * 64, "stratum": "été", "base_weight": 1.25, "used": True}
        of = reading().execute(select(VisitRow.collector_id)).scalar_one()
        connection.execute(insert(InvitationRow).values(collector_id=of, **weighed))
    query = select(table.__table__)
    found = Prepared(query).all(reading(), {})
    assert found
    assert found == [tuple(row) for row in reading().execute(query)]
    assert Prepared(query).first(reading(), {}) == found[0]


@pytest.mark.usefixtures("context")
def test_no_row_is_none_and_one_row_must_be_there() -> None:
    query = Prepared(COUNTED.where(RateLimitRow.bucket == bindparam("bucket")))
    assert query.first(reading(), {"bucket": "a"}) is None
    with pytest.raises(LookupError):
        query.one(reading(), {"bucket": "a"})
    count("a")
    assert query.one(reading(), {"bucket": "a"})[0] == "a"


@pytest.mark.usefixtures("context")
def test_a_plain_text_keeps_the_types_it_is_told() -> None:
    query = Prepared(text("SELECT :day, 1").bindparams(bindparam("day", type_=Date)))
    found = query.one(reading(), {"day": date(2026, 5, 4)})
    assert (str(found[0]), found[1]) == ("2026-05-04", 1)


@pytest.mark.usefixtures("context")
def test_changed_rows_are_counted() -> None:
    rename = Prepared(
        update(RateLimitRow)
        .where(RateLimitRow.bucket == bindparam("old"))
        .values(bucket=bindparam("new"))
    )
    count("a")
    with writing() as connection:
        assert rename.change(connection, {"old": "nothing", "new": "b"}) == 0
        assert rename.change(connection, {"old": "a", "new": "b"}) == 1


@pytest.mark.usefixtures("context")
def test_what_the_database_refuses_is_sqlalchemys_error() -> None:
    count("a")
    with pytest.raises(IntegrityError):
        count("a")
    with pytest.raises(DBAPIError, match=r"read.?only"):
        COUNT.change(reading(), {"bucket": "b", "uses": 1})
    assert Prepared(COUNTED).all(reading(), {}) == [("a", NOW, 1)]


@pytest.mark.usefixtures("context")
def test_an_error_tells_no_values() -> None:
    count("a", 1)
    with pytest.raises(IntegrityError) as caught:
        count("a", 1)
    assert "k" * 64 not in str(caught.value).replace(str(caught.value.orig), "")


def test_whoever_listens_to_the_engine_hears_of_it(context: Flask) -> None:
    heard: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        heard.append(statement.split()[0])

    event.listen(db.engine, "before_cursor_execute", note)
    count("a")
    visit("nobody’s")
    event.remove(db.engine, "before_cursor_execute", note)
    assert heard == ["BEGIN", "INSERT", "COMMIT", "SELECT"]
