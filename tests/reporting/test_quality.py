"""Signs are there for the analyst to use: told in bands, left out of raw tables on request."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from surveyapp.press.naming import SIGNS
from surveyapp.questionnaire.quality import Sign
from surveyapp.storage.audit import newest
from surveyapp.storage.collected.responses import submit
from surveyapp.storage.collected.visits import start
from surveyapp.storage.field.timing import close_wave
from tests.reporting.making import STAFF, signed_in
from tests.storage.making import NOW, SLUG, fielded, page

TRAPPED, THOUGHTFUL = 13, 15


@pytest.fixture(autouse=True)
def wave(app: Flask) -> None:
    """Let some answer well, and some fill in what no person sees."""
    with app.app_context():
        field = fielded()
        for number in range(TRAPPED + THOUGHTFUL):
            seen = (Sign.trap,) if number < TRAPPED else ()
            token = start(field, "en", NOW - timedelta(hours=1), signs=seen)
            page(token, "home", 0, {"place": "a", "streets.calm": "good"})
            submit(token, NOW)


def test_every_sign_has_its_words() -> None:
    assert set(SIGNS) == set(Sign)


@pytest.mark.parametrize(
    ("language", "heading"), [("en", "Signs to weigh"), ("fr", "Indices à peser")]
)
def test_signs_are_told_in_bands(app: Flask, language: str, heading: str) -> None:
    shown = signed_in(app).get(f"/{language}{STAFF}/answered")
    (table,) = shown.select("section[aria-labelledby=signs-heading] table")
    assert heading in shown.words
    counts = [row.select("td")[0].get_text(strip=True) for row in table.select("tbody tr")]
    assert counts[0] == {"en": "12 to 19", "fr": "12 à 19"}[language]
    assert {"en": "fewer than 12", "fr": "moins de 12"}[language] in counts[1]


def base(files: dict[str, str], item: str = "streets.calm") -> int:
    """Return how many answered an item, of everybody."""
    lines = files["INTERNAL_items.csv"].splitlines()
    names = lines[0].lstrip("\ufeff").split(",")
    rows = [dict(zip(names, line.split(","), strict=False)) for line in lines[1:]]
    (row,) = [
        one
        for one in rows
        if (one["item_code"], one["geo_level"], one["row_kind"]) == (item, "all", "summary")
    ]
    return int(row["asked_n"])


def taken(app: Flask, *leave_out: str) -> dict[str, str]:
    """Take the raw tables as an analyst, some answers left out."""
    client = signed_in(app)
    fields = client.get(f"/en{STAFF}/releases").fields("Download the raw tables")
    reply = client.post(f"/en{STAFF}/internal", fields | {"leave_out": list(leave_out)})
    with zipfile.ZipFile(io.BytesIO(reply.response.data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_raw_tables_count_everybody_unless_asked(app: Flask) -> None:
    assert base(taken(app)) == TRAPPED + THOUGHTFUL


def test_raw_tables_can_leave_out_who_showed_a_sign(app: Flask) -> None:
    assert base(taken(app, "trap", "nonsense")) == THOUGHTFUL
    with app.app_context():
        assert "without trap" in newest(1)[0].subject


def test_the_command_line_leaves_out_the_same(app: Flask, tmp_path: Path) -> None:
    export = ["results", "export", SLUG, "--wave", "2026", "--out", str(tmp_path)]
    runner = app.test_cli_runner()
    done = runner.invoke(args=[*export, "--audience", "internal", "--leave-out", "trap"])
    assert done.exit_code == 0, done.output
    files = {"INTERNAL_items.csv": (tmp_path / "INTERNAL_items.csv").read_text("utf-8")}
    assert base(files) == THOUGHTFUL


def test_public_results_leave_nobody_out(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        close_wave(SLUG, "2026", datetime.now(UTC))
    out = tmp_path / "out"
    export = ["results", "export", SLUG, "--wave", "2026", "--out", str(out)]
    done = app.test_cli_runner().invoke(args=[*export, "--leave-out", "trap"])
    assert done.exit_code == 1
    assert "count everybody" in done.output
    assert not out.exists()
