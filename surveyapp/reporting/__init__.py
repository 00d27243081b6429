"""The analysts' wing: who answered, results and downloads."""

from flask import Flask

from surveyapp.reporting import answered, comparing, public, releases, results, surveys, words
from surveyapp.reporting.choosing import here_with


def init_app(app: Flask) -> None:
    """Register the wing's pages."""
    for module in (surveys, answered, results, words, releases, comparing, public):
        app.register_blueprint(module.bp)
    app.jinja_env.globals["here_with"] = here_with
    app.jinja_env.globals["has_municipalities"] = comparing.has_municipalities
