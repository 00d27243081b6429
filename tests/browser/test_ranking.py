"""Ranking without dragging: presses and moves that the lists of numbers follow, and say so."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Site
from tests.browser.test_every_page import judge
from tests.questionnaire.making import document, option, question, section
from tests.storage.making import SLUG, opened

ENTER = {"en": "Continue to the questions", "fr": "Passer aux questions"}


def begin(site: Site, tab: Page, language: str = "en") -> None:
    """Go to a page that asks to rank four answers, two at most, and one that follows."""
    rank = question("rank", "first", at_most=2, top=2, required=True)
    rank["options"] = [option(one) for one in ("homes", "roads", "parks", "youth")]
    with site.app.app_context():
        last = section("end", question("place", "place"))
        opened(document(section("rank", rank), last), now=datetime.now(UTC))
    tab.goto(f"/{language}/surveys/{SLUG}/notice")
    tab.get_by_role("button", name=ENTER[language]).click()


def numbers(tab: Page) -> list[str]:
    """Return what the lists of numbers hold."""
    script = "Array.from(document.querySelectorAll('select'), (one) => one.value)"
    return [str(one) for one in tab.evaluate(script)]


def press(tab: Page, name: str) -> None:
    """Press an answer, whatever its number."""
    tab.locator(".press").filter(has_text=name).click()


@pytest.fixture
def ranking(site: Site, tab: Page) -> Page:
    begin(site, tab)
    expect(tab.locator(".press")).to_have_count(4)
    return tab


def said(tab: Page) -> str:
    return tab.locator(".ranking [role=status]").inner_text()


def test_the_first_press_is_the_first_choice(ranking: Page) -> None:
    press(ranking, "Roads")
    assert said(ranking) == "Roads is now number 1"
    press(ranking, "Homes")
    assert numbers(ranking) == ["2", "1", "", ""]
    pressed = ranking.get_by_role("button", name="2 Homes", pressed=True)
    expect(pressed).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_answer_with_a_number_has_no_barrier(site: Site, tab: Page, language: str) -> None:
    begin(site, tab, language)
    press(tab, "roads" if language == "fr" else "Roads")
    expect(tab.locator(".press[aria-pressed=true]")).to_have_count(1)
    judge(tab, "ranked")


def test_no_more_can_be_chosen_than_may_be(ranking: Page) -> None:
    for name in ("Roads", "Homes", "Parks"):
        press(ranking, name)
    assert numbers(ranking) == ["2", "1", "", ""]
    assert said(ranking).startswith("You have chosen 2.")


def test_what_is_taken_out_leaves_no_gap(ranking: Page) -> None:
    press(ranking, "Roads")
    press(ranking, "Homes")
    press(ranking, "Roads")
    assert numbers(ranking) == ["1", "", "", ""]
    assert said(ranking) == "Roads has no number now"


def test_the_keyboard_moves_an_answer_and_stays_with_it(ranking: Page) -> None:
    press(ranking, "Roads")
    press(ranking, "Homes")
    up = ranking.get_by_role("button", name="Move up – Homes")
    up.focus()
    ranking.keyboard.press("Enter")
    assert numbers(ranking) == ["1", "2", "", ""]
    assert said(ranking) == "Homes is now number 1"
    expect(up).to_be_hidden()
    expect(ranking.get_by_role("button", name="1 Homes")).to_be_focused()
    expect(ranking.get_by_role("button", name="Move down – Homes")).to_be_visible()


def test_what_was_ranked_is_there_again(ranking: Page) -> None:
    press(ranking, "Youth")
    press(ranking, "Parks")
    ranking.get_by_role("button", name="Continue", exact=True).click()
    ranking.wait_for_url("**/end")
    ranking.goto(f"/en/surveys/{SLUG}/pages/rank")
    expect(ranking.get_by_role("button", name="1 Youth", pressed=True)).to_be_visible()
    assert numbers(ranking) == ["", "", "2", "1"]


def test_what_is_wrong_leads_to_the_first_answer(ranking: Page) -> None:
    ranking.get_by_role("button", name="Continue", exact=True).click()
    ranking.get_by_role("link", name="Answer this question to go on").click()
    expect(ranking.locator(".press").first).to_be_focused()
    expect(ranking.locator(".press").first).to_have_accessible_description(
        "Answer this question to go on"
    )


def test_a_number_given_twice_is_mended_in_the_lists(
    site: Site, device: BrowserContext, tab: Page
) -> None:
    # The page's script does not come, as on a bad connection.
    device.route("**/survey.js*", lambda route: route.abort())
    begin(site, tab)
    for name in ("Homes", "Roads"):
        tab.get_by_label(name).select_option("1")
    device.unroute("**/survey.js*")
    tab.get_by_role("button", name="Continue", exact=True).click()
    expect(tab.get_by_role("alert")).to_contain_text("you gave 1 twice")
    wrong = tab.locator("select[aria-invalid=true]:visible")
    expect(wrong).to_have_count(2)
    expect(tab.locator(".press")).to_have_count(0)


def test_it_speaks_french(site: Site, tab: Page) -> None:
    begin(site, tab, "fr")
    press(tab, "Roads")
    assert said(tab) == "Roads (fr) a maintenant le numéro 1"
    press(tab, "Roads")
    assert said(tab) == "Roads (fr) n’a plus de numéro"
