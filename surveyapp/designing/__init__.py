"""The designers' wing: questionnaires, waves, samples, collectors and what is printed for them."""

from flask import Flask

from surveyapp.designing import (
    conditions,
    drafts,
    editor,
    exchange,
    fieldwork,
    invitations,
    library,
    printing,
    reviewing,
    translating,
    translation_files,
    trying,
)
from surveyapp.designing.municipalities import pages as municipalities
from surveyapp.designing.waves import pages as waves


def init_app(app: Flask) -> None:
    """Register the wing's pages."""
    for module in (
        drafts,
        editor,
        exchange,
        conditions,
        translating,
        translation_files,
        trying,
        reviewing,
        fieldwork,
        waves,
        municipalities,
        invitations,
        printing,
        library,
    ):
        app.register_blueprint(module.bp)
