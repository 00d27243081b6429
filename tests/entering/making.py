"""The entry desk at work: a wave with paper and calls, and people who type."""

from flask import Flask
from sqlalchemy import select

from surveyapp.accounts.passwords import hashed
from surveyapp.storage.connection import reading
from surveyapp.storage.field.collectors import Kind, make_collector
from surveyapp.storage.field.waves import Collector, samples_of, wave_of
from surveyapp.storage.people.staff import Role, add_staff
from surveyapp.storage.tables import ResponseRow
from tests.client import Client
from tests.storage.making import NOW, SLUG, fielded, municipality

PASSWORD = "a long enough password"
KEPT = hashed(PASSWORD)
ENTRY = "/en/staff/entry/"
# The document with every kind of question: what stands on one sheet of it.
SHEET = {
    "q_place": "1",
    "q_streets.calm": "3",
    "q_streets.clean": "?",
    "q_streets.lit": "",
    "q_why": "-",
    "q_helped": "1 5",
    "q_helped.other": "A neighbour",
    "q_times": "2",
    "q_after": "2",
    "q_priorities": "31",
    "q_overall": "1",
}
KEPT_OF_SHEET = {
    "place": "a",
    "streets.calm": "poor",
    "streets.clean": "unsure",
    "streets.lit": None,
    "why": {"code": "prefer_not"},
    "helped": ["one", "other"],
    "helped.other": "A neighbour",
    "times": 2,
    "after": "two",
    "priorities": ["three", "one"],
    "overall": "good",
}


def sign_in(
    app: Flask, name: str = "ann", role: Role = Role.designer, limited_to: str = ""
) -> Client:
    """Let somebody in and sign them in; ``limited_to`` is a municipality's slug."""
    email = f"{name}@county.example"
    with app.app_context():
        limits = [municipality(limited_to).municipality_id] if limited_to else []
        add_staff(email, role, KEPT, by="test", now=NOW, municipality_ids=limits)
    client = Client(app)
    client.get("/en/staff/sign-in")
    client.press("Sign in", {"email": email, "password": PASSWORD})
    return client


def way(app: Flask, kind: Kind = Kind.paper, greets: str = "") -> Collector:
    """Add a way in to the wave in the field, which is opened the first time."""
    with app.app_context():
        known = wave_of(SLUG, "2026")
        wave_id = known.id if known else fielded(closes=None).wave.id
        town = municipality(greets).municipality_id if greets else None
        return make_collector(samples_of(wave_id)[0], kind, town, by="test", now=NOW)


def stored(app: Flask) -> list[ResponseRow]:
    """Return the responses."""
    with app.app_context():
        return list(reading().execute(select(ResponseRow.__table__)).all())  # type: ignore[arg-type]
