"""A form token is Flask-WTF's own, signed once a session; what another site posts is refused."""

from collections.abc import Iterator

import pytest
from flask import Flask, session
from flask_wtf.csrf import generate_csrf, validate_csrf
from werkzeug.exceptions import BadRequest

from surveyapp.answering import tokens
from surveyapp.answering.tokens import form_token, has_token, refuse_other_sites


@pytest.fixture
def asked(app: Flask) -> Iterator[Flask]:
    with app.test_request_context():
        yield app


def accepts(app: Flask, own: str | None, given: str) -> bool:
    """Tell whether a session takes a token in a later request."""
    with app.test_request_context(method="POST", data={"csrf_token": given}):
        if own is not None:
            session["csrf_token"] = own
        return has_token()


def test_a_token_is_one_that_flask_wtf_takes(asked: Flask) -> None:
    validate_csrf(form_token())


def test_a_session_gets_the_same_token_on_every_page(app: Flask) -> None:
    given = []
    for _page in range(3):
        with app.test_request_context():
            session["csrf_token"] = "mine"
            given.append(form_token())
    assert len(set(given)) == 1
    assert accepts(app, "mine", given[0])


def test_a_token_of_another_process_or_of_before_is_taken(app: Flask) -> None:
    with app.test_request_context():
        elsewhere = generate_csrf()
        own = session["csrf_token"]
    assert accepts(app, own, elsewhere)
    with app.test_request_context():
        session["csrf_token"] = own
        form_token()
    assert accepts(app, own, elsewhere)


@pytest.mark.parametrize("given", ["", "forged", "é", "mine"])
def test_a_forged_token_is_not(app: Flask, given: str) -> None:
    with app.test_request_context():
        session["csrf_token"] = "mine"
        form_token()
    assert not accepts(app, "mine", given)


def test_the_token_of_another_session_is_not(app: Flask) -> None:
    with app.test_request_context():
        session["csrf_token"] = "theirs"
        theirs = form_token()
    assert not accepts(app, "mine", theirs)
    assert not accepts(app, None, theirs)


def test_a_changed_secret_makes_every_token_old(app: Flask) -> None:
    with app.test_request_context():
        session["csrf_token"] = "mine"
        before = form_token()
    app.secret_key = app.config["SECRET_KEY"] = "another secret for tests, long enough: 987"
    assert not accepts(app, "mine", before)


def test_what_is_kept_is_bounded(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_KEPT", 2)
    for own in ("one", "two", "three"):
        with app.test_request_context():
            session["csrf_token"] = own
            token = form_token()
        assert accepts(app, own, token)
    assert len(app.extensions["surveyapp_tokens"]) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
    ids=["cross-site", "same-site", "origin", "null"],
)
def test_what_another_site_posts_is_refused(app: Flask, headers: dict[str, str]) -> None:
    with app.test_request_context(method="POST", headers=headers), pytest.raises(BadRequest):
        refuse_other_sites()
