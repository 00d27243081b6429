"""The accessibility tree of the residents' main pages, line by line, in both languages.

A change that is meant is taken over with ``TREES=write scripts/test tests/browser/test_tree.py``.
"""

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site
from tests.browser.steps import press, send
from tests.browser.test_kinds import ask
from tests.browser.tree import problems, snapshot
from tests.questionnaire.making import document, option, question, section
from tests.storage.making import SLUG, opened

TREES = Path(__file__).parent / "trees"
BOTH = pytest.mark.parametrize("language", ["en", "fr"])
# One of each kind; each needs an answer, so that its mistake is seen too.
KINDS = ("single", "scale", "multiple", "battery", "rank", "number", "text", "place")
BROKEN = (
    "<header></header><header></header><main><h1>A</h1><h1>B</h1><a href='/'></a>"
    "<input><p class='message'>Said</p><p><button>Français</button></p></main><p>Astray</p>"
)


def same(tab: Page, name: str, language: str) -> None:
    """Compare a page with the tree that is kept of it."""
    assert problems(tab) == []
    # Codes, and the addresses of links, are other ones each time.
    lines = [one for one in snapshot(tab).splitlines() if "/url:" not in one]
    tree = re.sub(r"[3-9A-Z]{4}(-[3-9A-Z]{4})+", "CODE", "\n".join(lines)) + "\n"
    kept = TREES / f"{name}.{language}.txt"
    if os.environ.get("TREES") == "write":
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(tree, "utf-8")
    assert tree == kept.read_text("utf-8")


@BOTH
def test_the_way_from_the_lobby_to_the_receipt(site: Site, tab: Page, language: str) -> None:
    with site.app.app_context():
        asked = section("page", question("single", "it"), question("text", "why"))
        made = document(asked, section("end", question("place", "place")))
        opened(made | {"sensitive": True}, now=datetime.now(UTC))
    tab.goto(f"/{language}/surveys/{SLUG}/")
    same(tab, "lobby", language)
    press(tab, "main a.go")
    same(tab, "notice", language)
    send(tab)
    tab.get_by_role("radio").first.check()
    tab.get_by_role("textbox").fill("1, 2")
    press(tab, "main button.go")
    press(tab, "main button.go")
    same(tab, "check", language)
    press(tab, "main button.go")
    expect(tab.locator(".code")).to_be_visible()
    same(tab, "receipt", language)


@BOTH
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_one_kind_of_question(site: Site, tab: Page, kind: str, language: str) -> None:
    made = question(kind, "it", required=True)
    if kind == "multiple":
        made["options"].append(option("other", specify=True))
    if kind == "place":  # a questionnaire asks for one place, and the other pages have one
        with site.app.app_context():
            other = section("end", question("text", "why"))
            opened(document(section("page", made), other), now=datetime.now(UTC))
        tab.goto(f"/{language}/surveys/{SLUG}/notice")
        send(tab)
    else:
        ask(site, tab, made, language=language)
    same(tab, f"question-{kind}", language)
    tab.locator("main button.go").click()
    expect(tab.locator("#errors")).to_be_focused()
    same(tab, f"question-{kind}-wrong", language)


def test_what_is_wrong_with_a_tree_is_found(page: Page) -> None:
    page.set_content(f"<html lang=en><body>{BROKEN}</body></html>")
    found = "\n".join(problems(page))
    for wrong in (
        "2 landmarks banner",
        "0 landmarks contentinfo",
        "2 headings of the first level",
        "a link without a name",
        "a textbox without a name",
        "another language: <button>Français",
        "says nothing by itself",
        "outside every landmark: <p>Astray",
    ):
        assert wrong in found, wrong


@pytest.fixture
def page(tab: Page) -> Page:
    """A tab with a page that is not ours."""
    tab.goto("about:blank")
    return tab
