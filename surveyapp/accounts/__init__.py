"""The keys: who signs in, and what they may open."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the pages of signing in."""
