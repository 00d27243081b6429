"""A question comes and goes with the answer it hangs on, as the server would have it."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

import surveyapp
from surveyapp.questionnaire.numerals import amount
from tests.browser.conftest import Site
from tests.questionnaire.making import document, option, question, section
from tests.storage.making import SLUG, opened

PARTS = Path(surveyapp.__file__).parent / "static" / "survey"
VECTORS = Path(__file__).parents[1] / "questionnaire" / "condition_vectors.json"
SHEET = json.loads(VECTORS.read_text("utf-8"))
NUMERALS = [
    "12",
    "-3",
    "+4",
    "\u22125",
    "1 234,5",
    "1\u00a0234",
    "1'234.5",
    "1,234.5",
    "1,234",
    "1,234,567",
] + ["1234.5", ",5", ".5", "5,", "1e3", "NaN", "1 23", "12 34", "", "x", "1.2.3", "1,2,3"]


def chain() -> dict[str, Any]:
    """Give a page where each question hangs on the one before."""
    why = question("text", "why", at_most=50)
    why["asked_if"] = {"question": "times", "is": ">=", "value": 2}
    times = question("number", "times", minimum=0, maximum=50, dont_know=True)
    times["asked_if"] = {"question": "helped", "any_of": ["one"]}
    first = question("multiple", "helped")
    first["options"].append(option("other", specify=True))
    return document(
        section("help", first, times, why),
        section("end", question("place", "place"), question("scale", "overall")),
    )


@pytest.fixture
def asked(site: Site, tab: Page) -> Page:
    """The page of the chain, as a newcomer has it."""
    with site.app.app_context():
        opened(chain(), now=datetime.now(UTC))
    tab.goto(f"/en/surveys/{SLUG}/notice")
    tab.get_by_role("button", name="Continue to the questions").click()
    tab.wait_for_url("**/pages/help")
    return tab


def seen(page: Page) -> list[str]:
    words = page.locator("legend:visible, .legend:visible").all_inner_texts()
    return [one.removeprefix("About ").removesuffix("?") for one in words]


@pytest.fixture(scope="module")
def evaluator(browser: Any) -> Any:
    """A page that holds the conditions' and the numbers' part of the script, and nothing else."""
    page = browser.new_page()
    for name in ("conditions", "answers"):
        page.add_script_tag(content=(PARTS / f"{name}.js").read_text("utf-8"))
    yield page
    page.close()


@pytest.mark.parametrize("vector", SHEET["vectors"], ids=[one["name"] for one in SHEET["vectors"]])
def test_a_browser_judges_conditions_as_the_shared_sheet_says(
    evaluator: Page, vector: dict[str, Any]
) -> None:
    given = [vector["condition"], SHEET["answers"]]
    assert evaluator.evaluate("given => holds(...given)", given) is vector["holds"]


@pytest.mark.parametrize("decimals", [0, 2])
def test_a_browser_reads_numbers_as_the_server_does(evaluator: Page, decimals: int) -> None:
    read = "given => given[0].map(one => amount(one, given[1]) ?? null)"
    found = evaluator.evaluate(read, [NUMERALS, decimals == 0])
    expected = [amount(one, decimals) for one in NUMERALS]
    assert found == [None if one is None else float(one) for one in expected]


def test_a_question_appears_with_the_answer_it_hangs_on(asked: Page) -> None:
    assert seen(asked) == ["helped"]
    asked.get_by_label("One", exact=True).check()
    assert seen(asked) == ["helped", "times"]
    asked.locator("#q_times").fill("3")
    assert seen(asked) == ["helped", "times", "why"]
    asked.locator("#q_times").fill("1")
    assert seen(asked) == ["helped", "times"]


def test_what_hangs_on_a_question_that_goes_goes_with_it(asked: Page) -> None:
    asked.get_by_label("One", exact=True).check()
    asked.locator("#q_times").fill("3")
    asked.locator("#q_why").fill("Half a thought")
    asked.get_by_label("One", exact=True).uncheck()
    assert seen(asked) == ["helped"]
    asked.get_by_label("One", exact=True).check()
    assert seen(asked) == ["helped", "times", "why"]
    assert asked.locator("#q_why").input_value() == "Half a thought"


def test_what_was_shown_and_skipped_is_not_shown_again(asked: Page) -> None:
    asked.get_by_label("One", exact=True).check()
    asked.get_by_role("button", name="Continue").last.click()
    asked.wait_for_url("**/pages/end")


def test_what_is_hidden_is_not_sent(asked: Page) -> None:
    asked.get_by_label("One", exact=True).check()
    asked.locator("#q_times").fill("3")
    asked.get_by_label("One", exact=True).uncheck()
    with asked.expect_request(lambda one: one.method == "POST") as sent:
        asked.get_by_role("button", name="Continue").last.click()
    assert "q_times" not in (sent.value.post_data or "")
    assert "q_why" not in (sent.value.post_data or "")


def test_a_saved_page_shows_what_it_asked(asked: Page) -> None:
    asked.get_by_label("One", exact=True).check()
    asked.locator("#q_times").fill("3")
    asked.get_by_role("button", name="Continue").last.click()
    asked.wait_for_url("**/pages/end")
    asked.get_by_role("link", name="Back").click()
    asked.wait_for_url("**/pages/help")
    assert seen(asked) == ["helped", "times", "why"]
    asked.get_by_label("One", exact=True).uncheck()
    assert seen(asked) == ["helped"]


def test_without_a_script_a_question_waits_for_the_server(site: Site, browser: Any) -> None:
    with site.app.app_context():
        opened(chain(), now=datetime.now(UTC))
    context: BrowserContext = browser.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/en/surveys/{SLUG}/notice")
    page.get_by_role("button", name="Continue to the questions").click()
    page.get_by_label("One", exact=True).check()
    assert seen(page) == ["helped"]
    with page.expect_navigation(url="**/pages/help"):
        page.get_by_role("button", name="Continue").last.click()
    assert seen(page) == ["helped", "times"]
    context.close()
