"""Staff at work: somebody signed in, and a wave with a sample of each type."""

import pytest
from flask import Flask

from surveyapp.accounts.passwords import hashed
from surveyapp.storage.field.collectors import Kind, make_collector, make_sample
from surveyapp.storage.field.waves import Collector, Opening, samples_of, wave_of
from surveyapp.storage.people.staff import Role, add_staff
from tests.client import Client
from tests.storage.making import NOW, SLUG, fielded, municipality

PASSWORD = "a long enough password"
KEPT = hashed(PASSWORD)
EMAIL = "someone@county.example"
FIELDWORK = f"/en/staff/fieldwork/{SLUG}/2026/"


def sign_in(app: Flask, role: Role = Role.designer, limited_to: str = "") -> Client:
    """Let somebody in and sign them in; ``limited_to`` is a municipality's slug."""
    with app.app_context():
        limits = [municipality(limited_to).municipality_id] if limited_to else []
        add_staff(EMAIL, role, KEPT, by="test", now=NOW, municipality_ids=limits)
    client = Client(app)
    client.get("/en/staff/sign-in")
    client.press("Sign in", {"email": EMAIL, "password": PASSWORD})
    return client


def way(kind: Kind, sample: str = "open", municipality_id: int | None = None) -> Collector:
    """Add a way in to the wave in the field."""
    wave = fielded_once()
    found = next(one for one in samples_of(wave) if one.code == sample)
    return make_collector(found, kind, municipality_id, by="test", now=NOW)


def fielded_once() -> int:
    """Open the wave with both samples, unless it is open; return its number."""
    known = wave_of(SLUG, "2026")
    if known is not None:
        return known.id
    made = fielded().wave
    wanted = Opening("", "probability", sample_code="mailed", invited=400)
    make_sample(made, wanted, by="test", now=NOW)
    return made.id


@pytest.fixture
def designer(app: Flask) -> Client:
    """A designer's browser, with a wave in the field."""
    with app.app_context():
        fielded_once()
    return sign_in(app)
