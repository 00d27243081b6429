"""The script that helps to find one's place, with its words: sent when somebody asks for it.

Its words come along with it and not with the page: whoever picks from the page's own list never
pays for them.
"""

import hashlib
import json

from flask import Blueprint, Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from surveyapp.answering.finding import FOR_GOOD
from surveyapp.i18n import language
from surveyapp.pages import WITH_WORDS, content
from surveyapp.storage.memory import remembered

bp = Blueprint("helping", __name__, url_prefix="/<language>/places")


def _made() -> tuple[str, bytes]:
    """Return the script in the reader's language, and the digest that its address carries."""

    def make() -> tuple[str, bytes]:
        parts = json.dumps(render_template("forms/finder.html"), ensure_ascii=False)
        # A block of its own, so that the name leaks nowhere.
        body = f"{{const PARTS={parts};".encode() + content(WITH_WORDS) + b"}"
        return hashlib.sha256(body).hexdigest()[:10], body

    return remembered("places_script", language(), make)


def script_address() -> str:
    """Return the address of the script; it changes with the content."""
    return url_for("helping.send_script", digest=_made()[0])


@bp.get("/places-<digest>.js")
def send_script(digest: str) -> ResponseReturnValue:
    """Send the script that searches places and shows them on a map."""
    known, body = _made()
    if digest != known:
        abort(404)
    return Response(body, mimetype="text/javascript", headers={"Cache-Control": FOR_GOOD})
