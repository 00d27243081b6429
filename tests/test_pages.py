"""The residents' script: written in parts, sent as one small file that caches for good."""

import gzip
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from surveyapp.pages import SENT, content
from tests.client import Client

ROOT = Path(__file__).resolve().parents[1]
STATIC = SENT.parent
PARTS = STATIC / "survey"
# Of the tablet at events, which goes with the residents' parts in one file.
TABLET = STATIC / "kiosk"
SOURCES = [*sorted(PARTS.glob("*.js")), *sorted(TABLET.glob("*.js"))]
EACH = pytest.mark.parametrize(
    "part", SOURCES, ids=[f"{one.parent.name}/{one.name}" for one in SOURCES]
)


def address(app: Flask) -> str:
    html = app.test_client().get("/").text
    found = re.findall(r'<script src="([^"]+)"', html)
    assert len(found) == 1
    return str(found[0])


@EACH
def test_a_part_is_small_and_strict(part: Path) -> None:
    source = part.read_text("utf-8")
    assert source.startswith('"use strict";\n// ')
    assert source.count("\n") < 150


def test_what_is_sent_is_what_the_sources_say(tmp_path: Path) -> None:
    """Whoever changes a part or a sheet runs ``scripts/static``."""
    subprocess.run([sys.executable, ROOT / "scripts" / "sending.py", tmp_path / "sent"], check=True)
    written = {one.name: one.read_text("utf-8") for one in (tmp_path / "sent").iterdir()}
    assert written == {one.name: one.read_text("utf-8") for one in SENT.iterdir()}


def test_a_tablets_parts_take_the_place_of_the_residents() -> None:
    ordinary, sent = content("survey.js").decode(), content("kiosk.js").decode()
    for name in ("kept.js", "leaving.js", "timeout.js"):
        assert (PARTS / name).is_file()
        assert (TABLET / name).is_file()
    assert "surveyapp-kept" in ordinary
    assert "surveyapp-kept" not in sent
    assert "surveyapp-sealed" in sent
    assert "surveyapp-sealed" not in ordinary
    assert "location.assign" not in sent
    assert sent.count('"use strict"') == 1


def test_the_script_is_sent_compressed_and_kept_for_good(app: Flask) -> None:
    response = app.test_client().get(address(app), headers={"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(response.data) == content("survey.js")
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert "immutable" in response.headers["Cache-Control"]
    assert response.mimetype == "text/javascript"


def test_the_script_is_sent_plain_to_whoever_cannot_unpack(app: Flask, client: Client) -> None:
    page = client.get(address(app))
    assert page.response.data == content("survey.js")
    assert "Content-Encoding" not in page.response.headers


def test_a_page_asks_for_one_sheet_and_one_script(client: Client) -> None:
    page = client.get("/")
    assert [one["src"] for one in page.select("script")] == [address(client.app)]
    sheets = page.select("link[rel=stylesheet]")
    assert len(sheets) == 1
    assert page.select("img") == []


def test_a_style_sheet_is_sent_compressed(app: Flask) -> None:
    response = app.test_client().get("/static/survey.css", headers={"Accept-Encoding": "gzip"})
    written = (STATIC / "survey.css").read_text("utf-8")
    sent = gzip.decompress(response.data).decode()
    assert sent == content("survey.css").decode()
    assert len(sent) < len(written)
    assert response.mimetype == "text/css"


@pytest.mark.parametrize(
    "name", ["nothing.css", "../pages.py", "survey", "survey/routing.js", "kiosk/seal.js"]
)
def test_nothing_else_is_sent(app: Flask, name: str) -> None:
    assert app.test_client().get(f"/static/{name}").status_code == 404


@EACH
def test_the_script_speaks_no_language(part: Path) -> None:
    """Sentences come from the page, where they are in its own."""
    for line in part.read_text("utf-8").splitlines():
        said = re.search(r'"[A-Z][^"]* [^"]*"|"\w+ \w+ \w+[^"]*"', line)
        assert line.strip().startswith("//") or not said, line
