"""A saved answer becomes again what a form posts, in the reader's own format."""

import pytest
from flask import Flask

from surveyapp.forms.posting import raw_of
from tests.questionnaire.making import document, question, questionnaire, section


@pytest.mark.parametrize(("language", "written"), [("en", "1234.5"), ("fr", "1234,5")])
def test_a_saved_number_is_written_as_it_can_be_typed(
    app: Flask, language: str, written: str
) -> None:
    times = question("number", "times", decimals=1)
    made = questionnaire(document(section("home", question("place", "place"), times)))
    with app.test_request_context(f"/{language}/"):
        raw = raw_of(made.sections[0], {"times": 1234.5, "place": "a"})
    assert raw == {"times": [written], "place": ["a"]}
