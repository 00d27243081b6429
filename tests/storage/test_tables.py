"""What the database itself refuses, whoever writes."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import ForeignKey, insert, text

from surveyapp.extensions import Base
from surveyapp.storage import tables, triggers
from surveyapp.storage.collected.responses import submit
from surveyapp.storage.collected.visits import start
from surveyapp.storage.connection import IntegrityError, reading, writing
from surveyapp.storage.field.fielding import Fielding
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.tables import FieldworkCountRow, ResponseRow, SubmissionRow
from tests.storage.making import NOW, SLUG, fielded

HASH = "0" * 64
DAY = date(2026, 3, 2)


def run(statement: str) -> Callable[[], None]:
    """Give the deed of writing a statement."""

    def deed() -> None:
        with writing() as connection:
            connection.execute(text(statement))

    return deed


def refused(statement: str, why: str) -> None:
    """Check that a statement is refused for a reason."""
    deed = run(statement)
    with pytest.raises(IntegrityError, match=why):
        deed()


def put(table: type[Base], values: Mapping[str, Any]) -> None:
    """Insert a row."""
    with writing() as connection:
        connection.execute(insert(table).values(**values))


def response(field: Fielding, **more: Any) -> dict[str, Any]:
    """Give a row that is accepted."""
    made = {
        "id": "f" * 32,
        "wave_id": field.wave.id,
        "change_no": 1,
        "sample_id": field.collector.sample_id,
        "collector_id": field.collector.id,
        "edition_id": field.edition_id,
        "profile_id": field.profile_id,
        "language": "en",
        "submitted_on": DAY,
        "minutes": 0,
        "answers": "{}",
    }
    return made | more


@pytest.mark.usefixtures("context")
def test_a_good_response_is_accepted() -> None:
    put(ResponseRow, response(fielded()))


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"minutes": 121}, "minutes_are_capped"),
        ({"minutes": -1}, "minutes_are_capped"),
        ({"id": "short"}, "id_is_random"),
        ({"change_no": 0}, "changes_count_from_one"),
        ({"base_weight": 0.0}, "weight_above_zero"),
        ({"edition_id": 99}, "(?i)foreign.key"),
        ({"sample_id": 99}, "(?i)foreign.key"),
        ({"language": None}, "(?i)not.null"),
    ],
)
def test_a_wrong_response_is_refused(wrong: dict[str, Any], why: str) -> None:
    field = fielded()
    with pytest.raises(IntegrityError, match=why):
        put(ResponseRow, response(field, **wrong))


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"state": "withdrawn"}, "accepted_while_its_response_is_kept"),
        ({"response_id": None}, "accepted_while_its_response_is_kept"),
        ({"state": "lost"}, "known_state|accepted_while"),
        ({"key_hash": "a token"}, "hashes_only"),
        ({"receipt_hash": "CDFG-HJKM"}, "hashes_only"),
    ],
)
def test_a_wrong_submission_is_refused(wrong: dict[str, Any], why: str) -> None:
    field = fielded()
    put(ResponseRow, response(field))
    good = {
        "key_hash": HASH,
        "receipt_hash": HASH,
        "content_hash": HASH,
        "wave_id": field.wave.id,
        "response_id": "f" * 32,
        "state": "accepted",
    }
    with pytest.raises(IntegrityError, match=why):
        put(SubmissionRow, good | wrong)
    put(SubmissionRow, good)


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(("wrong", "why"), [({"visits": 0}, "counts"), ({"outcome": "x"}, "known")])
def test_a_wrong_count_is_refused(wrong: dict[str, Any], why: str) -> None:
    field = fielded()
    good = {
        "wave_id": field.wave.id,
        "collector_id": field.collector.id,
        "ended_on": DAY,
        "language": "en",
        "last_page": "home",
        "outcome": "left",
        "visits": 1,
    }
    with pytest.raises(IntegrityError, match=why):
        put(FieldworkCountRow, good | wrong)


@pytest.mark.usefixtures("context")
@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE edition SET number = 9", "a published edition never changes"),
        ("DELETE FROM edition", "a published edition never goes"),
        ("UPDATE profile SET version = 9", "a profile version never changes"),
        ("DELETE FROM profile", "a profile version never goes"),
        ("UPDATE audit SET actor = 'nobody'", "the audit log never changes"),
        ("DELETE FROM audit", "the audit log never goes"),
        ("UPDATE response SET minutes = 1", "a response never changes"),
        ("DELETE FROM response", "a response goes only when withdrawn"),
        ("UPDATE submission SET content_hash = receipt_hash", "submitted never changes"),
        ("DELETE FROM submission", "a submission goes only after its response"),
        ("UPDATE place SET population = 5", "a place set in the field never changes"),
        ("DELETE FROM place", "a place set in the field never shrinks"),
        (
            "INSERT INTO place (place_set_id, code, level, names, agreement_required)"
            " SELECT place_set_id, 'new', 'region', '{}', agreement_required FROM place LIMIT 1",
            "a place set in the field never grows",
        ),
        ("UPDATE wave SET last_change = 0", "counts up"),
        ("UPDATE wave SET closed_at = NULL", "closes once"),
        ("UPDATE wave SET time_zone = 'America/Winnipeg'", "keeps"),
        ("UPDATE sample SET type = 'probability'", "a sample keeps its wave and its type"),
        ("UPDATE collector SET mode = 'paper'", "a collector keeps its sample and its mode"),
        ("UPDATE collector SET kind = 'pigeon'", "known_kind"),
        ("UPDATE sample SET invited = 3", "only_a_probability_invites"),
        ("UPDATE wave SET closes_at = opens_at", "closes_after_it_opens"),
        ("DELETE FROM wave", "(?i)foreign.key"),
        ("DELETE FROM survey", "(?i)foreign.key"),
        ("DELETE FROM municipality", "(?i)foreign.key"),
    ],
)
def test_the_database_refuses(statement: str, why: str) -> None:
    token = start(fielded(), "en", NOW)
    submit(token, NOW)
    close_wave(SLUG, "2026", NOW)
    refused(statement, why)


@pytest.mark.usefixtures("context")
def test_a_withdrawal_is_final() -> None:
    field = fielded()
    submit(start(field, "en", NOW), NOW)
    run("INSERT INTO withdrawal (wave_id, change_no, of_change_no) VALUES (1, 2, 1)")()
    refused("UPDATE withdrawal SET change_no = 3", "a withdrawal never changes")
    refused("DELETE FROM withdrawal", "a withdrawal never goes")
    run("UPDATE submission SET state = 'withdrawn', response_id = NULL")()
    run("DELETE FROM response")()
    refused("UPDATE submission SET receipt_hash = content_hash", "what was submitted never changes")
    refused(
        "INSERT INTO withdrawal (wave_id, change_no, of_change_no) VALUES (1, 4, 5)",
        "after_what_it_withdraws",
    )


@pytest.mark.usefixtures("context")
def test_a_survey_has_one_open_wave() -> None:
    fielded()
    refused(
        "INSERT INTO wave (survey_id, code, place_set_id, time_zone, opens_at, last_change)"
        " SELECT survey_id, 'other', place_set_id, time_zone, opens_at, 0 FROM wave",
        "(?i)unique",
    )


@pytest.mark.usefixtures("context")
def test_a_wave_has_one_default_collector() -> None:
    fielded()
    refused(
        "INSERT INTO collector (code, wave_id, sample_id, kind, mode, is_default)"
        " SELECT 'OTHER', wave_id, sample_id, kind, mode, is_default FROM collector",
        "(?i)unique",
    )


def test_every_trigger_is_in_the_database(app: Flask) -> None:
    with app.app_context():
        present = set(triggers.present(reading()))
    assert present == {(one.table, one.name) for one in triggers.TRIGGERS}


def test_nothing_is_deleted_in_a_cascade() -> None:
    keys: list[ForeignKey] = [
        key for table in Base.metadata.tables.values() for key in table.foreign_keys
    ]
    assert len(keys) > 20
    assert all(key.ondelete is None for key in keys)


def test_every_table_is_exported() -> None:
    exported = {getattr(tables, name).__tablename__ for name in tables.__all__}
    assert exported == set(Base.metadata.tables)


def test_no_column_can_hold_an_address_or_a_point() -> None:
    words = re.compile("ip|address|latitude|longitude|postal|lat|lon|user_agent")
    names = {
        f"{table.name}.{column.name}"
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(words.fullmatch(part) for part in column.name.split("_"))
    }
    assert names == set()
