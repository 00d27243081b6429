"""The residents' script: written in parts, sent as one small file that caches for good."""

import gzip
import re

import pytest
from flask import Flask

from surveyapp.pages import PARTS, STATIC, script
from tests.client import Client

NAMES = sorted(part.name for part in PARTS.glob("*.js"))


def address(app: Flask) -> str:
    html = app.test_client().get("/").text
    found = re.findall(r'<script src="([^"]+)"', html)
    assert len(found) == 1
    return str(found[0])


@pytest.mark.parametrize("name", NAMES)
def test_a_part_is_small_and_strict(name: str) -> None:
    source = (PARTS / name).read_text("utf-8")
    assert source.startswith('"use strict";\n// ')
    assert source.count("\n") < 150


@pytest.mark.parametrize("name", NAMES)
def test_no_part_holds_a_text_that_leaving_out_lines_could_change(name: str) -> None:
    source = (PARTS / name).read_text("utf-8")
    assert "`" not in source
    assert "/*" not in source
    assert "\\\n" not in source


def test_every_part_is_in_the_script_and_comments_are_not() -> None:
    sent = script().decode()
    for name in NAMES:
        lines = [one.strip() for one in (PARTS / name).read_text("utf-8").splitlines()[1:]]
        for line in lines:
            assert line in sent or line.startswith("//")
    assert "\n//" not in sent
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
    assert gzip.decompress(response.data) == (STATIC / "survey.css").read_bytes()
    assert response.mimetype == "text/css"


@pytest.mark.parametrize("name", ["nothing.css", "../pages.py", "survey", "survey/routing.js"])
def test_nothing_else_is_sent(app: Flask, name: str) -> None:
    assert app.test_client().get(f"/static/{name}").status_code == 404


def test_the_script_speaks_no_language() -> None:
    """Sentences come from the page, where they are in its own."""
    for line in script().decode().splitlines():
        assert not re.search(r'"[A-Z][^"]* [^"]*"|"\w+ \w+ \w+[^"]*"', line), line
