"""Which survey and wave a page is about, and whether the reader's work reaches it."""

from datetime import UTC, datetime

from flask import abort

from surveyapp.accounts.access import current_staff, may_see, must_see
from surveyapp.storage.drafting.partners import Reach, reach_of
from surveyapp.storage.drafting.surveys import Survey, list_surveys, survey_by_slug
from surveyapp.storage.field.waves import Wave, wave_of


def now() -> datetime:
    """Return this instant."""
    return datetime.now(UTC)


def visible_surveys() -> tuple[Survey, ...]:
    """List the surveys that the reader may see."""
    staff = current_staff()
    return tuple(one for one in list_surveys() if may_see(staff, one.owner_id))


def survey_in_reach(slug: str) -> Survey:
    """Find a survey: 404 if it is not there, 403 if it is somebody else's."""
    survey = survey_by_slug(slug)
    if survey is None:
        abort(404)
    must_see(survey.owner_id)
    return survey


def survey_and_wave(slug: str, code: str) -> tuple[Survey, Wave]:
    """Find what an address names: 404 if it is not there, 403 if it is somebody else's."""
    survey = survey_by_slug(slug)
    wave = wave_of(slug, code) if survey else None
    if survey is None or wave is None:
        abort(404)
    must_see(survey.owner_id)
    return survey, wave


def shared_surveys() -> tuple[tuple[Survey, Reach], ...]:
    """List the surveys that the reader's work reaches at least in part, and how far."""
    staff = current_staff()
    found = ((one, reach_of(staff, one)) for one in list_surveys())
    return tuple((one, reach) for one, reach in found if reach)


def shared_survey(slug: str) -> tuple[Survey, Reach]:
    """Find a survey for a page that municipalities of a joint plan share.

    404 if it is not there, 403 if the reader's municipalities do not take part.
    """
    survey = survey_by_slug(slug)
    if survey is None:
        abort(404)
    reach = reach_of(current_staff(), survey)
    if not reach:
        must_see(survey.owner_id)
    return survey, reach


def shared_survey_and_wave(slug: str, code: str) -> tuple[Survey, Wave, Reach]:
    """Find a wave for a page that municipalities of a joint plan share, as ``shared_survey``."""
    wave = wave_of(slug, code)
    if wave is None:
        abort(404)
    survey, reach = shared_survey(slug)
    return survey, wave, reach
