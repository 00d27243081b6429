"""Which survey and wave a page is about: the same question in every staff wing."""

from surveyapp.accounts.reach import now, survey_and_wave, visible_surveys

__all__ = ["now", "survey_and_wave", "visible_surveys"]
