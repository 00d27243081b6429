"""Releases of a wave: made once it is closed, listed, and downloaded as the bytes they are."""

from collections.abc import Mapping

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.accounts.access import current_staff, requires
from surveyapp.press.bundle import bundle
from surveyapp.press.naming import SIGNS
from surveyapp.press.release import (
    NothingToReleaseError,
    WaveNotClosedError,
    internal_files,
    make_release,
)
from surveyapp.questionnaire.quality import Sign
from surveyapp.reporting.files import as_download, file_of, listed_files
from surveyapp.reporting.reach import now, shared_survey_and_wave, survey_and_wave
from surveyapp.storage.counted.releases import release_of, releases_of
from surveyapp.storage.field.waves import WaveState
from surveyapp.storage.people.staff import Role

bp = Blueprint("releases", __name__, url_prefix="/<language>/staff/surveys/<slug>/waves/<code>")


@bp.get("/releases")
@requires(Role.analyst, Role.publisher)
def releases(slug: str, code: str) -> ResponseReturnValue:
    """List the releases of a wave with their files."""
    return _page(slug, code)


def _page(slug: str, code: str, refusal: str = "", status: int = 200) -> ResponseReturnValue:
    survey, wave, reach = shared_survey_and_wave(slug, code)
    found = releases_of(wave.id)
    page = render_template(
        "reporting/releases.html",
        survey=survey,
        wave=wave,
        closed=wave.state(now()) is WaveState.closed,
        releases=[(one, listed_files(one)) for one in found],
        newest=bool(found),
        refusal=refusal,
        role=current_staff().role,
        signs=SIGNS,
        here="releases",
        reach=reach,
    )
    return page, status


@bp.post("/releases")
@requires(Role.analyst, Role.publisher)
def make(slug: str, code: str) -> ResponseReturnValue:
    """Make the release of a closed wave."""
    survey_and_wave(slug, code)
    try:
        make_release(slug, code, current_staff().email, now())
    except WaveNotClosedError:
        return _page(
            slug, code, _("The wave takes answers: a release waits until it is closed."), 409
        )
    except NothingToReleaseError:
        return _page(slug, code, _("Nobody answered: there is nothing to release."), 409)
    return redirect(url_for("releases.releases", slug=slug, code=code), 303)


@bp.get("/releases/<int(max=2147483647):number>/<name>")
@requires(Role.analyst, Role.publisher)
def download(slug: str, code: str, number: int, name: str) -> ResponseReturnValue:
    """Give a file of a release, or its bundle."""
    _survey, wave, _reach = shared_survey_and_wave(slug, code)
    found = release_of(wave.id, number)
    return file_of(found, slug, code, name) if found else abort(404)


@bp.get("/internal")
@requires(Role.analyst)
def before_internal(slug: str, code: str) -> ResponseReturnValue:
    """Lead back to the page whose button gives the raw tables: a link must not give them."""
    shared_survey_and_wave(slug, code)
    return redirect(url_for("releases.releases", slug=slug, code=code))


@bp.post("/internal")
@requires(Role.analyst)
def internal(slug: str, code: str) -> ResponseReturnValue:
    """Give the raw tables to an analyst; that they were taken is written down."""
    _survey, _wave, reach = shared_survey_and_wave(slug, code)
    left_out = [sign for sign in Sign if sign.value in request.form.getlist("leave_out")]
    by = current_staff().email
    try:
        files: Mapping[str, bytes] = internal_files(slug, code, by, now(), left_out, reach)
    except WaveNotClosedError:
        return _page(
            slug, code, _("The raw tables of one part wait until the wave is closed."), 409
        )
    except NothingToReleaseError:
        return _page(slug, code, _("Nobody answered: there is nothing to export."), 409)
    return as_download(bundle(files), f"INTERNAL_{slug}_{code}.zip", "application/zip")
