"""Pages that turn somebody away for a while, or for good, have no barrier either."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from surveyapp.answering import code_forms
from surveyapp.storage.field.timing import close_wave
from tests.browser import steps
from tests.browser.conftest import Site
from tests.browser.sending import two_pages
from tests.browser.test_every_page import judge
from tests.storage.making import SLUG, opened

LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])
TOO_MANY = {"en": "Too many tries", "fr": "Trop d’essais"}


@pytest.fixture
def crowded(site: Site, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A survey where an address may try nothing at all."""
    monkeypatch.setattr(code_forms, "TRIES_AN_ADDRESS", 0)
    site.app.config["STARTS_AN_ADDRESS"] = 0
    with site.app.app_context():
        opened(two_pages(), now=datetime.now(UTC))
    return site


@LANGUAGES
def test_who_tries_too_often_is_told_so(crowded: Site, tab: Page, language: str) -> None:
    here = f"/{language}/surveys/{SLUG}"
    tab.goto(f"{here}/resume")
    steps.wrong_code(tab)
    expect(tab.get_by_role("alert")).to_contain_text(TOO_MANY[language])
    judge(tab, "too many codes")
    tab.goto(f"{here}/withdraw")
    steps.wrong_receipt(tab)
    expect(tab.get_by_role("alert")).to_contain_text(TOO_MANY[language])
    judge(tab, "too many receipts")
    tab.goto(f"{here}/notice")
    # The script sends it, and puts the answer in the place of the page.
    tab.locator("main button.go").click()
    expect(tab.locator(".message")).to_be_visible()
    judge(tab, "too many starts")


def test_who_tries_too_many_letters_is_told_so_in_both_languages(crowded: Site, tab: Page) -> None:
    tab.goto("/i/")
    steps.wrong_invitation(tab)
    expect(tab.get_by_role("heading", level=1)).to_have_text(
        "Wait before you try again | Attendez avant de réessayer"
    )
    judge(tab, "too many letters")


@LANGUAGES
def test_who_takes_back_too_late_is_told_so(site: Site, tab: Page, language: str) -> None:
    with site.app.app_context():
        opened(two_pages(), now=datetime.now(UTC) - timedelta(hours=2))
    tab.goto(f"/{language}/surveys/{SLUG}/notice")
    steps.receipt(tab)
    code = tab.locator(".code").inner_text()
    with site.app.app_context():
        close_wave(SLUG, "2026", datetime.now(UTC) - timedelta(hours=1))
    tab.goto(f"/{language}/surveys/{SLUG}/withdraw")
    tab.fill("#receipt", code)
    steps.send(tab)
    judge(tab, "taken back too late")
