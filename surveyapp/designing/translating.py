"""Every text in two languages side by side: what is missing, what is stale, what is next."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.reach import now, survey_in_reach
from surveyapp.designing.cards import NOTHING, Back, Pair, pair
from surveyapp.designing.outline import about, address_of, page_of
from surveyapp.designing.posted import read_sheet, wheres
from surveyapp.designing.saving import how_it_went, lost_messages, saved_message
from surveyapp.questionnaire.commands import Write
from surveyapp.questionnaire.findings import Code, Finding
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.nodes import find, text_mark
from surveyapp.questionnaire.text import TranslationState
from surveyapp.questionnaire.translation import Place, places, progress
from surveyapp.questionnaire.typography import typeset_french
from surveyapp.storage.drafts import change, former_wordings
from surveyapp.storage.staff import Role
from surveyapp.storage.surveys import Survey

bp = Blueprint("translating", __name__, url_prefix="/<language>/staff/questionnaires/<slug>")
TRANSLATES = (Role.designer, Role.translator, Role.publisher)
A_PAGE = 20


@dataclass(frozen=True)
class Entry:
    """A text of the list: the part it belongs to, and where that is edited."""

    about: str
    href: str
    pair: Pair


@dataclass(frozen=True)
class Choice:
    """What is listed: a language, texts of one state or all, from which one on."""

    language: str
    state: str
    first: int

    def arguments(self, **more: object) -> dict[str, object]:
        """Return them as a query, some of them otherwise."""
        return {"of": self.language, "state": self.state, "first": self.first} | more


def _choice(draft: Draft) -> Choice:
    asked = request.args
    last = draft.languages[-1] if draft.languages else "en"
    of = asked.get("of", last)
    state = asked.get("state", "")
    first = max(0, asked.get("first", 0, type=int))
    known = state if state in set(TranslationState) else ""
    return Choice(of if of in draft.languages else last, known, first)


def _listed(draft: Draft, choice: Choice) -> list[Place]:
    found = places(draft, choice.language)
    return [one for one in found if choice.state in ("", one.state.value)]


def _entries(survey: Survey, shown: list[Place], back: Back) -> Iterator[Entry]:
    draft = survey.draft
    for one in shown:
        where, text = address_of(draft, one.path)
        if text:
            drawn = pair(draft, where, text, find(draft, where), back)
            words = about(draft, Finding(Code.text_missing, one.path))
            yield Entry(words, page_of(survey.slug, where), drawn)


def _draw(survey: Survey, back: Back = NOTHING, status: int = 200) -> ResponseReturnValue:
    draft, choice, languages = survey.draft, _choice(survey.draft), survey.draft.languages
    listed = _listed(draft, choice)
    shown = listed[choice.first : choice.first + A_PAGE]
    if any(one.text.state(code) is TranslationState.stale for one in shown for code in languages):
        back = replace(back, former=former_wordings(survey.id))
    return render_template(
        "designing/texts.html",
        survey=survey,
        draft=draft,
        choice=choice,
        entries=list(_entries(survey, shown, back)),
        progress=[(code, progress(draft, code)) for code in draft.languages],
        total=len(listed),
        a_page=A_PAGE,
        contested=bool(back.contested),
        saved=saved_message(survey, request.args.get("saved", type=int)),
        lost=lost_messages(request.args.get("lost", "")),
    ), status


@bp.get("/texts")
@requires(*TRANSLATES)
def texts(slug: str) -> ResponseReturnValue:
    """List texts side by side."""
    return _draw(survey_in_reach(slug))


def _mended(draft: Draft) -> Iterator[Write]:
    """Write French texts as they are typeset here; a translation of one still says the same."""
    for one in places(draft, "fr"):
        before = one.text.get("fr")
        after = typeset_french(before)
        where, text = address_of(draft, one.path)
        if after != before and text:
            current = TranslationState.current
            others = (code for code in one.text.wordings if code != "fr")
            holds = tuple(code for code in others if one.text.state(code) is current)
            words = {"fr": after}
            seen = text_mark(one.text)
            yield Write(where=where, text=text, wordings=words, holds=holds, seen=seen)


@bp.post("/texts")
@requires(*TRANSLATES)
def write(slug: str) -> ResponseReturnValue:
    """Save what was translated, or mend the typography of all French texts."""
    survey = survey_in_reach(slug)
    mends = request.form.get("do") == "typography"
    sheet = read_sheet(survey.draft, request.form, True)
    commands = tuple(_mended(survey.draft)) if mends else sheet.commands
    outcome = change(slug, commands, current_staff(), now())
    contested = wheres([one.command for one in outcome.conflicts])
    if contested:
        return _draw(survey_in_reach(slug), Back(request.form, contested=contested), 409)
    choice = _choice(survey.draft)
    said = {"saved": outcome.edit_id, "lost": how_it_went(outcome, []) or None}
    # Of the missing ones, those written are gone from the list: its next ones come up.
    return redirect(url_for(".texts", slug=slug, **choice.arguments(**said)), 303)  # type: ignore[arg-type]
