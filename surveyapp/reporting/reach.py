"""Which survey and wave a page is about: the same question in every staff wing."""

from surveyapp.accounts.reach import (
    now,
    shared_survey_and_wave,
    shared_surveys,
    survey_and_wave,
)

__all__ = ["now", "shared_survey_and_wave", "shared_surveys", "survey_and_wave"]
