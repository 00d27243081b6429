"""Pages that are drawn once and filled many times.

A page that nothing was answered on yet is the same for everybody but for a few tokens, and so
are the lobby and the receipt. Such a page is drawn once for each edition, language and profile,
with marks where the tokens go; drawing it again for each resident would be most of the cost of a
request.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields
from html import escape

from flask import current_app
from flask_wtf.csrf import generate_csrf

MOST_DRAWN = 2_000


@dataclass(frozen=True)
class Slots:
    """What differs from one resident's page to the next."""

    csrf: str = ""
    visit: str = ""
    counter: str = ""
    start: str = ""
    receipt: str = ""


NAMES = tuple(one.name for one in fields(Slots))
MARKS = Slots(*(f"{{{{{name}-slot}}}}" for name in NAMES))


def slots(visit: str = "", counter: int = 0, start: str = "", receipt: str = "") -> Slots:
    """Return the tokens of this resident's next page."""
    return Slots(generate_csrf(), visit, str(counter), start, receipt)


def filled(key: Hashable | None, mine: Slots, draw: Callable[[Slots], str]) -> str:
    """Return a page with its tokens; ``key`` is None for a page that is somebody's own."""
    if key is None:
        return draw(mine)
    drawn = current_app.extensions.setdefault("surveyapp_drawn", {})
    if key not in drawn:
        if len(drawn) >= MOST_DRAWN:
            drawn.clear()
        drawn[key] = draw(MARKS)
    page: str = drawn[key]
    for name in NAMES:
        page = page.replace(getattr(MARKS, name), escape(getattr(mine, name)))
    return page
