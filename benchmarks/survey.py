"""The survey that ships, open to residents of an invented county, and what was stored of it."""

import secrets
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import text

from config import Settings
from surveyapp import create_app
from surveyapp.extensions import db
from surveyapp.questionnaire.shipped import shipped
from surveyapp.storage.collected.responses import receipt_hash
from surveyapp.storage.connection import reading
from surveyapp.storage.drafting.surveys import publish, save_draft
from surveyapp.storage.field.timing import open_wave
from surveyapp.storage.field.waves import Opening
from surveyapp.storage.municipal.places import Place, import_places
from surveyapp.storage.municipal.profiles import Profile, save_profile

SLUG = "community-safety"
TOWNS = {"Northbank": "Rive-Nord", "Millbrook": "Ruisseau-du-Moulin", "Lakeside": "Bord-du-Lac"}
PARTS = 8


def settings_for(database_url: str, folder: Path) -> Settings:
    """Return settings with a secret of this run's own."""
    return Settings(secrets.token_urlsafe(32), database_url, folder)


def environment_of(settings: Settings) -> dict[str, str]:
    """Write settings as the server reads them."""
    return {
        "SECRET_KEY": settings.secret_key,
        "DATABASE_URL": settings.database_url,
        # Every resident of the benchmark comes from one address.
        "STARTS_AN_ADDRESS": "1000000",
        "DATA_FOLDER": str(settings.data_folder),
    }


def _profile() -> Profile:
    county = {"en": "Example County", "fr": "Comté d’Exemple"}
    return Profile.model_validate(
        {
            "names": county,
            "plan_name": {"en": "Safety plan", "fr": "Plan de sécurité"},
            "officer": {
                "title": {"en": "Records officer", "fr": "Responsable des dossiers"},
                "address": {"en": "1 Example Street", "fr": "1, rue Exemple"},
                "telephone": "613 555-0100",
            },
            "help_lines": [
                {"name": {"en": name, "fr": name_fr}, "telephone": number}
                for name, name_fr, number in (
                    ("Emergency", "Urgence", "911"),
                    ("Suicide Crisis Helpline", "Ligne d’aide en cas de crise de suicide", "988"),
                    ("Community services", "Services communautaires", "211"),
                )
            ],
        }
    )


def _places() -> list[Place]:
    places = [Place("county", "region", {"en": "Example County", "fr": "Comté d’Exemple"})]
    for number, (name, name_fr) in enumerate(TOWNS.items()):
        town = f"town-{number}"
        places.append(Place(town, "municipality", {"en": name, "fr": name_fr}, "county"))
        for part in range(1, PARTS + 1):
            names = {"en": f"{name}, part {part}", "fr": f"{name_fr}, partie {part}"}
            places.append(Place(f"{town}-{part}", "neighbourhood", names, town))
    return places


@contextmanager
def program(settings: Settings) -> Iterator[Flask]:
    """Give the program with its context, and close its connections at the end."""
    app = create_app(settings)
    try:
        with app.app_context():
            yield app
    finally:
        # The first context has given its own connection back: now all of them can go.
        with app.app_context():
            db.engine.dispose()


def prepare(settings: Settings) -> None:
    """Migrate a new database and open a wave of the survey in it."""
    now = datetime.now(UTC)
    with program(settings):
        flask_migrate.upgrade()
    with program(settings):
        owner = save_profile("county", _profile(), now)
        saved = save_draft(SLUG, owner.municipality_id, shipped())
        publish(SLUG, saved.revision, (), "benchmark", now)
        import_places("places", _places())
        open_wave(SLUG, "wave", Opening("places", "open"), now)


def check_stored(settings: Settings, receipts: Sequence[str], most_left: int = 0) -> int:
    """Compare what is stored with what residents were told; return how many responses there are.

    ``most_left``: so many visits may have begun whose beginning nobody was told of.

    :raise RuntimeError: if a response is missing, doubled or nobody's.
    """
    with program(settings):
        told = Counter(receipt_hash(code) for code in receipts)
        found = reading().execute(text("SELECT receipt_hash FROM submission")).scalars()
        kept = Counter(found)
        counts = [
            reading().execute(text(f"SELECT count(*) FROM {table}")).scalar_one()
            for table in ("response", "visit")
        ]
    if kept != told or counts[0] != len(receipts) or counts[1] > most_left:
        raise RuntimeError(
            f"{len(receipts)} receipts, but {kept.total()} submissions,"
            f" {counts[0]} responses and {counts[1]} visits left over"
        )
    return len(receipts)
