"""Who answered a wave, for staff: counts of people and visits as they stand, no answers."""

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from surveyapp.accounts.access import requires
from surveyapp.press.answered import Answered, answered
from surveyapp.press.boards import LEVELS
from surveyapp.reporting.choosing import chosen, chosen_of
from surveyapp.reporting.laying import level_words
from surveyapp.reporting.quality import SIGNS
from surveyapp.reporting.reach import now, survey_and_wave
from surveyapp.storage.staff import Role
from surveyapp.storage.surveys import newest_edition
from surveyapp.storage.waves import WaveState, samples_of

bp = Blueprint("answered", __name__, url_prefix="/<language>/staff/surveys/<slug>/waves/<code>")

MODES = {
    "web": _l("On the web"),
    "kiosk": _l("On a tablet"),
    "paper": _l("On paper"),
    "phone": _l("By telephone"),
}


@bp.get("/answered")
@requires(Role.analyst, Role.publisher, Role.designer)
def who(slug: str, code: str) -> ResponseReturnValue:
    """Show who answered one sample: by mode, day, language, place, and where people leave."""
    survey, wave = survey_and_wave(slug, code)
    edition, samples = newest_edition(survey.id), samples_of(wave.id)
    if edition is None:
        abort(404)
    sample, instant = chosen_of(samples), now()
    found = answered(wave, sample, edition.questionnaire, instant)
    return render_template(
        "reporting/answered.html",
        survey=survey,
        wave=wave,
        closed=wave.state(instant) is WaveState.closed,
        samples=samples,
        sample=sample,
        found=found,
        modes=MODES,
        signs=SIGNS,
        sections={one.id: one.title for one in edition.questionnaire.sections},
        here="answered",
        **_levels(found),
    )


def _levels(found: Answered) -> dict[str, object]:
    """Return the levels that there are places of, and the one that the address names."""
    levels = [one for one in LEVELS if one in {line.level for line in found.places}]
    return {
        "level": chosen("level", levels or [""], levels[0] if levels else ""),
        "levels": [(one, level_words(one)) for one in levels],
    }
