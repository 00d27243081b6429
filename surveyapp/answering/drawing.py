"""What a page of questions shows, ready for its template."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Response, render_template, url_for
from flask_babel import gettext as _

from surveyapp.answering.place_lists import Narrowing, place_list
from surveyapp.answering.route import Standing
from surveyapp.answering.slots import Slots, filled, slots
from surveyapp.forms.fields import QuestionView, Shown, view
from surveyapp.forms.posting import raw_of, storable
from surveyapp.i18n import language
from surveyapp.questionnaire.answers import Raw
from surveyapp.questionnaire.conditions import Condition
from surveyapp.questionnaire.model import Note, Place, Section
from surveyapp.questionnaire.openings import Part, parts
from surveyapp.storage.collected.visits import Visit
from surveyapp.storage.municipal.prefixes import prefix_table
from surveyapp.storage.municipal.profiles import profile


@dataclass(frozen=True)
class Asking:
    """A question in its place on a page.

    ``asked_if`` is a condition on other answers of the page, as JSON; empty: the page decides
    nothing. A question that is not asked yet is on the page for the script alone.
    """

    view: QuestionView
    asked: bool
    asked_if: str = ""


@dataclass(frozen=True)
class Page:
    """A section as it is shown; ``start`` is the first page. ``total`` is 0 while not sure."""

    survey: str
    heading: str
    intro: str
    lone: bool
    questions: tuple[Asking, ...]
    errors: tuple[tuple[str, str], ...]
    number: int
    total: int
    action: str
    back: str
    start: str
    message: str = ""


@dataclass(frozen=True)
class Posted:
    """What a page is drawn with when it is not drawn from what is saved."""

    raw: Raw
    problems: Mapping[str, Sequence[str]]
    message: str = ""
    narrowing: Narrowing | None = None


def _errors(questions: Sequence[Asking]) -> tuple[tuple[str, str], ...]:
    """List the sentences with their fields; one said twice names its question as well."""
    found = [(one.view, *problem) for one in questions for problem in one.view.problems]
    said = Counter(sentence for _view, _target, sentence in found)
    return tuple(
        (target, f"{view.about(target)} – {sentence}" if said[sentence] > 1 else sentence)
        for view, target, sentence in found
    )


def _json(condition: Condition | None) -> str:
    return "" if condition is None else condition.model_dump_json(by_alias=True)


def _parts(standing: Standing, section: Section) -> tuple[Part, ...]:
    return parts(standing.questionnaire, standing.visit.answers, section, standing.tree.lineages)


def _back(standing: Standing, section: Section, slug: str, returning: bool) -> str:
    if returning:
        return url_for("sending.check", slug=slug)
    before = standing.before(section)
    if before is None:
        return url_for("arrival.notice", slug=slug)
    return url_for("sections.section", slug=slug, section_id=before.id)


def _page(standing: Standing, section: Section, posted: Posted, slug: str, returning: bool) -> Page:
    reader = language()
    held = _parts(standing, section)
    lists = {
        one.question.id: place_list(
            standing.tree, one.question, posted.raw, reader, posted.narrowing
        )
        for one in held
        if isinstance(one.question, Place)
    }
    shown = Shown(reader, posted.raw, posted.problems, lists)
    questions = tuple(
        Asking(view(one.question, shown), one.asked, _json(one.hangs_on)) for one in held
    )
    lone = _is_lone(held)
    return Page(
        survey=standing.questionnaire.title[reader],
        heading=questions[0].view.text if lone else section.title[reader],
        intro=section.intro[reader] if section.intro else "",
        lone=lone,
        questions=questions,
        errors=_errors(questions),
        number=standing.place(section) + 1,
        total=standing.total,
        action=url_for(
            "sections.section",
            slug=slug,
            section_id=section.id,
            **({"return": "check"} if returning else {}),
        ),
        back=_back(standing, section, slug, returning),
        start=url_for("sections.section", slug=slug, section_id=standing.sections[0].id),
        message=posted.message,
    )


def _is_lone(held: Sequence[Part]) -> bool:
    """A page of one question has that question as its heading."""
    return len(held) == 1 and not isinstance(held[0].question, Note)


def kept_raw(visit: Visit, section: Section) -> Raw:
    """Return what a visit holds of a section: typed and not accepted yet, else saved."""
    typed = visit.typed.get(section.id)
    return raw_of(section, visit.answers) if typed is None else typed


def draw(
    standing: Standing,
    section: Section,
    slug: str,
    token: str,
    *,
    posted: Posted | None = None,
    returning: bool = False,
    message: str = "",
) -> str | Response:
    """Draw a section: as it was posted, else as it was typed, else as it was saved."""
    visit = standing.visit
    kept = kept_raw(visit, section)
    drawn_from = replace(posted, raw=storable(posted.raw)) if posted else Posted(kept, {}, message)

    def render(tokens: Slots) -> str:
        return render_template(
            "answering/section.html",
            slots=tokens,
            page=_page(standing, section, drawn_from, slug, returning),
            survey=standing.questionnaire,
            slug=slug,
            profile=profile(standing.profile_id).content,
        )

    # Only what was asked elsewhere can differ on a page where nothing was answered yet.
    key = None
    if posted is None and not kept and not message:
        key = (
            slug,
            section.id,
            language(),
            returning,
            visit.edition_id,
            standing.profile_id,
            standing.tree.id,
            _prefixes(standing, section),
            tuple((one.question.id, one.asked, one.hangs_on) for one in _parts(standing, section)),
            tuple(one.id for one in standing.sections),
            standing.total,
        )
    return filled(key, slots(token, visit.counter), render)


def _prefixes(standing: Standing, section: Section) -> str:
    """Name the postal prefixes that a page leads to: they can change while a wave is open."""
    if not any(isinstance(one, Place) for one in section.questions):
        return ""
    table = prefix_table(standing.tree.id)
    return table.digest if table else ""


def stale_message() -> str:
    """Say that a newer answer to the page was kept."""
    return _(
        "You answered this page again in another window. This is what we kept; change it here if"
        " it is not right."
    )


def welcome_message() -> str:
    """Greet who comes back with a code."""
    return _("Welcome back. This is the first page that you have not finished.")
