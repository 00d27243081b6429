"""Sending: one response and one receipt, whoever presses what and however often."""

from datetime import date, timedelta

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
from tests.client import Client, Page
from tests.storage.making import SLUG

CHECK = f"/en/surveys/{SLUG}/check"
ONE = {"visits": 0, "responses": 1, "submissions": 1}


def ready(client: Client, language: str = "en", place: str = "a") -> Page:
    """Walk to the page where answers are checked."""
    begun(client, language)
    return walked(client, "check", {"q_place": place})


def receipt(page: Page) -> str:
    return str(page.select(".receipt .code")[0].get_text())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_double_press_stores_one_response(app: Flask, client: Client, language: str) -> None:
    in_the_field(app)
    page = ready(client, language)
    codes = {receipt(client.press(on=page)) for _ in range(3)}
    assert len(codes) == 1
    assert count(app) == ONE
    assert not client.press(on=page).select(".message"), "a double press is no mistake"


def test_going_back_and_sending_again_stores_one_response(app: Flask, client: Client) -> None:
    in_the_field(app)
    page = ready(client)
    code = receipt(client.press())
    for address in (CHECK, f"/en/surveys/{SLUG}/pages/home", f"/en/surveys/{SLUG}/pages/"):
        late = client.get(address)
        assert receipt(late) == code
        assert "already sent" in late.words
    assert receipt(client.press(on=page)) == code
    assert count(app) == ONE


def test_two_tabs_send_one_response(app: Flask, client: Client) -> None:
    in_the_field(app)
    first = ready(client)
    second = client.get(CHECK)
    assert receipt(client.press(on=first)) == receipt(client.press(on=second))
    assert count(app) == ONE


def test_other_answers_after_sending_are_a_visible_conflict(app: Flask, client: Client) -> None:
    in_the_field(app)
    older = ready(client)
    client.get(f"/en/surveys/{SLUG}/pages/home?return=check")
    client.press("", {"q_place": "b"})
    sent = client.press()
    conflict = client.press(on=older)
    assert receipt(conflict) == receipt(sent)
    assert "had already sent other answers" in conflict.words
    assert [one.answers["place"] for one in stored(app)] == ["b"]


def test_answers_that_changed_in_another_window_are_checked_again(
    app: Flask, client: Client
) -> None:
    in_the_field(app)
    older = ready(client)
    client.get(f"/en/surveys/{SLUG}/pages/home?return=check")
    client.press("", {"q_place": "b"})
    again = client.press(on=older, status=409)
    assert "changed in another window" in again.words
    assert count(app)["responses"] == 0
    client.press()
    assert stored(app)[0].answers["place"] == "b"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_late_page_says_already_sent_with_its_receipt(
    app: Flask, client: Client, language: str
) -> None:
    in_the_field(app)
    page = begun(client, language)
    walked(client, "check")
    code = receipt(client.press())
    late = client.press("", {"q_place": "b"}, on=page)
    assert receipt(late) == code
    assert ("already sent" in late.words) or ("déjà envoyé" in late.words)
    switched = client.press("Français" if language == "en" else "English", on=page)
    assert receipt(switched) == code
    assert stored(app)[0].answers["place"] is None


def test_a_replay_after_the_browser_was_closed_gets_the_same_receipt(
    app: Flask, client: Client
) -> None:
    in_the_field(app)
    page = ready(client)
    code = receipt(client.press())
    change_wave(app, closed_at=now())
    assert receipt(Client(app).press(on=page)) == code
    assert count(app) == ONE


def test_a_new_visit_after_sending_is_a_new_response(app: Flask, client: Client) -> None:
    in_the_field(app)
    ready(client)
    first = receipt(client.press())
    ready(client, "fr", "b")
    assert receipt(client.press()) != first
    assert [one.language for one in stored(app)] == ["en", "fr"]


@pytest.mark.parametrize("token", ["", "old"])
def test_without_a_token_nothing_is_sent_and_nothing_lost(
    app: Flask, client: Client, token: str
) -> None:
    in_the_field(app)
    page = ready(client)
    again = client.post(CHECK, {**page.fields(), "csrf_token": token}, status=400)
    assert "still here" in again.words
    assert count(app)["responses"] == 0
    client.press()
    assert count(app) == ONE


def test_nothing_is_sent_before_every_page_was_seen(app: Flask, client: Client) -> None:
    in_the_field(app)
    page = begun(client)
    sent = {name: page.fields()[name] for name in ("csrf_token", "visit")}
    assert client.post(CHECK, sent).path.endswith("/pages/home")
    assert count(app)["responses"] == 0


def test_an_expired_visit_is_not_sent(app: Flask, client: Client) -> None:
    in_the_field(app)
    ready(client)
    day = timedelta(days=1)
    change_visits(app, started_at=now() - 2 * day, expires_at=now() - day)
    assert "24 hours" in client.press(status=410).words
    assert count(app)["responses"] == 0


def test_a_wave_closed_while_checking_takes_nothing(app: Flask, client: Client) -> None:
    in_the_field(app)
    ready(client)
    change_wave(app, closed_at=now())
    assert client.press(status=410).heading == "This survey is closed"
    assert count(app)["responses"] == 0


def test_a_token_that_nobody_gave_opens_nothing(app: Flask, client: Client) -> None:
    in_the_field(app)
    for token in ("x", "x" * 5000, "\N{GREEK SMALL LETTER ALPHA}\x00", ""):
        client.post(CHECK, {"visit": token}, status=410)
    with client.browser.session_transaction() as session:
        assert "visits" not in session


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_receipt_can_be_read_in_the_other_language(
    app: Flask, client: Client, language: str
) -> None:
    in_the_field(app, closes=now().date() + timedelta(days=3))
    ready(client, language)
    page = client.press()
    other = client.follow("Français" if language == "en" else "English")
    assert receipt(other) == receipt(page)
    assert other.language != language


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Results are expected by March 15, 2199."),
        ("fr", "Les résultats sont attendus d’ici le 15 mars 2199."),
    ],
)
def test_the_day_of_the_results_is_told_until_it_is_over(
    app: Flask, client: Client, language: str, said: str
) -> None:
    in_the_field(app, results_on=date(2199, 3, 15))
    ready(client, language)
    assert said in client.press().words
    change_wave(app, closed_at=now())
    home = f"/{language}/surveys/{SLUG}/"
    assert said in client.get(f"{home}receipt").words
    assert said in client.get(home).words
    assert said in Client(app).get(f"{home}check", status=410).words
    change_wave(app, results_on=now().date() - timedelta(days=2))
    for page in (f"{home}receipt", home):
        assert said.split(" by ")[0].split(" d’ici ")[0] not in client.get(page).words
