"""What is stored of journeys, compared with what their residents said last."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text

from benchmarks.survey import program
from config import Settings
from surveyapp.storage.collected.responses import receipt_hash
from surveyapp.storage.connection import reading


@dataclass(frozen=True)
class Journey:
    """An acknowledged journey: its receipt, its mark, and the newest answer to each question."""

    receipt: str
    marker: str
    said: Mapping[str, str]


def _alike(said: str, kept: Any) -> bool:
    if isinstance(kept, dict):
        return said == kept["code"]
    if isinstance(kept, int | float):
        return float(said) == float(kept)
    return said in kept if isinstance(kept, list) else said == kept


def wrong(one: Journey, kept: Mapping[str, Any]) -> Iterator[str]:
    """Walk what the kept answers of a journey have wrong."""
    for key, said in one.said.items():
        name = key.removesuffix(".code")
        # A question that a changed answer made unasked is gone, as it must be.
        if name in kept and not _alike(said, kept[name]):
            yield f"{one.marker}: {name} was {said!r} last, but {kept[name]!r} is kept"
        if one.marker in said and name not in kept:
            yield f"{one.marker}: the words of {name} are lost"


def differences(settings: Settings, done: Sequence[Journey]) -> list[str]:
    """Return every difference between what is kept and what was acknowledged."""
    query = text(
        "SELECT submission.receipt_hash, response.answers FROM submission"
        " JOIN response ON response.id = submission.response_id"
    )
    found: list[str] = []
    with program(settings):
        kept = {row[0]: json.loads(row[1]) for row in reading().execute(query)}
        for one in done:
            answers = kept.pop(receipt_hash(one.receipt), None)
            if answers is None:
                found.append(f"{one.marker}: acknowledged, but not stored")
            else:
                found += wrong(one, answers)
    return found + [f"stored, but acknowledged to nobody: {answers}" for answers in kept.values()]
