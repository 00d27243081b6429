"""Who did what, and when: written with the deed itself, and never changed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select

from surveyapp.questionnaire.text import printable
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.tables import AuditRow


class Action(StrEnum):
    """What is written down."""

    survey_begun = "survey_begun"
    survey_renamed = "survey_renamed"
    file_refused = "file_refused"
    draft_edited = "draft_edited"
    edit_refused = "edit_refused"
    library_changed = "library_changed"
    partners_changed = "partners_changed"
    edition_published = "edition_published"
    publication_refused = "publication_refused"
    wave_opened = "wave_opened"
    wave_closed = "wave_closed"
    wave_retimed = "wave_retimed"
    results_promised = "results_promised"
    profile_saved = "profile_saved"
    sample_added = "sample_added"
    sample_changed = "sample_changed"
    collector_added = "collector_added"
    double_entry_changed = "double_entry_changed"
    sheet_entered = "sheet_entered"
    sheet_settled = "sheet_settled"
    entry_discarded = "entry_discarded"
    interview_entered = "interview_entered"
    invitations_made = "invitations_made"
    invitations_cancelled = "invitations_cancelled"
    interim_results_counted = "interim_results_counted"
    release_made = "release_made"
    results_downloaded = "results_downloaded"
    internal_results_exported = "internal_results_exported"
    staff_added = "staff_added"
    staff_changed = "staff_changed"
    staff_switched_off = "staff_switched_off"
    staff_switched_on = "staff_switched_on"
    link_made = "link_made"
    password_set = "password_set"
    password_changed = "password_changed"
    second_step_turned_on = "second_step_turned_on"
    second_step_turned_off = "second_step_turned_off"
    recovery_codes_made = "recovery_codes_made"
    recovery_code_used = "recovery_code_used"
    lockout_lifted = "lockout_lifted"
    signed_in = "signed_in"
    signed_out = "signed_out"
    sessions_ended = "sessions_ended"
    sign_in_refused = "sign_in_refused"
    sign_in_locked = "sign_in_locked"
    second_step_refused = "second_step_refused"
    access_refused = "access_refused"
    log_exported = "log_exported"


# Rows of a file are fetched so many at a time.
AT_ONCE = 1_000


@dataclass(frozen=True)
class Entry:
    """One line of the log: an instant, an address or "command line", a deed and what it touched."""

    at: datetime
    actor: str
    action: str
    subject: str


def record(connection: Connection, actor: str, action: Action, subject: str, now: datetime) -> None:
    """Write a line inside ``writing()``, so that it stands or falls with what it tells.

    Of what somebody sent only that is kept which a page can hold: the line is never changed again.
    """
    row = {"at": now, "actor": actor, "action": action.value, "subject": printable(subject)}
    connection.execute(insert(AuditRow).values(**row))


def note(actor: str, action: Action, subject: str, now: datetime) -> None:
    """Write a line about something that changed no row, such as a download."""
    with writing() as connection:
        record(connection, actor, action, subject, now)


@dataclass(frozen=True)
class Wanted:
    """Which lines to show: all, or those of a person, of a kind, from an instant up to another.

    ``actors`` bounds what the reader may see at all; None is everybody.
    """

    actor: str = ""
    action: str = ""
    since: datetime | None = None
    before: datetime | None = None
    actors: Collection[str] | None = None

    def conditions(self) -> Iterator[ColumnElement[bool]]:
        """Write what was asked for as conditions on rows."""
        if self.actor:
            yield AuditRow.actor == self.actor
        if self.action:
            yield AuditRow.action == self.action
        if self.since:
            yield AuditRow.at >= self.since
        if self.before:
            yield AuditRow.at < self.before
        if self.actors is not None:
            yield AuditRow.actor.in_(self.actors)


EVERYTHING = Wanted()


def _lines(wanted: Wanted) -> Select[datetime, str, str, str, int]:
    columns = (AuditRow.at, AuditRow.actor, AuditRow.action, AuditRow.subject, AuditRow.id)
    return select(*columns).where(*wanted.conditions()).order_by(AuditRow.id.desc())


def newest(limit: int = 100, wanted: Wanted = EVERYTHING, skip: int = 0) -> tuple[Entry, ...]:
    """List the newest lines, the last first, after as many as were shown already."""
    rows = reading().execute(_lines(wanted).limit(limit).offset(skip))
    return tuple(Entry(*row[:4]) for row in rows)


def count(wanted: Wanted = EVERYTHING) -> int:
    """Count the lines."""
    query = select(func.count()).select_from(AuditRow).where(*wanted.conditions())
    return int(reading().execute(query).scalar_one())


def all_lines(wanted: Wanted) -> Iterator[Entry]:
    """Give every line, the last first, without holding them all."""
    last: int | None = None
    while True:
        query = _lines(wanted).limit(AT_ONCE)
        rows = reading().execute(query if last is None else query.where(AuditRow.id < last)).all()
        yield from (Entry(*row[:4]) for row in rows)
        if len(rows) < AT_ONCE:
            return
        last = rows[-1].id


def actors() -> tuple[str, ...]:
    """List who is named in the log, by name."""
    query = select(AuditRow.actor).distinct().order_by(AuditRow.actor)
    return tuple(reading().execute(query).scalars())
