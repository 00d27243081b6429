"""What only the page script brings up has no barrier either, in both languages."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site
from tests.browser.sending import go, nothing_leaves, started, two_pages
from tests.browser.test_every_page import judge
from tests.browser.test_timeout import SECONDS, quiet_for
from tests.storage.making import SLUG, opened

CONTINUE = {"en": "Continue", "fr": "Continuer"}
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])


@pytest.fixture
def sensitive(site: Site) -> Site:
    """A sensitive survey in the field."""
    with site.app.app_context():
        opened(two_pages() | {"sensitive": True}, now=datetime.now(UTC))
    return site


@LANGUAGES
def test_a_page_that_waits_for_the_network(
    sensitive: Site, device: BrowserContext, tab: Page, language: str
) -> None:
    started(tab, language)
    with nothing_leaves(device):
        go(tab, CONTINUE[language])
        expect(tab.locator("#sending")).not_to_be_empty()
        judge(tab, "unsent")


@LANGUAGES
def test_a_page_that_is_about_to_be_left(sensitive: Site, tab: Page, language: str) -> None:
    started(tab, language)
    tab.keyboard.press("Shift")
    expect(tab.locator(".leave [role=status]")).not_to_be_empty()
    judge(tab, "pressing Shift")


@LANGUAGES
def test_a_warning_and_what_comes_after_it(
    sensitive: Site, device: BrowserContext, tab: Page, language: str
) -> None:
    started(tab, language)
    tab.evaluate("document.getElementById('timeout').showModal()")
    judge(tab, "warning")
    quiet_for(sensitive, device, SECONDS + 1)
    tab.goto(f"/{language}/surveys/{SLUG}/pages/")
    judge(tab, "put away")
