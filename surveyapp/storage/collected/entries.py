"""Paper typed in by staff: kept as drafts until two people agree, then one response a sheet."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, insert, select, update

from surveyapp.questionnaire.answers import settle
from surveyapp.questionnaire.quality import signs
from surveyapp.storage.audit import Action, record
from surveyapp.storage.collected.responses import (
    Origin,
    content_hash,
    next_change,
    number_response,
    sent_content,
    store_response,
)
from surveyapp.storage.columns import compact
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.fielding import Fielding
from surveyapp.storage.field.waves import WaveState, wave
from surveyapp.storage.municipal.places import place_tree
from surveyapp.storage.people.staff import Staff
from surveyapp.storage.tables import CollectorRow, EntryRow

TAKING = (WaveState.open, WaveState.finishing)


class Entered(StrEnum):
    """What became of a sheet that was typed in."""

    stored = "stored"  # it is a response now, or was already one with these very answers
    waiting = "waiting"  # somebody else types it next
    differs = "differs"  # two people typed it, and not the same
    own = "own"  # the same person typed it before: another is wanted
    other = "other"  # a response of that sheet, with other answers, is stored: it stands
    closed = "closed"
    gone = "gone"  # there are no two entries to settle any more


@dataclass(frozen=True)
class Typed:
    """A sheet as one person typed it, or as its differences were settled. ``answers`` as JSON."""

    sheet: str
    edition_id: int
    language: str
    answers: str

    @property
    def content(self) -> str:
        """A hash to tell sheets apart by: the language that was answered in counts too."""
        return content_hash(f"{self.edition_id} {self.language} {self.answers}")


@dataclass(frozen=True)
class Draft:
    """What is kept of one person's typing."""

    turn: int
    staff_id: int
    typed: Typed


@dataclass(frozen=True)
class Pending:
    """A sheet that is no response yet, and who typed it so far, in which turn."""

    sheet: str
    turns: tuple[int, ...]
    staff_ids: tuple[int, ...]

    @property
    def differs(self) -> bool:
        """Whether two people typed it and somebody must settle it."""
        return len(self.staff_ids) == 2


def sheet_token(collector_id: int, sheet: str) -> str:
    """Name the submission of a sheet. A space keeps it apart from residents' random tokens."""
    return f"sheet {collector_id} {sheet}"


def settled_answers(way: Fielding, edition_id: int, answers: dict[str, Any]) -> str:
    """Write answers as they are kept: what is not asked is gone, what is blank is null."""
    lineages = place_tree(way.wave.place_set_id).lineages
    return compact(settle(edition(edition_id).questionnaire, answers, lineages))


def _draft(row: Any) -> Draft:
    return Draft(
        row.turn, row.staff_id, Typed(row.sheet, row.edition_id, row.language, row.answers)
    )


def _drafts(connection: Connection, collector_id: int, sheet: str) -> tuple[Draft, ...]:
    query = select(EntryRow).where(EntryRow.collector_id == collector_id, EntryRow.sheet == sheet)
    return tuple(_draft(row) for row in connection.execute(query.order_by(EntryRow.turn)))


def drafts_of(collector_id: int, sheet: str) -> tuple[Draft, ...]:
    """Return what was typed of a sheet that is no response yet: none, one or two drafts."""
    return _drafts(reading(), collector_id, sheet)


def pending_of(collector_id: int) -> tuple[Pending, ...]:
    """List the sheets of a way in that are no response yet, in order of their number."""
    columns = (EntryRow.sheet, EntryRow.turn, EntryRow.staff_id)
    query = select(*columns).where(EntryRow.collector_id == collector_id)
    found: dict[str, list[tuple[int, int]]] = {}
    for sheet, turn, staff_id in reading().execute(query.order_by(EntryRow.turn)):
        found.setdefault(sheet, []).append((turn, staff_id))
    return tuple(
        Pending(sheet, tuple(turn for turn, _ in found[sheet]), tuple(by for _, by in found[sheet]))
        for sheet in sorted(found, key=lambda sheet: (len(sheet), sheet))
    )


def is_stored(collector_id: int, sheet: str) -> bool:
    """Tell whether a sheet became a response, even one that was withdrawn since."""
    return sent_content(reading(), sheet_token(collector_id, sheet)) is not None


def origin_of(way: Fielding, typed: Typed, minutes: int = 0) -> Origin:
    """Say where a response that staff typed comes from: no stratum, no weight, no person.

    Nobody's pace is known from paper; that statements were all answered alike, is.
    """
    found, answers = way.collector, json.loads(typed.answers)
    return Origin(
        way.wave,
        found.sample_id,
        found.id,
        typed.edition_id,
        way.profile_id,
        typed.language,
        minutes,
        signs(edition(typed.edition_id).questionnaire, answers, {}, 0.0),
    )


def _store(connection: Connection, way: Fielding, typed: Typed, now: datetime) -> None:
    """Turn a sheet into a response and let go of its drafts."""
    number = number_response(connection, way.wave.id)
    token = sheet_token(way.collector.id, typed.sheet)
    store_response(connection, token, number, origin_of(way, typed), typed.answers, now)
    _let_go(connection, way.collector.id, typed.sheet)


def _let_go(
    connection: Connection, collector_id: int, sheet: str, turns: Sequence[int] = (1, 2)
) -> int:
    mine = (EntryRow.collector_id == collector_id, EntryRow.sheet == sheet)
    return connection.execute(delete(EntryRow).where(*mine, EntryRow.turn.in_(turns))).rowcount


def log_entry(
    connection: Connection, way: Fielding, action: Action, by: Staff, now: datetime
) -> None:
    """Note that somebody entered something: one line each, so that lines can be counted.

    Neither the number of the sheet nor the time of day: a line leads to nobody's answers.
    """
    day = datetime.combine(way.wave.day(now), time(), ZoneInfo(way.wave.time_zone))
    subject = f"{way.slug} {way.wave.code}: {way.collector.code}"
    record(connection, by.email, action, subject, day)


def known(connection: Connection, token: str, answers: str) -> Entered | None:
    """Return what a submission already is, once the wave's lock is held; None if it is new."""
    before = sent_content(connection, token)
    if before is None:
        return None
    return Entered.stored if before == content_hash(answers) else Entered.other


def _keep(
    connection: Connection, way: Fielding, typed: Typed, turn: int, by: Staff, now: datetime
) -> None:
    values = {
        "collector_id": way.collector.id,
        "sheet": typed.sheet,
        "turn": turn,
        "staff_id": by.id,
        "edition_id": typed.edition_id,
        "language": typed.language,
        "entered_on": way.wave.day(now),
        "content_hash": typed.content,
        "answers": typed.answers,
    }
    connection.execute(insert(EntryRow).values(**values))


def _taken(drafts: tuple[Draft, ...], typed: Typed, by: Staff) -> Entered | None:
    """Return what a sheet stays as when it takes no more typing of this person."""
    mine = next((one for one in drafts if one.staff_id == by.id), None)
    again = mine is not None and mine.typed.content == typed.content
    if len(drafts) == 2:
        return Entered.differs
    if mine is not None:
        return Entered.waiting if again else Entered.own
    return None


def _enter(
    connection: Connection, way: Fielding, typed: Typed, by: Staff, now: datetime
) -> Entered:
    drafts = _drafts(connection, way.collector.id, typed.sheet)
    token = sheet_token(way.collector.id, typed.sheet)
    stays = known(connection, token, typed.answers) or _taken(drafts, typed, by)
    if stays is not None:
        return stays
    log_entry(connection, way, Action.sheet_entered, by, now)
    agreed = drafts and drafts[0].typed.content == typed.content
    if agreed or not (drafts or way.collector.double_entry):
        _store(connection, way, typed, now)
        return Entered.stored
    free = 2 if drafts and drafts[0].turn == 1 else 1
    _keep(connection, way, typed, free, by, now)
    return Entered.differs if drafts else Entered.waiting


def enter(way: Fielding, typed: Typed, by: Staff, now: datetime) -> Entered:
    """Take a sheet as somebody typed it, once however often the button is pressed.

    Where double entry is wanted, the first typing is a draft, and the second makes the response
    if it is the same. The wave's lock is held from the beginning: two who type the same sheet at
    once are a first and a second.
    """
    with writing() as connection:
        next_change(connection, way.wave.id, 0)
        if wave(way.wave.id).state(now) not in TAKING:
            return Entered.closed
        return _enter(connection, way, typed, by, now)


def settle_sheet(way: Fielding, typed: Typed, by: Staff, now: datetime) -> Entered:
    """Make the response of a sheet that two people typed differently, as it was settled."""
    with writing() as connection:
        next_change(connection, way.wave.id, 0)
        if wave(way.wave.id).state(now) not in TAKING:
            return Entered.closed
        before = known(connection, sheet_token(way.collector.id, typed.sheet), typed.answers)
        if before is not None:
            return before
        if len(_drafts(connection, way.collector.id, typed.sheet)) < 2:
            return Entered.gone
        _store(connection, way, typed, now)
        log_entry(connection, way, Action.sheet_settled, by, now)
    return Entered.stored


def discard(way: Fielding, sheet: str, turn: int, by: Staff, now: datetime) -> bool:
    """Forget one typing of a sheet, such as one under a wrong number; tell whether it was there."""
    with writing() as connection:
        gone = _let_go(connection, way.collector.id, sheet, (turn,))
        if gone:
            log_entry(connection, way, Action.entry_discarded, by, now)
    return bool(gone)


def require_double_entry(way: Fielding, wanted: bool, by: Staff, now: datetime) -> None:
    """Decide whether the paper of a way in counts only once two people have typed the same."""
    with writing() as connection:
        connection.execute(
            update(CollectorRow)
            .where(CollectorRow.id == way.collector.id, CollectorRow.kind == "paper")
            .values(double_entry=wanted)
        )
        words = "typed twice" if wanted else "typed once"
        subject = f"{way.slug} {way.wave.code}: {way.collector.code} {words}"
        record(connection, by.email, Action.double_entry_changed, subject, now)
