"""Sessions are Flask's own: signed cookies, read with the secret of now or of before."""

import time
from typing import Any

import pytest
from flask import Flask, Response, session
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer

from surveyapp import sessions
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


def test_a_cookie_is_verified_once_and_each_request_has_its_own_copy(
    program: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    @program.get("/spoil")
    def spoil() -> str:
        session["list"].append("spoiled")
        return ""

    @program.get("/list")
    def list_() -> str:
        session["list"] = session.get("list", [])
        return str(session["list"])

    reader = program.test_client()
    assert reader.get("/list").text == "[]"
    checked: list[str] = []
    loads = URLSafeTimedSerializer.loads

    def note(self: URLSafeTimedSerializer, cookie: str, **how: Any) -> Any:
        checked.append(cookie)
        return loads(self, cookie, **how)

    monkeypatch.setattr(URLSafeTimedSerializer, "loads", note)
    for _ in range(3):
        reader.get("/spoil")
    assert reader.get("/list").text == "[]"
    assert len(checked) == 1


def test_a_cookie_that_was_believed_is_not_for_ever(
    program: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = program.test_client()
    reader.get("/keep/oak")
    assert reader.get("/").text == "oak"
    later = time.time() + program.permanent_session_lifetime.total_seconds() + 2
    monkeypatch.setattr(time, "time", lambda: later)
    assert reader.get("/").text == ""


def test_what_is_believed_is_bounded(program: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "MOST_READ", 2)
    for word in ("oak", "elm", "ash"):
        reader = program.test_client()
        reader.get(f"/keep/{word}")
        assert reader.get("/").text == word
    kept = program.session_interface
    assert isinstance(kept, Sessions)
    assert len(kept._read) == 1


def test_a_page_that_read_the_session_says_so_where_it_may_be_kept(program: Flask) -> None:
    @program.get("/kept-by-caches")
    def cached() -> Response:
        return Response(session.get("word", ""), headers={"Cache-Control": "max-age=60"})

    reader = program.test_client()
    reader.get("/keep/oak")
    found = reader.get("/kept-by-caches")
    assert found.headers["Vary"] == "Cookie"
    assert "Set-Cookie" not in found.headers


def test_a_page_that_only_read_the_session_sets_no_cookie(program: Flask) -> None:
    reader = program.test_client()
    reader.get("/keep/oak")
    found = reader.get("/")
    assert found.text == "oak"
    assert "Set-Cookie" not in found.headers
