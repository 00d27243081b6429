"""What waits on the desk: sheets to begin, to type a second time, or to settle."""

import re
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from surveyapp.accounts.access import current_staff, requires
from surveyapp.entering.reach import DECIDES, ENTERS, Desk, desk_of, desks, now
from surveyapp.entering.words import not_a_sheet, outcome_words
from surveyapp.storage.collected.entries import Pending, discard, pending_of, require_double_entry
from surveyapp.storage.drafting.surveys import Edition, editions_of
from surveyapp.storage.field.collectors import Kind

bp = Blueprint("entry_desk", __name__, url_prefix="/<language>/staff/entry")
_SHEET = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,18}[A-Z0-9])?")
_COUNTED = re.compile(r"(.*?)(\d+)")
LAST = "entry"


def sheet_number(written: str) -> str | None:
    """Read the number of a sheet in the one way it is kept; None if it cannot be one."""
    bare = written.strip().upper()
    if not bare.isascii() or not _SHEET.fullmatch(bare):
        return None
    return bare.lstrip("0") or None if bare.isdigit() else bare


def next_sheet(sheet: str) -> str:
    """Return the number that most likely comes next; nothing after one without digits."""
    counted = _COUNTED.fullmatch(sheet)
    if counted is None:
        return ""
    lead, digits = counted.groups()
    following = f"{lead}{int(digits) + 1:0{len(digits)}}"
    return following if len(following) <= 20 else ""


@dataclass(frozen=True)
class Waiting:
    """A sheet on the list. ``mine``: the reader typed it, so that somebody else must."""

    sheet: str
    turn: int
    mine: bool


def _waiting(pending: tuple[Pending, ...]) -> tuple[Waiting, ...]:
    me = current_staff().id
    return tuple(
        Waiting(one.sheet, one.turns[0], me in one.staff_ids) for one in pending if not one.differs
    )


def remember(desk: Desk, sheet: str, language: str) -> None:
    """Keep the number and language of the last sheet in this browser: the next one is begun so."""
    session[LAST] = [desk.way.collector.id, sheet, language]


def _last(desk: Desk) -> tuple[str, str]:
    kept = session.get(LAST)
    if isinstance(kept, list) and len(kept) == 3 and kept[0] == desk.way.collector.id:
        return next_sheet(kept[1]), kept[2]
    return "", desk.first_language


def edition_numbered(desk: Desk, number: str) -> Edition:
    """Return an edition of the survey by its number on the sheet; the newest if none is given."""
    known = editions_of(desk.way.wave.survey_id)
    if not number:
        return known[-1]
    return next((one for one in known if str(one.number) == number), None) or abort(404)


@bp.get("/")
@requires(*ENTERS)
def all_desks() -> ResponseReturnValue:
    """List what the reader can type in."""
    return render_template("entering/desks.html", desks=desks())


def _desk_page(desk: Desk, refusal: str = "") -> str:
    pending = pending_of(desk.way.collector.id)
    sheet, spoken = _last(desk)
    return render_template(
        "entering/desk.html",
        desk=desk,
        refusal=refusal,
        sheet=request.form.get("sheet", sheet),
        spoken=request.form.get("in", spoken),
        editions=editions_of(desk.way.wave.survey_id),
        edition=request.form.get("edition", ""),
        waiting=_waiting(pending),
        differing=tuple(one.sheet for one in pending if one.differs),
        said=outcome_words(request.args.get("said", ""), request.args.get("sheet", "")),
        may_decide=current_staff().role in DECIDES or current_staff().role == "administrator",
    )


@bp.get("/<code>/")
@requires(*ENTERS)
def one_desk(code: str) -> ResponseReturnValue:
    """Show the sheets of a way in, and begin one."""
    return _desk_page(desk_of(code, Kind.paper))


@bp.post("/<code>/")
@requires(*ENTERS)
def begin(code: str) -> ResponseReturnValue:
    """Go to the screen of the sheet whose number was written."""
    desk = desk_of(code, Kind.paper)
    sheet, spoken = sheet_number(request.form.get("sheet", "")), request.form.get("in", "")
    if sheet is None or spoken not in desk.languages:
        return _desk_page(desk, not_a_sheet()), 400
    edition = edition_numbered(desk, request.form.get("edition", ""))
    where = {"code": code, "sheet": sheet, "in": spoken, "edition": edition.number}
    return redirect(url_for("entry_sheets.sheet_page", **where), 303)


@bp.route("/<code>/double-entry", methods=["GET", "POST"])
@requires(*DECIDES)
def decide(code: str) -> ResponseReturnValue:
    """Decide whether paper is typed by two people, then go back to the desk."""
    desk = desk_of(code, Kind.paper)
    if request.method == "POST":
        wanted = request.form.get("wanted") == "twice"
        require_double_entry(desk.way, wanted, current_staff(), now())
    return redirect(url_for("entry_desk.one_desk", code=code), 303)


@bp.route("/<code>/sheets/<sheet>/discard", methods=["GET", "POST"])
@requires(*ENTERS)
def forget(code: str, sheet: str) -> ResponseReturnValue:
    """Discard one typing of a sheet, such as one under a wrong number, then go back."""
    desk, turn = desk_of(code, Kind.paper), request.form.get("turn", "")
    gone = turn in ("1", "2") and discard(desk.way, sheet, int(turn), current_staff(), now())
    said = {"said": "discarded", "sheet": sheet} if gone else {}
    return redirect(url_for("entry_desk.one_desk", code=code, **said), 303)
