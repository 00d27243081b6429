"""What is no longer kept: visits that ran out, answers past their retention, old limits."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Date, and_, bindparam, delete, exists, not_, select, text, update

from surveyapp.storage import limits
from surveyapp.storage.collected.responses import next_change
from surveyapp.storage.collected.visits import LIFETIME
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.fieldwork import Ended, Ending, count_endings
from surveyapp.storage.field.invitations import drop_of_wave, unlink_used
from surveyapp.storage.field.waves import Wave, WaveState, wave
from surveyapp.storage.people import links as staff_links
from surveyapp.storage.people import sessions as staff_sessions
from surveyapp.storage.tables import (
    CollectorRow,
    EditionRow,
    EntryRow,
    ResponseRow,
    SubmissionRow,
    VisitRow,
    WaveRow,
)

# Short transactions: residents write in between.
VISITS_AT_ONCE = 500
RESPONSES_AT_ONCE = 2_000
# Where somebody was who left before the first page of questions.
NOTICE_PAGE = "notice"

_EXPIRED = (
    select(VisitRow, CollectorRow.wave_id)
    .join(CollectorRow, CollectorRow.id == VisitRow.collector_id)
    .order_by(VisitRow.expires_at)
    .limit(VISITS_AT_ONCE)
)
_WITHDRAW = text(
    "INSERT INTO withdrawal (wave_id, change_no, of_change_no)"
    " SELECT wave_id, :before + row_number() OVER (ORDER BY change_no), change_no FROM response"
    " WHERE wave_id = :wave AND edition_id = :edition AND submitted_on < :kept_from"
    " AND change_no BETWEEN :first AND :last"
).bindparams(bindparam("kept_from", type_=Date))


@dataclass(frozen=True)
class Purged:
    """How many rows went."""

    visits: int
    responses: int
    submissions: int
    limits: int
    entries: int = 0


def _ending(row: Any, held: Wave) -> Ending:
    """Tell how an expired visit ended: on the day of its last page, not of its expiry."""
    left_at = row.expires_at - LIFETIME
    page = row.furthest or NOTICE_PAGE
    return Ending(row.collector_id, held.day(left_at), row.language, page, Ended.left)


def _end_some_visits(connection: Connection, now: datetime) -> int:
    kept = (VisitRow.resume_until.is_not(None), VisitRow.resume_until > now)
    expired = _EXPIRED.where(VisitRow.expires_at <= now, not_(and_(*kept)))
    rows = connection.execute(expired.with_for_update(of=VisitRow, skip_locked=True)).all()
    for wave_id in sorted({row.wave_id for row in rows}):
        # The wave's lock keeps two counters of the same row from waiting for each other.
        next_change(connection, wave_id, 0)
        held = wave(wave_id)
        endings = Counter(_ending(row, held) for row in rows if row.wave_id == wave_id)
        count_endings(connection, wave_id, endings)
    hashes = [row.token_hash for row in rows]
    connection.execute(delete(VisitRow).where(VisitRow.token_hash.in_(hashes)))
    return len(rows)


def end_expired_visits(now: datetime) -> int:
    """Turn expired visits into counts, each once; return how many."""
    ended = 0
    while True:
        with writing() as connection:
            some = _end_some_visits(connection, now)
        ended += some
        if some < VISITS_AT_ONCE:
            return ended


def months_later(day: date, months: int) -> date:
    """Return the same day some months later, or the first of the month after if there is none."""
    year, month = divmod(day.month - 1 + months, 12)
    try:
        return day.replace(year=day.year + year, month=month + 1)
    except ValueError:
        return date(day.year + year, month + 2, 1)


def _kept_from(held: Wave, edition_id: int, now: datetime) -> date:
    """Return the first day whose answers to an edition are still kept.

    Answers are kept for as many months as their edition says after the wave ended. The wave of a
    standing form does not end: there, each answer's own day begins its time.
    """
    questionnaire = edition(edition_id).questionnaire
    months = questionnaire.retention_months
    if questionnaire.standing:
        return months_later(held.day(now), -months)
    if held.state(now) is not WaveState.closed:
        return date.min
    return date.max if held.day(now) >= months_later(held.last_day(now), months) else date.min


def _drop_some_responses(
    connection: Connection, wave_id: int, edition_id: int, kept_from: date
) -> int:
    """Withdraw and delete the oldest responses of an edition in a wave, sent before a day."""
    mine = (
        ResponseRow.wave_id == wave_id,
        ResponseRow.edition_id == edition_id,
        ResponseRow.submitted_on < kept_from,
    )
    next_change(connection, wave_id, 0)  # the wave's lock: another purge waits here
    oldest = select(ResponseRow.change_no).where(*mine).order_by(ResponseRow.change_no)
    numbers = connection.execute(oldest.limit(RESPONSES_AT_ONCE)).scalars().all()
    if not numbers:
        return 0
    some = (*mine, ResponseRow.change_no.between(numbers[0], numbers[-1]))
    before = next_change(connection, wave_id, len(numbers)) - len(numbers)
    values = {"before": before, "wave": wave_id, "edition": edition_id, "kept_from": kept_from}
    connection.execute(_WITHDRAW, {**values, "first": numbers[0], "last": numbers[-1]})
    connection.execute(
        update(SubmissionRow)
        .where(SubmissionRow.response_id.in_(select(ResponseRow.id).where(*some)))
        .values(state="withdrawn", response_id=None)
    )
    connection.execute(delete(ResponseRow).where(*some))
    return len(numbers)


def _drop_responses(held: Wave, now: datetime) -> int:
    editions = select(ResponseRow.edition_id).distinct().where(ResponseRow.wave_id == held.id)
    dropped = 0
    for edition_id in sorted(reading().execute(editions).scalars().all()):
        kept_from = _kept_from(held, edition_id, now)
        some = RESPONSES_AT_ONCE if kept_from > date.min else 0
        while some == RESPONSES_AT_ONCE:
            with writing() as connection:
                some = _drop_some_responses(connection, held.id, edition_id, kept_from)
            dropped += some
    return dropped


def _drop_submissions(held: Wave, now: datetime) -> int:
    """Forget what was submitted to a wave, once no edition of its survey keeps answers."""
    published = select(EditionRow.id).where(EditionRow.survey_id == held.survey_id)
    ids = reading().execute(published).scalars().all()
    kept = select(exists().where(ResponseRow.wave_id == held.id))
    if any(_kept_from(held, one, now) < date.max for one in ids):
        return 0
    with writing() as connection:
        if connection.execute(kept).scalar():
            return 0
        gone = connection.execute(delete(SubmissionRow).where(SubmissionRow.wave_id == held.id))
        drop_of_wave(connection, held.id)
    return gone.rowcount


def _drop_entries(held: Wave, now: datetime) -> int:
    """Forget paper that nobody agreed on in time: a closed wave takes no more responses."""
    ways = select(CollectorRow.id).where(CollectorRow.wave_id == held.id)
    mine = EntryRow.collector_id.in_(ways)
    editions = reading().execute(select(EntryRow.edition_id).distinct().where(mine)).scalars()
    over, dropped = held.state(now) is WaveState.closed, 0
    for edition_id in editions.all():
        kept_from = date.max if over else _kept_from(held, edition_id, now)
        old = (mine, EntryRow.edition_id == edition_id, EntryRow.entered_on < kept_from)
        with writing() as connection:
            dropped += connection.execute(delete(EntryRow).where(*old)).rowcount
    return dropped


def _wipe_log() -> None:
    """Empty SQLite's write-ahead log, where deleted pages would outlive their deletion."""
    if reading().dialect.name == "sqlite":
        reading().exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").close()


def purge(now: datetime) -> Purged:
    """Delete what is no longer kept. Running it again deletes nothing more."""
    visits = end_expired_visits(now)
    responses = submissions = entries = 0
    for wave_id in reading().execute(select(WaveRow.id).order_by(WaveRow.id)).scalars().all():
        held = wave(wave_id)
        responses += _drop_responses(held, now)
        submissions += _drop_submissions(held, now)
        entries += _drop_entries(held, now)
    old_limits = limits.drop_old(now)
    staff_sessions.drop_old(now)
    staff_links.drop_old(now)
    unlink_used()
    _wipe_log()
    return Purged(visits, responses, submissions, old_limits, entries)
