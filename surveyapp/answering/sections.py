"""One section a page: shown, saved at every press, never lost."""

from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.answering.drawing import Posted, draw, kept_raw, stale_message
from surveyapp.answering.place_lists import Narrowing
from surveyapp.answering.replies import note_counter
from surveyapp.answering.route import Standing, standing
from surveyapp.answering.tokens import refuse_other_sites
from surveyapp.answering.visiting import (
    SITTING,
    end_sitting,
    has_token,
    hear,
    is_sitting,
    now,
    remember,
    token_of,
    visit_to,
    way_in,
)
from surveyapp.extensions import csrf
from surveyapp.forms.fields import sentences_by_key
from surveyapp.forms.posting import posted as posted_answers
from surveyapp.forms.posting import storable
from surveyapp.forms.sentences import sentence
from surveyapp.i18n import LANGUAGES, language
from surveyapp.questionnaire.answers import Accepted, accept
from surveyapp.questionnaire.model import Section
from surveyapp.storage.profiles import profile
from surveyapp.storage.responses import already_sent
from surveyapp.storage.surveys import edition
from surveyapp.storage.visits import Change, Outcome, Visit, save

NARROW = "narrow:"
bp = Blueprint("sections", __name__, url_prefix="/<language>/surveys/<slug>/pages")


def no_visit(slug: str, section_id: str = "") -> ResponseReturnValue:
    """Answer somebody without a visit: already sent, put away, closed, expired, or no cookies."""
    if already_sent(token_of(slug)):
        remember(slug, token_of(slug))
        return redirect(url_for("sending.receipt", slug=slug, late="page"), 303)
    if can_go_on(visit_to(slug)):
        return _put_away(slug)
    found = way_in(slug)
    survey = edition(found.edition_id).questionnaire
    if section_id and all(one.id != section_id for one in survey.sections):
        abort(404)
    return render_template(
        "answering/no_visit.html",
        survey=survey,
        profile=profile(found.profile_id).content,
        state=found.state(now()),
        slug=slug,
    ), 410


def can_go_on(found: Visit | None) -> bool:
    """Tell whether there is a visit that still takes answers."""
    return found is not None and found.can_go_on(now())


def open_visit(slug: str) -> Visit | None:
    """Return this browser's visit if it can still go on, and note that somebody is there.

    A page that is sent is taken however late: whoever has it on the screen loses nothing.
    """
    found = visit_to(slug)
    if not can_go_on(found) or (request.method == "GET" and not is_sitting(slug)):
        return None
    hear(slug)
    return found


def _put_away(slug: str) -> ResponseReturnValue:
    """Show a page that keeps the answers out of sight after a long silence."""
    found = way_in(slug)
    return render_template(
        "answering/put_away.html",
        survey=edition(found.edition_id).questionnaire,
        profile=profile(found.profile_id).content,
        minutes=int(SITTING.total_seconds() // 60),
        slug=slug,
    )


def _is_returning() -> bool:
    return request.args.get("return") == "check"


def next_address(where: Standing, section_id: str, slug: str) -> str:
    """Return where to go when a section is done: on, or back to the check page."""
    following = where.undone if _is_returning() else where.after(section_id)
    if following is None:
        return url_for("sending.check", slug=slug)
    return url_for("sections.section", slug=slug, section_id=following.id)


@bp.get("/")
def first(slug: str) -> ResponseReturnValue:
    """Go to the first page that is not done."""
    found = open_visit(slug)
    if found is None:
        return no_visit(slug)
    where = standing(found)
    undone = where.undone or where.sections[0]
    return redirect(url_for("sections.section", slug=slug, section_id=undone.id), 303)


@bp.get("/<section_id>")
def section(slug: str, section_id: str) -> ResponseReturnValue:
    """Show a page of questions as it was left."""
    found = open_visit(slug)
    if found is None:
        return no_visit(slug, section_id)
    where = standing(found)
    wanted = where.find(section_id)
    if wanted is None and all(one.id != section_id for one in where.questionnaire.sections):
        abort(404)
    if wanted is None or not where.can_show(wanted):
        return redirect(url_for("sections.first", slug=slug), 303)
    message = stale_message() if request.args.get("kept") else ""
    token = token_of(slug)
    return draw(where, wanted, slug, token, returning=_is_returning(), message=message)


@bp.post("/<section_id>")
@csrf.exempt
def send(slug: str, section_id: str) -> ResponseReturnValue:
    """Save a page, then go on, switch the language or say what to mend."""
    refuse_other_sites()
    found = open_visit(slug)
    if found is None:
        return no_visit(slug, section_id)
    where = standing(found)
    wanted = next((one for one in where.questionnaire.sections if one.id == section_id), None)
    if wanted is None:
        abort(404)
    remember(slug, token_of(slug))
    raw = posted_answers(request.form)
    if not has_token():
        return _again(where, wanted, slug, raw, {}, _too_old()), 400
    action = request.form.get("action", "continue")
    if action.startswith("lang:"):
        return _switch(where, wanted, slug, raw, action.removeprefix("lang:"))
    if action == "rest":
        return _rest(where, wanted, slug, raw)
    if action.startswith(NARROW):
        return _narrowed(where, wanted, slug, raw, action.removeprefix(NARROW))
    return _save(where, wanted, slug, raw)


def _too_old() -> str:
    return _("This page was open for a long time. Your answers are still here: continue again.")


def _again(
    where: Standing,
    wanted: Section,
    slug: str,
    raw: dict[str, list[str]],
    problems: dict[str, list[str]],
    message: str = "",
) -> str | Response:
    posted = Posted(raw, problems, message)
    token = token_of(slug)
    return draw(where, wanted, slug, token, posted=posted, returning=_is_returning())


def _narrowed(
    where: Standing, wanted: Section, slug: str, raw: dict[str, list[str]], question: str
) -> str:
    """Show the page as it is typed, a list of places narrowed by a postal prefix.

    Nothing is saved, the prefix least of all: it is read here and nowhere else.
    """
    narrowing = Narrowing(question, request.form.get(f"prefix-{question}", ""))
    posted = Posted(raw, {}, narrowing=narrowing)
    return draw(where, wanted, slug, token_of(slug), posted=posted, returning=_is_returning())


def _counter() -> int:
    given = request.form.get("counter", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def _switch(
    where: Standing, wanted: Section, slug: str, raw: dict[str, list[str]], code: str
) -> ResponseReturnValue:
    """Keep what is typed, unjudged, and show the same page in another language."""
    if code not in LANGUAGES:
        abort(404)
    lost = _keep_typed(where, wanted, slug, raw, code)
    return redirect(_address(slug, wanted.id, language=code, kept=1 if lost else None), 303)


def _rest(
    where: Standing, wanted: Section, slug: str, raw: dict[str, list[str]]
) -> ResponseReturnValue:
    """Keep what is typed, unjudged, and put the page away."""
    _keep_typed(where, wanted, slug, raw, language())
    end_sitting(slug)
    return redirect(url_for("sections.first", slug=slug), 303)


def _keep_typed(
    where: Standing, wanted: Section, slug: str, raw: dict[str, list[str]], code: str
) -> bool:
    """Save what is typed, unjudged; tell whether something else was typed there since."""
    words = storable(raw)

    def typed(before: Visit) -> Change:
        is_done = wanted.id in before.saved and wanted.id not in before.typed
        unchanged = is_done and words == kept_raw(before, wanted)
        kept = None if unchanged else words
        return Change(wanted.id, before.answers, kept, before.furthest, code)

    outcome, after = save(token_of(slug), wanted.id, _counter(), typed, now(), where.visit)
    if after is not None:
        note_counter(after.counter)
    return outcome is Outcome.stale and after is not None and words != kept_raw(after, wanted)


def _save(
    where: Standing, wanted: Section, slug: str, raw: dict[str, list[str]]
) -> ResponseReturnValue:
    results: list[Accepted] = []

    def revised(before: Visit) -> Change:
        result = accept(
            where.questionnaire,
            raw,
            section=wanted.id,
            earlier=before.answers,
            places=where.tree.lineages,
        )
        results.append(result)
        wrong = bool(result.problems)
        answers = before.answers if wrong else result.answers
        typed = storable(raw) if wrong else None
        furthest = _further(where, before.furthest, wanted.id)
        return Change(wanted.id, answers, typed, furthest, language())

    token = token_of(slug)
    outcome, after = save(token, wanted.id, _counter(), revised, now(), where.visit)
    if outcome is Outcome.gone or after is None:
        return no_visit(slug)
    note_counter(after.counter)
    if outcome is Outcome.stale:
        return _stale(standing(after), wanted, slug, raw)
    return _saved(standing(after), wanted, slug, raw, results[-1])


def _further(where: Standing, furthest: str | None, section_id: str) -> str:
    ids = [one.id for one in where.questionnaire.sections]
    if furthest in ids and ids.index(furthest) > ids.index(section_id):
        return furthest
    return section_id


def _stale(
    where: Standing, wanted: Section, slug: str, raw: dict[str, list[str]]
) -> ResponseReturnValue:
    """Answer a doubled press as the first; show what is kept after an older, other page."""
    earlier = where.visit.answers
    lineages = where.tree.lineages
    result = accept(where.questionnaire, raw, section=wanted.id, earlier=earlier, places=lineages)
    if storable(raw) == where.visit.typed.get(wanted.id):
        return _again(where, wanted, slug, raw, sentences_by_key(result.problems, sentence))
    if result.problems or result.answers != earlier:
        return redirect(_address(slug, wanted.id, kept=1), 303)
    return redirect(next_address(where, wanted.id, slug), 303)


def _saved(
    after: Standing, wanted: Section, slug: str, raw: dict[str, list[str]], result: Accepted
) -> ResponseReturnValue:
    if result.problems:
        worded = sentences_by_key(result.problems, sentence)
        return _again(after, wanted, slug, raw, worded)
    if result.opened:
        # An answer brought up a question that nobody has seen yet: it is shown before going on.
        return redirect(_address(slug, result.opened[0]), 303)
    return redirect(next_address(after, wanted.id, slug), 303)


def _address(slug: str, section_id: str, **more: Any) -> str:
    """Return the address of a section, on the way to the check page if this one is."""
    back = {"return": "check"} if _is_returning() else {}
    return url_for("sections.section", slug=slug, section_id=section_id, **back, **more)
