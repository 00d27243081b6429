"""What people wrote, read back in an order that tells nothing of when it came."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from surveyapp.storage.connection import reading
from surveyapp.storage.tables import ResponseRow

# Rows read at a time: bounds the memory that a large wave takes.
CHUNK = 2_000


@dataclass(frozen=True)
class Written:
    """One answer in somebody's own words, and the language that the survey was answered in.

    ``place`` is the answer to where they live, None without one: for counting, never shown.
    """

    words: str
    language: str
    place: str | None = None


def _rows(wave_id: int, upto: int) -> Iterator[Any]:
    """Walk responses by their random id, up to a change number."""
    query = (
        select(ResponseRow.id, ResponseRow.language, ResponseRow.answers)
        .where(ResponseRow.wave_id == wave_id, ResponseRow.change_no <= upto)
        .order_by(ResponseRow.id)
        .limit(CHUNK)
    )
    after = ""
    while rows := reading().execute(query.where(ResponseRow.id > after)).all():
        yield from rows
        after = rows[-1].id


def written(wave_id: int, upto: int, key: str, where: str = "") -> tuple[Written, ...]:
    """Return the words that everybody gave to a text question.

    ``where`` is the answer key of the place question.
    """
    found = []
    for row in _rows(wave_id, upto):
        answers: Mapping[str, Any] = json.loads(row.answers)
        words = answers.get(key)
        if isinstance(words, str):
            found.append(Written(words, row.language, answers.get(where)))
    return tuple(found)
