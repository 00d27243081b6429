"""Who did what, and when: written with the deed itself, and never changed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from surveyapp.storage.connection import reading, writing
from surveyapp.storage.tables import AuditRow


class Action(StrEnum):
    """What is written down."""

    survey_begun = "survey_begun"
    draft_edited = "draft_edited"
    edit_refused = "edit_refused"
    edition_published = "edition_published"
    wave_opened = "wave_opened"
    wave_closed = "wave_closed"
    wave_retimed = "wave_retimed"
    sample_added = "sample_added"
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
    signed_in = "signed_in"
    sign_in_refused = "sign_in_refused"


@dataclass(frozen=True)
class Entry:
    """One line of the log."""

    at: datetime
    actor: str
    action: str
    subject: str


def record(connection: Connection, actor: str, action: Action, subject: str, now: datetime) -> None:
    """Write a line inside ``writing()``, so that it stands or falls with what it tells."""
    row = {"at": now, "actor": actor, "action": action.value, "subject": subject}
    connection.execute(insert(AuditRow).values(**row))


def note(actor: str, action: Action, subject: str, now: datetime) -> None:
    """Write a line about something that changed no row, such as a download."""
    with writing() as connection:
        record(connection, actor, action, subject, now)


def newest(limit: int = 100) -> tuple[Entry, ...]:
    """List the newest lines, the last first."""
    columns = (AuditRow.at, AuditRow.actor, AuditRow.action, AuditRow.subject)
    rows = reading().execute(select(*columns).order_by(AuditRow.id.desc()).limit(limit))
    return tuple(Entry(*row) for row in rows)
