"""The analysts' wing: who answered, results and downloads."""

from flask import Flask

from surveyapp.reporting import surveys


def init_app(app: Flask) -> None:
    """Register the wing's pages."""
    app.register_blueprint(surveys.bp)
