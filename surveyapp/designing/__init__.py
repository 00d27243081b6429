"""The designers' wing: questionnaires, waves, samples, collectors and what is printed for them."""

from flask import Flask

from surveyapp.designing import drafts, exchange
from surveyapp.designing.fieldwork import invitations, printing, ways
from surveyapp.designing.fieldwork.waves import pages as waves
from surveyapp.designing.joint import pages as joint
from surveyapp.designing.municipalities import pages as municipalities
from surveyapp.designing.reviewing import pages as reviewing
from surveyapp.designing.reviewing import trying
from surveyapp.designing.translating import files
from surveyapp.designing.translating import pages as translating
from surveyapp.designing.writing import conditions, editor, library


def init_app(app: Flask) -> None:
    """Register the wing's pages."""
    for module in (
        drafts,
        exchange,
        editor,
        conditions,
        library,
        translating,
        files,
        trying,
        reviewing,
        ways,
        waves,
        invitations,
        printing,
        municipalities,
        joint,
    ):
        app.register_blueprint(module.bp)
