"""What every page of the program shares: static addresses by content, and plain formats."""

import hashlib
import mimetypes
import re
from functools import cache
from pathlib import Path

import zopfli.gzip
from flask import Flask, Response, abort, request, url_for
from flask.typing import ResponseReturnValue

STATIC = Path(__file__).resolve().parent / "static"
# A resident's page asks for one script; it is written in parts, one subject each.
SCRIPT = "survey.js"
PARTS = STATIC / "survey"
# A tablet at events and a desk of staff have scripts of their own, in folders of that name.
SCRIPTS = (SCRIPT, "editor.js", "entry.js", "kiosk.js")
# Parts of the residents' script that another one needs too: that of a tablet at events takes them
# all, but for those that it has under the same name.
BORROWED = {
    "entry.js": (PARTS / "conditions.js",),
    "kiosk.js": tuple(PARTS.glob("*.js")),
}

# Where a space says nothing: beside these, outside what is quoted. Beside + and - it may.
CLOSE = re.compile(r" ?([=(){}\[\],;:?<>|&*!]) ?")
# A line with one of these may hold a pattern or another quotation: it stays as it is.
# A line that ends so goes on without its end.
GOES_ON = re.compile(r"([;{},])\n")
UNSURE = re.compile(r"[/'`]")


def _squeezed(line: str) -> str:
    """Return a line of a script without the spaces that only people need."""
    if UNSURE.search(line):
        return line
    pieces = line.split('"')
    pieces[::2] = (CLOSE.sub(r"\1", piece) for piece in pieces[::2])
    return '"'.join(pieces)


def _lines(part: Path) -> list[str]:
    """Return a part without indentation, spaces, empty lines and lines that are comments.

    No part holds a text of several lines or a quotation mark in a text (a test sees to it), so
    nothing else can be lost.
    """
    stripped = (line.strip() for line in part.read_text("utf-8").splitlines())
    return [_squeezed(line) for line in stripped if line and not line.startswith("//")]


@cache
def script(name: str = SCRIPT, before: str = "") -> bytes:
    """Join the parts in the order of their names, inside one function: no name leaks out."""
    own = (STATIC / name.removesuffix(".js")).glob("*.js")
    parts = {part.name: part for part in (*BORROWED.get(name, ()), *own)}
    lines = [line for _name, part in sorted(parts.items()) for line in _lines(part)]
    body = [line for line in lines if line != '"use strict";']
    body[:0] = [before] if before else []
    joined = "\n".join(("(function () {", '"use strict";', *body, "})();", ""))
    return GOES_ON.sub(r"\1", joined).encode()


@cache
def _names() -> frozenset[str]:
    return frozenset(one.name for one in STATIC.iterdir() if one.is_file()).union(SCRIPTS)


@cache
def _content(name: str) -> bytes:
    if name in SCRIPTS:
        return script(name)
    content = (STATIC / name).read_bytes()
    return sheet(content.decode()).encode() if name.endswith(".css") else content


def sheet(source: str) -> str:
    """Return a style sheet without the spaces that only people need; no text of it holds any."""
    return re.sub(r": ", ":", re.sub(r"\s*([{};,])\s*", r"\1", source))


@cache
def _compressed(name: str) -> bytes:
    return zopfli.gzip.compress(_content(name))


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
