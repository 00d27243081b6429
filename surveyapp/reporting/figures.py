"""Which public figures staff see of a wave: its release, or those that one would hold."""

from datetime import datetime

from surveyapp.press import published
from surveyapp.press.published import Published
from surveyapp.storage.releases import release_of
from surveyapp.storage.surveys import Survey
from surveyapp.storage.waves import Wave, WaveState


def public_release(wave: Wave) -> Published | None:
    """Return the newest release of a wave, which is all that residents see."""
    found = release_of(wave.id)
    return published.of_release(found) if found else None


def staff_figures(survey: Survey, wave: Wave, now: datetime) -> Published | None:
    """Return the newest figures that staff may see; None while there are none."""
    if wave.state(now) is WaveState.closed:
        return published.of_closed(survey, wave, now)
    return None
