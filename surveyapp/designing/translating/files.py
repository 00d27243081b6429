"""Texts out to a translator as a file, and back in with a report of every row."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.reach import now, shared_survey
from surveyapp.designing.roles import WORKS_ON_DRAFTS
from surveyapp.designing.typed import one_line
from surveyapp.designing.whose import share_of
from surveyapp.designing.writing.fields import TEXTS
from surveyapp.designing.writing.outline import named, page_of
from surveyapp.designing.writing.saving import saved_message
from surveyapp.forms.findings import language_name
from surveyapp.forms.returned import fault_sentence, verdict_sentence
from surveyapp.questionnaire.interchange.wordings.files import WRITER_OF, read_translations
from surveyapp.questionnaire.interchange.wordings.taking import Judged, Verdict
from surveyapp.questionnaire.interchange.wordings.units import TranslationFileError, units
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.rewording import Piece
from surveyapp.storage.audit import Action, note
from surveyapp.storage.drafting.returned import Returned, take_in
from surveyapp.storage.drafting.surveys import Survey

bp = Blueprint(
    "translation_files", __name__, url_prefix="/<language>/staff/questionnaires/<slug>/texts"
)
SORTS = {
    ".xlf": "application/x-xliff+xml",
    ".csv": "text/csv",
    ".po": "text/x-gettext-translation",
}


@dataclass(frozen=True)
class Told:
    """A row in the report: its number in the file, the text it is about, what became of it."""

    number: int
    about: str
    href: str
    said: str
    pieces: tuple[Piece, ...]
    language: str


def _draw(survey: Survey, problem: str = "", status: int = 200) -> ResponseReturnValue:
    return render_template(
        "designing/translating/files.html",
        survey=survey,
        draft=survey.draft,
        languages=[(code, language_name(code)) for code in survey.draft.languages],
        problems=[("file", problem)] if problem else [],
    ), status


@bp.get("/files")
@requires(*WORKS_ON_DRAFTS)
def page(slug: str) -> ResponseReturnValue:
    """Offer files for a translator, and take one that came back."""
    survey, _reach = shared_survey(slug)
    return _draw(survey)


@bp.get("/file")
@requires(*WORKS_ON_DRAFTS)
def send(slug: str) -> ResponseReturnValue:
    """Send the texts of two languages as a file: those that are the reader's to write."""
    survey, _reach = shared_survey(slug)
    source, target = request.args.get("from", ""), request.args.get("to", "")
    sort = request.args.get("sort", "")
    if not {source, target} <= set(survey.draft.languages) or sort not in WRITER_OF:
        abort(404)
    if source == target:
        return _draw(survey, _("Choose two different languages"), 400)
    share, only_left = share_of(survey), request.args.get("which") == "left"
    every = units(survey.draft, source, target, only_left=only_left)
    found = [one for one in every if share.may_change(survey, one.where)]
    if not found:
        return _draw(survey, _("Nothing is left to translate: choose all texts instead"), 400)
    name = f"{slug}-{source}-{target}{sort}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(WRITER_OF[sort](found, slug), mimetype=SORTS[sort], headers=headers)


def _told(slug: str, draft: Draft, found: Iterable[Judged]) -> Iterator[Told]:
    for one in found:
        about, href = one.row.id[:80] or _("No code"), ""
        if one.verdict is not Verdict.unknown_id:
            about = f"{named(draft, one.where)} – {TEXTS[one.name]}"
            href = page_of(slug, one.where)
        said = verdict_sentence(one)
        yield Told(one.row.number, about, href, said, one.pieces, one.language)


def _report(survey: Survey, returned: Returned) -> str:
    slug, draft, found = survey.slug, survey.draft, returned.judged
    wrote = [one for one in found if one.command]
    left = [one for one in found if not one.command and not one.verdict.is_refused]
    return render_template(
        "designing/translating/report.html",
        survey=survey,
        draft=draft,
        taken=list(_told(slug, draft, wrote)),
        refused=list(_told(slug, draft, returned.refused)),
        unchanged=list(_told(slug, draft, left)),
        saved=saved_message(survey, returned.edit_id),
        again=url_for(".page", slug=slug),
    )


@bp.post("/files")
@requires(*WORKS_ON_DRAFTS)
def take(slug: str) -> ResponseReturnValue:
    """Take in what a translator sent back, row by row, or refuse the file as a whole."""
    survey, _reach = shared_survey(slug)
    given = request.files.get("file")
    if given is None or not given.filename:
        return _draw(survey, _("Choose a file"), 400)
    try:
        rows = read_translations(given.filename, given.read())
    except TranslationFileError as error:
        subject = f"{one_line(given.filename) or ''}"[:100] + f": {error.fault.value}"
        note(current_staff().email, Action.file_refused, subject, now())
        return _draw(survey, fault_sentence(error), 400)
    return _report(survey, take_in(survey, rows, current_staff(), now()))
