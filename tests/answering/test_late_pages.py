"""Pages that come twice, late, from a second tab, or after the end."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.answering.making import (
    LANGUAGES,
    begun,
    change_visits,
    change_wave,
    count,
    in_the_field,
    now,
    stored,
    walked,
)
from tests.answering.test_sections import OTHER, PAGES, helped
from tests.client import Client
from tests.storage.making import SLUG

DAY = timedelta(days=1)


def test_a_double_press_goes_on_once(app: Flask, client: Client) -> None:
    in_the_field(app)
    page = helped(client)
    first = client.press("", {"q_why": "Once"}, on=page)
    second = client.press("", {"q_why": "Once"}, on=page)
    assert first.path == second.path
    assert "another window" not in second.words


def test_a_double_press_of_a_page_with_errors_shows_them(app: Flask, client: Client) -> None:
    in_the_field(app)
    page = helped(client)
    wrong = {"q_why": "x" * 21}
    first = client.press("", wrong, on=page)
    second = client.press("", wrong, on=page)
    assert first.errors == second.errors != ()
    assert second.fields()["q_why"] == ["x" * 21]


def test_an_older_page_with_other_answers_shows_what_is_kept(app: Flask, client: Client) -> None:
    in_the_field(app)
    page = helped(client)
    client.press("", {"q_why": "Newer"}, on=page)
    shown = client.press("", {"q_why": "Older"}, on=page)
    assert shown.path.endswith("/help")
    assert "another window" in shown.words
    assert shown.fields()["q_why"] == ["Newer"]
    shown = client.press("", {"q_why": "z" * 21}, on=page)
    assert "another window" in shown.words, "a mistake on an older page is not passed over"


def test_an_older_page_that_is_switched_says_what_is_kept(app: Flask, client: Client) -> None:
    in_the_field(app)
    page = helped(client)
    client.press("", {"q_why": "Newer"}, on=page)
    shown = client.press("Français", {"q_why": "Older"}, on=page)
    assert shown.language == "fr"
    assert shown.fields()["q_why"] == ["Newer"]
    assert shown.select(".message")


def test_two_tabs_on_different_pages_both_save(app: Flask, client: Client) -> None:
    in_the_field(app)
    first = begun(client)
    second = walked(client, "help", {"q_streets.calm": "poor"})
    client.press("", {"q_why": "Tab two"}, on=second)
    changed = client.get(first.path)
    client.press("", {"q_place": "b"}, on=changed)
    client.get(f"{PAGES}/more")
    walked(client, "check")
    client.press()
    answers = stored(app)[0].answers
    assert (answers["place"], answers["why"]) == ("b", "Tab two")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_expired_visit_is_told_plainly(app: Flask, client: Client, language: str) -> None:
    in_the_field(app)
    page = helped(client, language)
    change_visits(app, started_at=now() - 2 * DAY, expires_at=now() - DAY)
    told = client.press("", {"q_why": "Too late"}, on=page, status=410)
    assert told.language == language
    assert ("24 hours" in told.words) or ("24 heures" in told.words)
    assert client.get(page.path, status=410).heading == told.heading
    assert client.press(OTHER[language], on=page, status=410)
    assert told.select("main a.go")[0]["href"] == f"/{language}/surveys/{SLUG}/"


def test_a_wave_that_is_closed_by_hand_takes_nothing_more(app: Flask, client: Client) -> None:
    in_the_field(app)
    page = helped(client)
    change_wave(app, closed_at=now())
    told = client.press("", {"q_why": "Too late"}, on=page, status=410)
    assert told.heading == "This survey is closed"
    assert count(app)["responses"] == 0


def test_whoever_had_started_can_finish_after_the_last_day(app: Flask, client: Client) -> None:
    in_the_field(app)
    helped(client)
    change_wave(app, closes_at=now() - timedelta(minutes=5))
    walked(client, "check")
    client.press()
    assert len(stored(app)) == 1
    assert "closed" in client.get(f"/en/surveys/{SLUG}/").words


def test_without_a_visit_a_page_says_how_to_begin(app: Flask, client: Client) -> None:
    in_the_field(app)
    page = client.get(f"{PAGES}/home", status=410)
    assert "cookies" in page.words
    assert client.get(f"/en/surveys/{SLUG}/check", status=410).heading == page.heading
    assert client.get(f"/en/surveys/{SLUG}/receipt", status=410).heading == page.heading
