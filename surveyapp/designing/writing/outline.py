"""Where things are: the outline of a draft, and the pages of its parts."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _

from surveyapp.designing.writing.controls import place_names
from surveyapp.designing.writing.fields import id_of
from surveyapp.i18n import language
from surveyapp.questionnaire.findings import Finding
from surveyapp.questionnaire.model import Draft, Node, Question
from surveyapp.questionnaire.nodes import GoneError, find, list_names


@dataclass(frozen=True)
class Line:
    """A part in the outline: its words, its page, and how many problems there are with it.

    ``whose`` names the places whose residents alone are asked; empty for everybody.
    """

    words: str
    href: str
    here: bool
    problems: int
    lines: tuple["Line", ...] = ()
    whose: str = ""


def words_of(node: Node, name: str = "text") -> str:
    """Return a text in the reader's language, in another one, or say that it is not written."""
    text = getattr(node, name)
    others = (words for words in text.wordings.values() if words)
    unwritten = _("Section without a title") if name == "title" else _("Not written yet")
    return text.get(language()) or next(others, "") or unwritten


def page_of(slug: str, where: str) -> str:
    """Return the address of the page that a part is edited on."""
    parts = where.split("/")
    if parts[0] == "questions":
        anchor = id_of(f"card:{where}") if len(parts) > 2 else None
        return url_for("editor.question", slug=slug, question_id=parts[1], _anchor=anchor)
    if parts[0] == "sections":
        return url_for("editor.section", slug=slug, section_id=parts[1])
    anchor = id_of(f"card:{where}") if where else None
    return url_for("editor.whole", slug=slug, _anchor=anchor)


def whose(question: Question, names: Mapping[str, str]) -> str:
    """Name the places whose residents alone are asked a question; nothing for everybody."""
    return ", ".join(names[code] for code in question.only_for)


def outline(slug: str, draft: Draft, here: str, findings: Sequence[Finding]) -> tuple[Line, ...]:
    """Draw the sections and their questions."""
    wrong = Counter("/".join(one.node.split("/")[:2]) for one in findings)
    asked = {f"{part.id}/{one.id}" for part in draft.sections for one in part.questions}
    own = Counter(key.partition("/")[0] for key in wrong.elements() if key not in asked)
    names = place_names(draft)

    def question(section_id: str, one: Question) -> Line:
        where = f"questions/{one.id}"
        count = wrong[f"{section_id}/{one.id}"]
        address, own = page_of(slug, where), whose(one, names)
        return Line(words_of(one), address, here == where, count, whose=own)

    return tuple(
        Line(
            words_of(section, "title"),
            page_of(slug, f"sections/{section.id}"),
            here == f"sections/{section.id}",
            own[section.id],
            tuple(question(section.id, one) for one in section.questions),
        )
        for section in draft.sections
    )


def _question_address(question: Node, parts: Sequence[str]) -> tuple[str, str]:
    """Return the address and the text that the rest of a finding's path names."""
    where = f"questions/{question.id}"  # type: ignore[attr-defined]
    for name in list_names(question):
        if parts and any(one.id == parts[0] for one in getattr(question, name)):
            return f"{where}/{name}/{parts[0]}", "".join(parts[1:2])
    return where, "".join(parts[:1])


def address_of(draft: Draft, path: str) -> tuple[str, str]:
    """Return the address, and the text there, of a finding's path; the whole when it is gone."""
    parts = path.split("/")
    section = next((one for one in draft.sections if one.id == parts[0]), None)
    if section is not None:
        question = next((one for one in section.questions if one.id in parts[1:2]), None)
        if question is not None:
            return _question_address(question, parts[2:])
        return f"sections/{section.id}", "".join(parts[1:2])
    for size in (2, 1):
        where = "/".join(parts[:size])
        try:
            find(draft, where)
        except GoneError:
            continue
        return where, "".join(parts[size : size + 1])
    return "", path if len(parts) == 1 else ""


def named(draft: Draft, where: str) -> str:
    """Name a part by its own words, or those of the question it belongs to."""
    parts = where.split("/")
    if parts[0] == "questions":
        return words_of(find(draft, "/".join(parts[:2])))
    if parts[0] == "sections":
        return words_of(find(draft, where), "title")
    return {"notice": _("Notice of collection")}.get(where, _("The whole survey"))
