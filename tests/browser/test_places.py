"""A place is found by typing, on a map or by a postal prefix; the page's own list is sent."""

import re

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect

from tests.answering.county import fielded
from tests.browser.conftest import Site
from tests.browser.test_every_page import judge
from tests.storage.making import SLUG

ENTER = {"en": "Continue to the questions", "fr": "Passer aux questions"}
ASKED = {"en": "About place?", "fr": "About place? (fr)"}


MAP = {"en": "Choose on a map", "fr": "Choisir sur une carte"}
SEARCH = {"en": "Search by name", "fr": "Chercher par nom"}


def begin(tab: Page, language: str = "en") -> None:
    """Go to the page that asks for the place."""
    tab.goto(f"/{language}/surveys/{SLUG}/notice")
    tab.get_by_role("button", name=ENTER[language]).click()


def searched(tab: Page, language: str = "en") -> Locator:
    """Ask for the search and wait until it is there."""
    tab.get_by_role("button", name=SEARCH[language]).click()
    search = tab.get_by_role("combobox", name=ASKED[language])
    expect(search).to_have_attribute("aria-expanded", "false")
    return search


@pytest.fixture
def search(site: Site, tab: Page) -> Locator:
    with site.app.app_context():
        fielded(required=True)
    begin(tab)
    return searched(tab)


def value(tab: Page) -> str:
    """Return what the page would send."""
    return str(tab.evaluate("new FormData(document.getElementById('page')).get('q_place')"))


def options(tab: Page) -> list[str]:
    return tab.get_by_role("option").all_inner_texts()


ALWAYS = ["I don’t know", "I live outside this area", "I have no fixed address"]


def test_typing_finds_names_and_what_is_no_place_stays(tab: Page, search: Locator) -> None:
    search.fill("PLÂCE 1")
    assert options(tab) == ["Place 10", "Place 1", "Place 11", *ALWAYS]
    expect(tab.get_by_role("status").filter(has_text="3 places")).to_be_attached()
    none = tab.locator(".finder-list > .heading")
    expect(none).to_be_hidden()
    search.fill("nowhere")
    assert options(tab) == ALWAYS
    expect(none).to_be_visible()
    expect(tab.get_by_role("status").filter(has_text="No place has that name")).to_be_attached()


def test_a_name_in_the_other_language_finds_its_place(tab: Page, search: Locator) -> None:
    search.fill("ile")
    assert options(tab)[0] == "Place 5"


def test_the_keyboard_alone_chooses(tab: Page, search: Locator) -> None:
    search.focus()
    tab.keyboard.type("place 1")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("ArrowDown")
    active = str(search.get_attribute("aria-activedescendant"))
    expect(tab.locator(f"#{active}")).to_have_text("Place 1")
    tab.keyboard.press("Enter")
    expect(search).to_have_value("Place 1")
    expect(search).to_have_attribute("aria-expanded", "false")
    assert value(tab) == "n1"
    tab.keyboard.press("ArrowUp")
    expect(search).to_have_attribute("aria-expanded", "true")
    tab.keyboard.press("Escape")
    expect(search).to_have_attribute("aria-expanded", "false")
    assert value(tab) == "n1"


def test_a_name_written_out_is_chosen_on_leaving(tab: Page, search: Locator) -> None:
    search.fill("place 7")
    tab.keyboard.press("Tab")
    expect(search).to_have_value("Place 7")
    assert value(tab) == "n7"


def test_half_a_name_is_never_sent(site: Site, tab: Page, search: Locator) -> None:
    search.fill("plac")
    tab.keyboard.press("Escape")
    before = len(site.paths)
    tab.get_by_role("button", name="Continue", exact=True).click()
    expect(search).to_be_focused()
    expect(search).to_have_attribute("aria-invalid", "true")
    expect(search).to_have_accessible_description(re.compile("Choose a place from the list"))
    assert site.paths[before:] == []
    search.fill("place 3")
    expect(search).not_to_have_attribute("aria-invalid", "true")
    tab.keyboard.press("Tab")
    tab.get_by_role("button", name="Continue", exact=True).click()
    tab.wait_for_url("**/check")


def test_the_switch_of_language_keeps_the_place(tab: Page, search: Locator) -> None:
    search.fill("place 5")
    tab.keyboard.press("Tab")
    tab.get_by_role("button", name="Français").click()
    expect(tab.get_by_role("combobox", name=ASKED["fr"])).to_have_value("n5")
    expect(searched(tab, "fr")).to_have_value("L’Île")
    assert value(tab) == "n5"


def test_what_the_server_finds_wrong_is_told_of_the_search(tab: Page, search: Locator) -> None:
    expect(search).to_have_attribute("aria-required", "true")
    tab.get_by_role("button", name="Continue", exact=True).click()
    expect(tab.get_by_role("alert")).to_contain_text("Answer this question to go on")
    again = tab.get_by_role("combobox", name=ASKED["en"])
    expect(again).to_have_attribute("aria-invalid", "true")
    searched(tab)
    expect(again).to_have_attribute("aria-expanded", "false")
    expect(again).to_have_attribute("aria-invalid", "true")
    expect(again).to_have_accessible_description(re.compile("Answer this question to go on"))
    tab.get_by_role("link", name="Answer this question to go on").click()
    expect(again).to_be_focused()


def open_map(tab: Page) -> Locator:
    """Open the map and wait until it is drawn."""
    tab.get_by_role("button", name="Choose on a map").click()
    drawn = tab.get_by_role("listbox", name="Map of the places")
    expect(drawn.get_by_role("option")).to_have_count(12)
    return drawn


def test_the_map_comes_when_it_is_opened_and_once(site: Site, tab: Page, search: Locator) -> None:
    assert not [one for one in site.paths if "outlines" in one]
    open_map(tab)
    tab.get_by_role("button", name="Choose on a map").click()
    expect(tab.get_by_role("listbox", name="Map of the places")).to_be_hidden()
    open_map(tab)
    assert len([one for one in site.paths if "outlines" in one]) == 1


def test_a_tap_names_the_place_and_the_button_chooses_it(tab: Page, search: Locator) -> None:
    drawn = open_map(tab)
    place = drawn.get_by_role("option", name="Place 6")
    place.click()
    expect(place).to_have_attribute("aria-selected", "true")
    expect(tab.get_by_role("status").filter(has_text="Place 6")).to_be_visible()
    assert value(tab) == ""
    tab.get_by_role("button", name="Choose this place").click()
    expect(search).to_have_value("Place 6")
    expect(search).to_be_focused()
    expect(drawn).to_be_hidden()
    assert value(tab) == "n6"


def test_the_keyboard_goes_from_place_to_place(tab: Page, search: Locator) -> None:
    drawn = open_map(tab)
    drawn.get_by_role("option", name="Place 6").click()
    drawn.focus()
    for key, name in (
        ("ArrowRight", "Place 7"),
        ("ArrowDown", "Place 3"),
        ("ArrowLeft", "Place 2"),
    ):
        tab.keyboard.press(key)
        selected = drawn.locator("[aria-selected=true]")
        expect(selected).to_have_attribute("aria-label", name)
        expect(drawn).to_have_attribute("aria-activedescendant", str(selected.get_attribute("id")))
    tab.keyboard.press("Enter")
    assert value(tab) == "n2"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_way_to_find_a_place_has_a_barrier(site: Site, tab: Page, language: str) -> None:
    with site.app.app_context():
        fielded(required=True)
    begin(tab, language)
    search = searched(tab, language)
    search.fill("place 1")
    expect(tab.get_by_role("option")).to_have_count(3 + len(ALWAYS))
    judge(tab, "list of places")
    search.fill("nowhere")
    judge(tab, "name not in the list")
    # The open list covers nothing that leads to the map.
    tab.get_by_role("button", name=MAP[language]).click()
    expect(tab.locator("svg [role=option]")).to_have_count(12)
    judge(tab, "map")
    tab.get_by_role("option", name="Place 6", exact=True).click()
    judge(tab, "map with a place")


def test_the_map_comes_closer_and_goes_back(tab: Page, search: Locator) -> None:
    drawn = open_map(tab)
    whole = drawn.get_attribute("viewBox")
    expect(tab.get_by_role("button", name="Farther")).to_be_disabled()
    tab.get_by_role("button", name="Closer").click()
    assert drawn.get_attribute("viewBox") != whole
    tab.get_by_role("button", name="Whole map").click()
    assert drawn.get_attribute("viewBox") == whole


def test_a_map_that_does_not_come_leaves_the_list(
    device: BrowserContext, tab: Page, search: Locator
) -> None:
    device.set_offline(True)
    tab.get_by_role("button", name="Choose on a map").click()
    expect(tab.get_by_text("It could not be loaded. Choose from the list.")).to_be_visible()
    device.set_offline(False)
    tab.get_by_role("button", name="Choose on a map").click()
    open_map(tab)


def test_a_prefix_narrows_in_the_browser_and_is_gone(
    site: Site, tab: Page, search: Locator
) -> None:
    prefix = tab.get_by_label("First three characters of your postal code (optional)")
    before = len(site.paths)
    prefix.fill("k1a 0b1")
    tab.keyboard.press("Enter")
    expect(search).to_be_focused()
    assert options(tab) == ["Place 2", "Place 1", "Place 11", *ALWAYS]
    expect(prefix).to_have_value("")
    assert [one.split("-")[0] for one in site.paths[before:]] == [
        "/places/1/neighbourhood/prefixes"
    ]
    expect(tab.get_by_text("The list now shows 3 places for that postal code.")).to_be_visible()
    tab.get_by_role("button", name="Show every place").click()
    search.fill("p")
    assert len(options(tab)) == 15


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write the first three characters of a postal code, such as K1A."),
        ("K2K", "We know no place for that postal code. The list shows every place."),
    ],
)
def test_a_prefix_that_leads_nowhere_says_so(
    tab: Page, search: Locator, typed: str, said: str
) -> None:
    tab.get_by_label("First three characters of your postal code (optional)").fill(typed)
    tab.get_by_role("button", name="Shorten the list").click()
    expect(tab.get_by_text(said)).to_be_visible()


def test_a_prefix_goes_nowhere_with_the_answers(
    device: BrowserContext, tab: Page, search: Locator
) -> None:
    tab.get_by_label("First three characters of your postal code (optional)").fill("K1B")
    search.fill("place 3")
    tab.keyboard.press("Tab")
    sent: list[str] = []
    tab.on("request", lambda request: sent.append(f"{request.url} {request.post_data}"))
    device.set_offline(True)
    tab.get_by_role("button", name="Continue", exact=True).click()
    expect(tab.locator("#sending")).not_to_be_empty()
    assert "K1B" not in str(tab.evaluate("JSON.stringify({...localStorage, ...sessionStorage})"))
    device.set_offline(False)
    tab.wait_for_url("**/check")
    assert "K1B" not in "".join(sent)


def test_before_the_script_comes_the_prefix_is_sent_by_its_button_alone(
    site: Site, device: BrowserContext
) -> None:
    with site.app.app_context():
        fielded()
    device.route("**/places-*.js", lambda route: route.abort())
    tab = device.new_page()
    begin(tab)
    prefix = tab.get_by_label("First three characters of your postal code (optional)")
    prefix.fill("K1B")
    tab.get_by_role("button", name="Shorten the list").click()
    expect(tab.get_by_text("The list now shows 1 place for that postal code.")).to_be_visible()
    assert "K1B" not in str(tab.evaluate("JSON.stringify({...localStorage, ...sessionStorage})"))
    assert tab.locator("select option").count() == 5
    assert tab.url.endswith("/pages/home#narrow-place")


@pytest.fixture
def page(site: Site, tab: Page) -> Page:
    """Give the page that asks for the place, as it comes."""
    with site.app.app_context():
        fielded()
    begin(tab)
    expect(tab.get_by_role("button", name=SEARCH["en"])).to_be_visible()
    return tab


def helps(site: Site) -> list[str]:
    """Return what was fetched to help with places."""
    return [one for one in site.paths if "/places" in one]


def test_nothing_comes_before_somebody_asks_for_it(site: Site, page: Page) -> None:
    page.wait_for_load_state("networkidle")
    chosen = page.get_by_role("combobox", name=ASKED["en"])
    chosen.focus()
    chosen.select_option("n3")
    page.get_by_role("button", name="Continue", exact=True).click()
    page.wait_for_url("**/check")
    assert helps(site) == []


def test_the_search_is_asked_for_by_keyboard_and_takes_it_along(page: Page) -> None:
    page.get_by_role("combobox", name=ASKED["en"]).select_option("n3")
    page.keyboard.press("Tab")
    page.get_by_role("button", name=SEARCH["en"]).focus()
    page.keyboard.press("Enter")
    search = page.get_by_role("combobox", name=ASKED["en"])
    expect(search).to_have_attribute("aria-expanded", "false")
    expect(search).to_be_focused()
    expect(search).to_have_value("Place 3")
    expect(page.get_by_role("button", name=SEARCH["en"])).to_be_hidden()
    expect(page.locator("select")).to_be_hidden()


def test_whoever_went_on_is_not_called_back(device: BrowserContext, page: Page) -> None:
    held: list[Route] = []
    device.route("**/places-*.js", lambda route: held.append(route))
    with page.expect_request("**/places-*.js"):
        page.get_by_role("button", name=SEARCH["en"]).click()
    expect(page.get_by_text("One moment…")).to_be_visible()
    while not held:
        page.wait_for_timeout(10)
    words = page.get_by_role("textbox", name="About why?")
    words.focus()
    expect(words).to_be_focused()
    held[0].continue_()
    expect(page.get_by_text("One moment…")).to_be_hidden()
    expect(words).to_be_focused()
    expect(page.locator("select")).to_be_visible()
    searched(page)


def test_a_search_that_does_not_come_leaves_the_list(device: BrowserContext, page: Page) -> None:
    device.set_offline(True)
    page.get_by_role("button", name=SEARCH["en"]).click()
    expect(page.get_by_text("It could not be loaded. Choose from the list.")).to_be_visible()
    expect(page.locator("select")).to_be_visible()
    device.set_offline(False)
    searched(page)
    expect(page.get_by_text("It could not be loaded.")).to_be_hidden()


def test_the_map_sets_the_list_where_nobody_searched(page: Page) -> None:
    drawn = open_map(page)
    drawn.get_by_role("option", name="Place 6").click()
    page.get_by_role("button", name="Choose this place").click()
    expect(page.locator("select")).to_have_value("n6")
    expect(page.locator("select")).to_be_focused()


def test_a_prefix_alone_brings_the_search(site: Site, page: Page) -> None:
    prefix = page.get_by_label("First three characters of your postal code (optional)")
    prefix.press_sequentially("K1")
    expect(prefix).not_to_have_attribute("name", re.compile("."))
    prefix.press_sequentially("A")
    page.keyboard.press("Enter")
    expect(page.get_by_role("combobox", name=ASKED["en"])).to_be_focused()
    assert options(page) == ["Place 2", "Place 1", "Place 11", *ALWAYS]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_few_places_are_chosen_on_the_map_too(site: Site, tab: Page, language: str) -> None:
    with site.app.app_context():
        fielded("municipality")
    tab.goto(f"/{language}/surveys/{SLUG}/notice")
    tab.get_by_role("button", name=ENTER[language]).click()
    group = tab.get_by_role("radiogroup", name=ASKED[language])
    expect(group.get_by_role("radio")).to_have_count(5)
    group.get_by_role("button").first.click()
    tab.get_by_role("option", name="West").click()
    tab.locator("[data-map=use]").click()
    expect(group.get_by_role("radio", name="West")).to_be_checked()
    expect(group.get_by_role("radio", name="West")).to_be_focused()


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_window(tab: Page, search: Locator, width: int) -> None:
    tab.set_viewport_size({"width": width, "height": 700})
    search.fill("p")
    open_width = tab.evaluate("document.documentElement.scrollWidth")
    tab.keyboard.press("Escape")
    open_map(tab)
    assert (open_width, tab.evaluate("document.documentElement.scrollWidth")) == (width, width)
