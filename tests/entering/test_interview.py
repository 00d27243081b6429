"""A telephone interview: read out, agreed to, typed once, stored once."""

import json

import pytest
from flask import Flask

from surveyapp.storage.audit import newest
from surveyapp.storage.field.collectors import Kind
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import Collector
from surveyapp.storage.people.staff import Role
from tests.client import Client, Page
from tests.entering.making import ENTRY, KEPT_OF_SHEET, SHEET, sign_in, stored, way
from tests.storage.making import NOW, SLUG


@pytest.fixture
def calls(app: Flask) -> Collector:
    """A way in by telephone."""
    return way(app, Kind.phone)


def call(client: Client, calls: Collector, language: str = "en") -> Page:
    """Open the page of an interview."""
    return client.get(f"/{language}/staff/entry/{calls.code}/interview/")


def test_an_interview_is_stored_and_its_receipt_read_out(app: Flask, calls: Collector) -> None:
    ann = sign_in(app)
    call(ann, calls)
    page = ann.press("Save the interview", {"consent": "1", **SHEET})
    assert page.heading == "The interview is stored"
    receipt = page.select(".receipt")[0].get_text(strip=True)
    assert len(receipt) == 14
    assert receipt not in page.url
    (row,) = stored(app)
    assert (json.loads(row.answers), row.minutes) == (KEPT_OF_SHEET, 0)
    with app.app_context():
        assert newest()[0].action == "interview_entered"


def test_what_is_read_out_comes_in_the_order_of_a_call(app: Flask, calls: Collector) -> None:
    page = call(sign_in(app), calls)
    said = (
        "I am calling for Elm",
        "The Municipal Act",
        "Answering is your choice",
        "Do you agree to take part?",
        "About warning?",
        "The next questions can be hard to hear",
        "About overall?",
    )
    places = [page.words.index(one) for one in said]
    assert places == sorted(places)
    assert "988" in page.words
    assert [one.get_text() for one in page.select("#keys-overall .unread")] == ["Unsure", "Silent"]


@pytest.mark.parametrize(
    ("language", "heading", "save"),
    [
        ("en", "Telephone interview", "Save the interview"),
        ("fr", "Entrevue téléphonique", "Enregistrer l’entrevue"),
    ],
)
def test_an_interview_goes_on_in_french_whatever_the_interviewer_reads(
    app: Flask, calls: Collector, language: str, heading: str, save: str
) -> None:
    ann = sign_in(app)
    call(ann, calls, language)
    page = ann.get(f"{ann.page.path}?in=en")
    assert "I am calling for Elm" in page.words
    page = ann.press("Français", {"consent": "1", **SHEET})
    assert page.heading == heading
    assert "Acceptez-vous de participer?" in page.words
    assert page.select("#q_helped")[0]["value"] == "1 5"
    ann.press(save)
    assert [row.language for row in stored(app)] == ["fr"]


def test_nothing_is_kept_of_who_does_not_agree(app: Flask, calls: Collector) -> None:
    ann = sign_in(app)
    call(ann, calls)
    page = ann.press("Save the interview", {"consent": "2", **SHEET})
    assert page.heading == "Nothing was kept"
    assert not stored(app)


def test_agreement_is_asked_for(app: Flask, calls: Collector) -> None:
    ann = sign_in(app)
    call(ann, calls)
    page = ann.press("Save the interview", SHEET, status=400)
    assert page.errors == (("consent", "Type 1 if the person agreed, or 2 if not"),)
    assert page.select("#q_times")[0]["value"] == "2"


def test_a_double_press_stores_once_and_another_interview_is_another(
    app: Flask, calls: Collector
) -> None:
    ann = sign_in(app)
    page = call(ann, calls)
    sent = page.filled("Save the interview", {"consent": "1", **SHEET})
    receipts = {ann.post(page.url, sent).select(".receipt")[0].get_text() for _ in range(2)}
    assert (len(receipts), len(stored(app))) == (1, 1)
    changed = {**sent, "q_times": "9"}
    assert "It was stored before" in ann.post(page.url, changed).words
    ann.follow("Next interview")
    ann.press("Save the interview", {"consent": "1", **SHEET})
    assert len(stored(app)) == 2


def test_a_closed_wave_takes_no_interviews(app: Flask, calls: Collector) -> None:
    ann = sign_in(app)
    call(ann, calls)
    with app.app_context():
        close_wave(SLUG, "2026", NOW)
    page = ann.press("Save the interview", {"consent": "1", **SHEET}, status=410)
    assert page.heading == "The wave is closed"
    ann.get(f"{ENTRY}{calls.code}/interview/", status=410)
    assert not stored(app)


def test_a_forged_interview_is_refused(app: Flask, calls: Collector) -> None:
    ann = sign_in(app)
    page = call(ann, calls)
    sent = page.filled("Save the interview", {"consent": "1", **SHEET})
    ann.post(page.url, {**sent, "interview": "somebody"}, status=400)
    assert not stored(app)


def test_the_goodbye_of_nobody_leads_to_a_call(app: Flask, calls: Collector) -> None:
    page = sign_in(app).get(f"{ENTRY}{calls.code}/interview/goodbye")
    assert page.heading == "Telephone interview"


def test_others_may_not_call(app: Flask, calls: Collector) -> None:
    for path in ("", "goodbye", "refused"):
        address = f"{ENTRY}{calls.code}/interview/{path}"
        assert Client(app).get(address).path == "/en/staff/sign-in"
    client = sign_in(app, role=Role.translator)
    client.get(f"{ENTRY}{calls.code}/interview/", status=403)
    limited = sign_in(app, "oak", limited_to="oak")
    limited.get(f"{ENTRY}{calls.code}/interview/", status=403)
    limited.get(f"{ENTRY}{way(app).code}/interview/", status=404)
