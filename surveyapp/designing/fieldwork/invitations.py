"""One way in: its address, its printed matter, and personal invitations that are made once."""

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.accounts.access import current_staff, must_see, requires
from surveyapp.accounts.reach import now, shared_survey_and_wave
from surveyapp.designing.fieldwork.adding import ROWS, ListForm, StrataForm, row_invitees
from surveyapp.designing.fieldwork.outreach import further_languages
from surveyapp.designing.fieldwork.ways import is_theirs, short_address
from surveyapp.designing.fieldwork.words import (
    faults,
    made_meanwhile,
    reason,
    small_strata,
)
from surveyapp.designing.roles import RUNS_FIELDWORK
from surveyapp.i18n import language
from surveyapp.press.naming import KINDS, MODES
from surveyapp.press.printed.mailing import mail_merge
from surveyapp.storage.drafting.surveys import Survey
from surveyapp.storage.field.collectors import Kind, WayInError, greeting_municipality
from surveyapp.storage.field.invitation_files import InvitationFileError, read_invitees
from surveyapp.storage.field.invitations import (
    Invitee,
    SmallStratumError,
    cancel_unused,
    least_in_stratum,
    made_of,
    make_invitations,
)
from surveyapp.storage.field.waves import Collector, Wave, collectors_of, samples_of
from surveyapp.storage.municipal.profiles import municipality_name

bp = Blueprint(
    "invitations", __name__, url_prefix="/<language>/staff/fieldwork/<slug>/<code>/collectors"
)


class RefusedError(Exception):
    """No invitation was made; ``problems`` pair a field with a sentence."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("no invitation was made")
        self.problems = problems


def way_in(slug: str, code: str, collector_code: str) -> tuple[Survey, Wave, Collector]:
    """Find a collector within the reader's reach: 404 when it is not of that wave.

    Staff of a municipality that takes part see and print its own, and change none.
    """
    survey, wave, reach = shared_survey_and_wave(slug, code)
    found = [one for one in collectors_of(wave.id) if one.code == collector_code]
    if not found:
        abort(404)
    if not is_theirs(found[0], reach) or (request.method == "POST" and not reach.whole):
        must_see(survey.owner_id)
    return survey, wave, found[0]


def _page(
    survey: Survey,
    wave: Wave,
    found: Collector,
    problems: list[tuple[str, str]] | None = None,
    rows: list[tuple[str, str, str]] | None = None,
    done: str = "",
) -> str:
    sample = next(one for one in samples_of(wave.id) if one.id == found.sample_id)
    made = made_of(found.id)
    return render_template(
        "designing/fieldwork/collector.html",
        survey=survey,
        wave=wave,
        collector=found,
        further=further_languages(wave.survey_id),
        sample=sample,
        kind=KINDS[Kind(found.kind)],
        mode=MODES[found.mode],
        municipality=municipality_name(greeting_municipality(found), language()),
        address=short_address(found),
        made=made,
        total=sum(made.values()),
        least=least_in_stratum(found),
        problems=problems or [],
        rows=rows or [("", "", "")] * ROWS,
        done=done,
    )


def _mailing(found: Collector, invitees: list[Invitee], field: str) -> Response:
    """Make invitations and answer with the one list of their codes."""
    try:
        invited = make_invitations(found, invitees, by=current_staff().email, now=now())
    except SmallStratumError as error:
        raise RefusedError([(field, one) for one in small_strata(error)]) from error
    except WayInError as error:
        raise RefusedError([("way", reason(error))]) from error
    data = mail_merge(invited, current_app.config["PUBLIC_URL"])
    name = f"CONFIDENTIAL_invitations_{found.code}_{now():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f"attachment; filename={name}"}
    return Response(data, mimetype="text/csv", headers=headers)


def _row_problems(rows: list[tuple[str, str, str]]) -> list[tuple[str, str]]:
    sentence = _("Write a stratum, a base weight above 0 and a number of people from 1 to 100,000")
    wrong = [n for n, row in enumerate(rows) if any(row) and row_invitees(row) is None]
    if not wrong and not any(any(row) for row in rows):
        wrong = [0]
    return [(f"stratum_{number}", sentence) for number in wrong]


def _made(found: Collector) -> Response:
    """Make codes for a few strata."""
    rows = StrataForm().filled(request.form)
    problems = _row_problems(rows)
    if problems:
        raise RefusedError(problems)
    invitees = [one for row in rows if any(row) for one in row_invitees(row) or ()]
    return _mailing(found, invitees, "stratum_0")


def _imported(found: Collector) -> Response:
    """Make a code for each line of a sampling frame."""
    file = ListForm().frame.data
    try:
        invitees = read_invitees(file.read() if file else b"")
    except InvitationFileError as error:
        raise RefusedError([("frame", one) for one in faults(error)]) from error
    return _mailing(found, list(invitees), "frame")


def _cancelled(found: Collector) -> ResponseReturnValue:
    """Cancel the codes that nobody has begun with."""
    cancel_unused(found, by=current_staff().email, now=now())
    return redirect(url_for(".collector", **(request.view_args or {}), cancelled="yes"), 303)


def _is_second_press(found: Collector) -> bool:
    """Tell whether codes were made since the page was opened, which a download does not renew."""
    made = str(sum(made_of(found.id).values()))
    return request.form.get("known", made) != made


DEEDS = {"make": _made, "import": _imported, "cancel": _cancelled}


@bp.route("/<collector_code>/", methods=["GET", "POST"])
@requires(*RUNS_FIELDWORK)
def collector(slug: str, code: str, collector_code: str) -> ResponseReturnValue:
    """Show one way in; make, import or cancel its invitations."""
    survey, wave, found = way_in(slug, code, collector_code)
    if request.method == "GET":
        done = _("The invitations that nobody had begun with are cancelled.")
        return _page(survey, wave, found, done=done if "cancelled" in request.args else "")
    deed = DEEDS.get(request.form.get("do", "")) or abort(400)
    try:
        if _is_second_press(found):
            raise RefusedError([("way", made_meanwhile())])
        return deed(found)
    except RefusedError as error:
        rows = StrataForm().filled(request.form)
        return _page(survey, wave, found, error.problems, rows), 400
