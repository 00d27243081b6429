"""Signing in: the right password only, no hints, a limit, and back to the page that asked."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from surveyapp.accounts import access, sign_in
from surveyapp.accounts.passwords import hashed, is_outdated, matches
from surveyapp.storage.audit import newest
from surveyapp.storage.people.staff import Role, Staff, add_staff, change_staff, staff_by_email

PASSWORD = "a long enough password"
KEPT = hashed(PASSWORD)
EMAIL = "analyst@county.example"


@pytest.fixture
def analyst(app: Flask) -> Staff:
    """Somebody who can sign in."""
    with app.app_context():
        return add_staff(EMAIL, Role.analyst, KEPT, by="test", now=datetime.now(UTC))


def token(client: FlaskClient, address: str) -> str:
    page = client.get(address).get_data(as_text=True)
    return page.split('name="csrf_token" value="')[1].split('"')[0]


def enter(
    client: FlaskClient, email: str = EMAIL, password: str = PASSWORD, query: str = ""
) -> object:
    address = f"/en/staff/sign-in{query}"
    values = {"csrf_token": token(client, address), "email": email, "password": password}
    return client.post(address, data=values)


def test_a_password_is_kept_as_a_hash_that_only_it_matches() -> None:
    assert PASSWORD not in KEPT
    assert KEPT.startswith("$argon2id$")
    assert matches(PASSWORD, KEPT)
    assert not matches(PASSWORD + "x", KEPT)
    assert not matches(PASSWORD, None)
    assert not matches("nobody signs in with this", None)
    assert not matches(PASSWORD, "not a hash")
    assert not is_outdated(KEPT)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_signing_in_leads_to_the_surveys(app: Flask, analyst: Staff, language: str) -> None:
    client = app.test_client()
    address = f"/{language}/staff/sign-in"
    values = {
        "csrf_token": token(client, address),
        "email": " Analyst@County.example ",
        "password": PASSWORD,
    }
    answer = client.post(address, data=values)
    assert (answer.status_code, answer.location) == (303, f"/{language}/staff/")
    assert client.get(answer.location).status_code == 200


@pytest.mark.parametrize(
    ("email", "password"), [(EMAIL, "wrong"), ("nobody@x.example", PASSWORD), ("x", "wrong too")]
)
def test_a_wrong_pair_is_refused_in_one_sentence(
    app: Flask, analyst: Staff, email: str, password: str
) -> None:
    client = app.test_client()
    answer = enter(client, email, password)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "That e-mail address and password do not go together" in page
    assert password not in page
    assert client.get("/en/staff/").status_code == 303


def test_an_empty_form_says_what_to_write(app: Flask) -> None:
    answer = enter(app.test_client(), "", "")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "Write your e-mail address" in page
    assert "Write your password" in page
    assert "<title>Error: " in page


def test_too_many_tries_must_wait_even_with_the_right_password(app: Flask, analyst: Staff) -> None:
    client = app.test_client()
    codes = [enter(client, EMAIL, "wrong").status_code for _ in range(sign_in.TRIES_AN_ACCOUNT)]
    assert set(codes) == {400}
    assert enter(client).status_code == 429
    assert enter(client, "other@county.example", "wrong").status_code == 400


def test_a_right_password_forgets_the_wrong_tries(app: Flask, analyst: Staff) -> None:
    for _ in range(3):
        client = app.test_client()
        for _ in range(sign_in.TRIES_AN_ACCOUNT - 1):
            enter(client, EMAIL, "wrong")
        assert enter(client).status_code == 303


def test_a_page_asks_to_sign_in_and_is_returned_to(app: Flask, analyst: Staff) -> None:
    client = app.test_client()
    asked = client.get("/en/staff/?sort=name")
    assert asked.status_code == 303
    assert asked.location.startswith("/en/staff/sign-in?next=")
    back = enter(client, query=asked.location.removeprefix("/en/staff/sign-in"))
    assert back.location == "/en/staff/?sort=name"


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/en/staff/../../x", "/en/", ""]
    + ["/en/staff//evil.example?\\", "javascript:x", "/en/staff/x y"],
)
def test_only_a_staff_page_is_returned_to(app: Flask, analyst: Staff, address: str) -> None:
    client = app.test_client()
    page = "/en/staff/sign-in"
    values = {"csrf_token": token(client, page), "email": EMAIL, "password": PASSWORD}
    assert client.post(page, query_string={"next": address}, data=values).location == "/en/staff/"


def test_an_address_that_splits_a_header_is_refused(app: Flask, analyst: Staff) -> None:
    client = app.test_client()
    page = "/en/staff/sign-in"
    values = {"csrf_token": token(client, page), "email": EMAIL, "password": PASSWORD}
    answer = client.post(page, query_string={"next": "/en/staff/\r\nx"}, data=values)
    assert (answer.status_code, answer.location) == (400, None)


def test_without_its_token_a_form_signs_nobody_in(app: Flask, analyst: Staff) -> None:
    client = app.test_client()
    answer = client.post("/en/staff/sign-in", data={"email": EMAIL, "password": PASSWORD})
    assert answer.status_code == 400
    assert client.get("/en/staff/").status_code == 303


def test_signing_out_needs_a_post_and_ends_the_session(app: Flask, analyst: Staff) -> None:
    client = app.test_client()
    enter(client)
    assert client.get("/en/staff/sign-out").status_code == 405
    values = {"csrf_token": token(client, "/en/staff/")}
    assert client.post("/en/staff/sign-out", data=values).status_code == 303
    assert client.get("/en/staff/").status_code == 303


def test_signing_in_and_out_leaves_a_residents_visit_alone(app: Flask, analyst: Staff) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["visits"] = {"survey": "token"}
    enter(client)
    client.post("/en/staff/sign-out", data={"csrf_token": token(client, "/en/staff/")})
    with client.session_transaction() as session:
        assert session["visits"] == {"survey": "token"}


def test_the_token_of_a_form_is_new_after_signing_in(app: Flask, analyst: Staff) -> None:
    client = app.test_client()
    client.get("/en/staff/sign-in")
    with client.session_transaction() as session:
        before = session["csrf_token"]
    enter(client)
    with client.session_transaction() as session:
        assert session.get("csrf_token") != before


def test_a_changed_account_ends_its_sessions(app: Flask, analyst: Staff) -> None:
    client = app.test_client()
    enter(client)
    assert client.get("/en/staff/").status_code == 200
    with app.app_context():
        change_staff(analyst.id, by="test", now=datetime.now(UTC), role=Role.designer)
    assert client.get("/en/staff/").status_code == 303


def test_a_session_ends_after_an_hour_without_a_page(app: Flask, analyst: Staff) -> None:
    client = app.test_client()
    enter(client)
    with client.session_transaction() as session:
        token, seen = session[access.KEY]
        session[access.KEY] = [token, seen - int(access.IDLE / timedelta(seconds=1)) - 1]
    assert client.get("/en/staff/").status_code == 303


@pytest.mark.parametrize(
    "kept",
    ["x", [], [1, 2], ["x", 0], ["x", 9_999_999_999], ["x", "y"], [None, 1], [1, "x", 0], None],
)
def test_a_session_that_makes_no_sense_signs_nobody_in(app: Flask, kept: object) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session[access.KEY] = kept
    assert client.get("/en/staff/").status_code == 303


def test_signing_in_is_written_down_without_the_password(app: Flask, analyst: Staff) -> None:
    client = app.test_client()
    enter(client, EMAIL, "a secret typed by mistake")
    enter(client)
    with app.app_context():
        lines = newest()
        assert [(one.action, one.actor) for one in lines[:2]] == [
            ("signed_in", EMAIL),
            ("sign_in_refused", EMAIL),
        ]
        assert "mistake" not in repr(lines)


def test_the_command_line_lets_staff_in(app: Flask) -> None:
    runner = app.test_cli_runner()
    added = runner.invoke(args=["staff", "add", "New@County.example", "--role", "publisher"])
    assert added.exit_code == 0
    email, role, password = added.output.strip().split("\t")
    assert (email, role) == ("new@county.example", "publisher")
    with app.app_context():
        staff = staff_by_email(email)
        assert staff is not None
        assert matches(password, staff.password_hash)
    again = runner.invoke(args=["staff", "add", email, "--role", "analyst"])
    assert again.exit_code == 1
    assert "signs in already" in again.output
    assert runner.invoke(args=["staff", "list"]).output == "new@county.example\tpublisher\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nobody", "--role", "analyst"], "no e-mail address"),
        (["a@b.example", "--role", "king"], "king"),
        (["a@b.example", "--role", "analyst", "--password", "short"], "15 to 200"),
        (["a@b.example", "--role", "analyst", "--municipality", "none"], "no municipality none"),
    ],
)
def test_the_command_line_says_what_is_wrong(app: Flask, arguments: list[str], words: str) -> None:
    refused = app.test_cli_runner().invoke(args=["staff", "add", *arguments])
    assert refused.exit_code != 0
    assert words in refused.output
