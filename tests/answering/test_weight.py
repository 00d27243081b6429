"""A first visit to any page fits into the first packets that a server sends."""

import gzip
import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from surveyapp.questionnaire.document import plain_document
from surveyapp.questionnaire.shipped import shipped
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


def pages(browser: Client, language: str) -> dict[str, TestResponse]:
    """Fetch every page of the shipped survey, from the lobby to the receipt."""
    base = f"/{language}/surveys/{SLUG}/"
    found = {path: fetch(browser, path) for path in ("/", base, f"{base}notice")}
    path = f"{base}notice"
    while not path.endswith("/receipt"):
        fields = dict(HIDDEN.findall(html(found[path])))
        posted = browser.post(path, data={**fields, "action": "continue"})
        assert posted.status_code == 303, path
        path = posted.headers["Location"]
        found[path] = fetch(browser, path)
        if path.endswith("/pages/"):
            path = str(found[path].request.path)
            found[path] = fetch(browser, path)
    return found


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_first_visit_to_any_page_is_small(app: Flask, language: str) -> None:
    with app.app_context():
        opened(plain_document(shipped()), now=datetime.now(UTC))
    browser = app.test_client()
    found = pages(browser, language)
    assert len(found) > 12
    for path, page in found.items():
        assets = re.findall(r'(?:href|src)="(/static/[^"]+)"', html(page))
        assert len(assets) == 2, path
        total = weight(page) + sum(weight(fetch(browser, one)) for one in assets)
        assert total <= MOST_BYTES, f"{path} weighs {total}"
