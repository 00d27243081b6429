"""Staff type what was answered in a further language, on paper or over the telephone."""

import pytest
from flask import Flask

from surveyapp.storage.field.collectors import Kind
from tests.entering.making import sign_in, stored, way
from tests.storage.making import opened
from tests.tongues import FURTHER, SAFE, survey
from tests.tongues import way as direction_of


@pytest.mark.parametrize("language", FURTHER)
def test_an_interview_is_held_in_a_further_language(app: Flask, language: str) -> None:
    with app.app_context():
        opened(survey())
    calls = way(app, Kind.phone)
    ann = sign_in(app)
    page = ann.get(f"/en/staff/entry/{calls.code}/interview/?in={language}")
    assert page.heading == "Telephone interview"
    read_out = [one for one in page.select(f"[lang={language}]") if SAFE[language] in one.text]
    assert {one["dir"] for one in read_out if one.has_attr("dir")} == {direction_of(language)}
    # What the program has no words for is read out in English, and says so.
    assert page.select(f"[lang={language}] [lang=en]")
    ann.press("Save the interview", {"consent": "1", "q_safe": "1"})
    assert [row.language for row in stored(app)] == [language]


def test_a_sheet_in_a_further_language_is_typed(app: Flask) -> None:
    with app.app_context():
        opened(survey())
    paper = way(app, Kind.paper)
    page = sign_in(app).get(f"/en/staff/entry/{paper.code}/")
    assert {one["value"] for one in page.select("#in option")} == {"en", "fr", *FURTHER}
