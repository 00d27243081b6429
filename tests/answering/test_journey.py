"""The resident's way from the front page to the receipt, in both languages."""

import pytest
from flask import Flask

from surveyapp.questionnaire.shipped import shipped
from tests.answering.making import (
    LANGUAGES,
    begun,
    count,
    in_the_field,
    shipped_document,
    stored,
    walked,
)
from tests.client import Client
from tests.questionnaire.making import text
from tests.storage.making import SLUG

ANSWERS = {
    "q_place": "a",
    "q_streets.calm": "poor",
    "q_streets.clean": "good",
    "q_why": "Too <b>dark</b>",
    "q_helped": ["one", "other"],
    "q_helped.other": "A neighbour",
    "q_times": "3",
    "q_after": "two",
    "q_priorities.two": "1",
    "q_priorities.one": "2",
    "q_overall": "never",
}
KEPT = {
    "place": "a",
    "streets.calm": "poor",
    "streets.clean": "good",
    "streets.lit": None,
    "why": "Too <b>dark</b>",
    "helped": ["one", "other"],
    "helped.other": "A neighbour",
    "times": 3,
    "after": "two",
    "priorities": ["two", "one"],
    "overall": "never",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_arrives_as_it_was_given(app: Flask, client: Client, language: str) -> None:
    in_the_field(app)
    client.get("/")
    client.get(f"/{language}/")
    begun(client, language)
    page = walked(client, "check", ANSWERS)
    assert "Too <b>dark</b>" in page.words
    receipt = client.press()
    (response,) = stored(app)
    assert response.answers == KEPT
    assert response.language == language
    code = receipt.select(".receipt .code")[0].get_text()
    assert len(code.replace("-", "")) == 12
    assert count(app) == {"visits": 0, "responses": 1, "submissions": 1}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_shipped_survey_can_be_left_blank(app: Flask, client: Client, language: str) -> None:
    in_the_field(app, shipped_document())
    page = begun(client, language)
    seen = []
    while "/pages/" in page.path:
        seen.append(page.path.rpartition("/")[2])
        assert page.language == language
        page = client.press()
    assert seen == [section.id for section in shipped().sections]
    assert not page.select("dd .words")
    client.press()
    (response,) = stored(app)
    assert set(response.answers.values()) == {None}
    assert "reported" not in response.answers


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_lines_and_the_switch_are_on_every_page(
    app: Flask, client: Client, language: str
) -> None:
    in_the_field(app)
    pages = [client.get(f"/{language}/surveys/{SLUG}/")]
    pages.append(client.get(f"/{language}/surveys/{SLUG}/notice"))
    pages.append(client.press())
    while "/pages/" in pages[-1].path:
        pages.append(client.press())
    pages.append(client.press())
    other = "Français" if language == "en" else "English"
    for page in pages:
        assert [one for one in page.select(".help a[href^='tel:']") if "988" in one["href"]]
        (switch,) = page.select(".switch a, .switch button")
        assert switch.get_text(strip=True) == other


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_change_link_leads_to_its_question_and_back(
    app: Flask, client: Client, language: str
) -> None:
    in_the_field(app)
    begun(client, language)
    check = walked(client, "check", ANSWERS)
    links = check.select("dd.change a")
    assert len(links) == 10
    for link in links:
        page = client.get(link["href"])
        target = link["href"].partition("#")[2]
        assert page.select(f"[id='{target}']"), link["href"]
        assert client.press().path.endswith("/check")
    client.press()
    (response,) = stored(app)
    assert response.answers == KEPT


def test_a_changed_answer_brings_up_what_now_must_be_asked(app: Flask, client: Client) -> None:
    in_the_field(app)
    begun(client)
    walked(client, "check", {"q_streets.calm": "good", "q_times": "1"})
    client.get(f"/en/surveys/{SLUG}/pages/home?return=check")
    page = client.press("", {"q_streets.calm": "poor"})
    assert page.path.endswith("/pages/help")
    assert page.select("#q_why")
    page = client.press("", {"q_why": "Because"})
    assert page.path.endswith("/check")
    client.press()
    assert stored(app)[0].answers["why"] == "Because"


def test_a_changed_answer_takes_away_what_it_led_to(app: Flask, client: Client) -> None:
    in_the_field(app)
    begun(client)
    walked(client, "check", ANSWERS)
    client.get(f"/en/surveys/{SLUG}/pages/home?return=check")
    page = client.press("", {"q_streets.calm": "good"})
    assert page.path.endswith("/check")
    assert "dark" not in page.words
    client.press()
    assert "why" not in stored(app)[0].answers


def test_back_goes_one_page_back_and_loses_nothing(app: Flask, client: Client) -> None:
    in_the_field(app)
    begun(client)
    walked(client, "end", ANSWERS)
    for section in ("more", "help", "home"):
        page = client.follow("Back")
        assert page.path.endswith(f"/{section}")
    assert page.fields()["q_place"] == ["a"]
    assert client.follow("Back").path.endswith("/notice")
    assert client.press().path.endswith("/pages/end"), "the visit that was begun goes on"
    assert count(app)["visits"] == 1


def test_a_page_ahead_cannot_be_seen_before_its_turn(app: Flask, client: Client) -> None:
    in_the_field(app)
    begun(client)
    assert client.get(f"/en/surveys/{SLUG}/pages/end").path.endswith("/pages/home")
    assert client.get(f"/en/surveys/{SLUG}/check").path.endswith("/pages/home")


def test_a_single_question_is_the_heading_of_its_page(app: Flask, client: Client) -> None:
    in_the_field(app)
    begun(client)
    page = walked(client, "help", {"q_streets.calm": "good"})
    assert page.heading == "About helped?"


def test_what_was_typed_is_never_markup(app: Flask, client: Client) -> None:
    in_the_field(app)
    begun(client)
    words = '"><script>x</script>'
    page = walked(client, "help", {"q_streets.calm": "poor"})
    page = client.press("", {"q_why": words, "q_helped.other": words})
    assert page.errors
    assert page.select("#q_why")[0].get_text().strip() == words
    assert "<script>x" not in page.text


def test_the_municipality_speaks_the_readers_language(app: Flask, client: Client) -> None:
    in_the_field(app)
    assert client.get(f"/fr/surveys/{SLUG}/").select(".owner")[0].get_text() == "Orme"
    assert client.get(f"/en/surveys/{SLUG}/").select(".owner")[0].get_text() == "Elm"


def test_a_title_of_the_survey_may_hold_any_character(app: Flask, client: Client) -> None:
    made = shipped_document() | {"title": text("Safe & “sound” <here>", "Sûrs & « saufs »")}
    in_the_field(app, made)
    assert client.get(f"/en/surveys/{SLUG}/").heading == "Safe & “sound” <here>"
    page = begun(client)
    assert page.title.endswith("Safe & “sound” <here>")
