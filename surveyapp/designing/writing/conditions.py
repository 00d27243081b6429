"""When a question is asked, built from menus: parts and groups of parts, one press at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.reach import now
from surveyapp.designing.whose import survey_to_change
from surveyapp.designing.writing.controls import Posted, place_names
from surveyapp.designing.writing.going import refuse_gone
from surveyapp.designing.writing.menus import (
    Menus,
    NotAPartError,
    chosen,
    earlier,
    part_from,
    text_of,
)
from surveyapp.designing.writing.saving import (
    how_it_went,
    note_refused,
    what_went,
)
from surveyapp.forms.conditions import Naming, asked_if, by_text, clause
from surveyapp.i18n import language
from surveyapp.questionnaire.conditions import All, Condition
from surveyapp.questionnaire.drafting.commands import Refusal, Set
from surveyapp.questionnaire.drafting.composing import (
    MOST_PARTS,
    Join,
    NoSuchPartError,
    added,
    dropped,
    grouped,
    is_group,
    is_long,
    joined,
    lists,
    opened,
    part_at,
)
from surveyapp.questionnaire.model import items
from surveyapp.questionnaire.nodes import GoneError, find, mark, settings
from surveyapp.storage.drafting.drafts import change
from surveyapp.storage.drafting.surveys import Survey
from surveyapp.storage.people.staff import Role

bp = Blueprint("conditions", __name__, url_prefix="/<language>/staff/questionnaires/<slug>")
DESIGNS = (Role.designer, Role.publisher)
# A list, its groups, and groups in those; what lies deeper is read as a sentence, and kept whole.
DEEP = 3
NEW_GROUP = "new"
JOINS: dict[Join, LazyString] = {
    Join.all: _l("All of them"),
    Join.any: _l("At least one"),
    Join.none: _l("None of them"),
    Join.not_all: _l("Not all of them"),
}


@dataclass(frozen=True)
class Part:
    """A part in the page: a sentence and, for a group that is open, its number and its parts."""

    where: str
    sentence: str
    number: int = 0
    join: Join = Join.all
    parts: tuple["Part", ...] = ()

    @property
    def is_nested(self) -> bool:
        """Whether it stands in a group."""
        return "." in self.where


def _parts(
    condition: Condition | None, naming: Naming, numbers: dict[str, int], where: str = ""
) -> Iterator[Part]:
    for step, one in enumerate(opened(condition).parts):
        name = f"{where}.{step}".removeprefix(".")
        said = clause(one, naming)
        if name in numbers:
            inside = tuple(_parts(one, naming, numbers, name))
            yield Part(name, said, numbers[name], opened(one).join, inside)
        else:
            yield Part(name, said)


def _added(form: Posted, condition: Condition | None, menus: Menus) -> Condition | None:
    part, into = part_from(form, menus), form.get("into", "")
    if into == NEW_GROUP:
        return added(condition, "", All(all=(part,)))
    return added(condition, into, part)


def _rejoined(form: Posted, condition: Condition | None) -> Condition | None:
    """Join each list as the page says; one whose radios the page does not have stays as it is."""
    # The innermost first: a list that is joined otherwise may lose the brackets around it.
    for where, group in reversed(list(lists(condition, DEEP))):
        posted = form.get(f"join{where}", "")
        if posted in set(Join) and posted != group.join:
            condition = joined(condition, where, Join(posted))
    return condition


def _changed(form: Posted, condition: Condition | None, menus: Menus | None) -> Condition | None:
    """Do what the button says: add, remove or group a part, join them otherwise, ask everybody."""
    button, _mark, where = form.get("do", "").partition("|")
    if button == "add" and menus:
        made = _added(form, condition, menus)
        if made is not None and is_long(made):
            raise NotAPartError(
                _("Remove a part first: there can be at most %(most)s", most=MOST_PARTS)
            )
        return made
    if button == "drop" and where:
        return dropped(condition, where)
    if button == "group" and where and not is_group(part_at(condition, where)):
        return grouped(condition, where)
    if button == "join":
        return _rejoined(form, condition)
    if button == "everybody":
        return None
    raise NotAPartError(_("Choose what is to be true of the answer"))


@bp.route("/questions/<question_id>/condition", methods=["GET", "POST"])
@requires(*DESIGNS)
def condition(slug: str, question_id: str) -> ResponseReturnValue:
    """Show when a question is asked, and change it part by part."""
    where = f"questions/{question_id}"
    survey = survey_to_change(slug, where)
    try:
        node = find(survey.draft, where)
    except GoneError:
        return refuse_gone(slug, where) if request.method == "POST" else abort(404)
    menus = chosen(survey.draft, question_id, request.values)
    if request.method == "GET":
        return _draw(survey, node, menus), 200
    try:
        made = _changed(request.form, node.asked_if, menus)  # type: ignore[attr-defined]
    except NotAPartError as error:
        return _draw(survey, node, menus, _not_earlier(survey, where) or str(error)), 400
    except NoSuchPartError:
        return redirect(
            url_for(".condition", slug=slug, question_id=question_id, lost="changed"), 303
        )
    return _stored(slug, where, made)


def _not_earlier(survey: Survey, where: str) -> str:
    """Say, and log, that a condition looks at itself or at what is asked later: a circle."""
    about = request.form.get("about", "")
    is_asked = about in {one.key for one in items(survey.draft)}
    if not is_asked or chosen(survey.draft, where.partition("/")[2], request.form):
        return ""
    note_refused(survey.slug, Refusal.not_possible, [where])
    return _(
        "A condition can only look at an answer that comes before this question. Choose another"
        " one, or move this question further down first."
    )


def _draw(survey: Survey, node: Any, menus: Menus | None, problem: str = "") -> str:
    draft, held = survey.draft, node.asked_if
    naming = by_text(draft, language(), place_names(draft))
    numbers = {where: number for number, (where, _group) in enumerate(lists(held, DEEP))}
    return render_template(
        "designing/writing/condition.html",
        survey=survey,
        draft=draft,
        node=node,
        sentence=asked_if(held, naming) if held else "",
        whole=Part("", "", 0, opened(held).join, tuple(_parts(held, naming, numbers))),
        groups=[(where, number) for where, number in numbers.items() if where],
        joins=JOINS,
        seen=mark(settings(node)),
        earlier=[(one.key, text_of(one)) for one in earlier(draft, node.id)],
        menus=menus,
        problem=problem,
        **what_went(survey),
    )


def _stored(slug: str, where: str, made: Condition | None) -> ResponseReturnValue:
    value = made.model_dump(mode="json", by_alias=True) if made else None
    command = Set(where=where, values={"asked_if": value}, seen=request.form.get("seen", ""))
    outcome = change(slug, (command,), current_staff(), now())
    said = {"lost": how_it_went(outcome, ()), "saved": outcome.edit_id}
    held = {name: value for name, value in said.items() if value}
    question_id = where.partition("/")[2]
    return redirect(url_for(".condition", slug=slug, question_id=question_id, **held), 303)
