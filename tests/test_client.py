"""The client fails a test for what a page does, not only for how it looks."""

from typing import Any

import pytest
from flask import Flask, Response, make_response
from sqlalchemy import text

from surveyapp.extensions import db
from surveyapp.storage.connection import reading, writing
from tests.client import Client
from tests.test_inspecting import page

Failed = pytest.fail.Exception


def served(app: Flask, address: str, html: str) -> None:
    app.add_url_rule(address, endpoint=address.strip("/"), view_func=lambda: html)


def test_a_get_that_writes_fails(app: Flask) -> None:
    def write() -> str:
        with writing() as connection:
            connection.execute(text("DELETE FROM rate_limit"))
        return page()

    app.add_url_rule("/writes", view_func=write)
    with pytest.raises(Failed, match="takes the right to write"):
        Client(app).get("/writes")


def test_a_request_that_keeps_a_connection_fails(app: Flask) -> None:
    kept = []

    def keep() -> str:
        reading()
        kept.append(db.engine.connect())
        return page()

    app.add_url_rule("/keeps", view_func=keep)
    with pytest.raises(Failed, match="keeps a database connection"):
        Client(app).get("/keeps")
    kept[0].close()


def test_a_dead_link_fails(app: Flask) -> None:
    served(app, "/dead", page('<a href="/en/surveys/x/nothing">x</a>'))
    with pytest.raises(Failed, match="leads nowhere"):
        Client(app).get("/dead")


def test_a_large_or_open_cookie_fails(app: Flask) -> None:
    def bake() -> Response:
        response = make_response(page())
        response.set_cookie("large", "x" * 2000, httponly=True, samesite="Lax")
        response.set_cookie("open", "x")
        return response

    app.add_url_rule("/bakes", view_func=bake)
    with pytest.raises(Failed, match=r"a cookie of 2\d+ bytes") as caught:
        Client(app).get("/bakes")
    assert "open to scripts" in str(caught.value)


def test_a_lost_policy_fails(app: Flask) -> None:
    def lose() -> Response:
        return make_response(page())

    app.add_url_rule("/loses", view_func=lose)
    inside = app.wsgi_app

    def loses_it(environ: Any, start_response: Any) -> Any:
        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            left = [pair for pair in headers if pair[0] != "Content-Security-Policy"]
            return start_response(status, left, *error)

        return inside(environ, start)

    app.wsgi_app = loses_it  # type: ignore[method-assign]
    with pytest.raises(Failed, match="Content-Security-Policy"):
        Client(app).get("/loses")


def test_a_form_is_sent_as_a_browser_sends_it(app: Flask) -> None:
    form = (
        '<form method="post" id="f" action="/echo">'
        '<input type="hidden" name="csrf_token" value="t">'
        '<label for="a">A</label><input id="a" name="a" value="typed">'
        '<label for="b">B</label><textarea id="b" name="b">\none\ntwo</textarea>'
        '<label><input type="checkbox" name="c" value="1" checked>1</label>'
        '<label><input type="checkbox" name="d" value="1">1</label>'
        '<label for="e">E</label><select id="e" name="e"><option>x</option>'
        '<option value="2" selected>y</option></select>'
        '<button class="go" name="action" value="on">Go on</button></form>'
        '<button form="f" name="action" value="off">Stop</button>'
    )
    served(app, "/form", page(form))
    app.add_url_rule("/echo", endpoint="echo", view_func=lambda: "", methods=["POST"])
    before = Client(app).get("/form")
    whole = {"csrf_token": ["t"], "a": ["typed"], "b": ["one\r\ntwo"], "c": ["1"], "e": ["2"]}
    assert before.fields() == {**whole, "action": ["on"]}
    assert before.fields("Stop") == {**whole, "action": ["off"]}
    assert before.filled("", {"a": "new", "c": None, "d": ["1"]})["d"] == ["1"]
    with pytest.raises(AssertionError, match="no field"):
        before.filled("", {"z": "new"})
    with pytest.raises(AssertionError, match="does not offer"):
        before.filled("", {"e": "z"})
