"""A page of questions as it was sent: from which visit, which section, with what on it."""

from dataclasses import dataclass
from typing import Any

from flask import Response, request, url_for

from surveyapp.answering.drawing import Posted, draw
from surveyapp.answering.route import Standing
from surveyapp.answering.visiting import token_of
from surveyapp.questionnaire.model import Section
from surveyapp.storage.collected.visits import Visit


@dataclass(frozen=True)
class Sheet:
    """A page that was sent. ``raw`` is what was on it, by answer key."""

    where: Standing
    section: Section
    slug: str
    raw: dict[str, list[str]]

    @property
    def visit(self) -> Visit:
        """The visit as it was before the page came."""
        return self.where.visit

    @property
    def counter(self) -> int:
        """The counter that the page was rendered from; 0 if it carries none."""
        given = request.form.get("counter", "")
        return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0


def is_returning() -> bool:
    """Tell whether the resident came from the check page, to go back there."""
    return request.args.get("return") == "check"


def address(slug: str, section_id: str, **more: Any) -> str:
    """Return the address of a section, on the way to the check page if this one is."""
    back = {"return": "check"} if is_returning() else {}
    return url_for("sections.section", slug=slug, section_id=section_id, **back, **more)


def next_address(where: Standing, section_id: str, slug: str) -> str:
    """Return where to go when a section is done: on, or back to the check page."""
    following = where.undone if is_returning() else where.after(section_id)
    if following is None:
        return url_for("sending.check", slug=slug)
    return url_for("sections.section", slug=slug, section_id=following.id)


def again(sheet: Sheet, posted: Posted) -> str | Response:
    """Draw a page again as it was sent."""
    token = token_of(sheet.slug)
    return draw(
        sheet.where, sheet.section, sheet.slug, token, posted=posted, returning=is_returning()
    )
