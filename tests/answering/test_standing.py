"""A standing form: found beside every survey, answered at any time."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask

from surveyapp.questionnaire.shipped import shipped
from surveyapp.storage.drafting.surveys import publish, save_draft
from surveyapp.storage.field.timing import close_wave, open_wave
from surveyapp.storage.field.waves import Opening
from tests.client import Client
from tests.storage.making import NOW, SLUG, fielded, municipality

FORM = {"en": "Tell us", "fr": "Dites-le-nous"}


@pytest.fixture(autouse=True)
def standing(app: Flask) -> None:
    with app.app_context():
        fielded()
        owner = municipality()
        saved = save_draft("tell-us", owner.municipality_id, shipped("tell_us"))
        publish("tell-us", saved.revision, (), "publisher@example.ca", NOW)
        opening = Opening("set", "open", opens=date(2026, 3, 1))
        open_wave("tell-us", "standing", opening, NOW)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_is_reached_from_the_list_and_from_every_lobby(client: Client, language: str) -> None:
    for address in (f"/{language}/", f"/{language}/surveys/{SLUG}/"):
        client.get(address)
        assert client.follow(FORM[language]).heading == FORM[language]


def test_the_front_page_offers_it_in_both_languages(client: Client) -> None:
    page = client.get("/")
    links = {link.get_text(): link["href"] for link in page.select("main a")}
    assert links["Tell us"] == "/en/surveys/tell-us/"
    assert links["Dites-le-nous"] == "/fr/surveys/tell-us/"


def test_it_is_still_reached_when_the_survey_is_closed(app: Flask, client: Client) -> None:
    with app.app_context():
        close_wave(SLUG, "2026", datetime.now(UTC))
    client.get(f"/en/surveys/{SLUG}/")
    assert client.follow("Tell us").path == "/en/surveys/tell-us/"


def test_a_form_does_not_point_to_itself(client: Client) -> None:
    page = client.get("/en/surveys/tell-us/")
    assert not [link for link in page.select("main a") if link.get_text() == "Tell us"]


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Nobody can write back to you"), ("fr", "Personne ne peut vous répondre")],
)
def test_telling_ends_with_a_receipt_that_promises_no_closing_day(
    client: Client, language: str, words: str
) -> None:
    client.get(f"/{language}/surveys/tell-us/notice")
    page = client.press()
    assert page.heading == FORM[language]
    checked = client.press(answers={"q_topic": "streets", "q_comment": "L’éclairage du parc"})
    page = client.press()
    back = client.get(f"/{language}/surveys/tell-us/withdraw")
    for one in (checked, page, back):
        assert {"en": "at any time", "fr": "en tout temps"}[language] in one.words
        assert {"en": "the survey closes", "fr": "fin du sondage"}[language] not in one.words
    assert page.path.endswith("/receipt")
    assert words in page.words
    assert "closes on" not in page.words


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "Answer at least one question"), ("fr", "Répondez à au moins une question")],
)
def test_a_form_that_tells_nothing_is_not_sent(client: Client, language: str, words: str) -> None:
    client.get(f"/{language}/surveys/tell-us/notice")
    client.press()
    page = client.press()
    assert page.status == 200
    assert words in page.select("#errors a")[0].get_text()
    assert client.get(f"/{language}/surveys/tell-us/check").heading == FORM[language]


def test_one_answer_is_enough_and_cannot_be_taken_away_again(client: Client) -> None:
    client.get("/en/surveys/tell-us/notice")
    client.press()
    assert client.press(answers={"q_comment": "Trees"}).path.endswith("/check")
    client.get("/en/surveys/tell-us/pages/tell")
    assert client.press(answers={"q_comment": ""}).select("#errors")
    assert client.get("/en/surveys/tell-us/check").path.endswith("/pages/tell")
