"""The address of a survey is chosen until it is first published, and then stays."""

import pytest
from flask import Flask

from surveyapp.storage.audit import newest
from surveyapp.storage.connection import IntegrityError, writing
from surveyapp.storage.drafting.surveys import survey_by_slug
from tests.client import Client
from tests.designing.drafting import BASE, drafted, writer
from tests.designing.making import sign_in
from tests.storage.making import SLUG, published

__all__ = ["writer"]
PAGE = f"{BASE}address"


def test_an_unpublished_survey_moves_to_another_address(app: Flask, writer: Client) -> None:
    writer.get(BASE)
    writer.follow("Change the address")
    page = writer.press("Save the address", {"address": " Safety 2027 "})
    assert page.path == "/en/staff/questionnaires/safety-2027/"
    assert "/en/surveys/safety-2027/" in page.words
    writer.get(BASE, status=404)
    with app.app_context():
        assert survey_by_slug(SLUG) is None
        last = newest(1)[0]
    assert (last.action, last.subject) == ("survey_renamed", f"{SLUG} → safety-2027")


@pytest.mark.parametrize(
    "typed", ["", "2027", "sécurité", "a--b", "-a", "a/b", "x" * 41, "new", "from-a-file", "a_b"]
)
def test_what_is_no_address_is_told(writer: Client, typed: str) -> None:
    writer.get(PAGE)
    page = writer.press("Save the address", {"address": typed}, status=400)
    assert page.errors[0][0] == "address"
    assert page.select("#address")[0]["value"] == typed
    writer.get(PAGE)


def test_an_address_that_is_taken_is_told(app: Flask, writer: Client) -> None:
    writer.get("/en/staff/questionnaires/new")
    writer.press(answers={"title_en": "Other", "title_fr": "Autre"})
    writer.get(PAGE)
    page = writer.press("Save the address", {"address": "other"}, status=400)
    assert page.errors == (("address", "Choose another address: another survey has this one"),)


def test_a_published_survey_keeps_its_address_and_says_why(app: Flask) -> None:
    drafted(app)
    client = sign_in(app)
    mine = client.get(PAGE)
    with app.app_context():
        published()
    page = client.press("Save the address", {"address": "moved"}, on=mine, status=409)
    assert page.errors == (("main", "The survey is published: its address stays as it is"),)
    assert "posters, codes and messages" in page.words
    assert not page.select("#address")
    with app.app_context(), pytest.raises(IntegrityError), writing() as connection:
        connection.exec_driver_sql("UPDATE survey SET slug = 'moved'")
