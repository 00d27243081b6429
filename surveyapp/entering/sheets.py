"""One sheet of paper: typed from the keyboard alone, and blind when it is the second time."""

from dataclasses import replace

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from surveyapp.accounts.access import current_staff, requires
from surveyapp.entering.desk import edition_numbered, remember, sheet_number
from surveyapp.entering.reach import ENTERS, Desk, desk_of, now
from surveyapp.entering.screens import Screen, asked_for, spoken_in, typed_in_form
from surveyapp.storage.collected.entries import Draft, Entered, drafts_of, enter, is_stored
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.collectors import Kind

bp = Blueprint("entry_sheets", __name__, url_prefix="/<language>/staff/entry/<code>/sheets/<sheet>")


def _desk(code: str, sheet: str) -> Desk:
    if sheet_number(sheet) != sheet:
        abort(404)
    return desk_of(code, Kind.paper)


def _screen(desk: Desk, drafts: tuple[Draft, ...]) -> Screen:
    """Make the screen that the address asks for; a second typing follows the first's edition."""
    asked = edition_numbered(desk, asked_for("edition"))
    first = edition(drafts[0].typed.edition_id) if drafts else asked
    return Screen(desk, first, spoken_in(desk), {})


def _page(screen: Screen, sheet: str, problems: dict[str, list[str]]) -> str:
    parts = screen.parts(problems)
    return render_template(
        "entering/sheet.html",
        screen=screen,
        desk=screen.desk,
        sheet=sheet,
        parts=parts,
        problems=[one for part in parts for asked in part.asked for one in asked.problems],
        second=bool(drafts_of(screen.desk.way.collector.id, sheet)),
    )


def _went(desk: Desk, sheet: str, outcome: Entered) -> ResponseReturnValue:
    where = {"code": desk.way.collector.code, "said": outcome.value, "sheet": sheet}
    return redirect(url_for("entry_desk.one_desk", **where), 303)


@bp.get("/")
@requires(*ENTERS)
def sheet_page(code: str, sheet: str) -> ResponseReturnValue:
    """Show the screen of a sheet, unless it needs no more typing."""
    desk = _desk(code, sheet)
    drafts = drafts_of(desk.way.collector.id, sheet)
    if not desk.is_open:
        return _went(desk, sheet, Entered.closed)
    if is_stored(desk.way.collector.id, sheet):
        return _went(desk, sheet, Entered.other)
    if len(drafts) == 2:
        return redirect(url_for("entry_differences.list_them", code=code, sheet=sheet), 303)
    if any(one.staff_id == current_staff().id for one in drafts):
        return _went(desk, sheet, Entered.own)
    return _page(_screen(desk, drafts), sheet, {})


@bp.post("/")
@requires(*ENTERS)
def take(code: str, sheet: str) -> ResponseReturnValue:
    """Take a sheet, switch its language, or say what to look at again."""
    desk = _desk(code, sheet)
    drafts = drafts_of(desk.way.collector.id, sheet)
    screen = _screen(desk, drafts)
    screen = replace(screen, typed=typed_in_form(screen.questionnaire))
    action, _mark, what = request.form.get("action", "").partition(":")
    if action == "lang" and what in desk.languages:
        return _page(screen.switched(what), sheet, {})
    answers, problems = screen.accepted(screen.raw())
    if problems:
        return _page(screen, sheet, problems), 400
    outcome = enter(desk.way, screen.result(sheet, answers), current_staff(), now())
    remember(desk, sheet, screen.language)
    return _went(desk, sheet, outcome)
