"""A page of the editor drawn: the outline, one part of the draft, and what to look at there."""

from dataclasses import replace

from flask import render_template, request
from flask_babel import gettext as _

from surveyapp.accounts.access import current_staff
from surveyapp.designing.whose import share_of
from surveyapp.designing.writing.cards import NOTHING, Back, card, cards_in
from surveyapp.designing.writing.controls import place_names
from surveyapp.designing.writing.fields import id_of
from surveyapp.designing.writing.kinds import KIND_NAMES, SCALE_NAMES
from surveyapp.designing.writing.mending import theirs, told
from surveyapp.designing.writing.outline import outline, whose, words_of
from surveyapp.designing.writing.saving import what_went
from surveyapp.forms.conditions import asked_if, by_text
from surveyapp.i18n import language
from surveyapp.questionnaire.findings import Code, Finding
from surveyapp.questionnaire.model import Draft, Node
from surveyapp.questionnaire.nodes import find, list_names, options_mark, parent
from surveyapp.questionnaire.reviewing.local_advice import unknown_places
from surveyapp.questionnaire.reviewing.review import Review, review
from surveyapp.storage.drafting.drafts import STRUCTURE, former_wordings
from surveyapp.storage.drafting.surveys import Survey, editions_of
from surveyapp.storage.municipal.places import known_places


def reviewed(survey: Survey) -> Review:
    """Review a survey's draft against its editions."""
    documents = [one.questionnaire for one in editions_of(survey.id)]
    found = review(survey.draft, documents[-1] if documents else None, documents[:-1])
    if not any(one.only_for for one in survey.draft.questions()):
        return found
    strange = tuple(unknown_places(survey.draft, known_places()))
    return replace(found, advice=(*found.advice, *strange))


def _heading(draft: Draft, where: str) -> str:
    if not where:
        return _("The whole survey")
    return words_of(find(draft, where), "text" if where.startswith("questions/") else "title")


def _cards(draft: Draft, where: str, node: Node, back: Back) -> dict[str, object]:
    """Draw the cards of a page: its own, then those of the parts it shows."""
    shown = ("options", "statements", "factors", "priorities")
    names = [one for one in list_names(node) if one in shown]
    lists = {one: cards_in(draft, where, one, back) for one in names}
    alone = {name: card(draft, name, None, back) for name in ("notice", "floors") if not where}
    if not where and draft.youth:
        alone["youth"] = card(draft, "youth", None, back)
    return {"main": card(draft, where, None, back), "lists": lists, **alone}


def _adding(draft: Draft, where: str) -> dict[str, str]:
    """Say where a new question goes: after this one, or at the end of this section."""
    if where.startswith("questions/"):
        holder, name = parent(draft, where)
        ids = [*(one.id for one in getattr(find(draft, holder), name)), ""]
        return {"where": holder, "before": ids[ids.index(where.partition("/")[2]) + 1]}
    return {"where": where, "before": ""}


def _near(draft: Draft, where: str, found: Review) -> list[Finding]:
    """List what is to be looked at in a section or a question."""
    prefix = where.partition("/")[2]
    if where.startswith("questions/"):
        prefix = f"{parent(draft, where)[0].partition('/')[2]}/{prefix}"
    every = (*found.problems, *found.advice)
    return [one for one in every if where and f"{one.node}/".startswith(f"{prefix}/")]


def _condition(draft: Draft, node: Node) -> str:
    condition = getattr(node, "asked_if", None)
    return asked_if(condition, by_text(draft, language())) if condition else ""


def _asked_of(draft: Draft, node: Node) -> str:
    """Name the places whose residents alone are asked, if it is a question for some."""
    return whose(node, place_names(draft)) if getattr(node, "only_for", ()) else ""  # type: ignore[arg-type]


def draw(
    survey: Survey,
    where: str,
    back: Back = NOTHING,
    status: int = 200,
    went: tuple[int | None, str] | None = None,
) -> tuple[str, int]:
    """Draw the page of a part; ``went`` is the edit that was just made, and what was not."""
    draft, share = survey.draft, share_of(survey)
    node, mine = find(draft, where), share.may_change(survey, where)
    found = reviewed(survey)
    if any(one.code is Code.text_stale for one in found.problems):
        back = replace(back, former=former_wordings(survey.id))
    return render_template(
        "designing/writing/editor.html",
        survey=survey,
        draft=draft,
        where=where,
        node=node,
        heading=_heading(draft, where),
        outline=outline(survey.slug, draft, where, found.problems),
        problems=len(theirs(survey, share, found.problems)),
        is_published=not where and bool(editions_of(survey.id)),
        near=told(survey.slug, draft, _near(draft, where, found)),
        condition=_condition(draft, node),
        adding=_adding(draft, where),
        mine=mine,
        may_design=mine and current_staff().role in STRUCTURE,
        for_whom=share.choices,
        asked_of=_asked_of(draft, node),
        near_place=share.near(node),
        orphans=back.orphans,
        kinds=KIND_NAMES,
        kind_to_add=request.args.get("kind", ""),
        scale_names=SCALE_NAMES,
        options_seen=options_mark(node),
        errors=[(id_of(name), sentence) for name, sentence in back.errors.items()],
        contested=bool(back.contested),
        **what_went(survey, went),
        **_cards(draft, where, node, back),
    ), status
