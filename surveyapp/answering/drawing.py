"""What a page of questions shows, ready for its template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import render_template, url_for
from flask_babel import gettext as _

from surveyapp.answering.route import Standing
from surveyapp.answering.slots import Slots, filled, slots
from surveyapp.forms.fields import Choice, Group, QuestionView, Shown, view
from surveyapp.forms.posting import raw_of
from surveyapp.i18n import language
from surveyapp.questionnaire.answers import Raw, asked
from surveyapp.questionnaire.model import Note, Place, Question, Section
from surveyapp.storage.places import PlaceTree
from surveyapp.storage.profiles import profile


@dataclass(frozen=True)
class Page:
    """One section as it is shown. ``total`` is 0 while it is not sure."""

    survey: str
    heading: str
    intro: str
    lone: bool
    questions: tuple[QuestionView, ...]
    errors: tuple[tuple[str, str], ...]
    number: int
    total: int
    action: str
    back: str
    message: str = ""


@dataclass(frozen=True)
class Posted:
    """What a page is drawn with when it is not drawn from what is saved."""

    raw: Raw
    problems: Mapping[str, Sequence[str]]
    message: str = ""


def place_groups(tree: PlaceTree, level: str, reader: str) -> tuple[Group, ...]:
    """Group the places that can be chosen under the places that hold them, by name."""
    wanted = tree.at(level) or tree.at("municipality")
    parents = {place.parent for place in wanted}
    holders = [place for place in tree.places if place.code in parents]
    groups = []
    for holder in tree.sorted_by_name(holders, reader):
        inside = [place for place in wanted if place.parent == holder.code]
        label = holder.name(reader) if len(holders) > 1 else ""
        groups.append(Group(label, _choices(tree, inside, reader)))
    loose = [place for place in wanted if place.parent is None]
    return (*groups, Group("", _choices(tree, loose, reader))) if loose else tuple(groups)


def _choices(tree: PlaceTree, places: Sequence[object], reader: str) -> tuple[Choice, ...]:
    ordered = tree.sorted_by_name(places, reader)  # type: ignore[arg-type]
    return tuple(Choice(place.code, place.name(reader)) for place in ordered)


def _errors(views: Sequence[QuestionView]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (field.id, sentence) for one in views for field in one.fields for sentence in field.errors
    )


def _back(standing: Standing, section: Section, slug: str, returning: bool) -> str:
    if returning:
        return url_for("sending.check", slug=slug)
    before = standing.before(section)
    if before is None:
        return url_for("arrival.notice", slug=slug)
    return url_for("sections.section", slug=slug, section_id=before.id)


def _page(standing: Standing, section: Section, posted: Posted, slug: str, returning: bool) -> Page:
    reader = language()
    visit = standing.visit
    questions = asked(standing.questionnaire, visit.answers, section, standing.tree.lineages)
    levels = [one.level for one in questions if isinstance(one, Place)]
    groups = place_groups(standing.tree, levels[0], reader) if levels else ()
    shown = Shown(reader, posted.raw, posted.problems, groups)
    views = tuple(view(question, shown) for question in questions)
    lone = _is_lone(questions)
    return Page(
        survey=standing.questionnaire.title[reader],
        heading=views[0].text if lone else section.title[reader],
        intro=section.intro[reader] if section.intro else "",
        lone=lone,
        questions=views,
        errors=_errors(views),
        number=standing.sections.index(section) + 1,
        total=standing.total,
        action=url_for(
            "sections.section",
            slug=slug,
            section_id=section.id,
            **({"return": "check"} if returning else {}),
        ),
        back=_back(standing, section, slug, returning),
        message=posted.message,
    )


def _is_lone(questions: Sequence[Question]) -> bool:
    """A page of one question has that question as its heading."""
    return len(questions) == 1 and not isinstance(questions[0], Note)


def draw(
    standing: Standing,
    section: Section,
    slug: str,
    token: str,
    *,
    posted: Posted | None = None,
    returning: bool = False,
) -> str:
    """Draw a section: as it was posted, else as it was typed, else as it was saved."""
    visit = standing.visit
    kept = visit.typed.get(section.id) or raw_of(section, visit.answers)
    drawn_from = posted or Posted(kept, {})

    def render(tokens: Slots) -> str:
        return render_template(
            "answering/section.html",
            slots=tokens,
            page=_page(standing, section, drawn_from, slug, returning),
            profile=profile(visit.profile_id).content,
        )

    # Only what was asked elsewhere can differ on a page where nothing was answered yet.
    key = None
    if posted is None and not kept:
        asked_ids = asked(standing.questionnaire, visit.answers, section, standing.tree.lineages)
        key = (
            slug,
            section.id,
            language(),
            returning,
            visit.edition_id,
            visit.profile_id,
            standing.tree.id,
            tuple(one.id for one in asked_ids),
            tuple(one.id for one in standing.sections),
            standing.total,
        )
    return filled(key, slots(token, visit.counter), render)


def stale_message() -> str:
    """Say that a newer answer to the page was kept."""
    return _(
        "You answered this page again in another window. This is what we kept; change it here if"
        " it is not right."
    )
