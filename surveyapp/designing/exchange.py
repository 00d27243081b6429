"""Questionnaires to files, and copied."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.reach import survey_in_reach
from surveyapp.designing.drafts import begun, owners
from surveyapp.designing.roles import MAKES, WORKS_ON_DRAFTS
from surveyapp.questionnaire.interchange.files import WRITER_FOR, write_file
from surveyapp.questionnaire.interchange.report import NotExportableError
from surveyapp.questionnaire.model import Draft
from surveyapp.storage.drafting.drafts import STRUCTURE
from surveyapp.storage.drafting.origins import origin_of

bp = Blueprint("exchange", __name__, url_prefix="/<language>/staff/questionnaires")

NOT_EXPORTABLE: dict[str, LazyString] = {
    "duplicate_id": _l("Two things have the code %(node)s: change one of them"),
    "few_options": _l("The question %(node)s has no answers to choose from: write some"),
    "few_statements": _l("The table %(node)s has no statements: write some"),
    "condition": _l("The condition of %(node)s cannot be said in a workbook: make it simpler"),
    "text": _l(
        "The words at %(node)s hold “${”, or are too long for a cell of a workbook: change them"
    ),
}


@bp.get("/<slug>/files")
@requires(*WORKS_ON_DRAFTS)
def files(slug: str) -> ResponseReturnValue:
    """Offer the questionnaire as files and, to who may, a copy of it."""
    return _files(slug)


def _files(slug: str, problem: str = "") -> str:
    survey = survey_in_reach(slug)
    may_copy = current_staff().role in STRUCTURE
    return render_template(
        "designing/files.html",
        survey=survey,
        draft=survey.draft,
        problem=problem,
        origin=origin_of(survey.id),
        owners=owners() if may_copy else [],
    )


@bp.get("/<slug>/files/<name>")
@requires(*WORKS_ON_DRAFTS)
def download(slug: str, name: str) -> ResponseReturnValue:
    """Send the draft as a file of one of the known kinds."""
    survey = survey_in_reach(slug)
    ending = name.removeprefix(slug)
    if ending not in WRITER_FOR:
        abort(404)
    try:
        written = write_file(survey.draft, name, slug)
    except NotExportableError as error:
        sentence = str(NOT_EXPORTABLE[error.code]) % {"node": error.node}
        return _files(slug, sentence), 409
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(written, mimetype="application/octet-stream", headers=headers)


def _copied(draft: Draft) -> Draft:
    """Return a draft under a title that says that it is a copy."""
    said = {"en": " – copy", "fr": " – copie"}
    wordings = {code: words + said.get(code, "") for code, words in draft.title.wordings.items()}
    return draft.model_copy(update={"title": draft.title.model_copy(update={"wordings": wordings})})


@bp.post("/<slug>/files")
@requires(*MAKES)
def copy(slug: str) -> ResponseReturnValue:
    """Make a questionnaire with the same draft, and neither editions nor answers."""
    survey = survey_in_reach(slug)
    owner = request.form.get("owner", "")
    if owner not in [one.value for one in owners()]:
        return _files(slug, _("Choose whose survey the copy is")), 400
    return redirect(url_for("editor.whole", slug=begun(_copied(survey.draft), int(owner))), 303)
