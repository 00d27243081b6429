"""The benchmark's resident reads real forms, fills them, and can tell when something is amiss."""

import threading
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.serving import make_server

from benchmarks.client import Resident, filled, read_forms
from benchmarks.survey import SLUG, check_stored, prepare
from config import Settings

PAGE = """
<form action="/search"><input name="q"></form>
<button form="page" name="action" value="lang:fr">Français</button>
<form method="post" id="page" action="/pages/home?a=1&amp;b=2" novalidate>
<input type="hidden" name="csrf_token" value="a&amp;b">
<button name="action" value="lang:fr" formnovalidate>Français</button>
<input type="radio" id="q_a" name="q_a" value="yes" aria-label="less > more">
<input type="radio" id="q_a-no" name="q_a" value="no">
<input type="radio" id="q_a-other" name="q_a" value="other">
<input type="text" id="q_a-other-words" name="q_a.other" value="">
<select name="q_b"><option value="">Choose</option><option value="p1">One</option></select>
<input type="text" inputmode="numeric" name="q_c" value="">
<input type="checkbox" name="q_c.code" value="dont_know">
<textarea name="q_d" rows="6"></textarea>
<p class="hidden" aria-hidden="true"><input type="text" name="website" tabindex="-1"></p>
<button class="go" name="action" value="continue">Continue</button>
</form>
<input type="hidden" name="outside" value="1">
"""


def test_only_forms_that_are_posted_are_read() -> None:
    (form,) = read_forms(PAGE)
    assert form.action == "/pages/home?a=1&b=2"
    assert form.hidden == [("csrf_token", "a&b")]
    assert form.choices["q_a"] == ["yes", "no", "other"]
    assert form.choices["q_b"] == ["", "p1"]
    assert form.texts == {"q_a.other": False, "q_c": True, "q_d": False}
    assert form.submits == [("action", "lang:fr"), ("action", "continue")]


def test_each_turn_chooses_another_option() -> None:
    (form,) = read_forms(PAGE)
    chosen = [dict(filled(form, turn))["q_a"] for turn in range(4)]
    assert chosen == ["yes", "no", "other", "yes"]


def test_every_question_is_answered_and_the_page_sent_on() -> None:
    (form,) = read_forms(PAGE)
    sent = filled(form, 7)
    assert [name for name, _value in sent] == ["csrf_token", "q_a", "q_b", "q_c", "q_d", "action"]
    assert dict(sent)["q_b"] == "p1"
    assert dict(sent)["q_c"] == "7"
    assert dict(sent)["action"] == "continue"


@pytest.fixture
def port(app: Flask, settings: Settings) -> Iterator[int]:
    """The port of the program, served with the benchmark's survey open."""
    prepare(settings)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_journey_in_each_language_is_stored_once(port: int, settings: Settings) -> None:
    resident = Resident(port)
    for turn, language in enumerate(("en", "fr", "en")):
        resident.journey(language, SLUG, turn)
    resident.connection.close()
    assert len(set(resident.receipts)) == 3
    assert check_stored(settings, resident.receipts) == 3
    with pytest.raises(RuntimeError, match="2 receipts, but 3 submissions"):
        check_stored(settings, resident.receipts[:2])


def test_a_journey_that_leads_nowhere_is_told(port: int) -> None:
    resident = Resident(port)
    with pytest.raises(RuntimeError, match="answered 404"):
        resident.journey("en", "no-such-survey", 0)
    resident.connection.close()
