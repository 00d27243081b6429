"""A draft is tried as residents will see it; nothing is kept."""

import pytest
from flask import Flask

from surveyapp.storage.audit import newest
from tests.client import Client
from tests.designing.drafting import BASE, drafted, stored, writer
from tests.designing.making import sign_in
from tests.questionnaire.making import document, question, section

__all__ = ["writer"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_way_through_follows_the_answers(app: Flask, writer: Client, language: str) -> None:
    before = stored(app)
    writer.get(f"{BASE.replace('/en/', f'/{language}/')}try/")
    go = {"en": "Continue", "fr": "Continuer"}[language]
    page = writer.press("go", {"q_place": "first", "q_streets.calm": "poor"})
    assert page.select("[name=q_why]")
    page = writer.press("go", {"q_why": "Noise", "q_helped": ["one"]})
    assert page.select("[name=q_times]")
    assert go in page.words
    page = writer.press("go", {"q_times": "3"})
    assert page.select("select[name='q_priorities.one']")
    page = writer.press("go")
    assert {"en": "this was a try", "fr": "c’était un essai"}[language] in page.words
    assert stored(app) == before
    with app.app_context():
        assert newest()[0].action == "signed_in"


def test_a_question_that_nobody_reaches_is_left_out(writer: Client) -> None:
    writer.get(f"{BASE}try/home")
    page = writer.press("go", {"q_place": "first", "q_streets.calm": "good"})
    assert not [one for one in page.select("[name=q_why]") if not one.find_parent("template")]


def test_the_other_language_keeps_what_was_answered(writer: Client) -> None:
    writer.get(f"{BASE}try/home")
    page = writer.press("Français", {"q_streets.calm": "poor"})
    assert page.language == "en"
    assert page.select(".phone")[0]["lang"] == "fr"
    assert "About streets? (fr)" in page.words
    assert page.fields("go")["q_streets.calm"] == ["poor"]


def test_what_is_wrong_with_an_answer_is_told_as_residents_are(writer: Client) -> None:
    writer.get(f"{BASE}try/help")
    page = writer.press("go", {"q_helped": ["one", "none"]})
    assert "can only stand alone" in page.words


def test_a_half_written_draft_can_be_tried(app: Flask) -> None:
    made = document(section("home", question("single", "one", text={"en": ""}), title={}))
    drafted(app, made)
    client = sign_in(app)
    assert "Not written yet" in client.get(f"{BASE}try/home").words
    client.get(f"{BASE}try/none", status=404)


def test_an_empty_draft_has_nothing_to_try(app: Flask) -> None:
    drafted(app, document())
    assert sign_in(app).get(f"{BASE}try/").heading == "Try it"
