"""How visits ended: counted once each, so that drop-off is known without keeping the visits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection, Date, bindparam, select, text

from surveyapp.storage.connection import reading
from surveyapp.storage.prepared import Prepared
from surveyapp.storage.tables import CollectorRow, FieldworkCountRow, VisitRow


class Ended(StrEnum):
    """How a visit ended."""

    submitted = "submitted"
    left = "left"


@dataclass(frozen=True, slots=True)
class Ending:
    """What is kept of a visit that ended: a day, a way in, a language, a page."""

    collector_id: int
    ended_on: date
    language: str
    last_page: str
    outcome: Ended


_ADD = Prepared(
    text(
        "INSERT INTO fieldwork_count"
        " (wave_id, collector_id, ended_on, language, last_page, outcome, visits)"
        " VALUES (:wave_id, :collector_id, :ended_on, :language, :last_page, :outcome, :visits)"
        " ON CONFLICT (wave_id, collector_id, ended_on, language, last_page, outcome)"
        " DO UPDATE SET visits = fieldwork_count.visits + excluded.visits"
    ).bindparams(bindparam("ended_on", type_=Date))
)


def count_ending(connection: Connection, wave_id: int, ending: Ending, visits: int = 1) -> None:
    """Add to the counts inside the ``writing()`` that ends the visit."""
    _ADD.change(
        connection,
        {
            "wave_id": wave_id,
            "collector_id": ending.collector_id,
            "ended_on": ending.ended_on,
            "language": ending.language,
            "last_page": ending.last_page,
            "outcome": ending.outcome.value,
            "visits": visits,
        },
    )


def count_endings(connection: Connection, wave_id: int, endings: Mapping[Ending, int]) -> None:
    """Add many counts inside ``writing()``."""
    for ending, visits in endings.items():
        count_ending(connection, wave_id, ending, visits)


def endings_of(wave_id: int) -> dict[Ending, int]:
    """Return how many visits to a wave ended in each way, in order of day."""
    columns = (
        FieldworkCountRow.collector_id,
        FieldworkCountRow.ended_on,
        FieldworkCountRow.language,
        FieldworkCountRow.last_page,
        FieldworkCountRow.outcome,
    )
    query = select(*columns, FieldworkCountRow.visits).where(FieldworkCountRow.wave_id == wave_id)
    rows = reading().execute(query.order_by(FieldworkCountRow.ended_on, *columns))
    return {
        Ending(row.collector_id, row.ended_on, row.language, row.last_page, Ended(row.outcome)): (
            row.visits
        )
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A visit that is neither sent nor given up: its way in, its language, and until when."""

    collector_id: int
    language: str
    expires_at: datetime


def unfinished_of(wave_id: int) -> tuple[Unfinished, ...]:
    """List the visits to a wave that are not over yet: those of the last day."""
    query = (
        select(VisitRow.collector_id, VisitRow.language, VisitRow.expires_at)
        .join(CollectorRow, CollectorRow.id == VisitRow.collector_id)
        .where(CollectorRow.wave_id == wave_id)
    )
    return tuple(Unfinished(*row) for row in reading().execute(query))
