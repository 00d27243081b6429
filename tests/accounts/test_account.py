"""One's own account: its password, its browsers, and what ends a session."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from surveyapp.accounts import access
from surveyapp.accounts.sign_in import TRIES_AN_ACCOUNT
from surveyapp.storage import purge
from surveyapp.storage.audit import newest
from surveyapp.storage.connection import reading
from surveyapp.storage.people import sessions as staff_sessions
from surveyapp.storage.people.staff import Role, Staff
from tests.accounts.making import PASSWORD, browser_of, hired, now, signs_in
from tests.client import Client

OWN = "/en/staff/account/"
EMAIL = "analyst@county.example"
FRESH = "another lake, other herons"


@pytest.fixture
def staff(app: Flask) -> Staff:
    """Somebody who works here."""
    return hired(app, EMAIL, Role.analyst)


def test_the_password_is_changed_and_other_browsers_are_out(app: Flask, staff: Staff) -> None:
    here, there = browser_of(app, staff), browser_of(app, staff)
    here.get(OWN)
    here.follow("Change your password")
    page = here.press(answers={"current": PASSWORD, "password": FRESH, "again": FRESH})
    assert "Your password is changed" in page.words
    assert there.get(OWN).path == "/en/staff/sign-in"
    signs_in(there, EMAIL, status=400)
    assert signs_in(there, EMAIL, FRESH).path == "/en/staff/"


def test_a_change_needs_the_password_of_now_and_tries_are_counted(app: Flask, staff: Staff) -> None:
    client = browser_of(app, staff)
    client.get(f"{OWN}password")
    wanted = {"current": "not mine at all", "password": FRESH, "again": FRESH}
    for _try in range(TRIES_AN_ACCOUNT):
        page = client.press(answers=wanted, status=400)
        assert page.errors == (("current", "That is not the password that you have now"),)
    page = client.press(answers=wanted | {"current": PASSWORD}, status=400)
    assert "wait 15 minutes" in page.words
    assert FRESH not in page.text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_known_password_is_refused_in_the_reader_s_language(
    app: Flask, staff: Staff, language: str
) -> None:
    client = browser_of(app, staff)
    client.get(f"/{language}/staff/account/password")
    weak = {"current": PASSWORD, "password": "passwordpassword", "again": "passwordpassword"}
    page = client.press(answers=weak, status=400)
    said = {"en": "many people use this one", "fr": "beaucoup de gens utilisent celui-ci"}
    assert said[language] in page.words


def test_signing_out_everywhere_leaves_this_browser(app: Flask, staff: Staff) -> None:
    here, there = browser_of(app, staff), browser_of(app, staff)
    assert "In 2 browsers" in here.get(OWN).words
    assert "In 1 browser: this one" in here.press("Sign out everywhere else").words
    assert there.get(OWN).path == "/en/staff/sign-in"
    with app.app_context():
        assert newest()[0].action == "sessions_ended"


def test_a_copied_cookie_is_worth_nothing_after_signing_out(app: Flask, staff: Staff) -> None:
    client, thief = browser_of(app, staff), Client(app)
    with client.browser.session_transaction() as session:
        copied = dict(session)
    client.get(OWN)
    client.press("Sign out")
    with thief.browser.session_transaction() as session:
        session.update(copied)
    assert thief.get(OWN).path == "/en/staff/sign-in"


def test_signing_in_begins_a_new_session_each_time(app: Flask, staff: Staff) -> None:
    client, tokens = Client(app), []
    for _time in range(2):
        signs_in(client, EMAIL)
        with client.browser.session_transaction() as session:
            tokens.append(session[access.KEY][0])
        client.press("Sign out")
    assert len(set(tokens)) == 2
    with app.app_context():
        kept = reading().exec_driver_sql("SELECT token_hash FROM staff_session").scalars().all()
    assert not set(tokens) & set(kept)


def test_a_page_now_and_then_keeps_a_session_but_not_beyond_a_working_day(
    app: Flask, staff: Staff
) -> None:
    client = browser_of(app, staff)
    with client.browser.session_transaction() as session:
        token, seen = session[access.KEY]
        session[access.KEY] = [token, seen - int(access.IDLE.total_seconds()) + 5]
    client.get(OWN)
    with client.browser.session_transaction() as session:
        assert session[access.KEY][1] >= seen
    with app.app_context():
        last = staff_sessions.LONGEST
        assert staff_sessions.find(token, datetime.now(UTC) + last - timedelta(minutes=5))
        assert staff_sessions.find(token, datetime.now(UTC) + last + timedelta(minutes=5)) is None


def test_the_purge_forgets_sessions_that_ended(app: Flask, staff: Staff) -> None:
    with app.app_context():
        staff_sessions.begin(staff, now())
        purge.purge(now() + timedelta(hours=1))
        assert staff_sessions.count(staff, now()) == 1
        purge.purge(now() + staff_sessions.LONGEST + timedelta(seconds=1))
        rows = reading().exec_driver_sql("SELECT count(*) FROM staff_session").scalar()
    assert rows == 0
