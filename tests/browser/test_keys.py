"""The keys in a real browser: let in by a link, a second step set up and used, without barriers.

Each page of the walk is one that can only be walked to: what a link opens, and what needs the
password first.
"""

import time

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from surveyapp.demo.sign_ins import email
from surveyapp.storage.people.staff import Role
from tests.browser.conftest import PATIENCE, Site
from tests.browser.test_every_page import judge
from tests.demo.signing import password

LANGUAGES = ("en", "fr")
PASSWORD = "four herons cross the lake"
CHIEF = email(Role.administrator)


def context_of(browser: Browser, site: Site, *, script: bool = True) -> BrowserContext:
    context = browser.new_context(base_url=site.address, java_script_enabled=script)
    context.set_default_timeout(PATIENCE)
    return context


def press(tab: Page, selector: str = "main button.go", **typed: str) -> None:
    """Type into the fields, and press the page's main button."""
    for name, value in typed.items():
        tab.fill(f"#{name}", value)
    with tab.expect_navigation():
        tab.locator(selector).first.click()


def signs_in(tab: Page, language: str, address: str, secret: str) -> None:
    tab.goto(f"/{language}/staff/sign-in")
    press(tab, email=address, password=secret)


def invited(browser: Browser, site: Site, language: str, address: str) -> str:
    """Let somebody in without any script; return their link."""
    context = context_of(browser, site, script=False)
    tab = context.new_page()
    signs_in(tab, language, CHIEF, password(site.app, Role.administrator))
    tab.goto(f"/{language}/staff/people/invite")
    tab.check("[name=role][value=translator]")
    tab.check("[name=reach][value=some]")
    tab.locator("[name=places]").first.check()
    press(tab, email=address)
    found = tab.locator("#link").input_value()
    context.close()
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_way_in_has_no_barrier(browser: Browser, demo_site: Site, language: str) -> None:
    address = f"new-{language}@keys.example"
    link = invited(browser, demo_site, language, address)
    context = context_of(browser, demo_site)
    tab = context.new_page()
    tab.goto("/" + link.split("/", 3)[3])
    judge(tab, "a link")
    press(tab, password="short", again="other")
    judge(tab, "a link with mistakes")
    press(tab, password=PASSWORD, again=PASSWORD)
    judge(tab, "a password that was set")
    press(tab, email=address, password=PASSWORD)
    tab.goto(f"/{language}/staff/people/")
    judge(tab, "a page of others")
    secret = with_second_step(tab, language)
    press(tab, ".sign-out button")
    press(tab, email=address, password=PASSWORD)
    judge(tab, "a code to write")
    press(tab, code="not a code")
    judge(tab, "a wrong code")
    press(tab, code=pyotp.TOTP(secret).now())
    assert tab.url.endswith(f"/{language}/staff/")
    context.close()


def with_second_step(tab: Page, language: str) -> str:
    """Turn the second step on, judging each page; return the secret."""
    tab.goto(f"/{language}/staff/account/second-step")
    press(tab, current=PASSWORD)
    judge(tab, "setting a second step up")
    secret = tab.inner_text(".steps code").replace("-", "")
    press(tab, code="000")
    judge(tab, "setting it up with mistakes")
    codes = pyotp.TOTP(secret)
    # An older code, so that the one of now is left to sign in with.
    press(tab, code=codes.at(int(time.time()) - 30))
    judge(tab, "recovery codes")
    tab.goto(f"/{language}/staff/account/second-step")
    judge(tab, "a second step that is on")
    return secret
