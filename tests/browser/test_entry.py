"""A whole sheet of the shipped questionnaire by the keyboard alone, every press counted."""

import json
import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from surveyapp.accounts.passwords import hashed
from surveyapp.questionnaire.shipped import shipped
from surveyapp.storage.collected.entries import (
    Typed,
    enter,
    require_double_entry,
    settled_answers,
)
from surveyapp.storage.connection import reading
from surveyapp.storage.field.collectors import Kind, make_collector
from surveyapp.storage.field.fielding import fielding_of
from surveyapp.storage.field.waves import samples_of
from surveyapp.storage.people.staff import Role, add_staff
from surveyapp.storage.tables import ResponseRow
from tests.browser.conftest import Site
from tests.browser.test_every_page import judge
from tests.storage.making import NOW, opened

EMAIL, PASSWORD = "ann@county.example", "a long enough password"
# What one resident ticked and wrote, by answer key; what is not here was left blank.
SHEET = {
    "place": "1",
    "years": "12",
    "belonging": "2",
    "support.neighbours": "1",
    "support.reach": "2",
    "satisfaction": "2",
    "walking": "3",
    "home_alone": "1",
    "transit": "4",
    "help.know_where": "2",
    "help.before_worse": "3",
    "help.together": "6",
    "needed_help": "2",
    "police.promptly": "2",
    "police.approachable": "1",
    "police.information": "4",
    "police.citizens": "1",
    "crisis_response": "?",
    "priorities": "1 3 11",
    "priorities.other": "Street lights",
    "victim": "2",
    "discrimination": "2",
    "precautions": "14",
    "age": "4",
    "gender": "2",
    "indigenous": "4",
    "race": "7",
    "tenure": "1",
}


@dataclass
class Keyboard:
    """Somebody who types and touches nothing else. ``visited`` are the keys of the fields."""

    tab: Page
    presses: int = 0
    visited: list[str] = field(default_factory=list)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.tab.keyboard.press(key)
            self.presses += 1

    def here(self) -> str:
        """Return the answer key of the field that has the focus; empty for none."""
        return str(self.tab.evaluate("document.activeElement.dataset.key || ''"))

    def type_down(self, sheet: dict[str, str]) -> None:
        """Type each field's answer, and Enter where the screen does not go on by itself."""
        while here := self.here():
            self.visited.append(here)
            self.press(*sheet.get(here, ""))
            if self.here() == here:
                self.press("Enter")


def one_stack(site: Site, kind: Kind = Kind.paper, *, twice: bool = False) -> str:
    """Field the shipped questionnaire; return the code of a stack to type."""
    with site.app.app_context():
        wave = opened(shipped().model_dump(mode="json", by_alias=True)).wave
        by = add_staff(EMAIL, Role.designer, hashed(PASSWORD), by="test", now=NOW)
        made = make_collector(samples_of(wave.id)[0], kind, by="test", now=NOW)
        found = fielding_of(made.code)
        assert found is not None
        if kind is Kind.paper and not twice:
            require_double_entry(found, False, by, NOW)
        return made.code


def enter_as_staff(tab: Page) -> None:
    """Sign in."""
    tab.goto("/en/staff/sign-in")
    tab.fill("#email", EMAIL)
    tab.fill("#password", PASSWORD)
    tab.press("#password", "Enter")
    tab.wait_for_url("**/staff/")


def answers(site: Site) -> list[dict[str, object]]:
    """Return the answers that are stored."""
    with site.app.app_context():
        return [json.loads(one) for one in reading().execute(select(ResponseRow.answers)).scalars()]


@pytest.mark.parametrize(("quick", "presses"), [(True, 59), (False, 80)], ids=["quick", "enter"])
def test_a_sheet_is_typed_by_the_keyboard_alone(
    site: Site, tab: Page, quick: bool, presses: int
) -> None:
    code = one_stack(site)
    enter_as_staff(tab)
    tab.goto(f"/en/staff/entry/{code}/")
    keyboard = Keyboard(tab)
    tab.wait_for_function("document.activeElement.id === 'sheet'")
    keyboard.press("7", "Enter")
    tab.wait_for_url(re.compile("/sheets/7/"))
    tab.wait_for_function("document.activeElement.id === 'q_place'")
    if not quick:
        tab.uncheck("#quick")
        tab.focus("#q_place")
    keyboard.type_down(SHEET)
    assert tab.evaluate("document.activeElement.id") == "save"
    keyboard.press("Enter")
    tab.wait_for_url(re.compile("said=stored"))
    assert keyboard.here() == ""
    assert tab.evaluate("document.activeElement.id") == "sheet"
    assert tab.input_value("#sheet") == "8"
    (kept,) = answers(site)
    assert kept["priorities.other"] == "Street lights"
    assert (kept["place"], kept["years"], kept["crisis_response"]) == ("a", 12, "dont_know")
    assert "reported" not in kept
    blank = {key for key, value in kept.items() if value is None}
    assert blank == {"strengths", "concerns"}
    assert "reported" not in keyboard.visited
    assert "race.other" not in keyboard.visited
    assert "priorities.other" in keyboard.visited
    assert keyboard.presses == presses


def test_a_question_that_is_led_to_is_visited(site: Site, tab: Page) -> None:
    code = one_stack(site)
    enter_as_staff(tab)
    tab.goto(f"/en/staff/entry/{code}/sheets/7/")
    keyboard = Keyboard(tab)
    keyboard.type_down(SHEET | {"victim": "1", "reported": "2"})
    assert "reported" in keyboard.visited
    keyboard.press("Enter")
    tab.wait_for_url(re.compile("said=stored"))
    assert answers(site)[0]["reported"] == "no"


def test_the_arrows_go_back_and_what_was_typed_is_named(site: Site, tab: Page) -> None:
    code = one_stack(site)
    enter_as_staff(tab)
    tab.goto(f"/en/staff/entry/{code}/sheets/7/")
    keyboard = Keyboard(tab)
    keyboard.press("1", "Enter", "ArrowUp")
    assert keyboard.here() == "place"
    keyboard.press("ArrowDown", "Enter", "2")
    assert keyboard.here() == "support.neighbours"
    assert tab.inner_text("[data-echo=q_belonging]") == "Somewhat strong"
    keyboard.press("9")
    assert keyboard.here() == "support.neighbours"
    assert tab.inner_text("[data-echo=q_support-neighbours]") == "No such key"


def test_a_call_is_typed_by_the_keyboard_and_changes_language(site: Site, tab: Page) -> None:
    code = one_stack(site, Kind.phone)
    enter_as_staff(tab)
    tab.goto(f"/en/staff/entry/{code}/interview/")
    keyboard = Keyboard(tab)
    keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "consent"
    keyboard.press("1")
    assert keyboard.here() == "place"
    keyboard.press("1", "Enter", "5", "Enter", "2")
    tab.click("button[value='lang:fr']")
    tab.wait_for_selector("#typed div[lang=fr]")
    assert tab.input_value("#consent") == "1"
    assert tab.input_value("#q_belonging") == "2"
    assert tab.inner_text("[data-echo=q_belonging]") == "Plutôt fort"
    tab.focus("#q_belonging")
    keyboard.press("Enter")
    keyboard.type_down(SHEET)
    keyboard.press("Enter")
    tab.wait_for_url("**/goodbye")
    assert tab.inner_text(".receipt").count("-") == 2
    assert len(answers(site)) == 1


def test_what_differs_can_be_settled_by_everybody(site: Site, tab: Page) -> None:
    code = one_stack(site, twice=True)
    with site.app.app_context():
        way = fielding_of(code)
        assert way is not None
        for name, place in (("bob", "a"), ("cleo", "b")):
            by = add_staff(f"{name}@county.example", Role.analyst, "hash", by="test", now=NOW)
            given = settled_answers(way, way.edition_id, {"place": place})
            enter(way, Typed("7", way.edition_id, "en", given), by, NOW)
    enter_as_staff(tab)
    tab.goto(f"/en/staff/entry/{code}/")
    judge(tab, "a stack with a sheet to settle")
    tab.click("text=Sheet 7")
    tab.wait_for_url(re.compile("/differences/"))
    judge(tab, "what differs")
    with tab.expect_navigation():
        tab.click("main button.go")
    judge(tab, "what differs, undecided")
    tab.focus("#turn-place")
    Keyboard(tab).press("ArrowDown")
    tab.focus("main button.go")
    Keyboard(tab).press("Enter")
    tab.wait_for_url(re.compile("said=stored"))
    assert [one["place"] for one in answers(site)] == ["b"]
