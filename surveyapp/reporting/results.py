"""Results of a wave for staff: public tables, whatever the state of the wave."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from surveyapp.accounts.access import requires
from surveyapp.reporting.figures import staff_figures
from surveyapp.reporting.laying import areas_page
from surveyapp.reporting.reach import now, survey_and_wave
from surveyapp.storage.staff import Role
from surveyapp.storage.waves import WaveState

bp = Blueprint("results", __name__, url_prefix="/<language>/staff/surveys/<slug>/waves/<code>")


@bp.get("/results")
@requires(Role.analyst, Role.publisher)
def areas(slug: str, code: str) -> ResponseReturnValue:
    """Show one sample's neighbourhoods by framework area."""
    survey, wave = survey_and_wave(slug, code)
    instant = now()
    found = staff_figures(survey, wave, instant)
    return render_template(
        "reporting/results.html",
        survey=survey,
        wave=wave,
        closed=wave.state(instant) is WaveState.closed,
        here="results",
        **(areas_page(found, wave) if found else {"published": None}),
    )
