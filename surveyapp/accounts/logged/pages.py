"""The audit log, for administrators: who did what and when, shown, filtered and as a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.logged.about import about_words
from surveyapp.accounts.logged.deeds import DEEDS, actor_words, deed_words
from surveyapp.accounts.logged.names import Names
from surveyapp.accounts.people import managed
from surveyapp.accounts.words import moment, zone_of
from surveyapp.press.csv import table
from surveyapp.press.fields import Field, Type
from surveyapp.storage.audit import Action, Entry, Wanted, actors, all_lines, count, newest, note
from surveyapp.storage.people.staff import Role

bp = Blueprint("log", __name__, url_prefix="/<language>/staff/log")
A_PAGE = 50
FIELDS = ("person", "kind", "from", "to")


def _midnight(typed: str, days: int = 0) -> datetime | None:
    """Return the first instant of a day that was written, or some days later."""
    try:
        day = date.fromisoformat(typed) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    return datetime.combine(day, time.min, zone_of(current_staff()))


def _visible() -> tuple[str, ...] | None:
    """Name those whose deeds the reader may read; None is everybody's, and the program's own."""
    if not current_staff().municipality_ids:
        return None
    return tuple(sorted({one.email for one in managed()} | {current_staff().email}))


def wanted(said: Mapping[str, str]) -> Wanted:
    """Read what was asked for; what makes no sense is not asked for."""
    kind = said.get("kind", "")
    return Wanted(
        actor=said.get("person", "")[:254],
        action=kind if kind in set(Action) else "",
        since=_midnight(said.get("from", "")),
        before=_midnight(said.get("to", ""), 1),
        actors=_visible(),
    )


def _people() -> list[tuple[str, str]]:
    visible = _visible()
    known = [one for one in actors() if visible is None or one in visible]
    return [(one, actor_words(one)) for one in known]


@dataclass(frozen=True)
class Line:
    """A line as it is read. ``about`` is a sentence, or nothing: then ``subject`` is shown."""

    at: str
    who: str
    what: str
    about: str
    subject: str


def _line(entry: Entry, zone: ZoneInfo, names: Names) -> Line:
    return Line(
        moment(entry.at, zone),
        actor_words(entry.actor),
        deed_words(entry.action),
        about_words(entry, names),
        entry.subject,
    )


@bp.get("/")
@requires(Role.administrator)
def lines() -> ResponseReturnValue:
    """Show a page of the log, the newest lines first."""
    asked = wanted(request.args)
    total = count(asked)
    pages = max(1, -(-total // A_PAGE))
    page = min(max(request.args.get("page", 1, type=int), 1), pages)
    zone, names = zone_of(current_staff()), Names()
    return render_template(
        "accounts/log.html",
        lines=[_line(one, zone, names) for one in newest(A_PAGE, asked, (page - 1) * A_PAGE)],
        people=_people(),
        kinds=sorted(((one.value, str(said)) for one, said in DEEDS.items()), key=lambda k: k[1]),
        said={name: request.args.get(name, "") for name in FIELDS},
        total=total,
        page=page,
        pages=pages,
    )


COLUMNS = (
    Field("at", Type.datetime),
    Field("actor", is_text=True),
    Field("action"),
    Field("subject", is_text=True),
    Field("what", is_text=True),
    Field("about", is_text=True),
)


def _row(entry: Entry, names: Names) -> dict[str, Any]:
    return {
        "at": entry.at,
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "what": deed_words(entry.action),
        "about": about_words(entry, names),
    }


@bp.post("/")
@requires(Role.administrator)
def export() -> ResponseReturnValue:
    """Give the lines that were asked for as a file; that it was taken is a line itself."""
    asked, now, names = wanted(request.form), datetime.now(UTC), Names()
    data = table(COLUMNS, (_row(one, names) for one in all_lines(asked)))
    said = " ".join(f"{name}={request.form[name]}" for name in FIELDS if request.form.get(name))
    note(current_staff().email, Action.log_exported, said[:300], now)
    headers = {"Content-Disposition": f"attachment; filename=audit_log_{now:%Y-%m-%d}.csv"}
    return Response(data, mimetype="text/csv", headers=headers)
