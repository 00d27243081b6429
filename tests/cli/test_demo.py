"""The demo's command: loads once, shows the way in every time, keeps out where people work."""

import json
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from config import ROOT
from surveyapp.accounts.passwords import hashed, matches
from surveyapp.demo.loading import SLUG
from surveyapp.demo.sign_ins import FILE, email
from surveyapp.questionnaire.shipped import shipped
from surveyapp.storage.drafting.surveys import list_surveys, save_draft, survey_by_slug
from surveyapp.storage.field.waves import collector_by_code, waves_of
from surveyapp.storage.municipal.profiles import save_profile
from surveyapp.storage.people.staff import Role, add_staff, list_staff, staff_by_email
from tests.storage.making import profile_content

NOW = datetime(2026, 3, 2, tzinfo=UTC)
COMMAND = ("demo", "--responses", "60", "--seed", "3")


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=words or COMMAND)


def password_file(app: Flask) -> Path:
    return Path(app.config["DATA_FOLDER"]) / FILE


def test_it_loads_the_county_and_shows_the_way_in(app: Flask) -> None:
    done = run(app)
    assert done.exit_code == 0, done.output
    for address in ("/", *(f"/{one}/surveys/{SLUG}/" for one in ("en", "fr")), "/fr/staff/"):
        assert f"http://127.0.0.1:8000{address}\n" in done.stdout
    code = re.search(r"/s/(\w+)", done.stdout)
    with app.app_context():
        survey = survey_by_slug(SLUG)
        assert survey is not None
        assert [wave.last_change for wave in waves_of(survey.id)] == [60, 60]
        assert code is not None
        assert collector_by_code(code[1]) is not None
    for address in re.findall(r"http://127.0.0.1:8000(\S+)", done.stdout):
        assert app.test_client().get(address).status_code == (303 if "staff" in address else 200)


def test_each_sign_in_that_is_shown_is_right(app: Flask) -> None:
    shown = dict(re.findall(r"^  (\S+@\S+)\s+(\S+)$", run(app).stdout, re.MULTILINE))
    assert set(shown) == {email(role) for role in Role}
    with app.app_context():
        for role in Role:
            found = staff_by_email(email(role))
            assert found is not None
            assert (found.role, found.is_demo) == (role, True)
            assert matches(shown[email(role)], found.password_hash)


def test_a_second_call_loads_nothing_and_shows_the_same(app: Flask) -> None:
    first = run(app)
    second = run(app, "demo", "--responses", "500")
    assert (second.exit_code, second.stdout) == (0, first.stdout)
    with app.app_context():
        survey = survey_by_slug(SLUG)
        assert survey is not None
        assert [wave.last_change for wave in waves_of(survey.id)] == [60, 60]


def test_it_keeps_out_where_other_staff_work(app: Flask) -> None:
    with app.app_context():
        add_staff("someone@town.example", Role.analyst, hashed("x" * 12), by="test", now=NOW)
    refused = run(app)
    assert refused.exit_code == 1
    assert "staff of its own" in refused.stderr
    assert refused.stdout == ""
    with app.app_context():
        assert list_surveys() == ()
        assert len(list_staff()) == 1
    assert not password_file(app).exists()


def test_it_keeps_out_where_its_survey_is_somebody_elses(app: Flask) -> None:
    with app.app_context():
        owner = save_profile("elm", profile_content(), NOW)
        save_draft(SLUG, owner.municipality_id, shipped())
    refused = run(app)
    assert refused.exit_code == 1
    assert "belongs to another municipality" in refused.stderr


def test_passwords_are_random_and_only_their_owner_can_read_them(app: Flask) -> None:
    run(app)
    kept = json.loads(password_file(app).read_text())
    assert len(set(kept.values())) == len(Role)
    assert all(len(one) >= 16 for one in kept.values())
    assert password_file(app).stat().st_mode & 0o077 == 0


def test_lost_passwords_are_made_anew(app: Flask) -> None:
    first = run(app).stdout
    password_file(app).unlink()
    second = run(app).stdout
    assert second != first
    shown = dict(re.findall(r"^  (\S+@\S+)\s+(\S+)$", second, re.MULTILINE))
    with app.app_context():
        for role in Role:
            found = staff_by_email(email(role))
            assert found is not None
            assert matches(shown[email(role)], found.password_hash)


@pytest.mark.parametrize("number", ["0", "many", "2000000"])
def test_an_impossible_number_is_refused(app: Flask, number: str) -> None:
    refused = run(app, "demo", "--responses", number)
    assert refused.exit_code == 2
    with app.app_context():
        assert list_surveys() == ()


def flask(folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run a command as an operator would, with nothing set but a folder."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=ROOT,
        env=kept | {"DATA_FOLDER": str(folder)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_on_a_new_machine_it_migrates_and_writes_its_own_secret(tmp_path: Path) -> None:
    done = flask(tmp_path, *COMMAND)
    assert done.returncode == 0, done.stderr
    assert "Larkspur" in done.stdout
    assert (tmp_path / "demo_secret").stat().st_mode & 0o077 == 0
    assert flask(tmp_path, "survey", "list").stdout.startswith(f"{SLUG}\t")


def test_only_the_demo_writes_a_secret(tmp_path: Path) -> None:
    refused = flask(tmp_path, "survey", "list")
    assert refused.returncode != 0
    assert "SECRET_KEY is missing" in refused.stderr
    assert not (tmp_path / "demo_secret").exists()
