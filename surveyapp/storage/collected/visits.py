"""Unfinished answers: saved at every page, whoever presses what and however often."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from surveyapp.storage.codes import new_token, token_hash
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.field.fielding import Fielding
from surveyapp.storage.field.waves import Wave, WaveState
from surveyapp.storage.limits import within
from surveyapp.storage.prepared import Prepared
from surveyapp.storage.tables import CollectorRow, VisitRow, WaveRow

# Long enough to fetch a meal; a resume code (which lasts longer) is another matter.
LIFETIME = timedelta(hours=24)
ATTEMPTS = 20
START = "start"
WINDOW = timedelta(minutes=10)


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
    invitation_id: int | None
    language: str
    answers: Mapping[str, Any]
    typed: Mapping[str, Mapping[str, list[str]]]
    saved: Mapping[str, int]
    counter: int
    furthest: str | None
    signs: Sequence[str]
    started_at: datetime
    expires_at: datetime
    resume_until: datetime | None
    sample_id: int
    wave: Wave

    def can_go_on(self, now: datetime) -> bool:
        """Tell whether answers are still taken: not expired, and the wave not closed."""
        taking = (WaveState.open, WaveState.finishing)
        until = max(self.expires_at, self.resume_until or self.expires_at)
        return now < until and self.wave.state(now) in taking


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


_WAVE = tuple(Wave.__dataclass_fields__)
_OWN = tuple(name for name in Visit.__dataclass_fields__ if name not in ("wave", "sample_id"))
_OF_TOKEN = (
    select(
        *(getattr(VisitRow, name) for name in _OWN),
        CollectorRow.sample_id,
        *(getattr(WaveRow, name).label(f"wave_{name}") for name in _WAVE),
    )
    .join(CollectorRow, CollectorRow.id == VisitRow.collector_id)
    .join(WaveRow, WaveRow.id == CollectorRow.wave_id)
    .where(VisitRow.token_hash == bindparam("visit"))
)
_GIVEN = tuple(name for name in _OWN if name != "resume_until")
# Whoever waits for the lock reads the visit as it is when the lock is theirs.
_LOCKED_VISIT = Prepared(_OF_TOKEN.with_for_update(of=VisitRow))
_VISIT = Prepared(_OF_TOKEN)
_START = Prepared(insert(VisitRow).values({name: bindparam(name) for name in _GIVEN}))
_SAVE = Prepared(
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


class TooManyStartsError(Exception):
    """More visits began from one address than one network of people would begin."""


@dataclass(frozen=True)
class Starts:
    """How many visits may begin from an address within ten minutes."""

    address: str
    most: int


def start(
    fielding: Fielding,
    language: str,
    now: datetime,
    invitation_id: int | None = None,
    *,
    signs: Sequence[str] = (),
    starts: Starts | None = None,
) -> str:
    """Begin a visit; return its token, of which only a hash is kept.

    :raise TooManyStartsError: if its address began too many; nothing is stored.
    """
    token = new_token()
    values = {
        "token_hash": token_hash(token),
        "collector_id": fielding.collector.id,
        "edition_id": fielding.edition_id,
        "profile_id": fielding.profile_id,
        "invitation_id": invitation_id,
        "language": language,
        "answers": {},
        "typed": {},
        "saved": {},
        "counter": 0,
        "furthest": None,
        "signs": list(signs),
        "started_at": now,
        "expires_at": now + LIFETIME,
    }
    with writing() as connection:
        if starts and not within(connection, START, starts.address, starts.most, WINDOW, now):
            raise TooManyStartsError
        _START.change(connection, values)
    return token


def _found(row: tuple[Any, ...] | None) -> Visit | None:
    if row is None:
        return None
    own = len(_OWN)
    values = dict(zip(_OWN, row, strict=False))
    return Visit(**values, sample_id=row[own], wave=Wave(*row[own + 1 :]))


def visit(token: str) -> Visit | None:
    """Find a visit by its token."""
    return _found(_VISIT.first(reading(), {"visit": token_hash(token)}))


def visit_for_update(connection: Connection, token: str) -> Visit | None:
    """Find a visit inside ``writing()`` and keep others from changing it."""
    return _found(_LOCKED_VISIT.first(connection, {"visit": token_hash(token)}))


def _after(before: Visit, change: Change, now: datetime) -> Visit:
    """Return a visit as a change leaves it."""
    counter = before.counter + 1
    typed = {name: raw for name, raw in before.typed.items() if name != change.section}
    # Everything cleared is typed too: it must not bring back what was saved.
    if change.typed is not None:
        typed[change.section] = dict(change.typed)
    return replace(
        before,
        answers=change.answers,
        typed=typed,
        saved={**before.saved, change.section: counter},
        counter=counter,
        furthest=change.furthest or before.furthest,
        language=change.language,
        expires_at=now + LIFETIME,
    )


def _write(before: Visit, after: Visit) -> bool:
    """Store a visit, unless another page was saved since it was read."""
    values = {
        "visit": before.token_hash,
        "seen": before.counter,
        "answers": after.answers,
        "typed": after.typed,
        "saved": after.saved,
        "next": after.counter,
        "furthest": after.furthest,
        "language": after.language,
        "expires_at": after.expires_at,
    }
    with writing() as connection:
        return _SAVE.change(connection, values) == 1


def save(
    token: str,
    section: str,
    posted: int,
    revise: Callable[[Visit], Change],
    now: datetime,
    known: Visit | None = None,
) -> tuple[Outcome, Visit | None]:
    """Save a page over the visit as it stands; return what became of it and the visit after.

    ``posted`` is the counter that the page was rendered from. A page older than the newest save
    of its section is a late or doubled one: it is acknowledged and changes nothing. When another
    page is saved between reading and writing, ``revise`` is asked again. ``known`` is the visit
    as the caller has just read it, which spares reading it twice.
    """
    for _attempt in range(ATTEMPTS):
        before = known or visit(token)
        known = None
        if before is None or not before.can_go_on(now):
            return Outcome.gone, before
        if posted < before.saved.get(section, 0):
            return Outcome.stale, before
        after = _after(before, revise(before), now)
        if _write(before, after):
            return Outcome.saved, after
    raise RuntimeError("a visit changed faster than it could be saved")
