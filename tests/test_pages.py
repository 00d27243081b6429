"""The residents' script: written in parts, sent as one small file that caches for good."""

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask

from surveyapp.pages import PARTS, STATIC, script, sheet
from tests.client import Client

NAMES = sorted(part.name for part in PARTS.glob("*.js"))
# Of the tablet at events, which goes with the residents' parts in one file.
TABLET = STATIC / "kiosk"
SOURCES = [*sorted(PARTS.glob("*.js")), *sorted(TABLET.glob("*.js"))]
EACH = pytest.mark.parametrize(
    "part", SOURCES, ids=[f"{one.parent.name}/{one.name}" for one in SOURCES]
)
BUNDLES = ("survey.js", "kiosk.js")


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


@EACH
def test_no_part_holds_a_text_that_leaving_out_lines_could_change(part: Path) -> None:
    source = part.read_text("utf-8")
    assert "`" not in source
    assert "/*" not in source
    assert "\\\n" not in source
    assert '\\"' not in source


def test_every_part_is_in_the_script_and_comments_are_not() -> None:
    sent = script().decode()
    for name in NAMES:
        lines = [one.strip() for one in (PARTS / name).read_text("utf-8").splitlines()[1:]]
        for line in lines:
            assert line.replace(" ", "") in sent.replace(" ", "") or line.startswith("//")
    assert "\n//" not in sent
    assert sent.count('"use strict";') == 1


def test_a_tablets_parts_take_the_place_of_the_residents() -> None:
    ordinary, sent = script().decode(), script("kiosk.js").decode()
    for name in ("kept.js", "leaving.js", "timeout.js"):
        assert (PARTS / name).is_file()
        assert (TABLET / name).is_file()
    assert "surveyapp-kept" in ordinary
    assert "surveyapp-kept" not in sent
    assert "surveyapp-sealed" in sent
    assert "surveyapp-sealed" not in ordinary
    assert "location.assign" not in sent
    assert sent.count('"use strict";') == 1


def test_the_script_is_sent_compressed_and_kept_for_good(app: Flask) -> None:
    response = app.test_client().get(address(app), headers={"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(response.data) == script()
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Vary"] == "Accept-Encoding"
    assert "immutable" in response.headers["Cache-Control"]
    assert response.mimetype == "text/javascript"


def test_the_script_is_sent_plain_to_whoever_cannot_unpack(app: Flask, client: Client) -> None:
    page = client.get(address(app))
    assert page.response.data == script()
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
    assert re.sub(r"\s", "", sent) == re.sub(r"\s", "", written)
    assert len(sent) < len(written)
    assert response.mimetype == "text/css"


@pytest.mark.parametrize(
    "name", ["nothing.css", "../pages.py", "survey", "survey/routing.js", "kiosk/seal.js"]
)
def test_nothing_else_is_sent(app: Flask, name: str) -> None:
    assert app.test_client().get(f"/static/{name}").status_code == 404


@pytest.mark.parametrize("name", BUNDLES)
def test_the_script_speaks_no_language(name: str) -> None:
    """Sentences come from the page, where they are in its own."""
    for line in script(name).decode().splitlines():
        assert not re.search(r'"[A-Z][^"]* [^"]*"|"\w+ \w+ \w+[^"]*"', line), line


@pytest.mark.parametrize("name", ["survey.css", "staff.css", "results.css", "places.css"])
def test_no_text_of_a_sheet_loses_a_space(name: str) -> None:
    texts = re.findall(r'"[^"]*"', (STATIC / name).read_text("utf-8"))
    assert all(one in sheet((STATIC / name).read_text("utf-8")) for one in texts)


def test_the_spaces_that_mean_something_stay() -> None:
    assert sheet("a b, c > d { margin: 0 auto;\n  color: red; }") == (
        "a b,c > d{margin:0 auto;color:red;}"
    )
