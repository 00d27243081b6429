"""What a resident checks before sending: their answers in words, each with a way to change it.

A line that many people have, one option chosen or nothing, is drawn once for all of them. What
one person wrote, counted, ticked or ranked, and where they live, is drawn anew and never kept.
"""

from collections.abc import Callable, Hashable
from typing import Any

from flask import current_app, get_template_attribute, url_for
from markupsafe import Markup

from surveyapp.answering.route import Standing
from surveyapp.forms.summary import line
from surveyapp.i18n import language
from surveyapp.marking import heard
from surveyapp.questionnaire.model import Draft, Item, Kind, Section, items
from surveyapp.storage.memory import remembered

MOST_KEPT = 5_000
TEMPLATE = "answering/answers.html"
ONE_OPTION = (Kind.single, Kind.scale, Kind.battery)
Group = tuple[Item, ...]


def _kept(key: Hashable, draw: Callable[[], Markup]) -> Markup:
    kept: dict[Hashable, Markup] = current_app.extensions.setdefault("surveyapp_lines", {})
    found = kept.get(key)
    if found is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        found = kept[key] = draw()
    return found


def _drawn(macro: str, *values: Any) -> Markup:
    return Markup(heard(get_template_attribute(TEMPLATE, macro)(*values)))


def _groups(draft: Draft) -> dict[str, Group]:
    """Return the items of each section."""
    section_of = {one.id: section.id for section in draft.sections for one in section.questions}
    found: dict[str, list[Item]] = {}
    for item in items(draft):
        found.setdefault(section_of[item.question.id], []).append(item)
    return {section: tuple(group) for section, group in found.items()}


def _is_anybodys(item: Item, answers: Any) -> bool:
    """Tell whether many people share a line: one option was chosen, or none."""
    if answers.get(f"{item.key}.other"):
        return False
    value = answers[item.key]
    return value is None or (item.question.kind in ONE_OPTION and isinstance(value, str))


def _row(where: Standing, item: Item, address: str, reader: str) -> Markup:
    answers = where.visit.answers

    def draw() -> Markup:
        names = where.tree.names(reader) if item.question.kind is Kind.place else {}
        return _drawn("row", line(item, answers, reader, names), address)

    if not _is_anybodys(item, answers):
        return draw()
    return _kept((where.visit.edition_id, reader, address, item.key, answers[item.key]), draw)


def _section(where: Standing, section: Section, group: Group, slug: str) -> list[Markup]:
    """Return the pieces of a section; none if nothing of it was asked."""
    reader, answers = language(), where.visit.answers
    to = url_for("sections.section", slug=slug, section_id=section.id, **{"return": "check"})
    rows = [_row(where, item, to, reader) for item in group if item.key in answers]
    if not rows:
        return []
    key = (where.visit.edition_id, reader, section.id)
    opening = _kept(key, lambda: _drawn("opening", section.id, section.title[reader]))
    return [opening, *rows, _kept("closing", lambda: _drawn("closing"))]


def answers_in_words(where: Standing, slug: str) -> Markup:
    """Return every answer of a visit as markup, by section."""
    groups = remembered("groups", where.visit.edition_id, lambda: _groups(where.questionnaire))
    return Markup().join(
        piece
        for section in where.sections
        for piece in _section(where, section, groups.get(section.id, ()), slug)
    )
