"""Sessions are Flask's own: signed cookies, read with the secret of now or of before."""

import pytest
from flask import Flask, session
from flask.sessions import SecureCookieSessionInterface

from surveyapp.sessions import Sessions, init_app

FIRST, SECOND = "the first secret, long enough", "another secret, long enough"


@pytest.fixture
def program() -> Flask:
    made = Flask("sessions")
    made.secret_key = FIRST
    init_app(made)

    @made.get("/keep/<word>")
    def keep(word: str) -> str:
        session["word"] = word
        return word

    @made.get("/")
    def kept() -> str:
        return str(session.get("word", ""))

    return made


def test_what_is_kept_comes_back_and_a_forged_cookie_does_not(program: Flask) -> None:
    reader = program.test_client()
    reader.get("/keep/oak")
    assert reader.get("/").text == "oak"
    cookie = reader.get_cookie("session")
    assert cookie is not None
    reader.set_cookie("session", cookie.value[:-2] + "xx")
    assert reader.get("/").text == ""


def test_flask_reads_the_same_cookie(program: Flask) -> None:
    reader = program.test_client()
    reader.get("/keep/elm")
    program.session_interface = SecureCookieSessionInterface()
    assert reader.get("/").text == "elm"


def test_a_changed_secret_counts_at_once(program: Flask) -> None:
    reader = program.test_client()
    reader.get("/keep/oak")
    program.secret_key = SECOND
    assert reader.get("/").text == ""
    program.config["SECRET_KEY_FALLBACKS"] = [FIRST]
    assert reader.get("/").text == "oak"


def test_the_signer_is_made_once(program: Flask) -> None:
    sessions = Sessions()
    made = sessions.get_signing_serializer(program)
    assert made is not None
    assert sessions.get_signing_serializer(program) is made


def test_without_a_secret_nothing_is_signed(program: Flask) -> None:
    program.secret_key = None
    assert Sessions().get_signing_serializer(program) is None
