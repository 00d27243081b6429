"""A survey is answered in a real browser from the right, and in syllabics."""

import pytest
from playwright.sync_api import Page

from tests.answering.making import in_the_field, stored
from tests.browser.conftest import Site
from tests.browser.test_every_page import judge
from tests.storage.making import SLUG
from tests.tongues import ANSWERS, FURTHER, survey, way

LEFT = "element => element.getBoundingClientRect().left"
PHONE = {"width": 360, "height": 740}


def go_on(tab: Page) -> None:
    """Judge the page, then press its main button."""
    judge(tab, "a page in a further language")
    tab.set_viewport_size(PHONE)
    with tab.expect_navigation():
        tab.locator("main .go").last.click()


@pytest.mark.parametrize("language", FURTHER)
def test_a_survey_is_answered_in_a_further_language(site: Site, tab: Page, language: str) -> None:
    in_the_field(site.app, survey())
    tab.goto(f"/{language}/surveys/{SLUG}/")
    go_on(tab)
    go_on(tab)
    mark = tab.locator("#q_safe").evaluate(LEFT)
    label = tab.locator("label[for=q_safe]").evaluate(LEFT)
    # The mark stands where reading begins: at the right edge of its label, or at the left.
    assert (mark - label > PHONE["width"] / 2) is (way(language) == "rtl")
    tab.check("#q_safe")
    go_on(tab)
    go_on(tab)
    tab.fill("#q_better", ANSWERS[language])
    go_on(tab)
    go_on(tab)
    judge(tab, "the receipt")
    (sent,) = stored(site.app)
    assert (sent.language, sent.answers["safe"]) == (language, "yes")
    assert sent.answers["better"] == ANSWERS[language]
