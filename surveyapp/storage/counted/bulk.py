"""Many responses at once, under the very constraints that one response is stored under."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, select

from surveyapp.storage.codes import new_token
from surveyapp.storage.collected.responses import next_change, submission_values
from surveyapp.storage.columns import compact
from surveyapp.storage.connection import IntegrityError, reading, writing
from surveyapp.storage.field.fieldwork import Ending, count_endings
from surveyapp.storage.tables import CollectorRow

# A chunk is one transaction: long enough to be quick, short enough to let residents in between.
CHUNK = 5_000
RESPONSE = (
    "id",
    "wave_id",
    "change_no",
    "sample_id",
    "collector_id",
    "edition_id",
    "profile_id",
    "language",
    "submitted_on",
    "minutes",
    "stratum",
    "base_weight",
    "answers",
)
SUBMISSION = ("key_hash", "receipt_hash", "content_hash", "wave_id", "response_id", "state")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A whole response from elsewhere. ``answers`` are settled."""

    collector_id: int
    edition_id: int
    profile_id: int
    language: str
    submitted_on: date
    minutes: int
    answers: Mapping[str, Any]
    stratum: str | None = None
    base_weight: float | None = None


def _insert(
    connection: Connection, table: str, columns: Sequence[str], rows: list[tuple[Any, ...]]
) -> None:
    """Insert rows the quickest way that a database has; its constraints and triggers hold."""
    raw: Any = connection.connection.dbapi_connection
    names = ", ".join(columns)
    if connection.dialect.name == "sqlite":
        places = ", ".join("?" * len(columns))
        connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)
        return
    statement = f"COPY {table} ({names}) FROM STDIN"
    try:
        with raw.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
    except connection.dialect.loaded_dbapi.IntegrityError as error:
        raise IntegrityError(statement, None, error) from error


def _rows(
    chunk: Sequence[Loaded], wave_id: int, first: int, samples: Mapping[int, int]
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Make the rows of responses and of their submissions, numbered from ``first``."""
    responses, submissions = [], []
    for change_no, one in enumerate(chunk, first):
        response_id, answers = uuid4().hex, compact(one.answers)
        responses.append(
            (
                response_id,
                wave_id,
                change_no,
                samples[one.collector_id],
                one.collector_id,
                one.edition_id,
                one.profile_id,
                one.language,
                one.submitted_on.isoformat(),
                one.minutes,
                one.stratum,
                one.base_weight,
                answers,
            )
        )
        known = submission_values(new_token(), wave_id, response_id, answers)
        submissions.append(tuple(known[name] for name in SUBMISSION))
    return responses, submissions


def bulk_insert(
    wave_id: int, loaded: Iterable[Loaded], on_progress: Callable[[int], None] | None = None
) -> int:
    """Store responses in the order given; return how many.

    Each chunk is whole or not at all, and takes its change numbers in one piece. Nobody holds
    the receipts. ``on_progress`` is told the number stored after each chunk.

    :raise KeyError: if a collector is not one of the wave.
    """
    query = select(CollectorRow.id, CollectorRow.sample_id).where(CollectorRow.wave_id == wave_id)
    samples = {row.id: row.sample_id for row in reading().execute(query)}
    source, stored = iter(loaded), 0
    while chunk := list(islice(source, CHUNK)):
        with writing() as connection:
            first = next_change(connection, wave_id, len(chunk)) - len(chunk) + 1
            responses, submissions = _rows(chunk, wave_id, first, samples)
            _insert(connection, "response", RESPONSE, responses)
            _insert(connection, "submission", SUBMISSION, submissions)
        stored += len(chunk)
        if on_progress:
            on_progress(stored)
    return stored


def bulk_count(wave_id: int, endings: Mapping[Ending, int]) -> None:
    """Add to the fieldwork counts what ended elsewhere."""
    with writing() as connection:
        next_change(connection, wave_id, 0)
        count_endings(connection, wave_id, endings)
