"""A first visit to any page fits into the first packets that a server sends."""

import gzip
import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from surveyapp.questionnaire.document import plain_document
from surveyapp.questionnaire.shipped import shipped
from surveyapp.storage.field.collectors import Kind, make_collector, samples_of
from surveyapp.storage.field.waves import wave_of
from tests.storage.making import SLUG, opened

MOST_BYTES = 14 * 1024
STATUS_LINE = len("HTTP/1.1 200 OK\r\n\r\n")
HIDDEN = re.compile(r'type="hidden" name="(\w+)" value="([^"]*)"')


def weight(response: TestResponse) -> int:
    """Return what a response weighs on the wire, headers included, in bytes."""
    headers = sum(len(f"{name}: {value}\r\n") for name, value in response.headers)
    return STATUS_LINE + headers + len(response.data)


def fetch(browser: Client, path: str) -> TestResponse:
    response = browser.get(path, headers={"Accept-Encoding": "gzip"})
    while response.status_code == 303:
        path = response.headers["Location"]
        response = browser.get(path, headers={"Accept-Encoding": "gzip"})
    return response


def html(response: TestResponse) -> str:
    return gzip.decompress(response.data).decode()


def pages(browser: Client, language: str, via: str = "") -> dict[str, TestResponse]:
    """Fetch every page of the shipped survey, from the first to the receipt or thanks."""
    base = f"/{language}/surveys/{SLUG}/"
    notice = f"{base}notice" + (f"?via={via}" if via else "")
    first = f"/s/{via}" if via else "/"
    found = {path: fetch(browser, path) for path in (first, base, notice)}
    path = notice
    while not path.endswith("/receipt"):
        fields = dict(HIDDEN.findall(html(found[path])))
        sent = {**fields, "action": "continue"}
        posted = browser.post(path, data=sent, headers={"Accept-Encoding": "gzip"})
        if posted.status_code == 200:
            return {**found, "thanks": posted}
        assert posted.status_code == 303, path
        path = posted.headers["Location"]
        found[path] = fetch(browser, path)
        if path.endswith("/pages/"):
            path = str(found[path].request.path)
            found[path] = fetch(browser, path)
    return found


def all_are_small(browser: Client, found: dict[str, TestResponse]) -> None:
    for path, page in found.items():
        assets = re.findall(r'(?:href|src)="(/static/[^"]+)"', html(page))
        assert len(assets) == 2, path
        total = weight(page) + sum(weight(fetch(browser, one)) for one in assets)
        assert total <= MOST_BYTES, f"{path} weighs {total}"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_first_visit_to_any_page_is_small(app: Flask, language: str) -> None:
    with app.app_context():
        opened(plain_document(shipped()), now=datetime.now(UTC))
    found = pages(app.test_client(), language)
    assert len(found) > 12
    all_are_small(app.test_client(), found)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_first_visit_on_a_tablet_is_small(app: Flask, language: str) -> None:
    with app.app_context():
        opened(plain_document(shipped()), now=datetime.now(UTC))
        wave = wave_of(SLUG, "2026")
        assert wave is not None
        sample = samples_of(wave.id)[0]
        code = make_collector(sample, Kind.kiosk, by="test", now=datetime.now(UTC)).code
    # A tablet comes by its way in and keeps what it got there; nothing else makes it one.
    found = pages(app.test_client(), language, code)
    doors = {path: page for path, page in found.items() if code in path}
    assert len(doors) == 2
    all_are_small(app.test_client(), doors)
    assert all(weight(page) <= MOST_BYTES - 6_000 for page in found.values())
