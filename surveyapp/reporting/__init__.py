"""The analysts' wing: who answered, results and downloads."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the wing's pages."""
