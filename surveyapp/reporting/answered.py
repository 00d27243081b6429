"""Who answered a wave, for staff: counts of people and visits as they stand, no answers."""

from dataclasses import replace

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l

from surveyapp.accounts.access import requires
from surveyapp.i18n import language
from surveyapp.press.answered import FACTS_READ, Answered, answered, furthest_behind
from surveyapp.press.boards import LEVELS
from surveyapp.press.coverage import columns_read, coverage, towns_of
from surveyapp.press.naming import MODES, SIGNS
from surveyapp.questionnaire.coverage import Group
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.reporting.choosing import chosen, chosen_of
from surveyapp.reporting.laying import level_words
from surveyapp.reporting.reach import now, shared_survey_and_wave
from surveyapp.storage.counted.snapshot import Snapshot, sample_of, snapshot
from surveyapp.storage.drafting.partners import Reach, places_inside
from surveyapp.storage.drafting.surveys import newest_edition
from surveyapp.storage.field.waves import Sample, Wave, WaveState, samples_of
from surveyapp.storage.municipal.places import place_tree
from surveyapp.storage.people.staff import Role

bp = Blueprint("answered", __name__, url_prefix="/<language>/staff/surveys/<slug>/waves/<code>")

# As the Act names them.
GROUPS = {
    Group.youth: _l("Youth, under 25"),
    Group.racialized: _l("Members of racialized groups"),
    Group.first_nations: _l("First Nations"),
    Group.metis: _l("Métis"),
    Group.inuit: _l("Inuit"),
    Group.services: _l("People who receive or received mental health or addictions services"),
}


@bp.get("/answered")
@requires(Role.analyst, Role.publisher, Role.designer)
def who(slug: str, code: str) -> ResponseReturnValue:
    """Show who answered one sample: by mode, day, language, place, and where people leave."""
    survey, wave, reach = shared_survey_and_wave(slug, code)
    edition, samples = newest_edition(survey.id), samples_of(wave.id)
    if edition is None:
        abort(404)
    sample = chosen_of(samples)
    return render_template(
        "reporting/answered.html" if reach.whole else "reporting/answered_part.html",
        survey=survey,
        wave=wave,
        samples=samples,
        sample=sample,
        questionnaire=edition.questionnaire,
        modes=MODES,
        signs=SIGNS,
        here="answered",
        reach=reach,
        **_counts(wave, sample, edition.questionnaire, reach),
    )


def _counts(
    wave: Wave, sample: Sample, questionnaire: Questionnaire, reach: Reach
) -> dict[str, object]:
    """Return who answered a sample, as it stands now."""
    instant, needed = now(), FACTS_READ | columns_read(questionnaire)
    responses = sample_of(snapshot(wave.id, needed), sample.id)
    found = _within(answered(responses, wave, sample, questionnaire, instant), wave, reach)
    return {
        "found": found,
        "closed": wave.state(instant) is WaveState.closed,
        **_levels(found),
        **_groups(responses, wave, questionnaire, reach),
    }


def _within(found: Answered, wave: Wave, reach: Reach) -> Answered:
    """Leave out the places of other municipalities, where a part alone is the reader's."""
    if reach.whole:
        return found
    own = places_inside(place_tree(wave.place_set_id), reach.parts)
    return replace(found, places=tuple(one for one in found.places if one.code in own))


def _levels(found: Answered) -> dict[str, object]:
    """Return the levels that there are places of, and the one that the address names."""
    levels = [one for one in LEVELS if one in {line.level for line in found.places}]
    level = chosen("level", levels or [""], levels[0] if levels else "")
    return {
        "level": level,
        "levels": [(one, level_words(one)) for one in levels],
        "behind": [line.names[language()] for line in furthest_behind(found.places, level)],
    }


def _groups(
    responses: Snapshot, wave: Wave, questionnaire: Questionnaire, reach: Reach
) -> dict[str, object]:
    """Return how the groups of the Act were reached, in the municipality that was chosen."""
    own = {one.slug for one in reach.parts}
    shown = [one for one in towns_of(wave) if reach.whole or one.code in own]
    towns = {one.code: one.name(language()) for one in shown}
    town = chosen("town", {"", *towns}, "" if reach.whole else next(iter(towns), ""))
    return {
        "town": town,
        "towns": towns,
        "group_words": GROUPS,
        "reached": coverage(responses, wave, questionnaire, town),
    }
