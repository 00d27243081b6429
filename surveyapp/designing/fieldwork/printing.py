"""Printed matter of a way in, as files: posters, cards, the QR code, the paper questionnaire."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from surveyapp.accounts.access import requires
from surveyapp.designing.fieldwork.invitations import way_in
from surveyapp.designing.fieldwork.outreach import Subject, booklet, outreach, subject_of
from surveyapp.designing.fieldwork.ways import short_address
from surveyapp.designing.roles import RUNS_FIELDWORK
from surveyapp.i18n import LANGUAGES, tongues
from surveyapp.press.printed import booklet as print_booklet
from surveyapp.press.printed import outreach as print_outreach
from surveyapp.press.typesetting import PAPERS, qr_svg
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.storage.field.collectors import Kind

bp = Blueprint(
    "printing",
    __name__,
    url_prefix="/<language>/staff/fieldwork/<slug>/<code>/collectors/<collector_code>/print",
)
# A tablet is handed to people: nobody is sent to its address.
ON_POSTERS = (Kind.open_link, Kind.qr)
PDF, SVG = "application/pdf", "image/svg+xml"


@dataclass(frozen=True)
class Printed:
    """A file that can be made for some kinds of way in."""

    make: Callable[[Subject], bytes]
    mimetype: str
    kinds: tuple[Kind, ...]


def _poster(paper: str, subject: Subject) -> bytes:
    return print_outreach.poster(outreach(subject, short_address(subject.collector)), paper)


def _cards(paper: str, subject: Subject) -> bytes:
    return print_outreach.cards(outreach(subject, short_address(subject.collector)), paper)


def _square(subject: Subject) -> bytes:
    return qr_svg(short_address(subject.collector))


def _questionnaire(languages: tuple[str, ...], subject: Subject) -> bytes:
    return print_booklet.questionnaire([booklet(subject, one) for one in languages])


FILES = {
    **{f"poster-{one}.pdf": Printed(partial(_poster, one), PDF, ON_POSTERS) for one in PAPERS},
    **{f"cards-{one}.pdf": Printed(partial(_cards, one), PDF, ON_POSTERS) for one in PAPERS},
    "qr.svg": Printed(_square, SVG, ON_POSTERS),
}
# Both are those of every survey; a further language has a booklet of its own.
BOOKLET = re.compile(r"questionnaire-([a-z]{2,3}|both)\.pdf")


def file_named(name: str, questionnaire: Questionnaire) -> Printed | None:
    """Find what a file is made by; booklets are in the languages of the questionnaire."""
    booklet_of = BOOKLET.fullmatch(name)
    if booklet_of is None:
        return FILES.get(name)
    wanted = tuple(LANGUAGES) if booklet_of[1] == "both" else (booklet_of[1],)
    if not set(wanted) <= set(tongues(questionnaire.languages)):
        return None
    return Printed(partial(_questionnaire, wanted), PDF, (Kind.paper,))


@bp.get("/<file>")
@requires(*RUNS_FIELDWORK)
def printed(slug: str, code: str, collector_code: str, file: str) -> ResponseReturnValue:
    """Give a printed file of a way in."""
    _survey, wave, collector = way_in(slug, code, collector_code)
    subject = subject_of(wave, collector)
    wanted = file_named(file, subject.questionnaire)
    if wanted is None or collector.kind not in wanted.kinds:
        abort(404)
    name = f"{slug}_{collector_code}_{file}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    data = wanted.make(subject)
    return Response(data, mimetype=wanted.mimetype, headers=headers)
