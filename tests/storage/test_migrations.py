"""A filled database goes through every revision with its rows and its triggers."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import inspect, text

from surveyapp import create_app
from surveyapp.health import MIGRATIONS
from surveyapp.storage import triggers
from surveyapp.storage.connection import DatabaseError, close, reading, revision, writing
from tests import postgres
from tests.conftest import dispose, settings_for

HASH = "0" * 64
# Rows as they were at the first revision, in the order that their keys need: never change these.
FIRST_ROWS = f"""
INSERT INTO municipality (id, slug) VALUES (1, 'elm')
INSERT INTO profile (id, municipality_id, version, content, created_at) VALUES (1, 1, 1, '{{}}', 1)
INSERT INTO survey (id, slug, owner_id, draft, revision) VALUES (1, 'safety', 1, '{{}}', 'r')
INSERT INTO edition (id, survey_id, number, document, fingerprint, acceptances, published_at,
 published_by) VALUES (1, 1, 1, '{{}}', '{HASH}', '[]', 1, 'someone')
INSERT INTO place_set (id, code) VALUES (1, 'set')
INSERT INTO place (id, place_set_id, code, level, names, agreement_required)
 VALUES (1, 1, 'a', 'region', '{{}}', FALSE)
INSERT INTO wave (id, survey_id, code, place_set_id, time_zone, opens_at, last_change)
 VALUES (1, 1, '2026', 1, 'America/Toronto', 1, 2)
INSERT INTO sample (id, wave_id, code, type, names) VALUES (1, 1, 'open', 'open', '{{}}')
INSERT INTO collector (id, code, wave_id, sample_id, kind, mode, is_default)
 VALUES (1, 'CDFGHJ', 1, 1, 'open_link', 'web', TRUE)
INSERT INTO invitation (id, collector_id, code_hash, stratum, base_weight, used)
 VALUES (1, 1, 'h', 'north', 2.5, FALSE)
INSERT INTO visit (token_hash, collector_id, edition_id, profile_id, invitation_id, language,
 answers, typed, saved, counter, started_at, expires_at)
 VALUES ('{HASH}', 1, 1, 1, 1, 'fr', '{{"a":"é"}}', '{{}}', '{{}}', 1, 1, 2)
INSERT INTO response (id, wave_id, change_no, sample_id, collector_id, edition_id, profile_id,
 language, submitted_on, minutes, answers)
 VALUES ('{"f" * 32}', 1, 1, 1, 1, 1, 1, 'en', '2026-03-02', 5, '{{}}')
INSERT INTO submission (key_hash, receipt_hash, content_hash, wave_id, response_id, state)
 VALUES ('{HASH}', '{HASH}', '{HASH}', 1, '{"f" * 32}', 'accepted')
INSERT INTO withdrawal (wave_id, change_no, of_change_no) VALUES (1, 2, 1)
INSERT INTO fieldwork_count (wave_id, collector_id, ended_on, language, last_page, outcome, visits)
 VALUES (1, 1, '2026-03-02', 'en', 'check', 'submitted', 1)
INSERT INTO release (id, wave_id, number, change_no, cut_off_at, manifest, bundle)
 VALUES (1, 1, 1, 1, 1, '{{}}', '')
INSERT INTO staff (id, email, role, password_hash, stamp, is_demo)
 VALUES (1, 'a@example.ca', 'analyst', 'h', 's', FALSE)
INSERT INTO staff_municipality (staff_id, municipality_id) VALUES (1, 1)
INSERT INTO audit (id, at, actor, action, subject) VALUES (1, 1, 'a', 'b', 'c')
INSERT INTO rate_limit (bucket, key_hash, window_at, uses) VALUES ('b', 'h', 1, 1)
"""
REBUILD = '''
"""Rebuild the tables that the most points to."""

import sqlalchemy as sa
from alembic import op

revision = "later"
down_revision = {last!r}
branch_labels = depends_on = None


def upgrade() -> None:
    for table in ("response", "wave", "edition", "submission"):
        with op.batch_alter_table(table, recreate={recreate!r}) as batch:
            batch.add_column(sa.Column("remark", sa.String()))
    {more}


def downgrade() -> None:
    pass
'''


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The program on a database without tables."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'empty.db'}"
    else:
        server: postgres.Server = request.getfixturevalue("server")
        url = server.create(f"empty_{tmp_path.name}"[:60])
    app = create_app(settings_for(url, tmp_path))
    with app.app_context():
        yield app
    dispose(app)


def statements() -> Iterator[str]:
    """Split the first rows into statements."""
    for part in FIRST_ROWS.replace("\nINSERT", "\0INSERT").split("\0"):
        if part.strip():
            yield part.strip().replace("\n", "")


def fill() -> None:
    """Store a row in every table of the first revision."""
    with writing() as connection:
        for statement in statements():
            connection.exec_driver_sql(statement)


def rows() -> dict[str, int]:
    """Count the rows of every table."""
    names = sorted(set(inspect(reading()).get_table_names()) - {"alembic_version"})
    count = "SELECT count(*) FROM {}"
    return {name: reading().execute(text(count.format(name))).scalar_one() for name in names}


def guards() -> set[tuple[str, str]]:
    """Return the triggers there are."""
    return set(triggers.present(reading()))


def upgrade(to: str = "head", directory: Path = MIGRATIONS) -> None:
    """Upgrade as the operator does, with no connection of ours in the way."""
    close()
    flask_migrate.upgrade(directory=str(directory), revision=to)


def chain() -> list[str]:
    """Return every revision, the first one first."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    walk = ScriptDirectory.from_config(settings).walk_revisions()
    return [script.revision for script in walk][::-1]


def extended(folder: Path, more: str = "pass") -> Path:
    """Copy the chain and add a revision that rebuilds tables."""
    copied = folder / "migrations"
    shutil.copytree(MIGRATIONS, copied, ignore=shutil.ignore_patterns("__pycache__"))
    recreate = "always" if reading().dialect.name == "sqlite" else "auto"
    text_of = REBUILD.format(last=chain()[-1], recreate=recreate, more=more)
    (copied / "versions" / "later.py").write_text(text_of)
    return copied


@pytest.mark.usefixtures("empty")
def test_a_filled_database_goes_through_every_revision() -> None:
    first, *later = chain()
    upgrade(first)
    fill()
    before = rows()
    assert set(before.values()) == {1}
    for step in (*later, "head"):
        upgrade(step)
        now = rows()
        assert {name: now.get(name) for name in before} == before
        assert guards()
    assert guards() == {(one.table, one.name) for one in triggers.TRIGGERS}
    assert revision() == chain()[-1]


@pytest.mark.usefixtures("empty")
def test_the_first_rows_fill_every_table_of_the_first_revision() -> None:
    upgrade(chain()[0])
    filled = {statement.split()[2] for statement in statements()}
    assert filled == set(rows())


@pytest.mark.usefixtures("empty")
def test_the_tables_in_code_are_those_in_the_database() -> None:
    upgrade()
    close()
    flask_migrate.check(directory=str(MIGRATIONS))  # raises SystemExit when something differs


@pytest.mark.usefixtures("empty")
def test_tables_that_others_point_to_can_be_rebuilt(tmp_path: Path) -> None:
    upgrade()
    fill()
    before, guarded = rows(), guards()
    upgrade(directory=extended(tmp_path))
    assert rows() == before
    assert guards() == guarded
    assert "remark" in {column["name"] for column in inspect(reading()).get_columns("response")}
    sqlite = reading().dialect.name == "sqlite"
    assert not sqlite or reading().exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


@pytest.mark.usefixtures("empty")
def test_a_revision_that_fails_changes_nothing(tmp_path: Path) -> None:
    upgrade()
    fill()
    before, guarded, stood = rows(), guards(), revision()
    directory = extended(tmp_path, 'op.execute("INSERT INTO nowhere VALUES (1)")')
    with pytest.raises(DatabaseError):
        upgrade(directory=directory)
    assert (rows(), guards(), revision()) == (before, guarded, stood)
    assert "remark" not in {column["name"] for column in inspect(reading()).get_columns("wave")}


@pytest.mark.usefixtures("empty")
def test_a_revision_that_breaks_a_reference_changes_nothing(tmp_path: Path) -> None:
    upgrade()
    fill()
    before, stood = rows(), revision()
    directory = extended(tmp_path, 'op.execute("DELETE FROM municipality")')
    with pytest.raises(Exception, match=r"profile|foreign key"):
        upgrade(directory=directory)
    assert (rows(), revision()) == (before, stood)


@pytest.mark.usefixtures("empty")
def test_going_back_takes_everything_away() -> None:
    upgrade()
    close()
    flask_migrate.downgrade(directory=str(MIGRATIONS), revision="base")
    assert rows() == {}
    assert guards() == set()
    upgrade()
    assert len(rows()) == 32
