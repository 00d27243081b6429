"""The designers' wing: questionnaires, waves, samples, collectors and what is printed for them."""

from flask import Flask

from surveyapp.designing import addresses, bringing, drafts, exchange, whose
from surveyapp.designing.fieldwork import invitations, printing, ways
from surveyapp.designing.fieldwork.waves import pages as waves
from surveyapp.designing.joint import pages as joint
from surveyapp.designing.municipalities import pages as municipalities
from surveyapp.designing.reviewing import pages as reviewing
from surveyapp.designing.reviewing import trying
from surveyapp.designing.translating import files
from surveyapp.designing.translating import pages as translating
from surveyapp.designing.writing import conditions, editor, library

# The doors that files come in by, and how long these may be: a workbook of 600 rows has 100 KB.
LONGER = ("bringing.bring", "translation_files.take")
MOST_BYTES = 10_000_000


def init_app(app: Flask) -> None:
    """Register the wing's pages."""
    for module in (
        drafts,
        addresses,
        bringing,
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
    app.config["LONGER_BODIES"] |= dict.fromkeys(LONGER, MOST_BYTES)
    app.jinja_env.globals["in_part"] = whose.in_part
