"""Every page in a real browser: no barrier that axe-core finds, no sideways scroll, light."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from surveyapp.demo.loading import SLUG, STANDING
from surveyapp.demo.sign_ins import email
from surveyapp.storage.drafting.surveys import survey_by_slug
from surveyapp.storage.field.invitations import Invitee, make_invitations
from surveyapp.storage.field.waves import collectors_of, default_collector, waves_of
from surveyapp.storage.municipal.profiles import municipality
from surveyapp.storage.people.staff import Role
from tests.accounts.making import PASSWORD, hired
from tests.browser.conftest import PATIENCE, Site
from tests.browser.pages import RESIDENTS, STAFF, Shown
from tests.browser.tree import problems
from tests.demo.signing import password

AXE = (Path(__file__).resolve().parents[1] / "vendor" / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """tags => axe.run(document, {runOnly: {type: "tag", values: tags}})
  .then(found => found.violations.map(one => [one.id, one.help, one.nodes.map(n => n.html)]))"""
CONTRAST = """() => axe.run(document, {runOnly: ["color-contrast"]})
  .then(found => found.violations.map(one => [one.id, one.help, one.nodes.map(n => n.html)]))"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# The way back and the way out share a line.
COVERED = """() => {
  scrollTo(0, 0);
  const [back, out] = [".back a", "#exit"].map(one => document.querySelector(one));
  if (!back || !out) return false;
  const [one, other] = [back.getBoundingClientRect(), out.getBoundingClientRect()];
  return one.right > other.left && other.right > one.left && one.bottom > other.top;
}"""
LANGUAGES = ("en", "fr")
MOST_BYTES = 14 * 1024
MOST_REQUESTS = 3
# What a page still asks for once it is there, it asks for at once.
SETTLING = 100
MOST_PAGES = 20
LETTERS = 40
TOWN = "alderbrook"


@cache
def _facts(site_app: Any) -> dict[str, str]:
    with site_app.app_context():
        survey = survey_by_slug(SLUG)
        assert survey is not None
        newest, oldest = waves_of(survey.id)
        way_in, over = default_collector(newest.id), default_collector(oldest.id)
        assert way_in is not None
        assert over is not None
        ways = {one.kind: one for one in collectors_of(newest.id)}
        letters, now = ways["invitation"], datetime.now(UTC)
        invited = make_invitations(letters, [Invitee("all", 1.0)] * LETTERS, by="test", now=now)
        return {
            "slug": SLUG,
            "standing": STANDING,
            "open": newest.code,
            "closed": oldest.code,
            "collector": way_in.code,
            "way_of_closed": over.code,
            "by_letter": letters.code,
            "paper": ways["paper"].code,
            "calls": ways["phone"].code,
            "tablet": ways["kiosk"].code,
            "invitation": invited[0].code,
        }


def address_of(site: Site, shown: Shown, language: str) -> str:
    path = shown.address.format(language=language, **_facts(site.app))
    # The page of invitations is one for both languages.
    return path.replace(f"/{language}/i/", "/i/")


def hired_by_a_town(site: Site, role: Role) -> str:
    """Let in somebody whose work is one municipality's; return their address."""
    with site.app.app_context():
        town = municipality(TOWN)
        assert town is not None
        return hired(site.app, f"{role.value}@{TOWN}.example", role, [town.id]).email


@pytest.fixture(scope="session")
def phone(browser: Browser, demo_site: Site) -> Callable[..., BrowserContext]:
    """Give a phone that was never here, or one whose owner is signed in."""
    signed: dict[tuple[Role, bool], Any] = {}

    def made(role: Role | None = None, town: bool = False, **more: Any) -> BrowserContext:
        options = {"base_url": demo_site.address, "viewport": {"width": 360, "height": 740}}
        if role is not None and (role, town) not in signed:
            fresh = browser.new_context(**options)
            fresh.set_default_timeout(PATIENCE)
            tab = fresh.new_page()
            tab.goto("/en/staff/sign-in")
            tab.fill("#email", hired_by_a_town(demo_site, role) if town else email(role))
            tab.fill("#password", PASSWORD if town else password(demo_site.app, role))
            with tab.expect_navigation():
                tab.click("main button.go")
            signed[role, town] = fresh.storage_state()
            fresh.close()
        state = signed[role, town] if role is not None else None
        context = browser.new_context(**options, storage_state=state, **more)
        context.set_default_timeout(PATIENCE)
        return context

    return made


def judge(tab: Page, name: str) -> None:
    """Find what keeps anybody from using the page as it stands."""
    tab.set_viewport_size({"width": 360, "height": 740})
    # Evaluated by the debugger: the page's own policy lets no foreign script in.
    tab.evaluate(AXE)
    found = tab.evaluate(RUN, TAGS)
    if "/fr/" not in tab.url:  # colours are the same in every language
        tab.emulate_media(color_scheme="dark")
        found += [["dark", *one] for one in tab.evaluate(CONTRAST)]
        tab.emulate_media(color_scheme="light")
    assert found == [], f"{name} at {tab.url}"
    tab.set_viewport_size({"width": 320, "height": 640})
    assert tab.evaluate(WIDER) <= 0, f"{name} scrolls sideways at {tab.url}"
    assert not tab.evaluate(COVERED), f"{name} has its way back under its way out at {tab.url}"
    assert problems(tab) == [], f"{name} at {tab.url}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shown", [*RESIDENTS, *STAFF], ids=str)
def test_a_page_has_no_barrier(
    phone: Callable[..., BrowserContext], demo_site: Site, shown: Shown, language: str
) -> None:
    context = phone(shown.role, shown.town)
    tab = context.new_page()
    tab.goto(address_of(demo_site, shown, language))
    if shown.then:
        shown.then(tab)
    judge(tab, shown.name)
    context.close()


def begun(context: BrowserContext, language: str) -> Page:
    tab = context.new_page()
    tab.goto(f"/{language}/surveys/{SLUG}/")
    onward(tab, "main a.go")
    onward(tab)
    return tab


def onward(tab: Page, selector: str = "main button.go") -> None:
    with tab.expect_navigation():
        tab.locator(selector).last.click()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_on_the_way_to_the_receipt_has_a_barrier(
    phone: Callable[..., BrowserContext], language: str, script: bool
) -> None:
    context = phone(java_script_enabled=script)
    tab = begun(context, language)
    for _page in range(MOST_PAGES):
        if "/pages/" not in tab.url:
            break
        number = tab.locator("input[inputmode=numeric]")
        if number.count():
            number.first.fill("many")
            tab.locator("main button.go").last.click()
            tab.wait_for_selector("#errors")
            if script:
                judge(tab, "a page with mistakes")
            tab.locator("input[inputmode=numeric]").first.fill("4")
        if script:
            judge(tab, "a page of questions")
        onward(tab)
    assert tab.url.endswith("/check")
    if script:
        judge(tab, "check")
    onward(tab)
    assert tab.url.endswith("/receipt")
    if script:
        judge(tab, "receipt")
        tab.goto(f"/{language}/surveys/{SLUG}/copy")
        judge(tab, "copy")
    context.close()


def weight(context: BrowserContext, address: str) -> tuple[int, int]:
    """Weigh a first visit and all that comes by itself: its bytes, heads included, its requests."""
    tab = context.new_page()
    session = context.new_cdp_session(tab)
    session.send("Network.enable")
    sent: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on(
        "Network.requestWillBeSent",
        lambda event: sent.update({event["requestId"]: event["request"]["url"]}),
    )
    session.on(
        "Network.loadingFinished",
        lambda event: sizes.update({event["requestId"]: int(event["encodedDataLength"])}),
    )
    tab.goto(address)
    assert urlsplit(tab.url).path == urlsplit(address).path
    tab.wait_for_timeout(SETTLING)
    asked = {one: url for one, url in sent.items() if url.startswith("http")}
    while not all(one in sizes for one in asked):
        tab.wait_for_timeout(10)
    origin = urlsplit(tab.url).netloc
    assert {urlsplit(url).netloc for url in asked.values()} == {origin}
    assert all(sizes[one] for one in asked)
    return sum(sizes[one] for one in asked), len(asked)


def weighed(
    phone: Callable[..., BrowserContext], address: str, cookies: Any = None
) -> tuple[int, int]:
    """Weigh a page on a phone that has nothing of it but the cookies that open it."""
    context = phone()
    if cookies:
        context.add_cookies(cookies)
    found = weight(context, address)
    context.close()
    return found


def walked(phone: Callable[..., BrowserContext], language: str) -> dict[str, tuple[int, int]]:
    """Walk to the receipt and weigh every page on the way as if it were the first."""
    context = phone()
    tab = begun(context, language)
    found = {}
    while not tab.url.endswith("/receipt"):
        found[tab.url] = weighed(phone, tab.url, context.cookies())
        onward(tab)
    for address in (tab.url, tab.url.replace("/receipt", "/copy")):
        found[address] = weighed(phone, address, context.cookies())
    context.close()
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_visit_fits_into_one_window(
    phone: Callable[..., BrowserContext], demo_site: Site, language: str
) -> None:
    alone = [address_of(demo_site, one, language) for one in RESIDENTS if one.then is None]
    weights = {one: weighed(phone, demo_site.address + one) for one in alone}
    weights |= walked(phone, language)
    assert len(weights) > MOST_PAGES
    heavy = {one: found for one, found in weights.items() if found[0] > MOST_BYTES}
    many = {one: found for one, found in weights.items() if found[1] > MOST_REQUESTS}
    assert (heavy, many) == ({}, {}), weights


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_way_can_be_gone_by_keyboard(
    phone: Callable[..., BrowserContext], language: str
) -> None:
    context = phone()
    tab = context.new_page()
    tab.goto(f"/{language}/surveys/{SLUG}/")
    for _press in range(MOST_PAGES):
        if tab.url.endswith("/receipt"):
            break
        _tab_to(tab, "main .go")
        shown = tab.evaluate(
            "() => getComputedStyle(document.activeElement).outlineStyle !== 'none'"
            " || getComputedStyle(document.activeElement).boxShadow !== 'none'"
        )
        assert shown, f"the focus cannot be seen at {tab.url}"
        with tab.expect_navigation():
            tab.keyboard.press("Enter")
    assert tab.url.endswith("/receipt")
    context.close()


def _tab_to(tab: Page, selector: str) -> None:
    for _press in range(200):
        tab.keyboard.press("Tab")
        if tab.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"no way to {selector} by keyboard at {tab.url}")
