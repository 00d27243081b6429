"""The operator's commands, one module a subject."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the commands."""
