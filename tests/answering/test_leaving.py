"""Whoever must not be seen answering leaves at once, and the browser forgets."""

import logging
from datetime import UTC, datetime

import pytest
from flask import Flask

from tests.client import Client, Page
from tests.questionnaire.making import document, question, section
from tests.storage.making import SLUG, opened

WEATHER = {"en": "https://weather.gc.ca/", "fr": "https://meteo.gc.ca/"}
EXIT = {"en": "Exit this page", "fr": "Quitter cette page"}
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])
WORDS = "zebra on the moon"


def survey(app: Flask, *, sensitive: bool = True) -> None:
    """Open a survey of two pages."""
    words = question("text", "words", at_most=50)
    made = document(
        section("one", question("single", "colour"), words),
        section("two", question("place", "place"), question("scale", "mood")),
        sensitive=sensitive,
    )
    with app.app_context():
        opened(made, now=datetime.now(UTC))


def walk(client: Client, language: str) -> list[Page]:
    """See each page from the lobby to the receipt, and the page of a mistake."""
    base = f"/{language}/surveys/{SLUG}/"
    pages = [client.get(base), client.get(f"{base}notice")]
    pages.append(client.press())
    pages.append(client.press(answers={"q_words": "x" * 60}))
    pages.append(client.press(answers={"q_words": WORDS, "q_colour": "two"}))
    pages.append(client.press(answers={"q_mood": "fair"}))
    pages.append(client.press())
    assert pages[-1].path.endswith("/receipt")
    return pages


@LANGUAGES
def test_every_page_of_a_sensitive_survey_can_be_left(
    app: Flask, client: Client, language: str
) -> None:
    survey(app)
    for page in walk(client, language):
        links = page.select(f"a[data-away='{WEATHER[language]}']")
        assert len(links) == 2 + len(page.select("dialog"))
        assert "skip" in links[0]["class"]
        for link in links:
            assert link.get_text() == EXIT[language]
            assert link["href"] == f"/{language}/surveys/{SLUG}/exit"
            assert link["rel"] == ["noreferrer"]


@LANGUAGES
def test_the_page_without_a_visit_can_be_left_too(
    app: Flask, client: Client, language: str
) -> None:
    survey(app)
    page = client.get(f"/{language}/surveys/{SLUG}/pages/", status=410)
    assert page.select("#exit")


def test_other_surveys_do_not_suggest_that_one_must_leave(app: Flask, client: Client) -> None:
    survey(app, sensitive=False)
    for page in walk(client, "en"):
        assert not page.select("[data-away]")


@LANGUAGES
def test_leaving_opens_the_weather_and_forgets(app: Flask, client: Client, language: str) -> None:
    survey(app)
    client.get(f"/{language}/surveys/{SLUG}/notice")
    client.press()
    page = client.get(f"/{language}/surveys/{SLUG}/exit", status=303, follow=False)
    assert page.location == WEATHER[language]
    client.get(f"/{language}/surveys/{SLUG}/pages/one", status=410)


def test_leaving_keeps_whoever_is_signed_in(app: Flask, client: Client) -> None:
    survey(app)
    client.get(f"/en/surveys/{SLUG}/notice")
    client.press()
    with client.browser.session_transaction() as session:
        session["staff"] = "kept"
    client.get(f"/en/surveys/{SLUG}/exit", status=303, follow=False)
    with client.browser.session_transaction() as session:
        assert session["staff"] == "kept"
        assert not {"visits", "sent", "heard", "invited"} & set(session)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "does not erase"), ("fr", "n’efface pas l’historique")]
)
def test_the_notice_is_honest_about_the_history(
    app: Flask, client: Client, language: str, said: str
) -> None:
    survey(app)
    assert said in client.get(f"/{language}/surveys/{SLUG}/notice").words


def test_the_notice_of_another_survey_does_not_speak_of_leaving(app: Flask, client: Client) -> None:
    survey(app, sensitive=False)
    assert "does not erase" not in client.get(f"/en/surveys/{SLUG}/notice").words


def test_answers_are_in_no_address_title_or_log(
    app: Flask, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    survey(app)
    asked: list[str] = []
    app.before_request(lambda: asked.append(_address()))
    with caplog.at_level(logging.DEBUG):
        pages = walk(client, "en")
    told = " ".join([*asked, *(page.title for page in pages), caplog.text]).lower()
    assert SLUG in told
    for answer in ("zebra", "two&", "=two", "=fair", "mood"):
        assert answer not in told


def _address() -> str:
    from flask import request

    return request.full_path
