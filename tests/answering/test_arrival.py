"""Before the first question: greeting, lobby, notice, and every address that leads nowhere."""

from datetime import timedelta

import pytest
from flask import Flask

from surveyapp.storage.connection import reading, writing
from surveyapp.storage.counted.releases import store
from surveyapp.storage.field.waves import (
    Opening,
    add_collector,
    add_sample,
    collector_by_code,
    wave_of,
)
from tests.answering.making import (
    HOME,
    LANGUAGES,
    begun,
    change_wave,
    count,
    in_the_field,
    now,
    walked,
)
from tests.client import Client
from tests.storage.making import SLUG, published

BOTH = ("Page not found", "Page introuvable")


def test_before_any_survey_every_page_still_stands(client: Client) -> None:
    assert "No survey is open" in client.get("/").words
    assert "Aucun sondage" in client.get("/").words
    assert "No survey is open" in client.get("/en/").words
    assert "Aucun sondage" in client.get("/fr/").words


def test_the_front_page_greets_in_both_languages(app: Flask, client: Client) -> None:
    in_the_field(app)
    page = client.get("/")
    assert {one["href"] for one in page.select("a.go")} == {HOME, f"/fr/surveys/{SLUG}/"}
    for language in LANGUAGES:
        assert page.select(f"main section[lang={language}]")


def test_a_poster_greets_in_both_languages_and_leads_to_the_survey(
    app: Flask, client: Client
) -> None:
    code = in_the_field(app)
    for typed in (code, code.lower()):
        page = client.get(f"/s/{typed}")
        assert {one["href"] for one in page.select("a.go")} == {HOME, f"/fr/surveys/{SLUG}/"}


def test_a_second_way_in_is_kept_to_the_response(app: Flask, client: Client) -> None:
    in_the_field(app)
    with app.app_context(), writing() as connection:
        wave_id = connection.exec_driver_sql("SELECT id FROM wave").scalar_one()
        sample = add_sample(connection, wave_id, Opening("set", "probability"))
        code = add_collector(connection, wave_id, sample, kind="qr", mode="web", is_default=False)
    client.get(f"/s/{code}")
    page = client.follow("Continuer en français")
    assert f"via={code}" in page.url
    assert f"via={code}" in client.follow("English").url
    page = client.follow("Start")
    assert f"via={code}" in page.select(".switch a")[0]["href"]
    client.press()
    with app.app_context():
        used = reading().exec_driver_sql("SELECT collector_id FROM visit").scalar()
        found = collector_by_code(code)
        assert found is not None
        assert used == found.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_survey_not_yet_open_says_when(app: Flask, client: Client, language: str) -> None:
    day = (now() + timedelta(days=40)).date()
    in_the_field(app, opens=day)
    page = client.get(f"/{language}/surveys/{SLUG}/")
    assert str(day.year) in page.words
    assert not page.select("main a.go")
    # Nobody's answers can have come too late, whatever address somebody kept from the last time.
    for last in ("notice", "pages/", "pages/home", "check", "receipt", "later", "resume"):
        assert client.get(f"/{language}/surveys/{SLUG}/{last}").path == page.path
    client.post(f"/{language}/surveys/{SLUG}/notice", {})
    assert count(app)["visits"] == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_closed_survey_says_so(app: Flask, client: Client, language: str) -> None:
    code = in_the_field(app)
    change_wave(app, closed_at=now())
    page = client.get(f"/{language}/surveys/{SLUG}/")
    assert ("This survey is closed" in page.words) or ("Ce sondage est terminé" in page.words)
    assert not page.select("main a.go")
    assert client.get(f"/{language}/surveys/{SLUG}/notice").path == page.path
    poster = client.get(f"/s/{code}")
    assert "This survey is not open now." in poster.words
    assert "Ce sondage n’est pas ouvert en ce moment." in poster.words
    assert SLUG not in client.get(f"/{language}/").text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_closed_survey_leads_to_what_was_published_of_it(
    app: Flask, client: Client, language: str
) -> None:
    in_the_field(app, results_on=(now() + timedelta(days=40)).date())
    change_wave(app, closed_at=now())
    promised = {"en": "Results are expected", "fr": "Les résultats sont attendus"}[language]
    assert promised in client.get(f"/{language}/surveys/{SLUG}/").words
    results = f"main a[href='/{language}/surveys/{SLUG}/results/']"
    assert not client.get(f"/{language}/surveys/{SLUG}/").select(results)
    with app.app_context():
        wave = wave_of(SLUG, "2026")
        assert wave is not None
        store(wave.id, 1, 0, now(), {}, b"", "publisher", now())
    page = client.get(f"/{language}/surveys/{SLUG}/")
    assert page.select(results)
    assert promised not in page.words
    assert client.get(f"/{language}/surveys/{SLUG}/check", status=410).select(results)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_day_is_said_on_the_lobby(app: Flask, client: Client, language: str) -> None:
    day = (now() + timedelta(days=40)).date()
    in_the_field(app, closes=day)
    assert str(day.year) in client.get(f"/{language}/surveys/{SLUG}/").words


def test_nothing_is_collected_before_the_notice_was_seen(app: Flask, client: Client) -> None:
    in_the_field(app)
    client.get(HOME)
    page = client.follow("Start")
    assert "The Municipal Act" in page.words
    assert "613 555-0100" in page.words
    assert count(app)["visits"] == 0
    assert client.browser.get_cookie("surveyapp") is not None
    client.press()
    assert count(app)["visits"] == 1


def test_pressing_start_twice_begins_once(app: Flask, client: Client) -> None:
    in_the_field(app)
    client.get(f"{HOME}notice")
    notice = client.page
    assert client.press(on=notice).path == client.press(on=notice).path
    assert count(app)["visits"] == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_token_the_notice_says_what_to_do(
    app: Flask, client: Client, language: str
) -> None:
    in_the_field(app)
    page = client.post(f"/{language}/surveys/{SLUG}/notice", {}, status=400)
    assert "cookies" in page.words
    assert page.language == language
    assert client.press().path.endswith("/pages/home")


def test_two_people_at_two_browsers_do_not_meet(app: Flask, client: Client) -> None:
    in_the_field(app)
    other = Client(app)
    begun(client)
    begun(other, "fr")
    client.press("", {"q_place": "a"})
    assert "q_place" not in other.get(f"/fr/surveys/{SLUG}/pages/home").fields()
    assert count(app)["visits"] == 2


@pytest.mark.parametrize(
    "address",
    ["/nope", "/xx/", f"/de/surveys/{SLUG}/", "/EN/", "/s/NOCODE", "/favicon.ico", "/../etc/passwd"]
    + [f"/{one}/{rest}" for one in LANGUAGES for rest in ("nope", "surveys/nope/", "surveys/")]
    + [f"/en/surveys/{SLUG}/?via=NOCODE", f"/fr/surveys/{SLUG}/notice?via=NOCODE"]
    + ["/en/surveys/nope/check", "/fr/surveys/nope/receipt", "/en/surveys/nope/pages/home"],
)
def test_an_unknown_address_is_not_found_in_both_languages(
    app: Flask, client: Client, address: str
) -> None:
    in_the_field(app)
    page = client.get(address, status=404)
    for words in BOTH:
        assert words in page.heading
    assert {one["href"] for one in page.select("main a")} == {"/en/", "/fr/"}


@pytest.mark.parametrize(
    ("address", "accepted", "expected"),
    [
        ("/nope", "fr-CA,fr;q=0.9,en;q=0.5", "fr"),
        ("/nope", "en-CA", "en"),
        ("/nope", "de", "en"),
        ("/nope", "", "en"),
        ("/fr/nope", "en", "fr"),
        ("/en/nope", "fr", "en"),
    ],
)
def test_the_readers_language_comes_first_on_a_page_not_found(
    app: Flask, address: str, accepted: str, expected: str
) -> None:
    page = Client(app, HTTP_ACCEPT_LANGUAGE=accepted).get(address, status=404)
    assert page.language == expected
    assert page.heading.startswith(BOTH[LANGUAGES.index(expected)])


def test_a_way_in_to_another_survey_is_not_found(app: Flask, client: Client) -> None:
    code = in_the_field(app)
    with app.app_context():
        published(slug="second")
    client.get(f"/en/surveys/second/?via={code}", status=404)
    client.get("/en/surveys/second/", status=404)


@pytest.mark.parametrize(
    "query",
    ["_scheme=javascript", "_external=1", "_anchor=x", "endpoint=static", "slug=other"]
    + ["language=de", "values=1", "a=1&a=2&b=%C3%A9%26"],
)
def test_a_query_stays_a_query_on_the_way_to_the_other_language(
    app: Flask, client: Client, query: str
) -> None:
    in_the_field(app)
    page = client.get(f"{HOME}?{query}")
    (link,) = page.select(".switch a")
    assert link["href"] == f"/fr/surveys/{SLUG}/?{query}"


def test_a_visit_to_one_survey_does_not_open_another(app: Flask, client: Client) -> None:
    in_the_field(app)
    with app.app_context():
        published(slug="second")
    page = begun(client)
    walked(client, "help")
    client.get("/en/surveys/second/pages/home", status=404)
    client.post("/en/surveys/second/pages/home", page.fields(), status=404)
