"""What a screen reader is told of each kind of question: role, name, description and state."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.questionnaire.making import document, option, question, section, text
from tests.storage.making import SLUG, opened

ENTER = {"en": "Continue to the questions", "fr": "Passer aux questions"}
NEEDED = {"en": "This question needs an answer.", "fr": "Cette question exige une réponse."}
BOTH = pytest.mark.parametrize("language", ["en", "fr"])


def ask(site: Site, tab: Page, *questions: dict[str, Any], language: str = "en") -> None:
    """Go to a page of questions."""
    with site.app.app_context():
        last = section("end", question("place", "place"))
        opened(document(section("page", *questions), last), now=datetime.now(UTC))
    tab.goto(f"/{language}/surveys/{SLUG}/notice")
    tab.get_by_role("button", name=ENTER[language]).click()
    tab.wait_for_url("**/pages/page")


def send(tab: Page) -> None:
    """Press the page's button, and wait for what is wrong."""
    tab.locator("main button.go").click()
    expect(tab.locator("#errors")).to_be_focused()


@BOTH
@pytest.mark.parametrize("kind", ["single", "scale"])
def test_a_choice_of_one(site: Site, tab: Page, kind: str, language: str) -> None:
    ask(site, tab, question(kind, "it", required=True, hint=text("Hint")), language=language)
    group = tab.get_by_role("radiogroup", name=text("About it?")[language])
    expect(group).to_have_accessible_description(f"{text('Hint')[language]} {NEEDED[language]}")
    expect(group).to_have_attribute("aria-required", "true")
    send(tab)
    expect(group).to_have_attribute("aria-invalid", "true")
    sentence = tab.locator("#q_it-error").inner_text()
    expect(group).to_have_accessible_description(
        f"{text('Hint')[language]} {NEEDED[language]} {sentence}"
    )
    tab.get_by_role("link", name=sentence).click()
    expect(group.get_by_role("radio").first).to_be_focused()


def test_boxes_that_exclude_each_other(site: Site, tab: Page) -> None:
    made = question("multiple", "it", at_most=2)
    made["options"].append(option("other", specify=True))
    ask(site, tab, made, question("single", "more"))
    group = tab.get_by_role("group", name="About it?")
    expect(group).to_have_accessible_description("Choose at most 2.")
    one, none = (
        group.get_by_role("checkbox", name=name, exact=True) for name in ("One", "None of these")
    )
    one.check()
    none.check()
    expect(one).not_to_be_checked()
    one.check()
    expect(none).not_to_be_checked()
    words = group.get_by_role("textbox", name="Other In your own words")
    expect(words).to_be_hidden()
    group.get_by_role("checkbox", name="Other").check()
    expect(words).to_be_visible()
    for name in ("Two", "Three"):
        group.get_by_role("checkbox", name=name).check()
    send(tab)
    expect(one).to_have_attribute("aria-invalid", "true")
    expect(group).to_have_accessible_description(
        "Choose at most 2. Choose at most 2 answers; you chose 4"
    )


@BOTH
def test_the_statements_of_a_battery(site: Site, tab: Page, language: str) -> None:
    ask(site, tab, question("battery", "streets", required=True), language=language)
    whole = tab.get_by_role("group", name=text("About streets?")[language])
    expect(whole).to_have_accessible_description(NEEDED[language])
    lines = whole.get_by_role("radiogroup")
    expect(lines).to_have_count(2)
    expect(lines.nth(1)).to_have_accessible_name(text("It is clean")[language])
    lines.nth(0).get_by_role("radio").first.check()
    send(tab)
    expect(lines.nth(0)).not_to_have_attribute("aria-invalid", "true")
    expect(lines.nth(1)).to_have_attribute("aria-invalid", "true")


@BOTH
def test_a_number_with_a_unit_and_a_way_out(site: Site, tab: Page, language: str) -> None:
    made = question("number", "years", unit={"en": "years", "fr": "ans"}, dont_know=True)
    ask(site, tab, made, language=language)
    typed = tab.get_by_role("textbox")
    expect(typed).to_have_accessible_name(
        f"{text('About years?')[language]} {made['unit'][language]}"
    )
    typed.fill("12")
    tab.get_by_role("checkbox").check()
    expect(typed).to_have_value("")
    tab.get_by_role("checkbox").uncheck()
    typed.fill("many")
    send(tab)
    expect(typed).to_have_attribute("aria-invalid", "true")
    expect(typed).to_have_accessible_description(tab.locator("#q_years-error").inner_text())


@pytest.mark.parametrize(
    ("language", "left", "over"),
    [
        ("en", "2 characters left", "1 character too many"),
        ("fr", "Il reste 2 caractères", "1 caractère de trop"),
    ],
)
@pytest.mark.parametrize("long", [False, True])
def test_a_text_says_what_it_still_takes(
    site: Site, tab: Page, long: bool, language: str, left: str, over: str
) -> None:
    ask(site, tab, question("text", "why", long=long, at_most=10), language=language)
    typed = tab.get_by_role("textbox", name=text("About why?")[language])
    # An emoji is one character to the server, and two halves to the browser.
    typed.fill("1234567\N{DOVE OF PEACE}")
    expect(tab.locator(".count")).to_have_text(left)
    expect(tab.locator("main [role=status]").filter(has_text=left)).to_be_attached()
    typed.fill("12345678901")
    expect(tab.locator(".count")).to_have_text(over)
    send(tab)
    expect(tab.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@BOTH
def test_a_battery_is_never_wider_than_the_window(
    site: Site, tab: Page, width: int, language: str
) -> None:
    made = question("battery", "streets")
    for one in made["options"]:
        one["label"]["fr"] = "Généralement insatisfait ou insatisfaite"
    tab.set_viewport_size({"width": width, "height": 600})
    ask(site, tab, made, language=language)
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    inside = tab.evaluate(
        "[...document.querySelectorAll('.choice label')].every((one) => one.scrollWidth <= "
        "one.clientWidth + 1)"
    )
    assert inside
