"""What every page of the program shares: static addresses by content, and plain formats."""

import hashlib
import mimetypes
from functools import cache
from pathlib import Path

import zopfli.gzip
from flask import Flask, Response, abort, request, url_for
from flask.typing import ResponseReturnValue

# Scripts and style sheets as they are sent: ``scripts/static`` writes them from their sources.
SENT = Path(__file__).resolve().parent / "static" / "sent"
# Goes out with its words, from an address of its own (answering.helping).
WITH_WORDS = "places.js"


@cache
def content(name: str) -> bytes:
    """Return a script or a style sheet as it is sent."""
    return (SENT / name).read_bytes()


@cache
def _names() -> frozenset[str]:
    return frozenset(one.name for one in SENT.iterdir()) - {WITH_WORDS}


@cache
def _compressed(name: str) -> bytes:
    return zopfli.gzip.compress(content(name))


def send_static(filename: str) -> ResponseReturnValue:
    """Send a static file, compressed once and not at each request."""
    if filename not in _names():
        abort(404)
    response = Response(content(filename), mimetype=mimetypes.guess_type(filename)[0])
    if "gzip" in request.accept_encodings:
        response.data = _compressed(filename)
        response.content_encoding = "gzip"
    response.vary.add("Accept-Encoding")
    return response


@cache
def _content_hash(name: str) -> str:
    return hashlib.sha256(content(name)).hexdigest()[:10]


def static_url(name: str) -> str:
    """Return the address of a static file; it changes with the content, so it caches for good."""
    return url_for("static", filename=name, v=_content_hash(name))


def init_app(app: Flask) -> None:
    """Give templates what they share."""
    app.add_url_rule("/static/<filename>", "static", send_static)
    app.jinja_env.globals["static_url"] = static_url
