"""A new member of staff makes a survey with the screen alone, and a resident answers it.

Eight questions in two languages with one condition, from signing in to a response. With
``WALK=write`` the pictures in ``docs/first-survey/`` are taken again.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from surveyapp.accounts.passwords import hashed
from surveyapp.storage.people.staff import Role, add_staff
from tests.answering.making import stored
from tests.browser.conftest import PATIENCE, Site
from tests.storage.making import municipality, places

PICTURES = Path(__file__).resolve().parents[2] / "docs" / "first-survey"
EMAIL, PASSWORD = "new@elm.example", "walk through it all"
SAFETY = "Very safe to very unsafe, four steps"
SATISFACTION = "Very satisfied to very dissatisfied, five steps"


def look(tab: Page, name: str) -> None:
    """Take a picture for the walk that is written down."""
    if os.environ.get("WALK") == "write":
        PICTURES.mkdir(exist_ok=True)
        tab.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


@pytest.fixture
def desk(browser: Browser, site: Site) -> Iterator[Page]:
    """The screen of somebody who was let in and has seen nothing yet."""
    with site.app.app_context():
        municipality()
        places()
        add_staff(EMAIL, Role.publisher, hashed(PASSWORD), by="test", now=datetime.now(UTC))
    made = browser.new_context(base_url=site.address, viewport={"width": 1280, "height": 800})
    made.set_default_timeout(PATIENCE)
    yield made.new_page()
    made.close()


def pair(tab: Page, label: str, english: str, french: str) -> None:
    """Write a text in both languages."""
    both = tab.get_by_role("group", name=label, exact=True).last
    both.get_by_label("English").fill(english)
    both.get_by_label("Français").fill(french)


def press(tab: Page, button: str) -> None:
    with tab.expect_navigation():
        tab.get_by_role("button", name=button, exact=True).first.click()


def add(tab: Page, kind: str, english: str, french: str, ready: str = "") -> None:
    """Add a question; ``ready`` names answers that are there to take."""
    tab.locator("select[name=kind]").select_option(label=kind)
    press(tab, "Add the question")
    pair(tab, "Question", english, french)
    if ready:
        tab.locator("select[name=scale]").select_option(label=ready)
        press(tab, "Use these answers")


def answer(tab: Page, english: str, french: str) -> None:
    """Add an answer to choose."""
    press(tab, "Add an answer")
    pair(tab, "Answer", english, french)


def sign_in(tab: Page) -> None:
    tab.goto("/en/staff/")
    look(tab, "01-sign-in")
    tab.get_by_label("E-mail").fill(EMAIL)
    tab.get_by_label("Password").fill(PASSWORD)
    press(tab, "Sign in")


def begin(tab: Page) -> None:
    tab.get_by_role("link", name="Questionnaires").click()
    tab.get_by_role("link", name="Begin a questionnaire").click()
    tab.get_by_label("Title in English").fill("Safety in our parks")
    tab.get_by_label("Title in French").fill("La sécurité dans nos parcs")
    look(tab, "02-begin")
    press(tab, "Begin")
    pair(
        tab,
        "Summary",
        "Tell us how our parks could be safer.",
        "Dites-nous comment rendre nos parcs plus sûrs.",
    )
    pair(
        tab,
        "Legal authority",
        "Municipal Act, 2001, section 11",
        "Loi de 2001 sur les municipalités, article 11",
    )
    pair(tab, "Purpose", "To plan for safe parks.", "Planifier des parcs sûrs.")
    tab.get_by_label("Minutes that answering takes").fill("3")
    press(tab, "Save")
    look(tab, "03-whole-survey")


def write(tab: Page) -> None:
    """Write the eight questions, the second of which is asked of some."""
    tab.locator(".outline a").nth(1).click()
    pair(tab, "Title", "Your park", "Votre parc")
    add(
        tab,
        "Choose one answer",
        "In the last 12 months, did you visit a park in town?",
        "Au cours des 12 derniers mois, avez-vous visité un parc de la ville?",
        "Yes or no",
    )
    look(tab, "04-a-question")
    add(
        tab,
        "Choose one answer on a scale",
        "How safe do you feel there?",
        "À quel point vous y sentez-vous en sécurité?",
        SAFETY,
    )
    tab.get_by_role("link", name="Change when it is asked").click()
    tab.get_by_label("Which answer decides?").select_option(
        label="In the last 12 months, did you visit a park in town?"
    )
    press(tab, "Show its answers")
    tab.get_by_label("Yes", exact=True).check()
    look(tab, "05-a-condition")
    press(tab, "Add this condition")
    tab.get_by_role("link", name="Back to the question").click()
    add(tab, "Choose several answers", "What would help?", "Qu’est-ce qui aiderait?")
    answer(tab, "Better lights", "Un meilleur éclairage")
    answer(tab, "More people about", "Plus de gens sur place")
    answer(tab, "None of these", "Aucune de ces réponses")
    tab.get_by_label("Stands alone").last.check()
    add(
        tab,
        "Write a number",
        "How many times did you visit a park last month?",
        "Combien de fois avez-vous visité un parc le mois dernier?",
    )
    add(
        tab,
        "Choose one answer on a scale",
        "How satisfied are you with our parks?",
        "À quel point êtes-vous satisfait ou satisfaite de nos parcs?",
        SATISFACTION,
    )
    add(
        tab,
        "Choose one answer",
        "Do you have children at home?",
        "Avez-vous des enfants à la maison?",
        "Yes or no",
    )
    add(
        tab,
        "Write in one’s own words",
        "What else should we know?",
        "Que devrions-nous savoir d’autre?",
    )
    add(
        tab,
        "Choose a place",
        "In which neighbourhood do you live?",
        "Dans quel quartier habitez-vous?",
    )
    press(tab, "Save")


def publish(tab: Page) -> None:
    tab.get_by_role("link", name="Review and publish").click()
    expect(tab.get_by_text("Nothing: the questionnaire is complete.")).to_be_visible()
    look(tab, "06-review")
    press(tab, "Publish edition 1")
    expect(tab.get_by_text("Edition 1 is published.")).to_be_visible()


def open_wave(tab: Page) -> str:
    """Open a wave for anyone; return the address that residents are given."""
    tab.get_by_role("link", name="Open a wave").click()
    tab.get_by_label("Code").fill("2026")
    tab.get_by_label("Open sample: anyone could answer").check()
    look(tab, "07-open-a-wave")
    press(tab, "Open the wave")
    look(tab, "08-in-the-field")
    address = tab.locator("text=/http.*/").first.inner_text()
    return "/" + address.split("/", 3)[3]


def respond(tab: Page, address: str) -> None:
    """Answer in French on a phone."""
    tab.goto(address)
    tab.get_by_role("link", name="Français").click()
    tab.locator("main a.go").click()
    tab.locator("main button.go").click()
    tab.wait_for_url("**/pages/*")
    look(tab, "09-a-resident-answers")
    tab.get_by_label("Oui", exact=True).first.check()
    tab.get_by_label("Très en sécurité").check()
    tab.get_by_label("Un meilleur éclairage").check()
    tab.get_by_label("Combien de fois").fill("4")
    tab.get_by_role("button", name="Continuer", exact=True).click()
    tab.wait_for_url("**/check")
    tab.locator("main button.go").click()
    expect(tab.locator(".receipt .code")).to_be_visible()
    look(tab, "10-the-receipt")


def test_a_survey_is_made_published_and_answered(desk: Page, site: Site, browser: Browser) -> None:
    sign_in(desk)
    begin(desk)
    write(desk)
    publish(desk)
    address = open_wave(desk)
    phone = browser.new_context(base_url=site.address, viewport={"width": 360, "height": 740})
    phone.set_default_timeout(PATIENCE)
    respond(phone.new_page(), address)
    phone.close()
    (sent,) = stored(site.app)
    assert sent.language == "fr"
    assert sent.answers["question_1"] == "yes"
    assert sent.answers["question_4"] == 4
    assert len(sent.answers) == 8
