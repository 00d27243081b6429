"""The designers' wing: waves, samples, collectors and what is printed for them."""

from flask import Flask

from surveyapp.designing import fieldwork, invitations, printing


def init_app(app: Flask) -> None:
    """Register the wing's pages."""
    for module in (fieldwork, invitations, printing):
        app.register_blueprint(module.bp)
