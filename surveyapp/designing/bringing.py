"""Questionnaires from files, with what was taken, changed and left out kept beside them."""

import hashlib
import secrets
from collections.abc import Sequence

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField

from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.reach import now, survey_in_reach
from surveyapp.designing.drafts import OWNER, begun, owners
from surveyapp.designing.roles import MAKES, WORKS_ON_DRAFTS
from surveyapp.designing.typed import one_line
from surveyapp.forms.remarks import remark_sentence
from surveyapp.i18n import LANGUAGES, language
from surveyapp.questionnaire.interchange.files import read_file
from surveyapp.questionnaire.interchange.report import FileRefusedError, Outcome, Remark, Taken
from surveyapp.storage.audit import Action, note
from surveyapp.storage.drafting.origins import (
    MOST_REMARKS,
    Origin,
    TakenBeforeError,
    origin_of,
    slug_taken_from,
)

bp = Blueprint("bringing", __name__, url_prefix="/<language>/staff/questionnaires")

OUTCOMES: dict[Outcome, LazyString] = {
    Outcome.refused: _l("To mend"),
    Outcome.changed: _l("Taken otherwise"),
    Outcome.not_taken: _l("Left out"),
}


class BringForm(FlaskForm):  # type: ignore[misc]
    """A file with a questionnaire, whose it becomes, and what its nameless words are in.

    ``once`` names the form: sent twice, as after Back, the same file is one questionnaire.
    """

    file = FileField(_l("File"), [FileRequired(_l("Choose a file"))])
    words_in = SelectField(_l("Language of words that do not name theirs"))
    owner = SelectField(OWNER)
    once = HiddenField()


def _place(remark: Remark) -> str:
    """Name the place of a remark as a spreadsheet shows it."""
    row = _("row %(row)s", row=remark.row) if remark.row else ""
    return ", ".join(one for one in (remark.sheet, row, remark.column) if one)


def _in_order(remarks: Sequence[Remark]) -> list[Remark]:
    """Put remarks as somebody meets them who goes through the sheets from above."""
    sheets = list(dict.fromkeys(one.sheet for one in remarks))
    return sorted(remarks, key=lambda one: (sheets.index(one.sheet), one.row))


def _lines(remarks: Sequence[Remark]) -> list[tuple[LazyString, str, str]]:
    return [(OUTCOMES[one.outcome], _place(one), remark_sentence(one)) for one in remarks]


def _refused(name: str, error: FileRefusedError) -> ResponseReturnValue:
    """Show what refuses a file; nothing was stored, so that sending it again does no harm."""
    faults = error.refusals
    codes = ", ".join(dict.fromkeys(one.code.value for one in faults))
    subject = f"{(one_line(name) or '')[:100]}: {codes}"[:300]
    note(current_staff().email, Action.file_refused, subject, now())
    lines = _lines(_in_order(faults)[:MOST_REMARKS])
    return render_template(
        "designing/not_brought.html", lines=lines, more=len(faults) - len(lines)
    ), 400


def _key(once: str, data: bytes) -> str:
    said = f"{current_staff().email}\n{once}\n".encode()
    return hashlib.sha256(said + hashlib.sha256(data).digest()).hexdigest()


def _stored(form: BringForm, data: bytes, taken: Taken) -> str:
    """Store a questionnaire with what became of its file, once; return its name."""
    key = _key(form.once.data or "", data)
    before = slug_taken_from(key)
    if before is not None:
        return before
    name = one_line(form.file.data.filename) or ""
    origin = Origin(key, name, now(), current_staff().email, taken.remarks)
    try:
        return begun(taken.draft, int(form.owner.data), taken.name, origin)
    except TakenBeforeError as error:
        return error.slug


@bp.route("/from-a-file", methods=["GET", "POST"])
@requires(*MAKES)
def bring() -> ResponseReturnValue:
    """Begin a questionnaire with what a file holds, or say where the file must be mended."""
    form = BringForm()
    form.owner.choices = owners()
    form.words_in.choices = [(one.code, one.name) for one in LANGUAGES.values()]
    if not form.validate_on_submit():
        form.words_in.data = form.words_in.data or language()
        form.once.data = secrets.token_urlsafe(9)
        status = 400 if form.is_submitted() else 200
        return render_template("designing/bring.html", form=form), status
    given, data = form.file.data, form.file.data.read()
    try:
        taken = read_file(given.filename or "", data, form.words_in.data)
    except FileRefusedError as error:
        return _refused(given.filename or "", error)
    return redirect(url_for(".report", slug=_stored(form, data, taken)), 303)


@bp.get("/<slug>/files/report")
@requires(*WORKS_ON_DRAFTS)
def report(slug: str) -> ResponseReturnValue:
    """Show what became of the file that a questionnaire began with."""
    survey = survey_in_reach(slug)
    origin = origin_of(survey.id) or abort(404)
    return render_template(
        "designing/brought.html",
        survey=survey,
        draft=survey.draft,
        origin=origin,
        lines=_lines(_in_order(origin.remarks)),
    )
