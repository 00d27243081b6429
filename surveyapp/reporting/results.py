"""Results of a wave for staff: public tables, whatever the state of the wave."""

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.accounts.access import current_staff, requires
from surveyapp.press.interim import TooFewNewError, WaveClosedError, count_anew
from surveyapp.press.release import NothingToReleaseError
from surveyapp.reporting.figures import staff_figures
from surveyapp.reporting.laying import areas_page
from surveyapp.reporting.reach import now, survey_and_wave
from surveyapp.storage.staff import Role
from surveyapp.storage.waves import WaveState

bp = Blueprint("results", __name__, url_prefix="/<language>/staff/surveys/<slug>/waves/<code>")


def _page(slug: str, code: str, refusal: str = "", status: int = 200) -> ResponseReturnValue:
    survey, wave = survey_and_wave(slug, code)
    instant = now()
    found = staff_figures(survey, wave, instant)
    page = render_template(
        "reporting/results.html",
        survey=survey,
        wave=wave,
        closed=wave.state(instant) is WaveState.closed,
        refusal=refusal,
        here="results",
        **(areas_page(found, wave) if found else {"published": None}),
    )
    return page, status


@bp.get("/results")
@requires(Role.analyst, Role.publisher)
def areas(slug: str, code: str) -> ResponseReturnValue:
    """Show one sample's neighbourhoods by framework area."""
    return _page(slug, code)


@bp.post("/results")
@requires(Role.analyst, Role.publisher)
def recount(slug: str, code: str) -> ResponseReturnValue:
    """Count a wave in the field anew, if enough came in since what was shown."""
    survey_and_wave(slug, code)
    try:
        count_anew(slug, code, current_staff().email, now())
    except TooFewNewError:
        return _page(slug, code, _("Not yet: a group that is shown has too few new answers."), 409)
    except NothingToReleaseError:
        return _page(slug, code, _("Nobody has answered yet: there is nothing to count."), 409)
    except WaveClosedError:
        pass  # it was closed meanwhile: the page shows every answer
    return redirect(url_for("results.areas", slug=slug, code=code), 303)
