"""The settings: what is wrong is told at once, and nothing weak serves residents."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from config import ROOT, SERVER, ConfigurationError, for_server, from_environment

STRONG = "abcdefghijklmnopqrstuvwxyz0123456789"


def refused(**environ: str) -> tuple[str, ...]:
    with pytest.raises(ConfigurationError) as caught:
        from_environment(environ)
    assert all(one in str(caught.value) for one in caught.value.problems)
    return caught.value.problems


@pytest.mark.parametrize("secret", ["", "short", "a" * 40, "abababababababababababababababababab"])
def test_a_missing_or_weak_secret_is_refused(tmp_path: Path, secret: str) -> None:
    (problem,) = refused(SECRET_KEY=secret, DATA_FOLDER=str(tmp_path))
    assert problem.startswith("SECRET_KEY is ")


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    problems = refused(
        SECRET_KEY="weak",
        DATABASE_URL="mysql://x",
        PUBLIC_URL="survey.example.ca",
        TRUSTED_PROXIES="many",
        PORT="foo",
        WEB_WORKERS="0",
        WEB_THREADS="65",
        DATA_FOLDER=str(tmp_path),
    )
    named = ("SECRET_KEY", "DATABASE_URL", "PUBLIC_URL", "TRUSTED_PROXIES", *SERVER)
    assert {one.split()[0] for one in problems} == set(named)
    assert len(problems) == len(named)


def test_a_server_does_not_start_with_problems(tmp_path: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "DATA_FOLDER": str(tmp_path), "TRUSTED_PROXIES": "x"}
    done = subprocess.run(
        [sys.executable, "-c", "import wsgi"],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "SECRET_KEY is missing" in done.stderr
    assert "TRUSTED_PROXIES" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("given", "used"), [("", 8_000), ("8001", 8_001), ("0", 8_000)])
def test_a_server_listens_where_it_is_told(given: str, used: int) -> None:
    assert for_server({"PORT": given}, "PORT") == used


def test_the_production_server_names_what_is_wrong_with_its_own_settings(tmp_path: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("gunicorn"), "--config", "gunicorn.conf.py", "wsgi:app"],
        cwd=ROOT,
        env={"DATA_FOLDER": str(tmp_path), "PORT": "foo", "WEB_THREADS": "none"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert all(name in done.stderr for name in ("SECRET_KEY", "PORT", "WEB_THREADS"))


def test_a_strong_secret_is_enough(tmp_path: Path) -> None:
    settings = from_environment({"SECRET_KEY": STRONG, "DATA_FOLDER": str(tmp_path)})
    assert settings.database_url == f"sqlite:///{tmp_path / 'surveyapp.db'}"
    assert not settings.secure


def test_the_demo_writes_a_secret_that_later_starts_find(tmp_path: Path) -> None:
    folder = {"DATA_FOLDER": str(tmp_path / "new")}
    made = from_environment(folder, make_demo=True).secret_key
    assert len(made) >= 32
    assert from_environment(folder).secret_key == made
    assert (tmp_path / "new/demo_secret").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d"),
        ("postgresql://u@h/d", "postgresql+psycopg://u@h/d"),
        ("sqlite:////x.db", "sqlite:////x.db"),
    ],
)
def test_an_address_of_a_database_names_its_driver(tmp_path: Path, given: str, used: str) -> None:
    environ = {"SECRET_KEY": STRONG, "DATA_FOLDER": str(tmp_path), "DATABASE_URL": given}
    assert from_environment(environ).database_url == used
