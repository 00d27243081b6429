"""The saved state in words: what was saved when, and what could not be."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask import redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_time
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


def saved_message(survey: Survey, edit_id: int | None) -> Saved | None:
    """Say when a change was saved, in the municipality's time."""
    found = edit_of(survey, edit_id) if edit_id else None
    if found is None:
        return None
    zone = ZoneInfo(newest_profile(survey.owner_id).content.time_zone)
    local = found.made_at.astimezone(zone)
    return Saved(_("Saved at %(time)s", time=format_time(local, "short", rebase=False)), found.id)


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


def note_gone(slug: str, wheres: Sequence[str]) -> None:
    """Log that somebody wrote to parts that are gone."""
    gone = ", ".join(f"{Refusal.gone} at {one}" for one in wheres)
    subject = f"{slug}: {gone}"[:500]
    note(current_staff().email, Action.edit_refused, subject, now())


def refuse_gone(slug: str, where: str) -> ResponseReturnValue:
    """Lead whoever pressed a button of a part that is gone to what is left; log it."""
    note_gone(slug, [where])
    return redirect(url_for("editor.whole", slug=slug, lost="gone"), 303)
