"""A page of questions: what is typed is kept, whatever is wrong, pressed or switched."""

import pytest
from flask import Flask

from tests.answering.making import (
    LANGUAGES,
    begun,
    in_the_field,
    now,
    stored,
    walked,
)
from tests.client import Client, Page
from tests.questionnaire.making import document, question, section
from tests.storage.making import SLUG, opened

PAGES = f"/en/surveys/{SLUG}/pages"
OTHER = {"en": "Français", "fr": "English"}
PREFIX = {"en": "Error: ", "fr": "Erreur\N{NO-BREAK SPACE}: "}


def helped(client: Client, language: str = "en") -> Page:
    """Walk to the page with a text and a choice."""
    begun(client, language)
    return walked(client, "help", {"q_streets.calm": "poor", "q_place": "a"})


@pytest.mark.parametrize("language", LANGUAGES)
def test_errors_are_listed_with_a_link_to_each_field(
    app: Flask, client: Client, language: str
) -> None:
    in_the_field(app)
    helped(client, language)
    page = client.press("", {"q_why": "x" * 21, "q_helped": ["one", "two", "three"]})
    sentences = {
        "en": ("Shorten your answer to 20 characters; it has 21", "Choose at most 2 answers"),
        "fr": ("Raccourcissez votre réponse à 20 caractères", "Choisissez au plus 2 réponses"),
    }[language]
    assert [target for target, _ in page.errors] == ["q_why", "q_helped"]
    for (target, sentence), expected in zip(page.errors, sentences, strict=True):
        assert sentence.startswith(expected)
        assert sentence in page.select(f"#{target}-error")[0].get_text()
    assert page.title.startswith(PREFIX[language])
    assert page.language == language
    assert page.fields()["q_why"] == ["x" * 21]
    assert page.fields()["q_helped"] == ["one", "two", "three"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_that_is_said_twice_names_what_each_is_about(
    app: Flask, client: Client, language: str
) -> None:
    asked = [question(kind, kind, required=True) for kind in ("scale", "battery")]
    with app.app_context():
        opened(document(section("one", *asked, question("place", "home"))), now=now())
    begun(client, language)
    page = client.press()
    mark = {"en": "", "fr": " (fr)"}[language]
    abouts = [f"{one}{mark}" for one in ("About scale?", "It is calm", "It is clean")]
    assert [target for target, _ in page.errors] == [
        "q_scale",
        "q_battery-calm",
        "q_battery-clean",
    ]
    for (target, sentence), about in zip(page.errors, abouts, strict=True):
        own = sentence.removeprefix(f"{about} – ")
        assert own != sentence
        assert own in page.soup.find(id=f"{target}-error").get_text()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", ["-1", "51", "12,5", "five", "1e9", "\N{FULLWIDTH DIGIT ONE}x"])
def test_a_number_that_cannot_be_taken_stays_as_typed(
    app: Flask, client: Client, language: str, typed: str
) -> None:
    in_the_field(app)
    begun(client, language)
    walked(client, "more", {"q_helped": "one"})
    page = client.press("", {"q_times": typed})
    assert [target for target, _ in page.errors] == ["q_times"]
    assert page.fields()["q_times"] == [typed]
    page = client.press("", {"q_times": "0"})
    assert page.path.endswith("/end"), "zero is an answer"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("section", "name", "value"),
    [
        ("home", "q_place", "atlantis"),
        ("home", "q_streets.calm", "GOOD"),
        ("help", "q_helped", "four"),
        ("more", "q_times.code", "never"),
        ("end", "q_priorities.one", "3"),
        ("end", "q_overall", "\x00"),
    ],
)
def test_a_code_that_is_not_offered_is_refused_on_the_page(
    app: Flask, client: Client, language: str, section: str, name: str, value: str
) -> None:
    in_the_field(app)
    begun(client, language)
    before = walked(client, section, {"q_helped": "one"})
    page = client.post(before.path, {**before.fields(), name: value})
    assert len(page.errors) == 1
    assert page.title.startswith(PREFIX[language])
    assert client.press().errors == (), "what cannot be shown is not posted again"


def test_names_that_nobody_asked_for_are_left_alone(app: Flask, client: Client) -> None:
    in_the_field(app)
    page = begun(client)
    strange = {"q_": "x", "q_nothing": "x", "q_streets": "x", "q_\x00": "x", "answers": "x"}
    page = client.post(page.path, {**page.fields(), **strange, "q_place": "a"})
    walked(client, "check")
    client.press()
    (response,) = stored(app)
    assert response.answers["place"] == "a"
    assert not {"", "nothing", "streets"} & set(response.answers)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switch_keeps_every_typed_word(app: Flask, client: Client, language: str) -> None:
    in_the_field(app)
    helped(client, language)
    other = "fr" if language == "en" else "en"
    words = "\r\né “half a” th  \r\n\r\n<b> far too long for its limit"
    page = client.press(OTHER[language], {"q_why": words, "q_helped": ["one", "none"]})
    assert (page.language, page.errors) == (other, ())
    assert page.path.endswith(f"{other}/surveys/{SLUG}/pages/help")
    assert page.fields()["q_why"] == [words]
    assert page.fields()["q_helped"] == ["one", "none"]
    page = client.press(OTHER[other])
    assert page.fields()["q_why"] == [words], "there and back again"
    assert client.press().errors, "it is judged when going on"


def test_the_switch_keeps_what_was_cleared(app: Flask, client: Client) -> None:
    in_the_field(app)
    helped(client)
    client.press("", {"q_why": "Saved before", "q_helped": ["one"]})
    client.follow("Back")
    page = client.press("Français", {"q_why": "", "q_helped": None})
    assert "q_helped" not in page.fields()
    assert page.fields()["q_why"] == [""]
    client.press()
    walked(client, "check")
    client.press()
    assert stored(app)[0].answers["why"] is None


def test_switching_does_not_count_as_answering(app: Flask, client: Client) -> None:
    in_the_field(app)
    begun(client)
    client.press("Français")
    assert client.get(f"/fr/surveys/{SLUG}/pages/").path.endswith("/pages/home")
    assert client.get(f"/fr/surveys/{SLUG}/check").path.endswith("/pages/home")


def test_switching_an_answered_page_leaves_it_answered(app: Flask, client: Client) -> None:
    in_the_field(app)
    helped(client)
    client.follow("Back")
    client.press("Français")
    assert client.get(f"/fr/surveys/{SLUG}/pages/").path.endswith("/pages/help")


def test_a_switch_on_the_way_back_to_the_check_page_still_leads_there(
    app: Flask, client: Client
) -> None:
    in_the_field(app)
    begun(client)
    walked(client, "check")
    client.get(f"{PAGES}/home?return=check")
    client.press("Français", {"q_place": "b"})
    page = client.press()
    assert page.path == f"/fr/surveys/{SLUG}/check"
    assert "Nom" in page.words


@pytest.mark.parametrize("token", [None, "", "old", "é\x00"])
def test_without_a_token_what_was_typed_is_still_there(
    app: Flask, client: Client, token: str | None
) -> None:
    in_the_field(app)
    page = helped(client)
    sent = {**page.fields(), "csrf_token": [], "q_why": "Typed long ago", "q_helped": "one"}
    sent |= {"csrf_token": token} if token is not None else {}
    again = client.post(page.path, sent, status=400)
    assert "still here" in again.words
    assert again.fields()["q_why"] == ["Typed long ago"]
    assert client.press().path.endswith("/more")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_that_lost_everything_on_its_way_is_shown_as_it_was_saved(
    app: Flask, client: Client, language: str
) -> None:
    in_the_field(app)
    address = helped(client, language).path
    client.press("", {"q_why": "Saved before", "q_helped": "one"})
    page = client.post(address, {}, status=400)
    assert page.fields()["q_why"] == ["Saved before"]
    assert page.fields()["q_helped"] == ["one"]
    assert page.select(".message")
    assert client.press().path.endswith("/more")


def test_a_page_outlives_the_cookie_of_its_browser(app: Flask, client: Client) -> None:
    in_the_field(app)
    page = helped(client)
    later = Client(app)
    again = later.press("", {"q_why": "From before", "q_helped": "one"}, on=page, status=400)
    assert again.fields()["q_why"] == ["From before"]
    assert later.press().path.endswith("/more")


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site", "HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_SEC_FETCH_SITE": "same-site", "HTTP_ORIGIN": "http://localhost"},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_ORIGIN": "null"},
    ],
)
def test_another_site_cannot_give_a_browser_its_visit(
    app: Flask, client: Client, headers: dict[str, str]
) -> None:
    in_the_field(app)
    theirs = begun(client)
    victim = Client(app, **headers)
    sent = theirs.fields()
    victim.post(theirs.path, sent, status=400)
    victim.post(f"/en/surveys/{SLUG}/check", sent, status=400)
    victim.post(f"/en/surveys/{SLUG}/notice", sent, status=400)
    with victim.browser.session_transaction() as session:
        assert "visits" not in session


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_SITE": "same-origin", "HTTP_ORIGIN": "http://localhost"},
        {"HTTP_ORIGIN": "http://localhost"},
        {"HTTP_ORIGIN": "http://127.0.0.1:8000"},
    ],
)
def test_our_own_pages_are_taken(app: Flask, headers: dict[str, str]) -> None:
    in_the_field(app)
    reader = Client(app, **headers)
    begun(reader)
    assert reader.press().path.endswith("/help")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("with_visit", [False, True], ids=["without a visit", "with a visit"])
def test_an_unknown_page_is_not_found(
    app: Flask, client: Client, language: str, with_visit: bool
) -> None:
    in_the_field(app)
    sent = begun(client, language).fields() if with_visit else {}
    page = client.get(f"/{language}/surveys/{SLUG}/pages/nowhere", status=404)
    assert "Page not found" in page.heading
    assert "Page introuvable" in page.heading
    client.post(f"/{language}/surveys/{SLUG}/pages/nowhere", sent, status=404)
    client.post(f"/{language}/surveys/nowhere/pages/home", sent, status=404)


def test_a_counter_that_is_none_changes_nothing_that_was_saved(app: Flask, client: Client) -> None:
    in_the_field(app)
    page = helped(client)
    client.press("", {"q_why": "Saved"})
    for counter in ("", "-1", "x", "9" * 40, "\N{SUPERSCRIPT TWO}"):
        client.post(page.path, {**page.fields(), "counter": counter, "q_why": "Forged"})
    walked(client, "check")
    client.press()
    assert stored(app)[0].answers["why"] == "Saved"


def test_a_page_larger_than_any_answer_is_refused(app: Flask, client: Client) -> None:
    in_the_field(app)
    page = helped(client)
    told = client.post(page.path, {**page.fields(), "q_why": "x" * 1_000_001}, status=413)
    assert "shorten" in told.words
    assert client.get(page.path).path == page.path
