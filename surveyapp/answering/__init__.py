"""The residents' wing: from the lobby to the receipt, one page at a time."""

from flask import Flask

from surveyapp.answering import arrival, sections, sending


def init_app(app: Flask) -> None:
    """Register the wing's pages."""
    for module in (arrival, sections, sending):
        app.register_blueprint(module.bp)
