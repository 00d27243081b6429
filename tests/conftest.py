"""The program on real databases: every test that stores anything runs on both."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
import hypothesis
import pytest
from flask import Flask

from config import Settings
from surveyapp import create_app
from surveyapp.demo.loading import load
from surveyapp.demo.sign_ins import let_in
from surveyapp.extensions import db
from tests import postgres
from tests.client import Client
from tests.compiled import TEMPLATES, compile_rules_once

# The same examples every time: what lands on one day must not fail on another. The long runs
# draw new ones (see the README).
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None)
if "SURVEYAPP_ATTACKS" not in os.environ:
    hypothesis.settings.load_profile("steady")

SECRET = "a secret for tests only, long enough: 0123456789"
DATABASE = "tests"
DEMO_RESPONSES = 1_500
DEMO_SEED = 2_019


compile_rules_once()


def settings_for(url: str, folder: Path) -> Settings:
    """Return settings for a database and a folder."""
    return Settings(secret_key=SECRET, database_url=url, data_folder=folder)


def program(settings: Settings, *, testing: bool = True) -> Flask:
    """Make a program whose templates are compiled once; ``testing``: what fails shows where."""
    made = create_app(settings)
    made.testing = testing
    made.jinja_env.bytecode_cache = TEMPLATES
    return made


def dispose(app: Flask) -> None:
    """Close every connection of a program."""
    with app.app_context():
        db.engine.dispose()


def migrate(url: str, folder: Path) -> None:
    """Bring a database to the newest revision."""
    app = create_app(settings_for(url, folder))
    with app.app_context():
        flask_migrate.upgrade()
    dispose(app)


@pytest.fixture(scope="session")
def server() -> Iterator[postgres.Server]:
    """A PostgreSQL server of this test run's own."""
    with postgres.running() as started:
        yield started


@pytest.fixture(scope="session")
def migrated_postgresql(
    server: postgres.Server, tmp_path_factory: pytest.TempPathFactory
) -> postgres.Server:
    """The server with a migrated database, which each test empties first."""
    migrate(server.create(DATABASE), tmp_path_factory.mktemp("migrating"))
    return server


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, which each test copies."""
    folder = tmp_path_factory.mktemp("migrated")
    migrate(f"sqlite:///{folder / 'template.db'}", folder)
    return folder / "template.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty migrated database."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated_sqlite"), tmp_path / "test.db")
        return f"sqlite:///{tmp_path / 'test.db'}"
    started: postgres.Server = request.getfixturevalue("migrated_postgresql")
    started.empty(DATABASE)
    return started.url(DATABASE)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """The settings of a test's program."""
    return settings_for(database_url, tmp_path / "data")


@pytest.fixture
def app(settings: Settings) -> Iterator[Flask]:
    """The program on an empty database. No context is pushed: a request brings its own."""
    made = program(settings)
    yield made
    dispose(made)


@pytest.fixture
def client(app: Flask) -> Client:
    """A reader of the program's pages, who inspects every one of them."""
    return Client(app)


@pytest.fixture
def context(app: Flask) -> Iterator[Flask]:
    """The program with its context, for tests that call storage directly."""
    with app.app_context():
        yield app


@pytest.fixture(scope="session")
def demo_folder(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo on SQLite with what it keeps beside it, loaded once; ``demo_app`` copies it."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copy(migrated_sqlite, folder / "surveyapp.db")
    loading = create_app(settings_for(f"sqlite:///{folder / 'surveyapp.db'}", folder))
    with loading.app_context():
        load(DEMO_RESPONSES, DEMO_SEED, datetime.now(UTC), lambda _stored: None)
        let_in(folder, datetime.now(UTC))
    dispose(loading)
    return folder


@pytest.fixture
def demo_app(demo_folder: Path, tmp_path: Path) -> Iterator[Flask]:
    """The program on a copy of the demo: a closed wave with its release, and one that is open.

    ``tests.demo.signing.sign_in`` signs a client of it in.
    """
    folder = tmp_path / "demo"
    shutil.copytree(demo_folder, folder)
    made = program(settings_for(f"sqlite:///{folder / 'surveyapp.db'}", folder))
    yield made
    dispose(made)
