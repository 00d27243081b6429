"""The saved state in words: what was saved when, and what could not be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import format_datetime, format_time
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.accounts.access import current_staff
from surveyapp.accounts.reach import now
from surveyapp.questionnaire.drafting.commands import Refusal
from surveyapp.storage.audit import Action, note
from surveyapp.storage.drafting.drafts import Outcome, edit_of
from surveyapp.storage.drafting.surveys import Survey
from surveyapp.storage.municipal.profiles import newest_profile

LOST: dict[str, LazyString] = {
    Refusal.gone: _l(
        "Somebody removed what you changed. It can be brought back with Undo, by whoever removed"
        " it, or written anew."
    ),
    Refusal.id_taken: _l("That could not be put back: something else has its code now."),
    Refusal.too_many: _l("That could not be added: this list is as long as it can be."),
    Refusal.not_possible: _l("That could not be done. Look at what you wrote, then try again."),
    Refusal.unprintable: _l(
        "Some words were not saved: they hold characters that cannot be shown. Write them again."
    ),
    Refusal.not_yours: _l(
        "Nothing was changed there: it belongs to what all municipalities ask, or to another one."
        " Ask the owner of the survey, or add a question of your own."
    ),
    "changed": _l(
        "Somebody changed this at the same time, so nothing was moved, removed or undone. Look at"
        " it as it is now, then choose again."
    ),
}


@dataclass(frozen=True)
class Saved:
    """A change that was just saved, and its number to undo it by."""

    words: str
    edit_id: int


def moment_of(survey: Survey, at: datetime) -> str:
    """Say when something was done, in the municipality's time; the day too if it is not today."""
    zone = ZoneInfo(newest_profile(survey.owner_id).content.time_zone)
    local = at.astimezone(zone)
    if local.date() == now().astimezone(zone).date():
        return str(format_time(local, "short", rebase=False))
    return str(format_datetime(local, "medium", rebase=False))


def saved_message(survey: Survey, edit_id: int | None) -> Saved | None:
    """Say when a change was saved, in the municipality's time."""
    found = edit_of(survey, edit_id) if edit_id else None
    if found is None:
        return None
    return Saved(_("Saved at %(time)s", time=moment_of(survey, found.made_at)), found.id)


def how_it_went(outcome: Outcome, gone: Sequence[str]) -> str:
    """Name what kept something from being done; nothing when all was."""
    if outcome.conflicts:
        return "changed"
    if gone:
        return Refusal.gone.value
    return outcome.refused[0].refusal.value if outcome.refused else ""


def lost_messages(reason: str) -> str:
    """Say what was not done, and what to do."""
    return str(LOST[reason]) if reason in LOST else ""


def what_went(survey: Survey, went: tuple[int | None, str] | None = None) -> dict[str, Any]:
    """Say what was saved and what was not: just now, or as the address tells."""
    edit_id, lost = went or (request.args.get("saved", type=int), request.args.get("lost", ""))
    return {"saved": saved_message(survey, edit_id), "lost": lost_messages(lost)}


def note_gone(slug: str, wheres: Sequence[str]) -> None:
    """Log that somebody wrote to parts that are gone."""
    note_refused(slug, Refusal.gone, wheres)


def note_refused(slug: str, refusal: Refusal, wheres: Sequence[str]) -> None:
    """Log that parts of a draft were not changed, and why."""
    said = ", ".join(f"{refusal} at {one or '/'}" for one in wheres)
    subject = f"{slug}: {said}"[:500]
    note(current_staff().email, Action.edit_refused, subject, now())
