"""From the lobby to the receipt with the keyboard alone, as ``docs/keyboard.md`` tells it."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from surveyapp.storage.field.timing import open_wave
from surveyapp.storage.field.waves import Opening
from surveyapp.storage.municipal.places import import_places
from tests.answering.county import county
from tests.browser.conftest import Site
from tests.browser.test_exit import WEATHER
from tests.questionnaire.making import document, question, section
from tests.storage.making import SLUG, published

BOTH = pytest.mark.parametrize("language", ["en", "fr"])
MOST_STOPS = 60
ON = "selector => document.activeElement.matches(selector)"


@pytest.fixture
def keyboard(site: Site, tab: Page) -> Page:
    """A tab that is never clicked, before a sensitive survey with every way to answer."""
    choose = section("choose", question("single", "one"), question("multiple", "many"))
    words = section("words", question("number", "times"), question("text", "why"))
    made = document(
        section("home", question("place", "place")),
        choose,
        section("rank", question("rank", "first", at_most=2, top=2)),
        words,
        sensitive=True,
    )
    with site.app.app_context():
        published(made)
        import_places("county", county())
        open_wave(SLUG, "2026", Opening("county", "open"), datetime.now(UTC))
    page = "<title>Weather</title>"
    tab.context.route(WEATHER, lambda route: route.fulfill(body=page, content_type="text/html"))
    return tab


def to(tab: Page, selector: str, key: str = "Tab") -> None:
    """Go from stop to stop until one is reached."""
    for _stop in range(MOST_STOPS):
        tab.keyboard.press(key)
        if tab.evaluate(ON, selector):
            return
    raise AssertionError(f"{selector} is not reached at {tab.url}")


def onward(tab: Page, selector: str = "main .go") -> None:
    """Go to the button, or the link, that leads on, and press it."""
    to(tab, selector)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")


def begun(tab: Page, language: str) -> None:
    """Go from the lobby to the first question."""
    tab.goto(f"/{language}/surveys/{SLUG}/")
    onward(tab)
    onward(tab)


@BOTH
def test_the_whole_way(keyboard: Page, language: str) -> None:
    tab = keyboard
    tab.goto(f"/{language}/surveys/{SLUG}/")
    # The first stop skips to the content; the next one leaves.
    tab.keyboard.press("Tab")
    expect(tab.locator("a.skip").first).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.locator("main")).to_be_focused()
    onward(tab)
    onward(tab)
    # A place: its list, or the search that a button brings.
    to(tab, "main .question button")
    search = tab.locator("main [role=combobox]")
    tab.keyboard.press("Enter")
    expect(search).to_be_focused()
    tab.keyboard.type("place 1")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    expect(search).to_have_value("Place 1")
    onward(tab)
    # One of several: the arrows choose. Several: the space bar ticks.
    to(tab, "[type=radio]")
    tab.keyboard.press("Space")
    tab.keyboard.press("ArrowDown")
    expect(tab.locator("[type=radio][value=two]")).to_be_checked()
    to(tab, "[type=checkbox]")
    tab.keyboard.press("Space")
    expect(tab.locator("[type=checkbox][value=one]")).to_be_checked()
    onward(tab)
    # A ranking: press the first choice, then the second; move one up.
    expect(tab.locator(".press").first).to_be_visible()
    to(tab, ".press")
    tab.keyboard.press("Enter")
    to(tab, ".press[aria-pressed=false]")
    tab.keyboard.press("Enter")
    assert ranks(tab)[:2] == ["1", "2"]
    onward(tab)
    # A mistake: the box of what to mend has the focus, its line leads to the field.
    to(tab, "main input[inputmode]")
    tab.keyboard.type("many")
    to(tab, "main .go")
    tab.keyboard.press("Enter")
    expect(tab.locator("#errors")).to_be_focused()
    to(tab, "#errors a")
    tab.keyboard.press("Enter")
    expect(tab.locator("main input[inputmode]")).to_be_focused()
    tab.keyboard.press("Control+A")
    tab.keyboard.type("3")
    # In a line of text Enter sends the page.
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    # The check page: change one answer and come back.
    assert tab.url.endswith("/check")
    onward(tab, "main a")
    onward(tab)
    assert tab.url.endswith("/check")
    onward(tab)
    expect(tab.locator(".code")).to_be_visible()


def ranks(tab: Page) -> list[str]:
    script = "Array.from(document.querySelectorAll('main select'), (one) => one.value)"
    return [str(one) for one in tab.evaluate(script)]


def test_the_map(keyboard: Page) -> None:
    tab = keyboard
    begun(tab, "en")
    drawn = tab.get_by_role("listbox", name="Map of the places")
    named = re.compile("Choose on a map")
    for _stop in range(MOST_STOPS):
        tab.keyboard.press("Tab")
        if named.search(str(tab.evaluate("() => document.activeElement.textContent"))):
            break
    tab.keyboard.press("Enter")
    expect(drawn.get_by_role("option")).to_have_count(12)
    to(tab, "[role=listbox]")
    tab.keyboard.press("ArrowRight")
    chosen = drawn.locator("[aria-selected=true]")
    expect(chosen).to_have_count(1)
    name = str(chosen.get_attribute("aria-label"))
    tab.keyboard.press("Enter")
    onward(tab)
    tab.goto(f"/en/surveys/{SLUG}/pages/home")
    expect(tab.locator("main select option[selected]")).to_have_text(name)


def test_the_switch_of_language_and_coming_back_later(keyboard: Page) -> None:
    tab = keyboard
    begun(tab, "en")
    to(tab, ".switch button")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert "/fr/" in tab.url
    onward(tab, "main button[value=later]")
    expect(tab.locator(".code")).to_be_visible()


@pytest.mark.parametrize("key", ["Enter", "Escape"])
def test_the_warning_is_answered_and_the_page_goes_on(keyboard: Page, key: str) -> None:
    tab = keyboard
    begun(tab, "en")
    tab.evaluate("document.getElementById('timeout').showModal()")
    expect(tab.locator("#timeout button")).to_be_focused()
    tab.keyboard.press(key)
    expect(tab.locator("#timeout")).to_be_hidden()


@BOTH
def test_leaving_by_three_presses_or_by_the_second_stop(keyboard: Page, language: str) -> None:
    tab = keyboard
    begun(tab, language)
    for _press in range(3):
        tab.keyboard.press("Shift")
    tab.wait_for_url(WEATHER)
    begun(tab, language)
    tab.keyboard.press("Tab")
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    tab.wait_for_url(WEATHER)
