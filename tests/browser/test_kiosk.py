"""A tablet at an event, in a real browser: the next person finds nothing of the last one."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from surveyapp.answering.kiosk import IDLE_SECONDS, THANKS_SECONDS, WARNING_SECONDS
from surveyapp.storage.field.collectors import Kind, make_collector
from surveyapp.storage.field.waves import samples_of, wave_of
from tests.answering.county import fielded
from tests.browser.conftest import Site
from tests.browser.sending import (
    UNSENT,
    answers,
    go,
    lose,
    nothing_leaves,
    responses,
    two_pages,
)
from tests.browser.test_every_page import judge
from tests.storage.making import SLUG, opened

WORDS = "Behind the library"
SEALED = "() => localStorage.getItem('surveyapp-sealed')"
STORED = "() => JSON.stringify([{...localStorage}, {...sessionStorage}])"
WAITING = ".waiting [data-waiting] >> nth=0"


@pytest.fixture
def start(site: Site) -> str:
    """The first page of a tablet for a survey of two pages."""
    now = datetime.now(UTC)
    with site.app.app_context():
        found = opened(two_pages(), now=now)
        made = make_collector(samples_of(found.wave.id)[0], Kind.kiosk, by="test", now=now)
        return f"/s/{made.code}"


def begun(tab: Page, start: str, language: str = "en") -> None:
    tab.goto(start)
    on_the_way(tab, language)


def on_the_way(tab: Page, language: str = "en") -> None:
    """Go from the first page to the first question."""
    tab.get_by_text("Continue in English" if language == "en" else "Continuer en français").click()
    tab.wait_for_url(f"**/{language}/surveys/{SLUG}/**")
    tab.get_by_text("Start" if language == "en" else "Commencer", exact=True).click()
    tab.wait_for_url("**/notice*")
    go(tab, "Continue to the questions" if language == "en" else "Passer aux questions")
    tab.wait_for_url("**/pages/one")


def at_check(tab: Page, start: str) -> None:
    begun(tab, start)
    tab.locator("#q_words").fill(WORDS)
    go(tab)
    tab.wait_for_url("**/pages/two")
    go(tab)
    tab.wait_for_url("**/check")


def quiet(tab: Page, seconds: int) -> None:
    """Let nobody touch the tablet for so long."""
    tab.clock.fast_forward(seconds * 1000)
    tab.clock.run_for(1_100)


def nothing_is_left(device: BrowserContext, tab: Page) -> None:
    """See that no page, cookie or storage of the tablet tells of who was there."""
    assert tab.evaluate("history.length") <= 2
    assert WORDS not in tab.content()
    assert tab.evaluate(STORED) == "[{},{}]"
    for cookie in device.cookies():
        assert "visits" not in str(cookie)
    tab.go_back()
    assert tab.url == "about:blank"
    tab.go_forward()
    assert WORDS not in tab.content()
    for page in ("pages/one", "check", "receipt", "copy"):
        tab.goto(f"/en/surveys/{SLUG}/{page}")
        assert "/s/" in tab.url


def test_after_a_response_the_tablet_is_as_new(
    site: Site, device: BrowserContext, tab: Page, start: str
) -> None:
    at_check(tab, start)
    go(tab, "Send my answers")
    expect(tab.locator("h1")).to_have_text("Your answers are in")
    expect(tab.locator(".receipt .code")).to_be_visible()
    tab.get_by_text("Start again").click()
    tab.wait_for_url(f"**{start}")
    assert len(responses(site)) == 1
    nothing_is_left(device, tab)


def test_the_thanks_go_back_by_themselves(tab: Page, start: str) -> None:
    tab.clock.install()
    at_check(tab, start)
    go(tab, "Send my answers")
    expect(tab.locator("h1")).to_have_text("Your answers are in")
    quiet(tab, THANKS_SECONDS - WARNING_SECONDS)
    expect(tab.locator("#idle")).to_be_visible()
    quiet(tab, WARNING_SECONDS)
    tab.wait_for_url(f"**{start}")


def test_whoever_is_still_there_is_asked_and_goes_on(tab: Page, start: str) -> None:
    tab.clock.install()
    begun(tab, start)
    tab.locator("#q_words").fill(WORDS)
    quiet(tab, IDLE_SECONDS - WARNING_SECONDS)
    expect(tab.locator("#idle")).to_be_visible()
    for words in ("Are you still there?", "Êtes-vous toujours là?"):
        expect(tab.locator("#idle")).to_contain_text(words)
    expect(tab.locator("#idle [role=status]")).to_have_text("This page closes in 20 seconds.")
    tab.get_by_role("button", name="I am here").click()
    expect(tab.locator("#idle")).to_be_hidden()
    expect(tab.locator("#q_words")).to_have_value(WORDS)
    quiet(tab, IDLE_SECONDS - WARNING_SECONDS - 5)
    expect(tab.locator("#idle")).to_be_hidden()


def test_a_tap_that_says_so_presses_nothing_below(tab: Page, start: str) -> None:
    tab.clock.install()
    begun(tab, start)
    quiet(tab, IDLE_SECONDS - WARNING_SECONDS)
    expect(tab.locator("#idle")).to_be_visible()
    box = tab.get_by_label("Two", exact=True).bounding_box()
    assert box is not None
    tab.mouse.click(box["x"] + 5, box["y"] + 5)
    expect(tab.locator("#idle")).to_be_hidden()
    assert tab.locator("input:checked").count() == 0


def test_any_key_says_that_somebody_is_there(tab: Page, start: str) -> None:
    tab.clock.install()
    begun(tab, start)
    tab.locator("#q_words").focus()
    quiet(tab, IDLE_SECONDS - WARNING_SECONDS)
    expect(tab.locator("#idle")).to_be_visible()
    tab.keyboard.press("Escape")
    expect(tab.locator("#idle")).to_be_hidden()
    expect(tab.locator("#q_words")).to_be_focused()


@pytest.mark.parametrize("page", ["notice", "one", "check"])
def test_a_quiet_minute_brings_the_first_page_back(
    site: Site, device: BrowserContext, tab: Page, start: str, page: str
) -> None:
    tab.clock.install()
    if page == "notice":
        tab.goto(start)
        tab.get_by_text("Continuer en français").click()
        tab.wait_for_url("**/fr/**")
    elif page == "one":
        begun(tab, start)
        tab.locator("#q_words").fill(WORDS)
    else:
        at_check(tab, start)
    quiet(tab, IDLE_SECONDS)
    tab.wait_for_url(f"**{start}")
    assert responses(site) == []
    nothing_is_left(device, tab)


def test_the_next_person_begins_with_empty_pages(site: Site, tab: Page, start: str) -> None:
    at_check(tab, start)
    tab.get_by_text("Exit this page").last.click()
    tab.wait_for_url(f"**{start}")
    on_the_way(tab, "fr")
    expect(tab.locator("#q_words")).to_have_value("")
    assert len(answers(site)) == 2


def test_three_presses_of_shift_go_back_too(tab: Page, start: str) -> None:
    begun(tab, start)
    for _press in range(3):
        tab.keyboard.press("Shift")
    tab.wait_for_url(f"**{start}")


def test_what_waits_can_be_read_by_nobody_and_is_wiped(
    site: Site, device: BrowserContext, tab: Page, start: str
) -> None:
    begun(tab, start)
    tab.locator("#q_words").fill(WORDS)
    token = tab.locator("[name=visit]").first.input_value()
    with nothing_leaves(device):
        go(tab)
        expect(tab.locator("#sending")).to_contain_text("kept on this tablet, encrypted")
        tab.wait_for_function("() => localStorage.length")
        kept = tab.evaluate(STORED)
        assert "library" not in kept
        assert token not in kept
        assert len(json.loads(tab.evaluate(SEALED))) == 1
    tab.wait_for_url("**/pages/two")
    assert tab.evaluate(STORED) == "[{},{}]"
    assert answers(site) == [{"colour": None, "words": WORDS}]


def test_the_length_of_an_answer_cannot_be_seen(
    device: BrowserContext, tab: Page, start: str
) -> None:
    lengths = set()
    for words in ("No", WORDS * 2):
        begun(tab, start)
        tab.locator("#q_words").fill(words)
        with nothing_leaves(device):
            go(tab)
            tab.wait_for_function("() => localStorage.length")
            lengths.add(len(json.loads(tab.evaluate(SEALED))[0]["sealed"]))
        tab.wait_for_url("**/pages/two")
    assert len(lengths) == 1


@contextmanager
def replies_are_lost(device: BrowserContext) -> Iterator[None]:
    """Lose every reply, and whatever is on its way when replies come again."""
    device.route("**/*", lose)
    yield
    device.unroute_all(behavior="ignoreErrors")


@pytest.mark.parametrize("cut", [nothing_leaves, replies_are_lost])
def test_answers_sent_while_the_network_was_gone_are_counted_once(
    site: Site, device: BrowserContext, tab: Page, start: str, cut: Any
) -> None:
    tab.clock.install()
    at_check(tab, start)
    with cut(device):
        go(tab, "Send my answers")
        expect(tab.locator("#sending")).to_contain_text("You have nothing more to do")
        tab.wait_for_function("() => localStorage.length")
        quiet(tab, IDLE_SECONDS)
        expect(tab.get_by_role("heading")).to_contain_text("No connection")
        expect(tab.locator(WAITING)).to_have_text("1")
        assert "library" not in tab.content()
    tab.clock.run_for(70_000)
    tab.wait_for_url(f"**{start}")
    tab.clock.run_for(3_000)
    expect(tab.locator(WAITING)).to_have_text("0")
    assert len(responses(site)) == 1
    nothing_is_left(device, tab)


def test_staff_see_how_many_wait_while_the_next_person_answers(
    site: Site, device: BrowserContext, tab: Page, start: str
) -> None:
    at_check(tab, start)
    with nothing_leaves(device):
        go(tab, "Send my answers")
        tab.wait_for_function("() => localStorage.length")
        kept = tab.evaluate(SEALED)
    expect(tab.locator("h1")).to_have_text("Your answers are in")
    device.route("**/check", lambda route: route.fulfill(status=503, body="busy"))
    tab.goto(start)
    tab.evaluate("kept => localStorage.setItem('surveyapp-sealed', kept)", kept)
    tab.reload()
    expect(tab.locator(WAITING)).to_have_text("1")
    on_the_way(tab)
    go(tab)
    tab.wait_for_url("**/pages/two")
    assert tab.evaluate(SEALED) == kept
    device.unroute("**/check")
    tab.goto(start)
    expect(tab.locator(WAITING)).to_have_text("0")
    assert tab.evaluate(STORED) == "[{},{}]"
    assert len(responses(site)) == 1


def test_what_the_server_cannot_open_stays_and_is_counted(tab: Page, start: str) -> None:
    tab.goto(start)
    address = f"/en/surveys/{SLUG}/check"
    forms = [{"id": 1, "action": address, "sealed": "AAAA"}]
    tab.evaluate("kept => localStorage.setItem('surveyapp-sealed', kept)", json.dumps(forms))
    with tab.expect_response(f"**{address}"):
        tab.reload()
    expect(tab.locator(WAITING)).to_have_text("1")


def test_nobody_can_start_without_a_network_and_the_tablet_says_so(
    device: BrowserContext, tab: Page, start: str
) -> None:
    tab.goto(start)
    with nothing_leaves(device):
        tab.get_by_text("Continuer en français").click()
        expect(tab.locator("#offline")).to_contain_text("Réessayez dans un instant")
        assert tab.url.endswith(start)
    tab.get_by_text("Continuer en français").click()
    tab.wait_for_url("**/fr/**")


def test_a_page_over_plain_http_keeps_nothing_and_says_so(
    device: BrowserContext, tab: Page, start: str
) -> None:
    tab.add_init_script("Object.defineProperty(Crypto.prototype, 'subtle', {value: undefined})")
    begun(tab, start)
    tab.locator("#q_words").fill(WORDS)
    with nothing_leaves(device):
        go(tab)
        expect(tab.locator("#sending")).to_contain_text("Stay on this page")
        assert tab.evaluate(STORED) == "[{},{}]"
    tab.wait_for_url("**/pages/two")


def test_the_state_is_told_in_the_language_of_the_page(
    device: BrowserContext, tab: Page, start: str
) -> None:
    begun(tab, start, "fr")
    with nothing_leaves(device):
        go(tab, "Continuer")
        expect(tab.locator("#sending")).to_contain_text("conservée sur cette tablette, chiffrée")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_state_of_the_tablet_has_a_barrier(
    device: BrowserContext, tab: Page, start: str, language: str
) -> None:
    tab.goto(start)
    judge(tab, "the tablet's first page")
    door = "Continue in English" if language == "en" else "Continuer en français"
    tab.get_by_text(door).click()
    tab.wait_for_url(f"**/{language}/**")
    judge(tab, "the tablet's lobby")
    tab.locator("main a.go").click()
    tab.wait_for_url("**/notice*")
    judge(tab, "the tablet's notice")
    tab.locator("main button.go").click()
    tab.wait_for_url("**/pages/one")
    judge(tab, "a page on the tablet")
    tab.evaluate("document.getElementById('idle').showModal()")
    judge(tab, "the tablet's warning")
    tab.evaluate("document.getElementById('idle').close()")
    for wanted in ("**/pages/two", "**/check"):
        tab.locator("main button.go").last.click()
        tab.wait_for_url(wanted)
    tab.locator("main button.go").last.click()
    expect(tab.locator(".receipt .code")).to_be_visible()
    judge(tab, "the tablet's thanks")
    with nothing_leaves(device):
        tab.locator("main a.go").click()
        expect(tab.get_by_role("heading")).to_contain_text("No connection")
        judge(tab, "the tablet without a network")


def test_a_list_that_is_narrowed_leaves_nothing_in_the_history(
    site: Site, device: BrowserContext, tab: Page
) -> None:
    now = datetime.now(UTC)
    with site.app.app_context():
        fielded()
        wave = wave_of(SLUG, "2026")
        assert wave is not None
        code = make_collector(samples_of(wave.id)[0], Kind.kiosk, by="test", now=now).code
    device.route("**/places.js*", lambda route: route.abort())
    tab.goto(f"/en/surveys/{SLUG}/notice?via={code}")
    go(tab, "Continue to the questions")
    tab.wait_for_url("**/pages/home")
    before = tab.evaluate("history.length")
    tab.get_by_label("First three characters of your postal code (optional)").fill("K1B")
    go(tab, "Shorten the list")
    expect(tab.get_by_text("The list now shows 1 place for that postal code.")).to_be_visible()
    assert tab.evaluate("history.length") == before
    assert tab.evaluate(STORED) == "[{},{}]"


def test_a_tablet_asks_for_three_files(site: Site, tab: Page, start: str) -> None:
    tab.goto(start)
    page, *files = [one.split("?")[0] for one in site.paths]
    # A browser asks for both files at once: either may arrive first.
    assert (page, sorted(files)) == (start, ["/static/kiosk.js", "/static/survey.css"])


def test_no_word_of_an_ordinary_resident_changes(site: Site, tab: Page, start: str) -> None:
    tab.goto(f"/en/surveys/{SLUG}/notice")
    go(tab, "Continue to the questions")
    tab.wait_for_url("**/pages/one")
    assert not tab.locator("#tablet, #idle").count()
    with nothing_leaves(tab.context):
        go(tab)
        expect(tab.locator("#sending")).to_contain_text(UNSENT)
    tab.wait_for_url("**/pages/two")
