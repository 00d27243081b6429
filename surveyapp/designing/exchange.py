"""Questionnaires from files, to files, and copied."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField

from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.reach import survey_in_reach
from surveyapp.designing.drafts import OWNER, begun, owners
from surveyapp.designing.roles import WORKS_ON_DRAFTS
from surveyapp.forms.remarks import remark_sentence
from surveyapp.i18n import LANGUAGES, language
from surveyapp.questionnaire.interchange.files import WRITER_FOR, read_file, write_file
from surveyapp.questionnaire.interchange.report import (
    FileRefusedError,
    NotExportableError,
    Outcome,
    Remark,
    Taken,
)
from surveyapp.questionnaire.model import Draft
from surveyapp.storage.drafts import STRUCTURE
from surveyapp.storage.staff import Role

bp = Blueprint("exchange", __name__, url_prefix="/<language>/staff/questionnaires")

MAKES = (Role.designer, Role.publisher)
MOST_REMARKS = 500
OUTCOMES: dict[Outcome, LazyString] = {
    Outcome.refused: _l("To mend"),
    Outcome.changed: _l("Taken otherwise"),
    Outcome.not_taken: _l("Left out"),
}
NOT_EXPORTABLE: dict[str, LazyString] = {
    "duplicate_id": _l("Two things have the code %(node)s: change one of them"),
    "few_options": _l("The question %(node)s has no answers to choose from: write some"),
    "few_statements": _l("The table %(node)s has no statements: write some"),
    "condition": _l("The condition of %(node)s cannot be said in a workbook: make it simpler"),
    "text": _l(
        "The words at %(node)s hold “${”, or are too long for a cell of a workbook: change them"
    ),
}


class BringForm(FlaskForm):  # type: ignore[misc]
    """A file with a questionnaire, whose it becomes, and what its nameless words are in."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file"))])
    words_in = SelectField(_l("Language of words that do not name theirs"))
    owner = SelectField(OWNER)


def _place(remark: Remark) -> str:
    """Name the place of a remark as a spreadsheet shows it."""
    row = _("row %(row)s", row=remark.row) if remark.row else ""
    return ", ".join(one for one in (remark.sheet, row, remark.column) if one)


def _report(taken: tuple[Remark, ...], is_refused: bool, slug: str = "") -> str:
    """Draw what became of a file: what refuses it alone, or all that was changed or left out."""
    shown = [one for one in taken if not is_refused or one.outcome is Outcome.refused]
    lines = [
        (OUTCOMES[one.outcome], _place(one), remark_sentence(one)) for one in shown[:MOST_REMARKS]
    ]
    return render_template(
        "designing/brought.html",
        lines=lines,
        more=len(shown) - len(lines),
        is_refused=is_refused,
        slug=slug,
    )


def _read(form: BringForm) -> Taken:
    given = form.file.data
    return read_file(given.filename or "", given.read(), form.words_in.data)


@bp.route("/from-a-file", methods=["GET", "POST"])
@requires(*MAKES)
def bring() -> ResponseReturnValue:
    """Begin a questionnaire with what a file holds, or say where the file must be mended."""
    form = BringForm()
    form.owner.choices = owners()
    form.words_in.choices = [(one.code, one.name) for one in LANGUAGES.values()]
    if not form.validate_on_submit():
        form.words_in.data = form.words_in.data or language()
        status = 400 if form.is_submitted() else 200
        return render_template("designing/bring.html", form=form), status
    try:
        taken = _read(form)
    except FileRefusedError as error:
        return _report(error.remarks, is_refused=True), 400
    slug = begun(taken.draft, int(form.owner.data), taken.name)
    return _report(taken.remarks, is_refused=False, slug=slug)


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
