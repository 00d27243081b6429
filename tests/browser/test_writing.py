"""Saved as one goes: with a script a change is kept when its field is left, and said in words."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from surveyapp.questionnaire.nodes import find
from surveyapp.storage.people.staff import Role
from tests.browser.conftest import PATIENCE, Site
from tests.browser.test_every_page import judge
from tests.designing.drafting import BASE, drafted, english, field, stored
from tests.designing.making import EMAIL, PASSWORD, sign_in
from tests.questionnaire.making import document, question, section

OVERALL = "questions/overall"
WORDS = f"[name='{field(OVERALL)}']"


def enter(tab: Page) -> None:
    tab.goto("/en/staff/sign-in")
    tab.fill("[name=email]", EMAIL)
    tab.fill("[name=password]", PASSWORD)
    with tab.expect_navigation():
        tab.click("main button.go")


@pytest.fixture
def desk(browser: Browser, site: Site) -> Iterator[BrowserContext]:
    """A designer's wide screen, signed in, with a draft of every kind of question."""
    drafted(site.app)
    sign_in(site.app, Role.publisher)
    made = browser.new_context(base_url=site.address, viewport={"width": 1280, "height": 800})
    made.set_default_timeout(PATIENCE)
    enter(made.new_page())
    yield made
    made.close()


def opened(desk: BrowserContext, address: str = OVERALL) -> Page:
    tab = desk.new_page()
    tab.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
    tab.goto(BASE + address)
    return tab


def write(tab: Page, words: str, selector: str = WORDS) -> None:
    tab.fill(selector, words)
    tab.locator(selector).blur()


def saved(tab: Page) -> None:
    expect(tab.locator("#went")).to_contain_text(re.compile("Saved at"))


def test_a_change_is_saved_when_its_field_is_left(desk: BrowserContext, site: Site) -> None:
    tab = opened(desk)
    write(tab, "How is it?")
    saved(tab)
    assert english(site.app, OVERALL) == "How is it?"
    expect(tab.locator(".outline [aria-current]")).to_have_text("How is it?")
    expect(tab.locator(".near")).to_contain_text("Look at the French again")
    tab.check(f"[name='h:{OVERALL}:text:fr']")
    expect(tab.locator(".near")).not_to_contain_text("Look at the French again")
    write(tab, "How is it now?")
    expect(tab.locator(".near")).to_contain_text("Look at the French again")
    assert english(site.app, OVERALL) == "How is it now?"


def test_a_button_works_after_what_was_saved_in_between(desk: BrowserContext, site: Site) -> None:
    tab = opened(desk)
    write(tab, "How is it?")
    saved(tab)
    tab.click(f"button[value^='remove|{OVERALL}/options/good|']")
    tab.click("button:has-text('Undo')")
    expect(tab.locator("[id='card-questions-overall-options-good']")).to_be_visible()
    assert english(site.app, OVERALL) == "How is it?"


def test_a_press_that_ends_a_text_is_not_lost_when_the_page_moves(
    desk: BrowserContext, site: Site
) -> None:
    tab = opened(desk)
    tab.fill(WORDS, "How is it? " + "And how was it in the years before this one? " * 6)
    # Nothing is scrolled, so that no browser keeps the place by scrolling back.
    tab.set_viewport_size({"width": 1280, "height": 2400})
    button = tab.get_by_role("button", name="Add an answer")
    where = button.bounding_box()
    assert where
    tab.mouse.move(where["x"] + 5, where["y"] + 5)
    tab.mouse.down()
    # A person’s press lasts: meanwhile the words are saved, and the heading has grown.
    tab.wait_for_timeout(600)
    tab.mouse.up()
    fresh = tab.locator(f"[name='w:{OVERALL}/options/option_1:label:en']")
    expect(fresh).to_be_focused()
    assert english(site.app, OVERALL).startswith("How is it?")


def test_a_new_question_is_ready_to_be_written(desk: BrowserContext) -> None:
    tab = opened(desk)
    tab.get_by_role("link", name="Add a question", exact=True).click()
    expect(tab.locator("#kind")).to_be_focused()
    tab.get_by_role("button", name="Add the question").click()
    expect(tab.locator("[name='w:questions/question_1:text:en']")).to_be_focused()
    expect(tab.get_by_role("heading", level=1)).to_be_in_viewport()
    for number in (1, 2):
        tab.get_by_role("button", name="Add an answer").press("Enter")
        expect(
            tab.locator(f"[name='w:questions/question_1/options/option_{number}:label:en']")
        ).to_be_focused()
    # Whoever then moves it stays on the button that moves it.
    tab.get_by_role("button", name="Move up Answer 2").press("Enter")
    tab.wait_for_url("**#top")
    expect(tab.get_by_role("button", name="Move down Answer 1")).to_be_focused()


def test_saving_twice_keeps_the_order_of_the_languages(desk: BrowserContext, site: Site) -> None:
    tab = opened(desk, "")
    for words in ("What it is about.", "What it is all about."):
        write(tab, words, f"[name='{field('', 'summary')}']")
        saved(tab)
        expect(tab.locator("[name='s::languages'][type=hidden]").first).to_have_value("en")
    tab.get_by_role("button", name="Save", exact=True).click()
    expect(tab.locator("#went")).to_have_text("Everything is saved.")
    assert stored(site.app).languages == ("en", "fr")


def test_what_others_wrote_meanwhile_comes_with_a_save_and_is_not_undone(
    desk: BrowserContext, site: Site
) -> None:
    tab, other = opened(desk), opened(desk)
    label, role = field(f"{OVERALL}/options/good", "label"), f"s:{OVERALL}/options/good:role"
    write(other, "Fine", f"[name='{label}']")
    saved(other)
    other.select_option(f"[name='{role}']", "dont_know")
    saved(other)
    write(tab, "How is it?")
    saved(tab)
    expect(tab.locator(f"[name='{label}']")).to_have_value("Fine")
    expect(tab.locator(f"[name='{role}']")).to_have_value("dont_know")
    write(tab, "How is it now?")
    expect(tab.locator(".outline [aria-current]")).to_have_text("How is it now?")
    good = find(stored(site.app), f"{OVERALL}/options/good")
    assert (good.label.get("en"), good.role) == ("Fine", "dont_know")  # type: ignore[attr-defined]


def test_both_languages_written_one_after_the_other_are_no_quarrel(
    desk: BrowserContext, site: Site
) -> None:
    tab = opened(desk)
    tab.route(BASE + OVERALL, lambda route: (tab.wait_for_timeout(300), route.continue_())[1])
    french = f"[name='{field(OVERALL, language='fr')}']"
    tab.fill(WORDS, "How is it?")
    tab.fill(french, "Comment est-ce?")
    tab.locator(french).blur()
    # One save or two, as it happens: the first may be told before the second begins.
    for _turn in range(PATIENCE // 100):
        text = find(stored(site.app), OVERALL).text  # type: ignore[attr-defined]
        if text.get("fr") == "Comment est-ce?":
            break
        tab.wait_for_timeout(100)
    saved(tab)
    assert (text.get("en"), text.get("fr")) == ("How is it?", "Comment est-ce?")
    expect(tab.locator(french)).to_have_value("Comment est-ce?")
    expect(tab.locator(".contested")).to_have_count(0)


def test_what_is_written_on_a_part_that_went_is_not_lost(desk: BrowserContext, site: Site) -> None:
    tab, other = opened(desk), opened(desk)
    with other.expect_navigation():
        other.click(f"button[value^='remove|{OVERALL}|']")
    write(tab, "How is it?")
    expect(tab.locator(".lost")).to_contain_text("Somebody removed what you changed")
    expect(tab.locator(".aside")).to_contain_text("How is it?")
    judge(tab, "a part that went")
    tab.click("text=Put it back")
    expect(tab.locator(".outline")).to_contain_text("About overall?")


def test_the_keyboard_stays_on_the_button_that_moves(desk: BrowserContext, site: Site) -> None:
    tab = opened(desk)
    down = tab.locator(f"button[value^='down|{OVERALL}/options/']")
    count = down.count()
    down.first.focus()
    moved = str(down.first.get_attribute("value")).split("|")[1]
    for _turn in range(count - 1):
        with tab.expect_navigation():
            tab.keyboard.press("Enter")
        focused = tab.locator("button:focus")
        expect(focused).to_have_attribute("value", re.compile(re.escape(f"|{moved}|")))
    # At the end of the list only the way back is left.
    expect(focused).to_have_attribute("value", re.compile("^up"))


def test_a_button_pressed_right_after_typing_is_no_quarrel_with_oneself(
    desk: BrowserContext, site: Site
) -> None:
    tab = opened(desk)
    for turn in range(3):
        tab.fill(WORDS, f"How is it, {turn}?")
        with tab.expect_navigation():
            tab.click(f"button[value^='down|{OVERALL}/options/good|']")
        expect(tab.locator(".contested")).to_have_count(0)
        assert english(site.app, OVERALL) == f"How is it, {turn}?"


def test_two_tabs_on_the_same_words_are_asked_which_to_keep(
    desk: BrowserContext, site: Site
) -> None:
    mine, theirs = opened(desk), opened(desk)
    write(theirs, "Theirs?")
    saved(theirs)
    write(mine, "Mine?")
    expect(mine.locator(".contested")).to_contain_text("added: Theirs")
    assert mine.locator(WORDS).input_value() == "Mine?"
    judge(mine, "words that two wrote")
    # Nothing is chosen by writing on elsewhere.
    write(mine, "Good indeed", f"[name='{field(f'{OVERALL}/options/good', 'label')}']")
    assert english(site.app, OVERALL) == "Theirs?"
    mine.click("main button.go")
    expect(mine.locator("#went")).to_contain_text("Saved at")
    assert english(site.app, OVERALL) == "Mine?"


def test_a_lost_connection_is_said_and_loses_no_words(desk: BrowserContext, site: Site) -> None:
    tab = opened(desk)
    desk.set_offline(True)
    write(tab, "How is it?")
    expect(tab.locator("#went")).to_contain_text("Not saved yet")
    desk.set_offline(False)
    tab.click("main button.go")
    saved(tab)
    assert english(site.app, OVERALL) == "How is it?"


def test_a_long_list_of_tags_is_searched(desk: BrowserContext, site: Site) -> None:
    tab = opened(desk)
    tab.click("summary:has-text('Risk and protective factors')")
    tab.get_by_label("Search this list").fill("HOUS")
    expect(tab.locator("details[open] .tick:visible")).to_have_count(2)
    tab.get_by_label("Housing", exact=True).check()
    saved(tab)
    assert find(stored(site.app), OVERALL).factors == ("risk_housing",)  # type: ignore[attr-defined]


def answers(app: Flask, question_id: str) -> int:
    found = next(one for one in stored(app).questions() if one.id == question_id)
    return len(getattr(found, "options", ()))


def test_a_survey_is_written_with_the_keyboard_alone(desk: BrowserContext, site: Site) -> None:
    drafted(site.app, document(section("home", question("place", "place"))))
    tab = opened(desk, "questions/place")
    tab.select_option("#kind", "scale")
    tab.focus("button[value='add|sections/home|questions']")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/questions/question_1*")
    tab.locator("[name='w:questions/question_1:text:en']").focus()
    tab.keyboard.type("Do you feel safe?")
    tab.keyboard.press("Tab")
    tab.keyboard.type("Vous sentez-vous en sécurité?")
    tab.focus("#scale")
    saved(tab)
    tab.select_option("#scale", "safety")
    tab.locator("button[value^='fill|']").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_selector(".part")
    assert answers(site.app, "question_1") == 6
    tab.goto(f"{BASE}review")
    expect(tab.locator("#publish button.go")).to_have_text("Publish edition 1")
    tab.focus("#publish button.go")
    tab.keyboard.press("Enter")
    expect(tab.locator(".message")).to_contain_text("Edition 1 is published")


def test_conditions_are_live_in_a_try_and_nothing_is_kept(desk: BrowserContext, site: Site) -> None:
    why = question("text", "why", asked_if={"question": "one", "any_of": ["two"]})
    drafted(site.app, document(section("home", question("single", "one"), why), section("end")))
    tab = opened(desk, "try/home")
    expect(tab.locator("[name=q_why]")).to_have_count(0)
    tab.check("[name=q_one][value=two]")
    expect(tab.locator("[name=q_why]")).to_be_visible()
    tab.fill("[name=q_why]", "Because")
    tab.click(".phone button.go:not(.enter)")
    expect(tab.locator(".phone .heading")).to_contain_text("this was a try")
    tab.goto(f"{BASE}try/home")
    expect(tab.locator("[name=q_one]:checked")).to_have_count(0)
