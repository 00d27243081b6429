"""Staff and their browsers, for tests of the keys: signed in without the cost of a password."""

from collections.abc import Collection
from datetime import UTC, datetime

from flask import Flask

from surveyapp.accounts import access
from surveyapp.accounts.passwords import hashed
from surveyapp.storage.people import sessions as staff_sessions
from surveyapp.storage.people.staff import Role, Staff, add_staff
from tests.client import Client, Page

PASSWORD = "four herons cross the lake"
KEPT = hashed(PASSWORD)
CHIEF = "chief@county.example"
PEOPLE = "/en/staff/people/"


def now() -> datetime:
    """Return this instant."""
    return datetime.now(UTC)


def hired(
    app: Flask,
    email: str = CHIEF,
    role: Role = Role.administrator,
    places: Collection[int] = (),
) -> Staff:
    """Let somebody in."""
    with app.app_context():
        return add_staff(email, role, KEPT, by="test", now=now(), municipality_ids=places)


def browser_of(app: Flask, staff: Staff) -> Client:
    """Give a browser that somebody is signed in on."""
    client = Client(app)
    with app.app_context():
        token = staff_sessions.begin(staff, now())
    with client.browser.session_transaction() as session:
        session[access.KEY] = [token, int(now().timestamp())]
    return client


def signs_in(client: Client, email: str, password: str = PASSWORD, status: int = 200) -> Page:
    """Sign in through the page."""
    client.get("/en/staff/sign-in")
    return client.press("Sign in", {"email": email, "password": password}, status=status)
