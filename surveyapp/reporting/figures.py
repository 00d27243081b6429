"""Which public figures staff see of a wave: its release, or those that one would hold."""

from datetime import datetime

from surveyapp.press import published
from surveyapp.press.interim import of_interim
from surveyapp.press.part import part_of
from surveyapp.press.published import Published
from surveyapp.storage.counted.interims import newest_interim
from surveyapp.storage.counted.releases import release_of
from surveyapp.storage.drafting.partners import Reach
from surveyapp.storage.drafting.surveys import Survey, newest_edition
from surveyapp.storage.field.waves import Wave, WaveState


def public_release(wave: Wave) -> Published | None:
    """Return the newest release of a wave, which is all that residents see."""
    found = release_of(wave.id)
    return published.of_release(found) if found else None


def staff_figures(survey: Survey, wave: Wave, now: datetime, reach: Reach) -> Published | None:
    """Return the newest figures that staff may see; None while there are none.

    Those of a wave in the field are its last count, not today's: see ``press.interim``. Who works
    for a municipality of a joint plan sees its part.
    """
    found = _figures(survey, wave, now)
    edition = newest_edition(survey.id)
    if found is None or edition is None:
        return found
    return part_of(found, wave, edition.questionnaire, reach)


def _figures(survey: Survey, wave: Wave, now: datetime) -> Published | None:
    if wave.state(now) is WaveState.closed:
        released = release_of(wave.id)
        if released is not None:
            return published.of_release(released)
        return published.of_closed(survey, wave, now)
    counted = newest_interim(wave.id)
    return of_interim(counted) if counted else None
