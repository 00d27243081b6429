"""Printed matter of a way in, as files: posters, cards, the QR code, the paper questionnaire."""

from collections.abc import Callable

from flask import Blueprint, Response, abort
from flask.typing import ResponseReturnValue

from surveyapp.accounts.access import requires
from surveyapp.designing.fieldwork import RUNS_FIELDWORK, short_address
from surveyapp.designing.invitations import way_in
from surveyapp.designing.outreach import Subject, booklet, outreach, subject_of
from surveyapp.i18n import LANGUAGES
from surveyapp.press import print_booklet, print_outreach
from surveyapp.press.typesetting import PAPERS, qr_svg
from surveyapp.storage.collectors import Kind

bp = Blueprint(
    "printing",
    __name__,
    url_prefix="/<language>/staff/fieldwork/<slug>/<code>/collectors/<collector_code>/print",
)
# A tablet is handed to people: nobody is sent to its address.
ON_POSTERS = (Kind.open_link, Kind.qr)
BOOKLETS = {**{one: (one,) for one in LANGUAGES}, "both": tuple(LANGUAGES)}


def _poster(subject: Subject, paper: str) -> bytes:
    return print_outreach.poster(outreach(subject, short_address(subject.collector)), paper)


def _cards(subject: Subject, paper: str) -> bytes:
    return print_outreach.cards(outreach(subject, short_address(subject.collector)), paper)


OUTREACH: dict[str, Callable[[Subject, str], bytes]] = {"poster": _poster, "cards": _cards}


def _subject(slug: str, code: str, collector_code: str) -> Subject:
    _survey, wave, collector = way_in(slug, code, collector_code)
    return subject_of(wave, collector)


def _file(data: bytes, mimetype: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, mimetype=mimetype, headers=headers)


@bp.get("/<any(poster, cards):what>-<paper>.pdf")
@requires(*RUNS_FIELDWORK)
def sheet(slug: str, code: str, collector_code: str, what: str, paper: str) -> ResponseReturnValue:
    """Give a poster or a sheet of cards."""
    subject = _subject(slug, code, collector_code)
    if paper not in PAPERS or subject.collector.kind not in ON_POSTERS:
        abort(404)
    name = f"{slug}_{collector_code}_{what}_{paper}.pdf"
    return _file(OUTREACH[what](subject, paper), "application/pdf", name)


@bp.get("/qr.svg")
@requires(*RUNS_FIELDWORK)
def square(slug: str, code: str, collector_code: str) -> ResponseReturnValue:
    """Give the QR code alone, for material that somebody else lays out."""
    subject = _subject(slug, code, collector_code)
    if subject.collector.kind not in ON_POSTERS:
        abort(404)
    data = qr_svg(short_address(subject.collector))
    return _file(data, "image/svg+xml", f"{slug}_{collector_code}_qr.svg")


@bp.get("/questionnaire-<which>.pdf")
@requires(*RUNS_FIELDWORK)
def questionnaire(slug: str, code: str, collector_code: str, which: str) -> ResponseReturnValue:
    """Give the paper questionnaire in one language, or one after the other."""
    subject = _subject(slug, code, collector_code)
    if which not in BOOKLETS or subject.collector.kind != Kind.paper:
        abort(404)
    data = print_booklet.questionnaire([booklet(subject, one) for one in BOOKLETS[which]])
    name = f"{slug}_{collector_code}_questionnaire_{which}.pdf"
    return _file(data, "application/pdf", name)
