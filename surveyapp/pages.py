"""What every page of the program shares: static addresses by content, and plain formats."""

import gzip
import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, request, url_for
from flask.typing import ResponseReturnValue

STATIC = Path(__file__).resolve().parent / "static"
# A resident's page asks for one script; it is written in parts, one subject each.
SCRIPT = "survey.js"
PARTS = STATIC / "survey"


def _lines(part: Path) -> list[str]:
    """Return a part without indentation, empty lines and lines that are comments.

    No part holds a text of several lines (a test sees to it), so nothing else can be lost.
    """
    stripped = (line.strip() for line in part.read_text("utf-8").splitlines())
    return [line for line in stripped if line and not line.startswith("//")]


@cache
def script() -> bytes:
    """Join the parts in the order of their names, inside one function: no name leaks out."""
    lines = [line for part in sorted(PARTS.glob("*.js")) for line in _lines(part)]
    body = (line for line in lines if line != '"use strict";')
    return "\n".join(("(function () {", '"use strict";', *body, "})();", "")).encode()


@cache
def _compressed_script() -> bytes:
    return gzip.compress(script(), 9, mtime=0)


def send_script() -> ResponseReturnValue:
    """Send the residents' script, compressed once and not at each request."""
    response = Response(script(), mimetype="text/javascript")
    if "gzip" in request.accept_encodings:
        response.data = _compressed_script()
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    return response


@cache
def _content_hash(name: str) -> str:
    content = script() if name == SCRIPT else (STATIC / name).read_bytes()
    return hashlib.sha256(content).hexdigest()[:10]


def static_url(name: str) -> str:
    """Return the address of a static file; it changes with the content, so it caches for good."""
    return url_for("static", filename=name, v=_content_hash(name))


def init_app(app: Flask) -> None:
    """Give templates what they share."""
    app.add_url_rule(f"/static/{SCRIPT}", "script", send_script)
    app.jinja_env.globals["static_url"] = static_url
