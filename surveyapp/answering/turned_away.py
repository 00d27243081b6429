"""What stands around an error that a resident meets: help lines, and the way out of a survey."""

import re
from typing import Any

from flask import request

from surveyapp.storage.drafting.surveys import newest_edition, survey_by_slug
from surveyapp.storage.field.fielding import owner_profile_id
from surveyapp.storage.municipal.profiles import newest_profile, profile

# The address of a page of a survey, whether there is such a page or not.
_OF_A_SURVEY = re.compile(r"/[^/]+/surveys/([a-z0-9-]{1,80})(?:/|$)")


def around_residents() -> dict[str, Any]:
    """Return the profile, and of a survey its questionnaire and slug, for the shell of the page.

    Nothing for pages of staff, and before there is any municipality.
    """
    if "/staff/" in request.path:
        return {}
    named = _OF_A_SURVEY.match(request.path)
    survey = survey_by_slug(named[1]) if named else None
    edition = newest_edition(survey.id) if survey else None
    if survey is None or edition is None:
        owner = owner_profile_id()
        return {"profile": profile(owner).content} if owner else {}
    return {
        "profile": newest_profile(survey.owner_id).content,
        "survey": edition.questionnaire,
        "slug": survey.slug,
    }
