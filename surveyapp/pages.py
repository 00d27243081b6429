"""What every page of the program shares: static addresses by content, and plain formats."""

import gzip
import hashlib
import mimetypes
from functools import cache
from pathlib import Path

from flask import Flask, Response, abort, request, url_for
from flask.typing import ResponseReturnValue

STATIC = Path(__file__).resolve().parent / "static"
# A resident's page asks for one script; it is written in parts, one subject each.
SCRIPT = "survey.js"
PARTS = STATIC / "survey"
# What one kind of question alone needs comes after the page; parts lie in a folder of that name.
SCRIPTS = (SCRIPT, "places.js", "ranking.js", "entry.js", "kiosk.js")
# Parts of the residents' script that another one needs too: that of a tablet at events takes them
# all, but for those that it has under the same name.
BORROWED = {
    "entry.js": (PARTS / "conditions.js",),
    "kiosk.js": tuple(PARTS.glob("*.js")),
}


def _lines(part: Path) -> list[str]:
    """Return a part without indentation, empty lines and lines that are comments.

    No part holds a text of several lines (a test sees to it), so nothing else can be lost.
    """
    stripped = (line.strip() for line in part.read_text("utf-8").splitlines())
    return [line for line in stripped if line and not line.startswith("//")]


@cache
def script(name: str = SCRIPT) -> bytes:
    """Join the parts in the order of their names, inside one function: no name leaks out."""
    own = (STATIC / name.removesuffix(".js")).glob("*.js")
    parts = {part.name: part for part in (*BORROWED.get(name, ()), *own)}
    lines = [line for _name, part in sorted(parts.items()) for line in _lines(part)]
    body = (line for line in lines if line != '"use strict";')
    return "\n".join(("(function () {", '"use strict";', *body, "})();", "")).encode()


@cache
def _names() -> frozenset[str]:
    return frozenset(one.name for one in STATIC.iterdir() if one.is_file()).union(SCRIPTS)


@cache
def _content(name: str) -> bytes:
    return script(name) if name in SCRIPTS else (STATIC / name).read_bytes()


@cache
def _compressed(name: str) -> bytes:
    return gzip.compress(_content(name), 9, mtime=0)


def send_static(filename: str) -> ResponseReturnValue:
    """Send a static file, compressed once and not at each request."""
    if filename not in _names():
        abort(404)
    response = Response(_content(filename), mimetype=mimetypes.guess_type(filename)[0])
    if "gzip" in request.accept_encodings:
        response.data = _compressed(filename)
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    return response


@cache
def _content_hash(name: str) -> str:
    return hashlib.sha256(_content(name)).hexdigest()[:10]


def static_url(name: str) -> str:
    """Return the address of a static file; it changes with the content, so it caches for good."""
    return url_for("static", filename=name, v=_content_hash(name))


def init_app(app: Flask) -> None:
    """Give templates what they share."""
    app.add_url_rule("/static/<filename>", "static", send_static)
    app.jinja_env.globals["static_url"] = static_url
