"""An event tablet: each person finds it as if nobody had answered on it before."""

import re
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from surveyapp.storage.connection import reading
from surveyapp.storage.field.collectors import Kind, kiosk_code_of, make_collector
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import samples_of
from surveyapp.storage.tables import CollectorRow, ResponseRow, VisitRow
from tests.answering.making import count, now, stored
from tests.answering.sealing import sealed
from tests.client import Client, Page
from tests.questionnaire.making import document, question, section
from tests.storage.making import SLUG, opened

BASE = f"/en/surveys/{SLUG}"
WORDS = "A very quiet street"
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])
DOORS = {"en": "Continue in English", "fr": "Continuer en français"}
STARTS = {"en": "Start", "fr": "Commencer"}


@pytest.fixture
def code(app: Flask) -> str:
    """The code of a tablet for a survey of two pages in the field."""
    with app.app_context():
        words = question("text", "words", at_most=50)
        two = section("two", question("place", "place"), question("scale", "mood"))
        made_of = document(section("one", question("single", "colour"), words), two)
        found = opened(made_of, now=now())
        made = make_collector(samples_of(found.wave.id)[0], Kind.kiosk, by="test", now=now())
        return made.code


def started(client: Client, code: str, language: str = "en") -> Page:
    client.get(f"/s/{code}")
    client.follow(DOORS[language])
    client.follow(STARTS[language])
    return client.press()


def answered(client: Client, code: str, language: str = "en") -> Page:
    """Answer up to the check page."""
    started(client, code, language)
    client.press(answers={"q_words": WORDS})
    return client.press()


def session_of(client: Client) -> dict[str, Any]:
    with client.browser.session_transaction() as session:
        return dict(session)


def seal(page: Page, address: str, words: dict[str, str]) -> str:
    return sealed(words, address, str(page.select("#tablet")[0]["data-key"]))


def test_the_first_page_greets_in_both_languages(client: Client, code: str) -> None:
    page = client.get(f"/s/{code}")
    assert [one.get_text() for one in page.select("main a.go")] == list(DOORS.values())
    assert page.select("body.kiosk")
    assert "Waiting on this tablet" in page.text
    assert "En attente d’envoi sur cette tablette" in page.text


def test_the_first_page_says_when_there_is_nothing_to_answer(
    app: Flask, client: Client, code: str
) -> None:
    with app.app_context():
        close_wave(SLUG, "2026", now())
    page = client.get(f"/s/{code}")
    assert page.select("main a.go") == []
    assert "This survey is not open now." in page.words
    assert "Ce sondage n’est pas ouvert en ce moment." in page.words


@LANGUAGES
def test_a_response_comes_by_the_tablet(
    app: Flask, client: Client, code: str, language: str
) -> None:
    answered(client, code, language)
    page = client.press()
    assert page.language == language
    assert [one.language for one in stored(app)] == [language]
    with app.app_context():
        row = reading().execute(select(ResponseRow)).one()
        query = select(CollectorRow.code).where(CollectorRow.id == row.collector_id)
        assert reading().execute(query).scalar() == code


@LANGUAGES
def test_every_page_has_the_tablets_script_and_its_way_back(
    client: Client, code: str, language: str
) -> None:
    client.get(f"/s/{code}")
    pages = [client.follow(DOORS[language]), client.follow(STARTS[language])]
    pages += [client.press() for _page in range(3)]
    for page in pages:
        assert [str(one["src"]).split("?")[0] for one in page.select("script")] == [
            "/static/kiosk.js"
        ]
        assert page.select("#exit")[0]["href"] == f"/s/{code}"
        assert page.select("#tablet")[0]["data-idle"] == "60"
        assert page.select("dialog#idle")
        assert "weather.gc.ca" not in page.text
        assert page.select("dialog#timeout") == []


def test_the_default_way_in_stays_as_it_was(client: Client, code: str) -> None:
    page = client.get(f"{BASE}/")
    assert "/static/survey.js" in page.text
    assert page.select("#tablet, #exit, #idle") == []
    assert page.select(f'a[href="{BASE}/resume"]')


def test_no_copy_and_no_code_is_offered(client: Client, code: str) -> None:
    client.get(f"/s/{code}")
    page = client.follow(DOORS["en"])
    assert page.select('a[href*="/resume"], a[href*="/withdraw"]') == []
    answered(client, code)
    assert client.page is not None
    assert "come back later" not in client.page.text
    page = client.press()
    assert page.select('a[href*="/copy"], a[href*="/withdraw"], form') == []
    assert client.get(f"{BASE}/copy").path == f"/s/{code}"


def test_a_code_is_not_given_either_when_it_is_asked_for(
    app: Flask, client: Client, code: str
) -> None:
    page = started(client, code)
    fields = {**page.fields(), "action": "later", "q_words": WORDS}
    assert client.post(f"{BASE}/pages/one", fields).path == f"{BASE}/pages/two"
    assert client.post(f"{BASE}/later", page.fields()).path == f"{BASE}/pages/two"
    assert client.get(f"{BASE}/resume").path == f"/s/{code}"
    with app.app_context():
        assert reading().execute(select(VisitRow.resume_until)).scalars().all() == [None]


def test_nothing_that_can_be_called_leads_out_of_the_tablet(client: Client, code: str) -> None:
    page = started(client, code)
    assert page.select('a[href^="tel:"]') == []
    hrefs = {str(one["href"]) for one in page.select("a[href]")}
    assert all(one.startswith(("/", "#")) for one in hrefs)


def test_the_browser_completes_nothing(client: Client, code: str) -> None:
    page = started(client, code)
    assert page.select("form#page")[0]["autocomplete"] == "off"


def test_the_receipt_is_shown_once_and_the_session_forgets(client: Client, code: str) -> None:
    answered(client, code)
    page = client.press()
    assert page.heading == "Your answers are in"
    assert page.select(".receipt .code")
    assert page.select("main a.go")[0].get_text() == "Start again / Recommencer"
    assert f"{BASE}/" in page.words
    assert not session_of(client).get("visits")
    for path in ("receipt", "check", "pages/", "pages/one", "copy"):
        assert client.get(f"{BASE}/{path}").path == f"/s/{code}"


def test_the_receipt_is_good_elsewhere(app: Flask, client: Client, code: str) -> None:
    answered(client, code)
    receipt = client.press().select(".receipt .code")[0].get_text()
    at_home = Client(app)
    at_home.get(f"{BASE}/withdraw")
    assert at_home.press(answers={"receipt": receipt}).heading == "Your answers are deleted"
    assert stored(app) == []


def test_a_doubled_sending_is_thanked_for_once_more(app: Flask, client: Client, code: str) -> None:
    page = answered(client, code)
    receipts = {client.press(on=page).select(".code")[0].get_text() for _press in range(2)}
    assert len(receipts) == 1
    assert count(app)["responses"] == 1
    assert not session_of(client).get("visits")


def test_the_first_page_forgets_who_walked_away(app: Flask, client: Client, code: str) -> None:
    answered(client, code)
    client.get(f"/s/{code}")
    assert set(session_of(client)) <= {"kiosk", "csrf_token"}
    for path in ("check", "pages/", "pages/one"):
        assert client.get(f"{BASE}/{path}").path == f"/s/{code}"
    assert WORDS not in started(client, code).text
    assert count(app)["visits"] == 2


def test_the_first_page_signs_staff_out(client: Client, code: str) -> None:
    with client.browser.session_transaction() as session:
        session["staff"] = 1
    client.get(f"/s/{code}")
    assert "staff" not in session_of(client)


def test_an_old_page_of_somebody_who_left_shows_nothing(client: Client, code: str) -> None:
    page = answered(client, code)
    client.press()
    assert client.post(f"{BASE}/pages/one", page.fields()).path == f"/s/{code}"
    assert not session_of(client).get("visits")


def test_another_way_in_makes_it_an_ordinary_browser_again(
    app: Flask, client: Client, code: str
) -> None:
    client.get(f"/s/{code}")
    with app.app_context():
        query = select(CollectorRow.code).where(CollectorRow.is_default)
        ordinary = reading().execute(query).scalar()
    assert client.get(f"{BASE}/?via={ordinary}").select("#tablet") == []
    assert client.get(f"{BASE}/").select("#tablet") == []


def test_many_starts_from_one_network_do_not_stop_the_tablet(
    app: Flask, client: Client, code: str
) -> None:
    app.config["STARTS_AN_ADDRESS"] = 1
    # Of three, one may be counted in the next ten minutes.
    for _phone in range(3):
        phone = app.test_client()
        page = phone.get(f"{BASE}/notice")
        fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page.text))
        last = phone.post(f"{BASE}/notice", data=fields).status_code
        if last == 429:
            break
    assert last == 429
    assert started(client, code).path == f"{BASE}/pages/one"


def test_a_tablet_is_known_by_its_way_in(app: Flask, code: str) -> None:
    with app.app_context():
        rows = reading().execute(select(CollectorRow)).all()
        known = {row.code: kiosk_code_of(row.id) for row in rows}
    assert len(known) == 2
    assert {one for one in known.values() if one} == {code}


def test_without_a_script_every_page_goes_back_by_itself(client: Client, code: str) -> None:
    pages = [started(client, code), client.press(), client.press(), client.press()]
    waits = [one.select("noscript meta")[0]["content"] for one in pages]
    assert waits == [f"600;url=/s/{code}"] * 3 + [f"45;url=/s/{code}"]


def test_a_tablet_leaves_an_error_by_itself(app: Flask, client: Client, code: str) -> None:
    assert "Refresh" not in client.get("/en/nowhere", status=404).response.headers
    client.get(f"/s/{code}")
    page = client.get("/en/nowhere", status=404)
    assert page.response.headers["Refresh"] == f"20;url=/s/{code}"


def test_a_page_that_somebody_writes_on_is_not_taken_away(client: Client, code: str) -> None:
    page = started(client, code)
    fields = {**page.fields(), "csrf_token": "old", "q_words": WORDS}
    page = client.post(f"{BASE}/pages/one", fields, status=400)
    assert WORDS in page.text
    assert "Refresh" not in page.response.headers


# What waited on the tablet.


def test_a_sealed_page_is_saved_for_whoever_left(app: Flask, client: Client, code: str) -> None:
    page = started(client, code)
    words = {name: str(value[0]) for name, value in page.fields().items()}
    address = f"{BASE}/pages/one"
    form = {"sealed": seal(page, address, {**words, "q_words": WORDS, "action": "continue"})}
    reply = app.test_client().post(address, data=form)
    assert (reply.status_code, reply.data) == (303, b"")
    assert "Location" not in reply.headers
    with app.app_context():
        answers = reading().execute(select(VisitRow.answers)).scalar()
        assert answers is not None
        assert answers["words"] == WORDS


def test_sealed_answers_are_counted_once(app: Flask, client: Client, code: str) -> None:
    page = answered(client, code)
    words = {name: str(value[0]) for name, value in page.fields().items()}
    form = {"sealed": seal(page, f"{BASE}/check", words)}
    for _time in range(2):
        reply = app.test_client().post(f"{BASE}/check", data=form)
        assert (reply.status_code, reply.data) == (204, b"")
    assert count(app) == {"visits": 0, "responses": 1, "submissions": 1}


def test_what_was_sealed_touches_nobodys_session(app: Flask, client: Client, code: str) -> None:
    page = started(client, code)
    words = {name: str(value[0]) for name, value in page.fields().items()}
    client.get(f"/s/{code}")
    before = session_of(client)
    form = {"sealed": seal(page, f"{BASE}/pages/one", {**words, "q_words": WORDS})}
    reply = client.browser.post(f"{BASE}/pages/one", data=form)
    assert reply.status_code == 303
    assert "Set-Cookie" not in reply.headers
    assert session_of(client) == before


def test_a_sealed_page_with_mistakes_shows_nobody_what_it_says(
    app: Flask, client: Client, code: str
) -> None:
    page = started(client, code)
    words = {name: str(value[0]) for name, value in page.fields().items()}
    address, long = f"{BASE}/pages/one", "secret" * 20
    form = {"sealed": seal(page, address, {**words, "q_words": long})}
    assert app.test_client().post(address, data=form).data == b""


@pytest.mark.parametrize("spoiled", ["", "x", "é", "AAAA", "A" * 200])
def test_what_cannot_be_opened_is_refused(
    app: Flask, client: Client, code: str, spoiled: str
) -> None:
    started(client, code)
    form = {"sealed": spoiled or "="}
    assert app.test_client().post(f"{BASE}/pages/one", data=form).status_code == 400


def test_a_seal_is_good_for_its_own_address_alone(app: Flask, client: Client, code: str) -> None:
    page = answered(client, code)
    words = {name: str(value[0]) for name, value in page.fields().items()}
    form = {"sealed": seal(page, f"{BASE}/pages/one", words)}
    assert app.test_client().post(f"{BASE}/check", data=form).status_code == 400
    assert count(app)["responses"] == 0


def test_a_seal_of_another_program_is_refused(app: Flask, client: Client, code: str) -> None:
    page = started(client, code)
    form = {"sealed": seal(page, f"{BASE}/pages/one", {"q_words": WORDS})}
    app.config["SECRET_KEY"] = "another secret, also long enough: 0123456789"
    assert app.test_client().post(f"{BASE}/pages/one", data=form).status_code == 400


def test_a_sealed_page_from_another_site_is_refused(app: Flask, client: Client, code: str) -> None:
    page = started(client, code)
    words = {name: str(value[0]) for name, value in page.fields().items()}
    form = {"sealed": seal(page, f"{BASE}/pages/one", {**words, "q_words": WORDS})}
    headers = {"Sec-Fetch-Site": "cross-site"}
    reply = app.test_client().post(f"{BASE}/pages/one", data=form, headers=headers)
    assert reply.status_code == 400
