"""Staff who sign in, and a wave for them to look at."""

from flask import Flask

from surveyapp.accounts.passwords import hashed
from surveyapp.storage.field.waves import Wave
from surveyapp.storage.municipal.profiles import municipality
from surveyapp.storage.people.staff import Role, add_staff
from tests.client import Client, Page
from tests.press.making import CLOSED, answered_wave
from tests.storage.making import SLUG
from tests.storage.making import municipality as save_municipality

PASSWORD = "a long enough password"
KEPT = hashed(PASSWORD)
STAFF = f"/staff/surveys/{SLUG}/waves/2026"
PUBLIC = f"/surveys/{SLUG}/results"


def made(app: Flask, *, closed: bool = True) -> Wave:
    """Store a wave with answers, outside any request."""
    with app.app_context():
        return answered_wave(closed=closed)


def signed_in(app: Flask, role: Role = Role.analyst, limited_to: str = "") -> Client:
    """Let somebody in and give them a browser; their work can be limited to a municipality."""
    email = f"{role.value}{limited_to}@county.example"
    with app.app_context():
        if limited_to and municipality(limited_to) is None:
            save_municipality(limited_to)
        found = municipality(limited_to) if limited_to else None
        ids = (found.id,) if found else ()
        add_staff(email, role, KEPT, by="test", now=CLOSED, municipality_ids=ids)
    client = Client(app)
    client.get("/en/staff/sign-in")
    client.press("Sign in", {"email": email, "password": PASSWORD})
    return client


def cells(page: Page, place: str, table: str = "table.matrix") -> list[str]:
    """Return the words of a place's row in a table."""
    for row in page.select(f"{table} tbody tr"):
        head = row.select("th")[0].get_text(strip=True)
        if head == place:
            return [one.get_text(strip=True) for one in row.select("td")]
    raise AssertionError(f"no row {place!r}")
