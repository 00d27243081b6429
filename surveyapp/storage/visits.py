"""Unfinished answers: saved at every page, whoever presses what and however often."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from surveyapp.storage.codes import new_token, token_hash
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.fielding import Fielding
from surveyapp.storage.tables import CollectorRow, VisitRow, WaveRow
from surveyapp.storage.waves import Wave, WaveState

# Long enough to fetch a meal; a resume code (which lasts longer) is another matter.
LIFETIME = timedelta(hours=24)
ATTEMPTS = 20


@dataclass(frozen=True)
class Visit:
    """What one resident has answered so far.

    ``saved`` tells, for each section, the counter of its newest save; ``typed`` what was typed
    there and not accepted yet, as it was posted.
    """

    token_hash: str
    collector_id: int
    edition_id: int
    profile_id: int
    language: str
    answers: Mapping[str, Any]
    typed: Mapping[str, Mapping[str, list[str]]]
    saved: Mapping[str, int]
    counter: int
    furthest: str | None
    started_at: datetime
    expires_at: datetime
    wave: Wave

    def can_go_on(self, now: datetime) -> bool:
        """Tell whether answers are still taken: not expired, and the wave not closed."""
        taking = (WaveState.open, WaveState.finishing)
        return now < self.expires_at and self.wave.state(now) in taking


class Outcome(StrEnum):
    """What became of a page that was sent."""

    saved = "saved"
    stale = "stale"  # an older page than the newest save of that section: nothing was changed
    gone = "gone"  # there is no such visit (any more)


@dataclass(frozen=True)
class Change:
    """What a page changes in a visit."""

    section: str
    answers: Mapping[str, Any]
    typed: Mapping[str, list[str]] | None
    furthest: str | None
    language: str


_VISIT = (
    select(
        VisitRow.token_hash,
        VisitRow.collector_id,
        VisitRow.edition_id,
        VisitRow.profile_id,
        VisitRow.language,
        VisitRow.answers,
        VisitRow.typed,
        VisitRow.saved,
        VisitRow.counter,
        VisitRow.furthest,
        VisitRow.started_at,
        VisitRow.expires_at,
        *(getattr(WaveRow, name).label(f"wave_{name}") for name in Wave.__dataclass_fields__),
    )
    .join(CollectorRow, CollectorRow.id == VisitRow.collector_id)
    .join(WaveRow, WaveRow.id == CollectorRow.wave_id)
    .where(VisitRow.token_hash == bindparam("token_hash"))
)
_SAVE = (
    update(VisitRow)
    .where(VisitRow.token_hash == bindparam("visit"), VisitRow.counter == bindparam("seen"))
    .values(
        answers=bindparam("answers"),
        typed=bindparam("typed"),
        saved=bindparam("saved"),
        counter=bindparam("next"),
        furthest=bindparam("furthest"),
        language=bindparam("language"),
        expires_at=bindparam("expires_at"),
    )
)
_FIELDS = tuple(name for name in Visit.__dataclass_fields__ if name != "wave")


def start(fielding: Fielding, language: str, now: datetime) -> str:
    """Begin a visit; return its token, of which only a hash is kept."""
    token = new_token()
    with writing() as connection:
        connection.execute(
            insert(VisitRow).values(
                token_hash=token_hash(token),
                collector_id=fielding.collector.id,
                edition_id=fielding.edition_id,
                profile_id=fielding.profile_id,
                language=language,
                answers={},
                typed={},
                saved={},
                started_at=now,
                expires_at=now + LIFETIME,
            )
        )
    return token


def visit(token: str) -> Visit | None:
    """Find a visit by its token."""
    row = reading().execute(_VISIT, {"token_hash": token_hash(token)}).first()
    if row is None:
        return None
    found = row._mapping
    wave = Wave(**{name: found[f"wave_{name}"] for name in Wave.__dataclass_fields__})
    return Visit(**{name: found[name] for name in _FIELDS}, wave=wave)


def _write(before: Visit, change: Change, counter: int, now: datetime) -> bool:
    typed = {name: raw for name, raw in before.typed.items() if name != change.section}
    if change.typed:
        typed[change.section] = change.typed
    with writing() as connection:
        written = connection.execute(
            _SAVE,
            {
                "visit": before.token_hash,
                "seen": before.counter,
                "answers": change.answers,
                "typed": typed,
                "saved": {**before.saved, change.section: counter},
                "next": counter,
                "furthest": change.furthest or before.furthest,
                "language": change.language,
                "expires_at": now + LIFETIME,
            },
        )
    return written.rowcount == 1


def save(
    token: str, section: str, posted: int, revise: Callable[[Visit], Change], now: datetime
) -> tuple[Outcome, Visit | None]:
    """Save a page over the visit as it stands; return what became of it and the visit before.

    ``posted`` is the counter that the page was rendered from. A page older than the newest save
    of its section is a late or doubled one: it is acknowledged and changes nothing. When another
    page is saved between reading and writing, ``revise`` is asked again.
    """
    for _attempt in range(ATTEMPTS):
        before = visit(token)
        if before is None or not before.can_go_on(now):
            return Outcome.gone, before
        if posted < before.saved.get(section, 0):
            return Outcome.stale, before
        if _write(before, revise(before), before.counter + 1, now):
            return Outcome.saved, before
    raise RuntimeError("a visit changed faster than it could be saved")
