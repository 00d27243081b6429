"""Every text in two languages side by side: what is missing, what is stale, what is next."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.reach import now, shared_survey
from surveyapp.designing.roles import WORKS_ON_DRAFTS
from surveyapp.designing.whose import share_of
from surveyapp.designing.writing.cards import NOTHING, Back, Pair, pair
from surveyapp.designing.writing.contested import contests, with_own_words, words_of_gone
from surveyapp.designing.writing.controls import Posted
from surveyapp.designing.writing.fields import TEXTS, id_of, text_name
from surveyapp.designing.writing.outline import named, page_of
from surveyapp.designing.writing.posted import Sheet, read_sheet, wheres
from surveyapp.designing.writing.saving import how_it_went, note_gone, what_went
from surveyapp.forms.findings import language_name
from surveyapp.questionnaire.drafting.commands import Command, Restore, Typeset
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.nodes import find, text_mark
from surveyapp.questionnaire.rewording import Piece, pieces
from surveyapp.questionnaire.text import TranslationState
from surveyapp.questionnaire.translation import Place, Progress, progress_of, typeset
from surveyapp.storage.drafting.drafts import (
    STRUCTURE,
    Outcome,
    change,
    edit_of,
    former_wordings,
)
from surveyapp.storage.drafting.surveys import Survey

bp = Blueprint("translating", __name__, url_prefix="/<language>/staff/questionnaires/<slug>")
A_PAGE = 20
UNAPPROVED = (TranslationState.missing, TranslationState.stale, TranslationState.draft)
# What a list of texts of a state is called.
LISTS: dict[str, LazyString] = {
    "": _l("All texts"),
    TranslationState.missing.value: _l("Missing"),
    TranslationState.stale.value: _l("To look at again"),
    TranslationState.draft.value: _l("Drafts"),
    TranslationState.approved.value: _l("Approved"),
    TranslationState.original.value: _l("Originals"),
}


@dataclass(frozen=True)
class Far:
    """How far a language is, and its lists of texts: words, address, how many, whether here."""

    code: str
    progress: Progress
    lists: tuple[tuple[str, str, int, bool], ...]


@dataclass(frozen=True)
class Entry:
    """A text of the list: the part it belongs to, and where that is edited."""

    about: str
    href: str
    pair: Pair


@dataclass(frozen=True)
class Mended:
    """A French text whose typography was mended: what it is, and what changed in it."""

    about: str
    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Choice:
    """What is listed: a language, texts of one state or all, from which one on."""

    language: str
    state: str
    first: int

    def arguments(self, **more: object) -> dict[str, object]:
        """Return them as a query, some of them otherwise."""
        return {"of": self.language, "state": self.state, "first": self.first} | more

    def lists(self, place: Place) -> bool:
        """Tell whether a text is listed."""
        return self.state in ("", place.state.value)


def _choice(draft: Draft) -> Choice:
    asked = request.args
    last = draft.languages[-1] if draft.languages else "en"
    of = asked.get("of", last)
    state = asked.get("state", "")
    first = max(0, asked.get("first", 0, type=int))
    known = state if state in set(TranslationState) else ""
    return Choice(of if of in draft.languages else last, known, first)


def _far(survey: Survey, code: str, choice: Choice) -> Far:
    made = progress_of(share_of(survey).texts(survey, code), code, survey.draft.languages)
    counts = {"": made.total} | {state.value: number for state, number in made.counts.items()}
    here = choice.state if code == choice.language else None
    links = {one: url_for(".texts", slug=survey.slug, of=code, state=one or None) for one in LISTS}
    lists = tuple(
        (str(words), links[one], counts[one], one == here)
        for one, words in LISTS.items()
        if counts[one] or one in ("", here)
    )
    return Far(code, made, lists)


def _entries(survey: Survey, shown: list[Place], back: Back) -> Iterator[Entry]:
    draft = survey.draft
    for one in shown:
        drawn = pair(draft, one.where, one.name, find(draft, one.where), back)
        yield Entry(named(draft, one.where), page_of(survey.slug, one.where), drawn)


def _next(slug: str, choice: Choice, found: list[Place]) -> dict[str, str]:
    """Return the address of the field of the first text that is missing, and the first stale."""
    links = {}
    for state in (TranslationState.missing, TranslationState.stale):
        first = next((one for one in found if one.state is state), None)
        if first:
            field = id_of(text_name(first.where, first.name, choice.language))
            asked = {"of": choice.language, "state": state.value}
            links[state.value] = url_for(".texts", slug=slug, **asked, _anchor=field)
    return links


def _mended(survey: Survey) -> list[Mended]:
    """List what an edit mended, if it is one that mends typography."""
    edit = edit_of(survey, request.args.get("saved", 0, type=int))
    was = [one for one in edit.inverse if isinstance(one, Restore)] if edit else []
    if edit is None or not all(isinstance(one, Typeset) for one in edit.commands):
        return []
    return [
        Mended(
            named(survey.draft, one.where),
            str(TEXTS[one.text]),
            pieces(one.words.get("fr"), typeset(one.words).get("fr")),
        )
        for one in reversed(was)
        if one.words
    ]


def _shown(listed: list[Place], choice: Choice, back: Back, found: list[Place]) -> list[Place]:
    """Return the texts of a page, before them those that two people wrote, whatever is listed."""
    again = [one for one in found if {(one.where, one.name)} & {*back.contested, *back.aside}]
    page = listed[choice.first : choice.first + A_PAGE]
    return [*again, *(one for one in page if one not in again)]


def _draw(
    survey: Survey,
    back: Back = NOTHING,
    status: int = 200,
    went: tuple[int | None, str] | None = None,
) -> ResponseReturnValue:
    draft, choice, languages = survey.draft, _choice(survey.draft), survey.draft.languages
    found = share_of(survey).texts(survey, choice.language)
    listed = [one for one in found if choice.lists(one)]
    shown = _shown(listed, choice, back, found)
    may_approve = current_staff().role in STRUCTURE
    back = replace(back, approves=may_approve)
    if any(one.text.state(code) is TranslationState.stale for one in shown for code in languages):
        back = replace(back, former=former_wordings(survey.id))
    return render_template(
        "designing/translating/texts.html",
        survey=survey,
        draft=draft,
        choice=choice,
        language_name=language_name,
        entries=list(_entries(survey, shown, back)),
        far=[_far(survey, code, choice) for code in languages],
        next=_next(survey.slug, choice, found),
        to_approve=may_approve and any(one.state in UNAPPROVED for one in shown),
        total=len(listed),
        a_page=A_PAGE,
        contested=bool(back.contested),
        mended=_mended(survey),
        mends=request.args.get("mended", ""),
        orphans=back.orphans,
        **what_went(survey, went),
    ), status


@bp.get("/texts")
@requires(*WORKS_ON_DRAFTS)
def texts(slug: str) -> ResponseReturnValue:
    """List texts side by side."""
    survey, _reach = shared_survey(slug)
    return _draw(survey)


def _to_mend(survey: Survey) -> Iterator[Command]:
    """Mend French texts that are not typeset as they are here."""
    for one in share_of(survey).texts(survey, "fr"):
        if typeset(one.text) != one.text:
            yield Typeset(where=one.where, text=one.name, seen=text_mark(one.text))


def _asked(survey: Survey, button: str, form: Posted) -> Sheet:
    if button == "typography":
        return Sheet(list(_to_mend(survey)))
    return read_sheet(survey.draft, form, approves_all=button == "approve")


def _again(
    survey: Survey, sheet: Sheet, outcome: Outcome, form: Posted
) -> ResponseReturnValue | None:
    """Draw the page again where something typed is contested, set aside or for a part gone."""
    contested = wheres([one.command for one in outcome.conflicts])
    left = words_of_gone(form, sheet.gone)
    if not (contested or sheet.aside or left):
        return None
    fresh, _reach = shared_survey(survey.slug)
    back = Back(form, contested=contests(fresh, contested, form), aside=sheet.aside, orphans=left)
    lost = "" if contested else how_it_went(outcome, sheet.gone)
    return _draw(fresh, back, 409 if contested or left else 200, (outcome.edit_id, lost))


@bp.post("/texts")
@requires(*WORKS_ON_DRAFTS)
def write(slug: str) -> ResponseReturnValue:
    """Save what was translated, approve it, or mend the typography of all French texts."""
    survey, _reach = shared_survey(slug)
    button, form = request.form.get("do", ""), with_own_words(request.form)
    sheet = _asked(survey, button, form)
    outcome = change(slug, sheet.commands, current_staff(), now())
    if sheet.gone:
        note_gone(slug, sheet.gone)
    drawn = _again(survey, sheet, outcome, form)
    if drawn is not None:
        return drawn
    choice = _choice(survey.draft)
    said = {"saved": outcome.edit_id, "lost": how_it_went(outcome, sheet.gone) or None}
    said["mended"] = "yes" if button == "typography" else None
    # Of the missing ones, those written are gone from the list: its next ones come up.
    return redirect(url_for(".texts", slug=slug, **choice.arguments(**said)), 303)  # type: ignore[arg-type]
