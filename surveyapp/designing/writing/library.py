"""The library: ready-made questions to put into a draft, and a municipality's own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.reach import now, shared_survey
from surveyapp.designing.whose import share_of, survey_to_change
from surveyapp.designing.writing.kinds import KIND_NAMES
from surveyapp.designing.writing.outline import page_of, words_of
from surveyapp.designing.writing.saving import how_it_went, what_went
from surveyapp.i18n import language
from surveyapp.questionnaire.bank import (
    OWN,
    BankItem,
    Basis,
    Wanted,
    bank,
    found,
    placed,
    sources,
)
from surveyapp.questionnaire.framework import AREA_NAMES, FACTORS
from surveyapp.questionnaire.model import Section
from surveyapp.questionnaire.nodes import GoneError, find
from surveyapp.storage.drafting.drafts import change, published_addresses
from surveyapp.storage.drafting.library import bring_back, keep, own_items, remove
from surveyapp.storage.drafting.surveys import Survey
from surveyapp.storage.people.staff import Role, Staff

bp = Blueprint("library", __name__, url_prefix="/<language>/staff/questionnaires/<slug>/library")
DESIGNS = (Role.designer, Role.publisher)
A_PAGE = 20
MOST_WORDS = 200
BASES: dict[Basis, LazyString] = {
    Basis.theirs: _l("The English words are the source’s own; the French words are ours."),
    Basis.adapted: _l("Adapted from the source: the words are ours in both languages."),
    Basis.ours: _l("The words are ours in both languages."),
}
OF_MUNICIPALITY = _l("Your municipality’s own questions")


@dataclass(frozen=True)
class Shelf:
    """What is looked for and where it goes: the filters, the page, and the section."""

    wanted: Wanted
    into: str
    first: int

    def arguments(self, **more: object) -> dict[str, object]:
        """Return them as a query, some of them otherwise; what is empty is left out."""
        one = self.wanted
        query = {"words": one.words, "area": one.area, "factor": one.factor, "source": one.source}
        query |= {"into": self.into, "first": self.first or None} | more  # type: ignore[dict-item]
        return {name: value for name, value in query.items() if value}


def _sections(survey: Survey) -> list[Section]:
    """List the sections that the reader may put a question into."""
    share = share_of(survey)
    return [one for one in survey.draft.sections if share.may_change(survey, f"sections/{one.id}")]


def _keepers(survey: Survey) -> tuple[int, ...]:
    """Return whose own questions the reader sees: the owner's, or their municipalities'."""
    share = share_of(survey)
    return (survey.owner_id,) if share.own is None else tuple(one.id for one in share.asks)


def _shelf(survey: Survey) -> Shelf:
    asked = request.args
    names = ("words", "area", "factor", "source")
    given = [asked.get(name, "")[:MOST_WORDS] for name in names]
    sections = [one.id for one in _sections(survey)]
    into = asked.get("into", "")
    last = sections[-1] if sections else ""
    first = max(0, asked.get("first", 0, type=int))
    return Shelf(Wanted(*given), into if into in sections else last, first)


def _every(survey: Survey) -> list[BankItem]:
    """List the municipality's own questions before those of the program."""
    own = [
        BankItem(f"{OWN}_{one.id}", one.question, OWN, Basis.ours)
        for keeper in _keepers(survey)
        for one in own_items(keeper)
    ]
    return [*own, *bank()]


def _choices() -> dict[str, list[tuple[str, str]]]:
    reader = language()
    named = [(code, name.get(reader)) for code, name in sources().items()]
    factors = sorted((one.names[reader], code) for code, one in FACTORS.items())
    return {
        "areas": [(area.value, names[reader]) for area, names in AREA_NAMES.items()],
        "factors": [(code, name) for name, code in factors],
        "sources": [(OWN, str(OF_MUNICIPALITY)), *named],
    }


def _draw(survey: Survey, shelf: Shelf) -> str:
    every = list(found(_every(survey), shelf.wanted))
    reader = language()
    tags = {area.value: names[reader] for area, names in AREA_NAMES.items()}
    tags |= {code: one.names[reader] for code, one in FACTORS.items()}
    names = {code: name.get(reader) for code, name in sources().items()}
    return render_template(
        "designing/writing/library.html",
        survey=survey,
        draft=survey.draft,
        shelf=shelf,
        shown=every[shelf.first : shelf.first + A_PAGE],
        total=len(every),
        a_page=A_PAGE,
        tags=tags,
        names=names | {OWN: str(OF_MUNICIPALITY)},
        bases=BASES,
        kinds=KIND_NAMES,
        sections=[(one.id, words_of(one, "title")) for one in _sections(survey)],
        put=_put(survey),
        removed=request.args.get("removed", type=int),
        kept="kept" in request.args,
        dropped="dropped" in request.args,
        **what_went(survey),
        **_choices(),
    )


def _put(survey: Survey) -> tuple[str, str] | None:
    """Return the words and the page of the question that was just put in."""
    where = f"questions/{request.args.get('put', '')}"
    try:
        return words_of(find(survey.draft, where)), page_of(survey.slug, where)
    except GoneError:
        return None


@bp.get("/")
@requires(*DESIGNS)
def shelf(slug: str) -> ResponseReturnValue:
    """Show the questions that were looked for."""
    survey, _reach = shared_survey(slug)
    return _draw(survey, _shelf(survey))


def _item(among: Sequence[BankItem], code: str) -> BankItem:
    return next((one for one in among if one.code == code), None) or abort(404)


@bp.post("/")
@requires(*DESIGNS)
def put(slug: str) -> ResponseReturnValue:
    """Put a question at the end of a section of the draft; a municipality's is for it alone."""
    survey, _reach = shared_survey(slug)
    shelf = _shelf(survey)
    item = _item(_every(survey), request.form.get("put", ""))
    section = request.form.get("into", "")
    published = published_addresses(survey.id)
    code = share_of(survey).whose_section(section)
    placing = placed(item.question, survey.draft, section, published, code)
    outcome = change(slug, (placing.command,), current_staff(), now())
    made = outcome.made[-1].where.partition("/")[2] if outcome.made else None
    said = {"saved": outcome.edit_id, "lost": how_it_went(outcome, []), "put": made}
    dropped = 1 if placing.dropped and made else None
    return redirect(
        url_for(".shelf", slug=slug, **shelf.arguments(into=section, dropped=dropped, **said)),  # type: ignore[arg-type]
        303,
    )


@bp.post("/keep/<question_id>")
@requires(*DESIGNS)
def keep_own(slug: str, question_id: str) -> ResponseReturnValue:
    """Keep a question of the draft for the municipality's next surveys."""
    where = f"questions/{question_id}"
    survey = survey_to_change(slug, where)
    try:
        question = find(survey.draft, where)
    except GoneError:
        abort(404)
    keeper = _keepers(survey)[0]
    keep(keeper, question, current_staff(), now())  # type: ignore[arg-type]
    return redirect(url_for(".shelf", slug=slug, source=OWN, kept=1), 303)


def _done(deed: Callable[[int, int, Staff, datetime], None], keeper: int, item_id: int) -> bool:
    """Take out or bring back a question, if that municipality keeps it."""
    try:
        deed(keeper, item_id, current_staff(), now())
    except LookupError:
        return False
    return True


@bp.post("/own/<int:item_id>")
@requires(*DESIGNS)
def change_own(slug: str, item_id: int) -> ResponseReturnValue:
    """Take one of the municipality's own questions out of the library, or bring it back."""
    survey, _reach = shared_survey(slug)
    removes = request.form.get("do") != "restore"
    deed = remove if removes else bring_back
    if not any(_done(deed, one, item_id) for one in _keepers(survey)):
        abort(404)
    removed = item_id if removes else None
    return redirect(url_for(".shelf", slug=slug, source=OWN, removed=removed), 303)
