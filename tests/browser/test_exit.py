"""Leaving in a real browser: what is shown, what is forgotten and what the history holds."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site
from tests.browser.sending import KEPT, at_two, go, nothing_leaves, started, two_pages
from tests.storage.making import SLUG, opened

WEATHER = re.compile(r"https://(weather|meteo)\.gc\.ca/")


@pytest.fixture
def survey(site: Site, device: BrowserContext) -> Site:
    """A sensitive survey in the field, and a weather page that needs no network."""
    with site.app.app_context():
        opened(two_pages() | {"sensitive": True}, now=datetime.now(UTC))
    page = "<title>Weather</title><h1>Sunny</h1>"
    device.route(WEATHER, lambda route: route.fulfill(body=page, content_type="text/html"))
    return site


def cookies(device: BrowserContext) -> list[str]:
    return [str(one["name"]) for one in device.cookies()]


def assert_left(tab: Page, language: str = "en") -> None:
    address = "https://weather.gc.ca/" if language == "en" else "https://meteo.gc.ca/"
    tab.wait_for_url(address)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_button_opens_the_weather(survey: Site, tab: Page, language: str) -> None:
    tab.goto(f"/{language}/surveys/{SLUG}/notice")
    tab.locator("#exit").click()
    assert_left(tab, language)


def test_the_page_that_was_left_is_not_in_the_history(survey: Site, tab: Page) -> None:
    at_two(tab)
    tab.locator("#exit").click()
    assert_left(tab)
    tab.go_back()
    assert not tab.url.endswith("/pages/two")


def test_the_page_before_is_no_longer_opened_from_here(survey: Site, tab: Page) -> None:
    at_two(tab)
    tab.locator("#exit").click()
    assert_left(tab)
    tab.goto(f"{survey.address}/en/surveys/{SLUG}/pages/one")
    expect(tab.locator("h1")).to_have_text("We cannot find your answers")


def test_what_waited_for_the_network_is_forgotten(
    survey: Site, device: BrowserContext, tab: Page
) -> None:
    started(tab)
    tab.locator("#q_words").fill("A secret")
    with nothing_leaves(device):
        go(tab)
        expect(tab.locator("#sending")).to_contain_text("Not sent yet")
        tab.locator("#exit").click()
        expect(tab.locator("#exit")).to_have_count(0)
        tab.wait_for_timeout(700)
    tab.goto(f"{survey.address}/healthz")
    assert tab.evaluate(KEPT) is None


def test_three_presses_of_shift_leave(survey: Site, tab: Page) -> None:
    started(tab)
    said = tab.locator(".leave [role=status]")
    tab.keyboard.press("Shift")
    expect(said).to_have_text("Press Shift 2 more times to exit this page.")
    tab.keyboard.press("Shift")
    expect(said).to_have_text("Press Shift 1 more time to exit this page.")
    tab.keyboard.press("Shift")
    assert_left(tab)


def test_presses_are_forgotten_after_five_seconds(survey: Site, tab: Page) -> None:
    tab.clock.install()
    started(tab)
    said = tab.locator(".leave [role=status]")
    tab.keyboard.press("Shift")
    tab.keyboard.press("Shift")
    tab.clock.fast_forward(5100)
    expect(said).to_have_text("")
    tab.keyboard.press("Shift")
    expect(said).to_have_text("Press Shift 2 more times to exit this page.")


def test_capital_letters_are_no_presses(survey: Site, tab: Page) -> None:
    started(tab)
    tab.locator("#q_words").focus()
    for letter in "ABCD":
        tab.keyboard.press(f"Shift+{letter}")
    expect(tab.locator(".leave [role=status]")).to_have_text("")
    expect(tab.locator("#q_words")).to_have_value("ABCD")


def test_the_second_skip_link_leaves(survey: Site, tab: Page) -> None:
    tab.goto(f"/en/surveys/{SLUG}/")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    expect(tab.locator(".skip[data-away]")).to_be_focused()
    tab.keyboard.press("Enter")
    assert_left(tab)


def test_leaving_works_while_the_server_is_gone(
    survey: Site, device: BrowserContext, tab: Page
) -> None:
    started(tab)
    device.route("**/exit", lambda route: None)
    tab.locator("#exit").click()
    assert_left(tab)


def test_leaving_works_without_a_script(survey: Site, browser: Any) -> None:
    context = browser.new_context(base_url=survey.address, java_script_enabled=False)
    context.route(WEATHER, lambda route: route.fulfill(body="<h1>Sunny</h1>"))
    page = context.new_page()
    started(page)
    with page.expect_request(WEATHER) as sent:
        page.locator("#exit").click()
    assert "referer" not in sent.value.headers
    page.goto(f"/en/surveys/{SLUG}/pages/one")
    assert page.locator("h1").inner_text() == "We cannot find your answers"
    context.close()


def test_nothing_hides_a_field_that_has_the_focus(survey: Site, tab: Page) -> None:
    started(tab)
    exit_box = tab.locator("#exit")
    for _press in range(25):
        tab.keyboard.press("Shift+Tab")
        box = tab.evaluate(
            "() => { const b = document.activeElement.getBoundingClientRect();"
            " return [b.left, b.top, b.right, b.bottom, b.height] }"
        )
        exit_at = exit_box.bounding_box()
        assert exit_at is not None
        covered = box[1] >= exit_at["y"] and box[3] <= exit_at["y"] + exit_at["height"]
        inside = box[0] >= exit_at["x"] and box[2] <= exit_at["x"] + exit_at["width"]
        is_exit = tab.evaluate("() => document.activeElement.id === 'exit'")
        assert is_exit or not (covered and inside) or box[4] == 0
