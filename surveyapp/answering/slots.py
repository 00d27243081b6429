"""Pages that are drawn once and filled many times.

A page that nothing was answered on yet is the same for everybody but for a few tokens, and so
are the lobby and the receipt. Such a page is drawn and compressed once for each edition, language
and profile, with marks where the tokens go; doing it again for each resident would be most of the
cost of a request.
"""

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields
from html import escape

from flask import Response, current_app, request
from markupsafe import Markup

from surveyapp.answering.kiosk import kiosk_code
from surveyapp.answering.packing import Packed, packed, takes_gzip
from surveyapp.answering.tokens import form_token
from surveyapp.marking import heard

MOST_DRAWN = 2_000
COMPRESSED = [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]


@dataclass(frozen=True)
class Slots:
    """What differs from one resident's page to the next; ``answers`` are markup."""

    csrf: str = ""
    visit: str = ""
    counter: str = ""
    start: str = ""
    receipt: str = ""
    seen: str = ""
    answers: str = ""


NAMES = tuple(one.name for one in fields(Slots))
MARKS = Slots(*(f"{{{{{name}-slot}}}}" for name in NAMES))
MARK = re.compile(r"\{\{(" + "|".join(NAMES) + r")-slot\}\}")


def slots(visit: str = "", counter: int = 0, start: str = "", receipt: str = "") -> Slots:
    """Return the tokens of this resident's next page."""
    return Slots(form_token(), visit, str(counter), start, receipt)


def filled(key: Hashable | None, mine: Slots, draw: Callable[[Slots], str]) -> str | Response:
    """Return a page with its tokens; ``key`` is None for a page that is somebody's own."""
    if key is None:
        return heard(draw(mine))
    # On a tablet the same page has other buttons.
    key = (kiosk_code(), key)
    drawn = current_app.extensions.setdefault("surveyapp_drawn", {})
    if key not in drawn:
        if len(drawn) >= MOST_DRAWN:
            drawn.clear()
        pieces = MARK.split(heard(draw(MARKS)))
        drawn[key] = packed(pieces[::2], pieces[1::2])
    return _response(drawn[key], mine)


def _written(value: str) -> bytes:
    return (value if isinstance(value, Markup) else escape(value)).encode()


def _response(page: Packed, mine: Slots) -> Response:
    tokens = {name: _written(getattr(mine, name)) for name in page.names}
    if takes_gzip(request.headers.get("Accept-Encoding", "")):
        return Response(page.gzipped(tokens), headers=COMPRESSED)
    return Response(page.page(tokens))
