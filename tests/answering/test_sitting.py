"""A page that nobody touches for long is put away, and nothing that was written is lost."""

import json
from datetime import UTC, datetime

import pytest
from flask import Flask

from surveyapp.answering.visiting import SITTING
from tests.answering.test_leaving import WORDS, survey
from tests.client import Client, Page
from tests.storage.making import SLUG

BASE = f"/en/surveys/{SLUG}"
MINUTES = int(SITTING.total_seconds() // 60)


def on_page_one(app: Flask, client: Client) -> Page:
    survey(app)
    client.get(f"{BASE}/notice")
    return client.press()


def on_page_two(app: Flask, client: Client) -> Page:
    on_page_one(app, client)
    return client.press(answers={"q_words": WORDS})


def minutes_pass(client: Client, minutes: float) -> None:
    """Let this browser have been quiet for so long."""
    with client.browser.session_transaction() as session:
        then = int(datetime.now(UTC).timestamp() - minutes * 60)
        session["heard"] = {SLUG: then}


def left(client: Client) -> int:
    return int(json.loads(client.get(f"{BASE}/sitting").response.text)["left"])


@pytest.mark.parametrize("path", ["pages/", "pages/one", "pages/two", "check"])
def test_a_quiet_browser_shows_no_answers(app: Flask, client: Client, path: str) -> None:
    on_page_two(app, client)
    minutes_pass(client, MINUTES + 1)
    page = client.get(f"{BASE}/{path}")
    assert page.heading == "We put your answers away"
    assert f"for {MINUTES} minutes" in page.words
    assert WORDS not in page.text


def test_french_says_so_too(app: Flask, client: Client) -> None:
    on_page_two(app, client)
    minutes_pass(client, MINUTES + 1)
    page = client.get(f"/fr/surveys/{SLUG}/pages/")
    assert page.heading == "Nous avons mis vos réponses à l’abri"
    assert page.select("#exit")


def test_whoever_goes_on_finds_everything(app: Flask, client: Client) -> None:
    on_page_two(app, client)
    minutes_pass(client, MINUTES + 1)
    client.get(f"{BASE}/pages/")
    assert client.press("Go on where I stopped").path.endswith("/pages/two")
    assert WORDS in client.get(f"{BASE}/pages/one").text


def test_whoever_comes_after_can_let_the_browser_forget(app: Flask, client: Client) -> None:
    on_page_two(app, client)
    minutes_pass(client, MINUTES + 1)
    client.get(f"{BASE}/pages/")
    assert client.press("Forget these answers here").path == f"{BASE}/"
    client.get(f"{BASE}/pages/", status=410)


def test_a_page_that_was_sent_late_is_saved(app: Flask, client: Client) -> None:
    on_page_one(app, client)
    minutes_pass(client, MINUTES * 10)
    page = client.press(answers={"q_words": WORDS})
    assert page.path.endswith("/pages/two")
    assert WORDS in client.get(f"{BASE}/pages/one").text


def test_every_page_counts_as_being_there(app: Flask, client: Client) -> None:
    on_page_two(app, client)
    minutes_pass(client, MINUTES - 1)
    client.get(f"{BASE}/pages/one")
    assert left(client) > (MINUTES - 2) * 60


def test_asking_how_long_is_left_is_not_being_there(app: Flask, client: Client) -> None:
    on_page_two(app, client)
    minutes_pass(client, MINUTES - 1)
    assert 50 <= left(client) <= 60
    assert 50 <= left(client) <= 60


def test_the_time_can_be_extended_again_and_again(app: Flask, client: Client) -> None:
    page = on_page_two(app, client)
    for _time in range(12):
        minutes_pass(client, MINUTES - 1)
        client.post(f"{BASE}/sitting", {"csrf_token": page.fields()["csrf_token"]})
        assert left(client) > (MINUTES - 2) * 60


def test_nothing_is_left_without_a_visit(app: Flask, client: Client) -> None:
    survey(app)
    assert left(client) == 0


def test_what_is_typed_is_kept_unjudged_when_a_page_is_put_away(app: Flask, client: Client) -> None:
    page = on_page_one(app, client)
    long = "x" * 60
    fields = {**page.fields(), "q_words": long, "action": "rest"}
    assert client.post(f"{BASE}/pages/one", fields).heading == "We put your answers away"
    page = client.press("Go on where I stopped")
    assert page.path.endswith("/pages/one")
    assert page.fields()["q_words"] == [long]


def test_a_page_warns_before_the_session_ends(app: Flask, client: Client) -> None:
    page = on_page_one(app, client)
    dialog = page.select("dialog#timeout")[0]
    assert 0 < int(str(dialog["data-left"])) <= MINUTES * 60 - 60
    assert "open" not in dialog.attrs
