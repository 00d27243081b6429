"""What is promised about deletion is what the purge does: a standing form never closes."""

import pytest
from flask import Flask
from flask_babel import force_locale

from surveyapp.forms.keeping import code_words, deletion_words
from tests.questionnaire.making import questionnaire, whole


@pytest.mark.parametrize(
    ("locale", "standing", "deleted", "taken_back"),
    [
        ("en_CA", False, "24 months after the survey closes", "until the survey closes"),
        ("en_CA", True, "24 months after you send them", "at any time"),
        ("fr_CA", False, "24 mois après la fin du sondage", "jusqu’à la fin du sondage"),
        ("fr_CA", True, "24 mois après leur envoi", "en tout temps"),
    ],
)
def test_a_standing_form_promises_nothing_about_its_closing(
    app: Flask, locale: str, standing: bool, deleted: str, taken_back: str
) -> None:
    survey = questionnaire(whole() | {"standing": standing})
    with app.test_request_context(), force_locale(locale):
        assert deleted in deletion_words(survey)
        assert taken_back in code_words(survey)
