"""The warning before a quiet page is put away, in a real browser."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import BrowserContext, Page, expect

from surveyapp.answering.visiting import SITTING
from tests.browser.conftest import Site
from tests.browser.sending import go, two_pages
from tests.storage.making import SLUG, opened

SECONDS = int(SITTING.total_seconds())


@pytest.fixture
def page(site: Site, tab: Page) -> Page:
    """The first page of a survey, on a clock that the test turns."""
    with site.app.app_context():
        opened(two_pages(), now=datetime.now(UTC))
    tab.clock.install()
    tab.goto(f"/en/surveys/{SLUG}/notice")
    go(tab, "Continue to the questions")
    tab.wait_for_url("**/pages/one")
    return tab


def quiet_for(site: Site, device: BrowserContext, seconds: int) -> None:
    """Let the server think that this browser was quiet for so long."""
    signer: Any = SecureCookieSessionInterface().get_signing_serializer(site.app)
    cookie: Any = next(one for one in device.cookies() if one["name"] == "surveyapp")
    session = signer.loads(cookie["value"])
    session["heard"] = {SLUG: int(datetime.now(UTC).timestamp()) - seconds}
    device.add_cookies([{**cookie, "value": signer.dumps(session)}])


def warned(site: Site, device: BrowserContext, page: Page, left: int = 55) -> None:
    quiet_for(site, device, SECONDS - left)
    page.clock.fast_forward((SECONDS - 60) * 1000)
    expect(page.locator("#timeout")).to_be_visible()


def left(page: Page) -> int:
    address = page.locator("#timeout").get_attribute("data-address")
    ask = "async address => (await (await fetch(address)).json()).left"
    return int(page.evaluate(ask, address))


def test_a_page_that_was_touched_elsewhere_does_not_warn(page: Page) -> None:
    page.clock.fast_forward((SECONDS - 60) * 1000)
    page.wait_for_timeout(1500)
    expect(page.locator("#timeout")).to_be_hidden()


def test_a_quiet_page_warns_and_can_be_extended(
    site: Site, device: BrowserContext, page: Page
) -> None:
    warned(site, device, page)
    expect(page.get_by_role("button", name="Stay on this page")).to_be_focused()
    page.get_by_role("button", name="Stay on this page").click()
    expect(page.locator("#timeout")).to_be_hidden()
    assert left(page) > SECONDS - 60
    assert page.url.endswith("/pages/one")


def test_escape_extends_too_and_gives_the_focus_back(
    site: Site, device: BrowserContext, page: Page
) -> None:
    page.locator("#q_words").focus()
    warned(site, device, page)
    page.keyboard.press("Escape")
    expect(page.locator("#timeout")).to_be_hidden()
    expect(page.locator("#q_words")).to_be_focused()
    assert left(page) > SECONDS - 60


def test_the_time_is_spoken_at_intervals(site: Site, device: BrowserContext, page: Page) -> None:
    warned(site, device, page)
    spoken = page.locator("#timeout [role=status]")
    expect(spoken).to_have_text("This page closes in one minute.")
    page.clock.run_for(10_000)
    expect(spoken).to_have_text("This page closes in one minute.")
    page.clock.run_for(18_000)
    expect(spoken).to_have_text("This page closes in 30 seconds.")
    page.clock.run_for(18_000)
    expect(spoken).to_have_text("This page closes in 10 seconds.")


def test_nobody_there_puts_the_page_away_with_what_was_typed(
    site: Site, device: BrowserContext, page: Page
) -> None:
    page.locator("#q_words").fill("Half a thought")
    warned(site, device, page)
    quiet_for(site, device, SECONDS + 1)
    page.clock.fast_forward(60_000)
    expect(page.locator("h1")).to_have_text("We put your answers away")
    assert "Half a thought" not in page.content()
    go(page, "Go on where I stopped")
    page.wait_for_url("**/pages/one")
    expect(page.locator("#q_words")).to_have_value("Half a thought")


def test_a_page_without_a_change_is_put_away_as_it_was(
    site: Site, device: BrowserContext, page: Page
) -> None:
    warned(site, device, page)
    quiet_for(site, device, SECONDS + 1)
    page.clock.fast_forward(60_000)
    expect(page.locator("h1")).to_have_text("We put your answers away")
    page.go_back()
    assert "/pages/one" not in page.url
