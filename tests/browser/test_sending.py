"""The network goes in the middle of each step, and every answer arrives once."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.tables import VisitRow
from tests.browser.conftest import Site
from tests.browser.sending import (
    KEPT,
    UNSENT,
    answers,
    at_check,
    at_two,
    go,
    nothing_leaves,
    replies_are_lost,
    responses,
    started,
    submissions,
    two_pages,
)
from tests.storage.making import SLUG, opened


@pytest.fixture
def survey(site: Site) -> Site:
    """A survey of two pages in the field."""
    with site.app.app_context():
        opened(two_pages(), now=datetime.now(UTC))
    return site


CUTS = pytest.mark.parametrize("cut", [nothing_leaves, replies_are_lost])
Cut = Callable[[BrowserContext], Any]


@CUTS
def test_a_start_that_is_cut_starts_when_the_network_returns(
    survey: Site, device: BrowserContext, tab: Page, cut: Cut
) -> None:
    tab.goto(f"/en/surveys/{SLUG}/notice")
    with cut(device):
        go(tab, "Continue to the questions")
        expect(tab.locator("#sending")).to_contain_text("There is no connection")
        assert tab.evaluate(KEPT) is None
    tab.wait_for_url("**/pages/one")


@CUTS
def test_a_page_that_is_cut_is_kept_and_sent(
    survey: Site, device: BrowserContext, tab: Page, cut: Cut
) -> None:
    started(tab)
    tab.get_by_label("Two", exact=True).check()
    tab.locator("#q_words").fill("A quiet street")
    with cut(device):
        go(tab)
        expect(tab.locator("#sending")).to_contain_text(UNSENT)
        assert "quiet" in str(tab.evaluate(KEPT))
        assert tab.url.endswith("/pages/one")
    tab.wait_for_url("**/pages/two")
    assert tab.evaluate(KEPT) is None
    assert answers(survey) == [{"colour": "two", "words": "A quiet street"}]


@CUTS
def test_the_last_page_that_is_cut_is_kept_and_sent(
    survey: Site, device: BrowserContext, tab: Page, cut: Cut
) -> None:
    at_two(tab)
    tab.get_by_label("Fair", exact=True).check()
    with cut(device):
        go(tab)
        expect(tab.locator("#sending")).to_contain_text(UNSENT)
    tab.wait_for_url("**/check")
    assert answers(survey)[0]["mood"] == "fair"


@CUTS
def test_a_language_switch_that_is_cut_comes_through(
    survey: Site, device: BrowserContext, tab: Page, cut: Cut
) -> None:
    started(tab)
    tab.locator("#q_words").fill("Half a thou")
    with cut(device):
        go(tab, "Français")
        expect(tab.locator("#sending")).to_contain_text(UNSENT)
    tab.wait_for_url("**/fr/**/pages/one")
    expect(tab.locator("#q_words")).to_have_value("Half a thou")


@CUTS
def test_answers_whose_sending_is_cut_are_counted_once(
    survey: Site, device: BrowserContext, tab: Page, cut: Cut
) -> None:
    at_check(tab)
    with cut(device):
        go(tab, "Send my answers")
        expect(tab.locator("#sending")).to_contain_text(UNSENT)
    tab.wait_for_url("**/receipt")
    assert len(responses(survey)) == 1
    assert submissions(survey) == 1
    assert tab.evaluate(KEPT) is None


@CUTS
def test_the_newest_press_of_a_page_is_what_counts(
    survey: Site, device: BrowserContext, tab: Page, cut: Cut
) -> None:
    started(tab)
    tab.get_by_label("One", exact=True).check()
    with cut(device):
        go(tab)
        expect(tab.locator("#sending")).to_contain_text(UNSENT)
        for label in ("Two", "Three"):
            tab.get_by_label(label, exact=True).check()
            go(tab)
    tab.wait_for_url("**/pages/two")
    assert answers(survey) == [{"colour": "three", "words": None}]


@CUTS
def test_a_change_while_the_page_waits_stays_on_the_page(
    survey: Site, device: BrowserContext, tab: Page, cut: Cut
) -> None:
    started(tab)
    tab.get_by_label("One", exact=True).check()
    with cut(device):
        go(tab)
        expect(tab.locator("#sending")).to_contain_text(UNSENT)
        tab.get_by_label("Two", exact=True).check()
    expect(tab.locator("#sending")).to_contain_text("before your last change")
    go(tab)
    tab.wait_for_url("**/pages/two")
    assert answers(survey)[0]["colour"] == "two"


@CUTS
def test_a_page_that_was_closed_while_it_waited_is_sent_from_the_lobby(
    survey: Site, device: BrowserContext, tab: Page, cut: Cut
) -> None:
    started(tab)
    tab.get_by_label("One", exact=True).check()
    other = device.new_page()
    other.goto("/healthz")
    with cut(device):
        go(tab)
        expect(tab.locator("#sending")).to_contain_text(UNSENT)
        tab.close()
    device.clear_cookies()
    other.goto(f"/en/surveys/{SLUG}/")
    said = "What was kept on this device has reached us. Go on from there"
    expect(other.locator("#sending")).to_have_text(said)
    assert other.evaluate(KEPT) is None
    assert answers(survey)[0]["colour"] == "one"
    other.get_by_role("link", name="Go on from there").click()
    other.wait_for_url("**/pages/two")


@CUTS
def test_a_page_that_was_closed_while_it_waited_is_sent_where_it_is_opened_again(
    survey: Site, device: BrowserContext, tab: Page, cut: Cut
) -> None:
    started(tab)
    tab.get_by_label("One", exact=True).check()
    address = tab.url
    other = device.new_page()
    other.goto("/healthz")
    with cut(device):
        go(tab)
        expect(tab.locator("#sending")).to_contain_text("open it again within 24 hours")
        tab.close()
    # The browser was closed too: all it has is what it kept.
    device.clear_cookies()
    other.goto(address)
    other.wait_for_url("**/pages/two")
    assert other.evaluate(KEPT) is None
    assert answers(survey)[0]["colour"] == "one"


def test_coming_back_later_waits_for_the_network_on_the_check_page(
    survey: Site, device: BrowserContext, tab: Page
) -> None:
    at_check(tab)
    with nothing_leaves(device):
        go(tab, "Save and come back later")
        expect(tab.locator("#sending")).to_contain_text(UNSENT)
    tab.wait_for_url("**/later")
    expect(tab.locator(".code")).to_be_visible()
    assert submissions(survey) == 0


def test_a_page_kept_until_the_survey_closed_is_wiped_and_said_to_be_lost(
    survey: Site, device: BrowserContext, tab: Page
) -> None:
    started(tab)
    with nothing_leaves(device):
        go(tab)
        expect(tab.locator("#sending")).to_contain_text(UNSENT)
        tab.goto("about:blank")
        with survey.app.app_context():
            close_wave(SLUG, "2026", datetime.now(UTC))
    tab.goto(f"/en/surveys/{SLUG}/")
    expect(tab.locator("#sending")).to_contain_text("could not be added")
    assert tab.evaluate(KEPT) is None


def test_a_page_opened_again_goes_where_it_was_going(
    survey: Site, device: BrowserContext, tab: Page
) -> None:
    started(tab)
    tab.get_by_label("One", exact=True).check()
    with replies_are_lost(device):
        go(tab)
        expect(tab.locator("#sending")).to_contain_text(UNSENT)
        kept = tab.evaluate(KEPT)
    tab.wait_for_url("**/pages/two")
    tab.evaluate("kept => localStorage.setItem('surveyapp-kept', kept)", kept)
    tab.goto(f"/en/surveys/{SLUG}/pages/one")
    tab.wait_for_url("**/pages/two")
    assert answers(survey)[0]["colour"] == "one"


def test_a_page_to_mend_shows_what_to_mend(survey: Site, tab: Page) -> None:
    started(tab)
    tab.locator("#q_words").fill("x" * 60)
    go(tab)
    expect(tab.locator("#errors")).to_be_focused()
    expect(tab.locator("#q_words")).to_have_value("x" * 60)
    tab.locator("#q_words").fill("short")
    go(tab)
    tab.wait_for_url("**/pages/two")
    tab.go_back()
    tab.wait_for_url("**/pages/one")
    expect(tab.locator("#q_words")).to_have_value("short")


def test_a_token_that_no_longer_fits_is_renewed(
    survey: Site, device: BrowserContext, tab: Page
) -> None:
    started(tab)
    device.clear_cookies()
    go(tab)
    tab.wait_for_url("**/pages/two")


def test_a_server_in_trouble_is_asked_again(
    survey: Site, device: BrowserContext, tab: Page
) -> None:
    started(tab)
    tab.get_by_label("Three", exact=True).check()
    device.route("**/pages/one", lambda route: route.fulfill(status=503, body="busy"))
    go(tab)
    expect(tab.locator("#sending")).to_contain_text(UNSENT)
    device.unroute("**/pages/one")
    tab.wait_for_url("**/pages/two")
    assert answers(survey)[0]["colour"] == "three"


def test_a_sign_in_page_of_a_public_network_is_no_acknowledgement(
    survey: Site, device: BrowserContext, tab: Page
) -> None:
    started(tab)
    device.route("**/pages/one", lambda route: route.fulfill(status=200, body="<h1>Sign in</h1>"))
    go(tab)
    expect(tab.locator("#sending")).to_contain_text(UNSENT)
    device.unroute("**/pages/one")
    tab.wait_for_url("**/pages/two")


def test_pages_kept_for_a_visit_that_is_gone_are_wiped(
    survey: Site, device: BrowserContext, tab: Page
) -> None:
    started(tab)
    with nothing_leaves(device):
        go(tab)
        expect(tab.locator("#sending")).to_contain_text(UNSENT)
        with survey.app.app_context():
            from surveyapp.storage.connection import writing

            with writing() as connection:
                connection.execute(VisitRow.__table__.delete())
    expect(tab.locator("h1")).to_have_text("We cannot find your answers")
    assert tab.evaluate(KEPT) is None


def test_nothing_of_an_earlier_visit_is_kept_beside_a_newer_one(
    survey: Site, device: BrowserContext, tab: Page
) -> None:
    started(tab)
    tab.evaluate(
        "localStorage.setItem('surveyapp-kept', JSON.stringify([{id: 1, action: '/healthz',"
        " visit: 'another', body: 'q_words=secret', page: '/'}]))"
    )
    with nothing_leaves(device):
        go(tab)
        expect(tab.locator("#sending")).to_contain_text(UNSENT)
        assert "secret" not in str(tab.evaluate(KEPT))
    tab.wait_for_url("**/pages/two")


def test_the_state_is_told_in_the_language_of_the_page(
    survey: Site, device: BrowserContext, tab: Page
) -> None:
    started(tab, "fr")
    with nothing_leaves(device):
        go(tab, "Continuer")
        expect(tab.locator("#sending")).to_contain_text("Pas encore envoyé")
    tab.wait_for_url("**/fr/**/pages/two")


def test_a_link_without_a_connection_keeps_the_page_and_says_so(
    survey: Site, device: BrowserContext, tab: Page
) -> None:
    started(tab)
    tab.locator("#q_words").fill("A quiet street")
    with nothing_leaves(device):
        tab.get_by_role("link", name="Back").click()
        expect(tab.get_by_role("alert")).to_contain_text("this page stays here")
        assert tab.url.endswith("/pages/one")
        expect(tab.locator("#q_words")).to_have_value("A quiet street")
    expect(tab.get_by_role("alert")).to_have_count(0)
    tab.get_by_role("link", name="Back").click()
    tab.wait_for_url("**/notice")


def test_without_a_script_the_plain_form_works(survey: Site, browser: Any) -> None:
    context = browser.new_context(base_url=survey.address, java_script_enabled=False)
    page = context.new_page()
    at_check(page)
    go(page, "Send my answers")
    page.wait_for_url("**/receipt")
    assert len(responses(survey)) == 1
    context.close()
