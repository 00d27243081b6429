"""What every page of the program shares: static addresses by content, and plain formats."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, url_for

STATIC = Path(__file__).resolve().parent / "static"


@cache
def _content_hash(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def static_url(name: str) -> str:
    """Return the address of a static file; it changes with the content, so it caches for good."""
    return url_for("static", filename=name, v=_content_hash(name))


def init_app(app: Flask) -> None:
    """Give templates what they share."""
    app.jinja_env.globals["static_url"] = static_url
