"""Progress is shown when the total is sure, in words and as a bar, and not before."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask

from tests.client import Client, Page
from tests.questionnaire.making import document, question, section
from tests.storage.making import SLUG, opened

LATER = {"question": "colour", "any_of": ["one"]}


def begun(app: Flask, client: Client, language: str = "en", **more: Any) -> Page:
    made = document(
        section("one", question("single", "colour")),
        section("two", question("scale", "mood", **more)),
        section("three", question("place", "home")),
    )
    with app.app_context():
        opened(made, now=datetime.now(UTC))
    client.get(f"/{language}/surveys/{SLUG}/notice")
    return client.press()


@pytest.mark.parametrize(("language", "said"), [("en", "Page 1 of 3"), ("fr", "Page 1 sur 3")])
def test_a_sure_total_is_shown(app: Flask, client: Client, language: str, said: str) -> None:
    page = begun(app, client, language)
    assert said in page.words
    assert [(one["value"], one["max"]) for one in page.select("progress")] == [("1", "3")]


def test_a_page_that_may_not_come_hides_the_total(app: Flask, client: Client) -> None:
    page = begun(app, client, asked_if=LATER)
    assert "Page 1" not in page.words
    assert not page.select("progress")


def test_the_total_is_shown_again_when_everything_is_answered(app: Flask, client: Client) -> None:
    begun(app, client, asked_if=LATER)
    client.press(answers={"q_colour": "two"})
    client.press()
    page = client.get(f"/en/surveys/{SLUG}/pages/three")
    assert "Page 2 of 2" in page.words


def test_one_page_alone_is_no_way_to_go(app: Flask, client: Client) -> None:
    with app.app_context():
        made = document(section("one", question("single", "colour"), question("place", "home")))
        opened(made, now=datetime.now(UTC))
    client.get(f"/en/surveys/{SLUG}/notice")
    assert not client.press().select("progress")
