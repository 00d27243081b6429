"""Leaving for now and coming back: on another device, in either language, with nothing lost."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from surveyapp.answering import code_forms
from surveyapp.storage.field.timing import close_wave
from tests.client import Client, Page
from tests.storage.making import SLUG, fielded

LATER = {"en": "Save and come back later", "fr": "Enregistrer et revenir plus tard"}
HEADING = {"en": "Your answers are kept", "fr": "Vos réponses sont conservées"}


@pytest.fixture(autouse=True)
def wave(app: Flask) -> None:
    with app.app_context():
        fielded()


def begun(client: Client, language: str = "en") -> Page:
    """Start and answer the first page."""
    client.get(f"/{language}/surveys/{SLUG}/notice")
    client.press()
    return client.press(answers={"q_place": "a", "q_streets.calm": "poor"})


def code_of(page: Page) -> str:
    """Read the code off its page."""
    (code,) = page.select(".receipt .code")
    return code.get_text(strip=True)


def back(app: Flask, code: str, language: str = "en", to: str = "", status: int = 200) -> Client:
    """Come back with a code on another device, by the lobby or by the address of a page."""
    other = Client(app)
    other.get(f"/{language}/surveys/{SLUG}/{to}", status=status)
    other.follow({"en": "Continue with a code", "fr": "Continuer avec un code"}[language])
    other.press(answers={"code": code})
    return other


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_code_is_shown_with_its_last_day(client: Client, language: str) -> None:
    begun(client, language)
    page = client.press(LATER[language])
    assert page.heading == HEADING[language]
    assert len(code_of(page)) == 9
    assert str(datetime.now(UTC).year)[:3] in page.words


@pytest.mark.parametrize(("left", "returned"), [("en", "fr"), ("fr", "en")])
def test_another_device_goes_on_in_the_other_language_with_every_word(
    app: Flask, client: Client, left: str, returned: str
) -> None:
    page = begun(client, left)
    assert page.path.endswith("/pages/help")
    page = client.press(LATER[left], {"q_why": "half a th"})
    other = back(app, code_of(page), returned)
    assert other.page.path == f"/{returned}/surveys/{SLUG}/pages/help"
    assert other.page.fields()["q_why"] == ["half a th"]
    assert other.page.select("[role=status]")


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Go to the first page"), ("fr", "Aller à la première page")]
)
def test_who_comes_back_can_begin_reading_at_the_first_page(
    app: Flask, client: Client, language: str, words: str
) -> None:
    client.get(f"/{language}/surveys/{SLUG}/notice")
    first = client.press()
    assert words not in back(app, code_of(client.press(LATER[language])), language).page.words
    begun(client, language)
    other = back(app, code_of(client.press(LATER[language])), language)
    assert other.page.path != first.path
    assert other.follow(words).path == first.path
    assert words not in other.press().words


def test_what_is_typed_is_kept_unjudged(client: Client) -> None:
    begun(client)
    page = client.press(LATER["en"], {"q_why": "x" * 500})
    assert page.heading == HEADING["en"]
    assert client.get(f"/en/surveys/{SLUG}/pages/help").fields()["q_why"] == ["x" * 500]


def test_the_check_page_can_be_left_too(app: Flask, client: Client) -> None:
    page = begun(client)
    while not page.path.endswith("/check"):
        page = client.press()
    other = back(app, code_of(client.press(LATER["en"])))
    assert other.page.path.endswith("/check")


def test_both_devices_send_once(app: Flask, client: Client) -> None:
    begun(client)
    other = back(app, code_of(client.press(LATER["en"])))
    page = other.page
    while not page.path.endswith("/receipt"):
        page = other.press()
    mine = client.get(f"/en/surveys/{SLUG}/receipt")
    assert code_of(mine) == code_of(page)


def test_a_shared_phone_forgets_and_the_code_still_works(app: Flask, client: Client) -> None:
    begun(client)
    code = code_of(client.press(LATER["en"]))
    client.press("Remove them from this browser")
    client.get(f"/en/surveys/{SLUG}/pages/help", status=410)
    assert back(app, code).page.path.endswith("/pages/help")


def test_a_wrong_code_says_so_beside_its_field_and_keeps_it(client: Client) -> None:
    begun(client)
    client.get(f"/en/surveys/{SLUG}/resume")
    page = client.press(answers={"code": "CDFG-HJKM"}, status=400)
    assert [target for target, _sentence in page.errors] == ["code"]
    assert page.fields()["code"] == ["CDFG-HJKM"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_address_of_a_page_leads_to_the_code_on_another_device(
    app: Flask, client: Client, language: str
) -> None:
    begun(client, language)
    code = code_of(client.press(LATER[language]))
    other = back(app, code, language, "pages/help", 410)
    assert other.page is not None
    assert other.page.path.endswith("/pages/help")


def test_guessing_codes_is_stopped(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code_forms, "TRIES_AN_ADDRESS", 3)
    client.get(f"/fr/surveys/{SLUG}/resume")
    for guess in ("CDFG-HJKM", "CDFG-HJKN", "CDFG-HJKP"):
        client.press(answers={"code": guess}, status=400)
    page = client.press(answers={"code": "CDFG-HJKQ"}, status=429)
    assert "Trop d’essais" in page.words


def test_one_code_is_not_tried_from_everywhere(app: Flask) -> None:
    page = Client(app).get(f"/en/surveys/{SLUG}/resume")
    for guess in range(code_forms.TRIES_A_CODE + 1):
        elsewhere = Client(app, REMOTE_ADDR=f"198.51.100.{guess}")
        elsewhere.get(page.path)
        status = 400 if guess < code_forms.TRIES_A_CODE else 429
        elsewhere.press(answers={"code": "cdfg hjkm"}, status=status)


def test_without_a_visit_there_is_nothing_to_keep(client: Client) -> None:
    client.get(f"/en/surveys/{SLUG}/later", status=410)
    client.post(f"/en/surveys/{SLUG}/later", {}, status=410)


def test_a_page_that_no_code_was_taken_on_leads_on(client: Client) -> None:
    begun(client)
    assert client.get(f"/en/surveys/{SLUG}/later").path.endswith("/pages/help")


def test_a_closed_wave_keeps_nothing_more(app: Flask, client: Client) -> None:
    begun(client)
    code = code_of(client.press(LATER["en"]))
    other = Client(app)
    other.get(f"/en/surveys/{SLUG}/resume")
    with app.app_context():
        close_wave(SLUG, "2026", datetime.now(UTC))
    for page in (other.press(answers={"code": code}), other.get(f"/en/surveys/{SLUG}/resume")):
        assert page.path == f"/en/surveys/{SLUG}/"
        assert "This survey is closed" in page.words
