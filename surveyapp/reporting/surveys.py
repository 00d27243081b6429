"""The first page after signing in: the surveys and their waves."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from surveyapp.accounts.access import current_staff, requires
from surveyapp.reporting.reach import now, shared_surveys
from surveyapp.storage.field.waves import waves_of
from surveyapp.storage.people.staff import Role

bp = Blueprint("surveys", __name__, url_prefix="/<language>/staff")


@bp.get("/")
@requires(*Role)
def surveys() -> ResponseReturnValue:
    """List the surveys that the reader may see, with their waves."""
    instant = now()
    listed = [
        (survey, reach, [(wave, wave.state(instant)) for wave in waves_of(survey.id)])
        for survey, reach in shared_surveys()
    ]
    analyses = current_staff().role in (Role.analyst, Role.publisher, Role.administrator)
    return render_template(
        "reporting/surveys.html", surveys=listed, now=instant, may_analyse=analyses
    )
