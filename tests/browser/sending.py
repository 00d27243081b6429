"""A survey of two pages, and a network that can be cut."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route
from sqlalchemy import select

from surveyapp.storage.connection import reading
from surveyapp.storage.tables import ResponseRow, SubmissionRow, VisitRow
from tests.browser.conftest import Site
from tests.questionnaire.making import document, question, section
from tests.storage.making import SLUG

UNSENT = re.compile("Not sent yet")

KEPT = "() => localStorage.getItem('surveyapp-kept')"


def two_pages() -> dict[str, Any]:
    """Give a survey of two pages with words and choices."""
    words = question("text", "words", at_most=50)
    return document(
        section("one", question("single", "colour"), words),
        section("two", question("place", "place"), question("scale", "mood")),
    )


def answers(site: Site) -> list[Any]:
    with site.app.app_context():
        return [one.answers for one in reading().execute(select(VisitRow.answers))]


def responses(site: Site) -> list[str]:
    with site.app.app_context():
        return list(reading().execute(select(ResponseRow.answers)).scalars())


def submissions(site: Site) -> int:
    with site.app.app_context():
        return len(reading().execute(select(SubmissionRow.key_hash)).all())


@contextmanager
def nothing_leaves(device: BrowserContext) -> Iterator[None]:
    """Cut the network before a request leaves."""
    device.set_offline(True)
    yield
    device.set_offline(False)


def lose(route: Route) -> None:
    """Let a post reach the server, and lose what it answers."""
    if route.request.method == "POST":
        route.fetch(max_redirects=0)
    route.abort("connectionreset")


@contextmanager
def replies_are_lost(device: BrowserContext) -> Iterator[None]:
    """Let each post reach the server, and lose what it answers."""
    device.route("**/*", lose)
    yield
    device.unroute("**/*")
    # As a browser does by itself when its network comes back.
    for page in device.pages:
        page.evaluate("window.dispatchEvent(new Event('online'))")


def go(page: Page, name: str = "Continue") -> None:
    page.get_by_role("button", name=name, exact=True).last.click()


def started(page: Page, language: str = "en") -> None:
    page.goto(f"/{language}/surveys/{SLUG}/notice")
    go(page, "Continue to the questions" if language == "en" else "Passer aux questions")
    page.wait_for_url("**/pages/one")


def at_two(page: Page) -> None:
    started(page)
    page.get_by_label("Two", exact=True).check()
    go(page)
    page.wait_for_url("**/pages/two")


def at_check(page: Page) -> None:
    at_two(page)
    page.get_by_label("Fair", exact=True).check()
    go(page)
    page.wait_for_url("**/check")
