"""With a code from a letter: both languages, one answer a code, and few guesses."""

import pytest
from flask import Flask
from sqlalchemy import select

from surveyapp.answering import code_forms
from surveyapp.storage.connection import reading
from surveyapp.storage.field.collectors import Kind
from surveyapp.storage.field.invitations import Invitee, make_invitations
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.tables import ResponseRow, VisitRow
from tests.client import Client, Page
from tests.designing.making import way
from tests.storage.making import NOW, SLUG

BUTTONS = {"en": "Continue in English", "fr": "Continuer en français"}
NOTICES = {"en": "Continue to the questions", "fr": "Passer aux questions"}


@pytest.fixture
def codes(app: Flask) -> list[str]:
    """Codes of a probability sample, in the field."""
    with app.app_context():
        made = way(Kind.invitation, "mailed")
        people = [Invitee("north", 40.5)] * 12
        return [one.code for one in make_invitations(made, people, by="test", now=NOW)]


def come_in(client: Client, code: str, language: str = "en") -> Page:
    """Follow the link of a letter up to the first question."""
    client.get(f"/i/{code}")
    client.press(BUTTONS[language])
    client.get(f"/{language}/surveys/{SLUG}/notice")
    return client.press(NOTICES[language])


def send(client: Client, *, status: int = 200) -> Page:
    """Press on to the check page without answering anything, and send."""
    for _page in range(6):
        if client.press().path.endswith("/check"):
            break
    return client.press(status=status)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_letter_leads_to_an_answer_in_its_sample(
    app: Flask, client: Client, codes: list[str], language: str
) -> None:
    come_in(client, codes[0], language)
    assert client.page is not None
    assert client.page.language == language
    page = send(client)
    assert page.path == f"/{language}/surveys/{SLUG}/receipt"
    with app.app_context():
        row = reading().execute(select(ResponseRow)).one()
        assert (row.stratum, row.base_weight, row.language) == ("north", 40.5, language)


def test_a_code_can_be_typed_from_paper(client: Client, codes: list[str]) -> None:
    client.get("/")
    client.follow("I have a code from a letter")
    page = client.press(BUTTONS["fr"], {"code": f" {codes[0].lower().replace('-', ' ')} "})
    assert page.path == f"/fr/surveys/{SLUG}/"


def test_looking_at_a_link_tells_nothing_about_the_code(client: Client, codes: list[str]) -> None:
    known, unknown = client.get(f"/i/{codes[0]}"), client.get("/i/CCCC-CCCC")
    assert known.words == unknown.words
    assert known.title == unknown.title == "Your invitation | Votre invitation"


@pytest.mark.parametrize("code", ["CCCC-CCCC", "x" * 2_000, "\0", "\u202e<b>"])
def test_an_unknown_code_is_said_in_both_languages(
    client: Client, codes: list[str], code: str
) -> None:
    page = client.get("/i/")
    page = client.post("/i/", {**page.fields(), "code": code, "language": "en"}, status=404)
    assert page.heading == "We do not know this code | Nous ne reconnaissons pas ce code"
    assert len(page.select("main address a[href='tel:613555-0100']")) == 2


@pytest.mark.parametrize("code", ["", " \t "])
def test_who_writes_no_code_is_asked_for_it(client: Client, codes: list[str], code: str) -> None:
    page = client.get("/i/")
    page = client.post("/i/", {**page.fields(), "code": code, "language": "fr"}, status=400)
    assert page.heading == "Write your code | Écrivez votre code"
    (field,) = page.select("#code[aria-invalid=true]")
    assert field["aria-describedby"] == page.select(".pair")[0]["id"]


def test_a_used_code_is_said_in_both_languages(
    client: Client, app: Flask, codes: list[str]
) -> None:
    come_in(client, codes[0])
    send(client)
    other = Client(app)
    other.get(f"/i/{codes[0]}")
    page = other.press(BUTTONS["fr"], status=410)
    assert page.heading == "This invitation was used | Cette invitation a déjà servi"
    assert "613 555-0100" in page.words


def test_of_two_visits_with_one_code_the_first_to_send_wins(
    app: Flask, client: Client, codes: list[str]
) -> None:
    other = Client(app)
    come_in(client, codes[0])
    come_in(other, codes[0])
    assert send(other).path.endswith("/receipt")
    page = send(client, status=410)
    assert page.path == "/i/used"
    with app.app_context():
        assert len(reading().execute(select(ResponseRow.id)).all()) == 1


def test_a_page_from_before_the_code_was_used_leads_to_no_visit(
    app: Flask, client: Client, codes: list[str]
) -> None:
    other = Client(app)
    client.get(f"/i/{codes[0]}")
    client.press(BUTTONS["en"])
    notice = client.get(f"/en/surveys/{SLUG}/notice")
    come_in(other, codes[0])
    send(other)
    client.press("Continue to the questions", on=notice)
    with app.app_context():
        found = reading().execute(select(VisitRow.invitation_id)).scalars().all()
        assert [one for one in found if one is not None] == []


def test_nobody_comes_by_an_invitation_without_one(
    app: Flask, client: Client, codes: list[str]
) -> None:
    with app.app_context():
        code = way(Kind.invitation, "mailed").code
    assert client.get(f"/s/{code}").path == "/i/"
    assert client.get(f"/en/surveys/{SLUG}/?via={code}").path == "/i/"
    assert client.get(f"/en/surveys/{SLUG}/notice?via={code}").path == "/i/"


@pytest.mark.parametrize("kind", [Kind.paper, Kind.phone])
def test_ways_that_staff_enter_are_no_address(app: Flask, client: Client, kind: Kind) -> None:
    with app.app_context():
        code = way(kind).code
    client.get(f"/s/{code}", status=404)
    client.get(f"/en/surveys/{SLUG}/?via={code}", status=404)


def test_an_invited_browser_leaves_an_earlier_visit_behind(
    app: Flask, client: Client, codes: list[str]
) -> None:
    client.get(f"/en/surveys/{SLUG}/notice")
    client.press("Continue to the questions")
    come_in(client, codes[0])
    send(client)
    with app.app_context():
        assert reading().execute(select(ResponseRow.stratum)).scalar_one() == "north"


def test_coming_back_by_the_letter_goes_on_where_one_was(
    app: Flask, client: Client, codes: list[str]
) -> None:
    come_in(client, codes[0])
    client.press()
    client.get(f"/i/{codes[0]}")
    client.press(BUTTONS["en"])
    with app.app_context():
        assert len(reading().execute(select(VisitRow.token_hash)).all()) == 1
    page = client.get(f"/en/surveys/{SLUG}/pages/")
    assert "/pages/" in page.path
    assert send(client).path.endswith("/receipt")


def test_tries_are_limited_by_code_and_by_address(
    app: Flask, codes: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code_forms, "TRIES_AN_ADDRESS", 3)
    client = Client(app, REMOTE_ADDR="203.0.113.9")
    page = client.get("/i/")
    wrong = {**page.fields(), "code": "CCCC-CCCC", "language": "en"}
    for _try in range(3):
        client.post("/i/", wrong, status=404)
    client.post("/i/", {**wrong, "code": codes[0]}, status=429)
    monkeypatch.setattr(code_forms, "TRIES_A_CODE", 2)
    for number, status in ((1, 429), (2, 429)):
        elsewhere = Client(app, REMOTE_ADDR=f"198.51.100.{number}")
        fields = elsewhere.get("/i/").fields()
        elsewhere.post("/i/", {**fields, "code": "CCCC-CCCC", "language": "fr"}, status=status)


def test_an_old_page_keeps_the_code(client: Client, codes: list[str]) -> None:
    client.get("/i/")
    page = client.post("/i/", {"code": codes[0], "language": "en"}, status=400)
    assert page.fields()["code"] == [codes[0]]
    assert client.press(BUTTONS["en"]).path == f"/en/surveys/{SLUG}/"


def test_a_language_that_is_none_is_refused(client: Client, codes: list[str]) -> None:
    page = client.get("/i/")
    client.post("/i/", {**page.fields(), "code": codes[0], "language": "xx"}, status=400)


def test_a_closed_wave_says_so_to_the_invited(app: Flask, client: Client, codes: list[str]) -> None:
    with app.app_context():
        close_wave(SLUG, "2026", NOW)
    client.get(f"/i/{codes[0]}")
    assert "closed" in client.press(BUTTONS["en"]).words
