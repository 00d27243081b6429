"""What two people typed differently of one sheet, for somebody with the paper to settle."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.accounts.access import current_staff, requires
from surveyapp.entering.comparing import differences, differing, settled_raw
from surveyapp.entering.reach import ENTERS, Desk, desk_of, now
from surveyapp.entering.screens import Screen, typed_in_form
from surveyapp.storage.collected.entries import Draft, drafts_of, settle_sheet
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.collectors import Kind

bp = Blueprint(
    "entry_differences",
    __name__,
    url_prefix="/<language>/staff/entry/<code>/sheets/<sheet>/differences",
)
CHOICE = "turn_"
Both = tuple[Mapping[str, Any], Mapping[str, Any]]


def _gone(code: str, sheet: str) -> ResponseReturnValue:
    return redirect(url_for("entry_desk.one_desk", code=code, said="gone", sheet=sheet), 303)


def _screen(desk: Desk, drafts: tuple[Draft, ...]) -> tuple[Screen, Both]:
    """Make the screen that differences are settled on, in the language that was chosen."""
    first, second = (one.typed for one in drafts)
    spoken = request.form.get("in", first.language)
    spoken = spoken if spoken in desk.languages else first.language
    published = edition(first.edition_id)
    screen = Screen(desk, published, spoken, typed_in_form(published.questionnaire))
    return screen, (json.loads(first.answers), json.loads(second.answers))


def _page(
    screen: Screen, both: Both, drafts: tuple[Draft, ...], problems: dict[str, list[str]]
) -> str:
    chosen = _chosen()
    return render_template(
        "entering/differences.html",
        desk=screen.desk,
        sheet=drafts[0].typed.sheet,
        languages=tuple(one.typed.language for one in drafts),
        spoken=request.form.get("in", ""),
        screen=screen,
        found=differences(screen, both, chosen, problems),
    )


def _chosen() -> dict[str, str]:
    return {
        name.removeprefix(CHOICE): value
        for name, value in request.form.items()
        if name.startswith(CHOICE)
    }


@bp.get("/")
@requires(*ENTERS)
def list_them(code: str, sheet: str) -> ResponseReturnValue:
    """List what differs, item by item."""
    desk = desk_of(code, Kind.paper)
    drafts = drafts_of(desk.way.collector.id, sheet)
    if len(drafts) < 2:
        return _gone(code, sheet)
    return _page(*_screen(desk, drafts), drafts, {})


@bp.post("/")
@requires(*ENTERS)
def settle(code: str, sheet: str) -> ResponseReturnValue:
    """Make one response of the two typings, as somebody settled them."""
    desk = desk_of(code, Kind.paper)
    drafts = drafts_of(desk.way.collector.id, sheet)
    if len(drafts) < 2:
        return _gone(code, sheet)
    screen, both = _screen(desk, drafts)
    problems = _undecided(screen, both)
    answers, wrong = screen.accepted(settled_raw(screen, both, _chosen()))
    problems |= {_item_of(screen, both, key): said for key, said in wrong.items()}
    if problems:
        return _page(screen, both, drafts, problems), 400
    outcome = settle_sheet(desk.way, screen.result(sheet, answers), current_staff(), now())
    return redirect(url_for("entry_desk.one_desk", code=code, said=outcome.value, sheet=sheet), 303)


def _undecided(screen: Screen, both: Both) -> dict[str, list[str]]:
    chosen = _chosen()
    return {
        one.key: [_("Choose what stands on the paper")]
        for one in differing(screen, both)
        if chosen.get(one.key) not in ("0", "1", "2")
    }


def _item_of(screen: Screen, both: Both, key: str) -> str:
    """Return the item that a problem is shown at: its own words stand with it."""
    return next((one.key for one in differing(screen, both) if key.startswith(one.key)), key)
