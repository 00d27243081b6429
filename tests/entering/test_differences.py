"""What two people typed differently is listed exactly, and settled into one response."""

import json

import pytest
from flask import Flask

from surveyapp.storage.field.waves import Collector
from tests.client import Client, Page
from tests.entering.making import ENTRY, KEPT_OF_SHEET, SHEET, sign_in, stored, way
from tests.entering.test_sheets import begin, type_in

DIFFERENT = {"q_place": "2", "q_streets.calm": "1", "q_helped.other": "A friend", "q_times": ""}


@pytest.fixture
def paper(app: Flask) -> Collector:
    """A paper way in."""
    return way(app)


@pytest.fixture
def cleo(app: Flask, paper: Collector) -> Client:
    """A third person, after two have typed sheet 12 differently."""
    type_in(sign_in(app, "ann"), paper)
    assert "differs" in type_in(sign_in(app, "bob"), paper, **DIFFERENT).words
    client = sign_in(app, "cleo")
    client.get(f"{ENTRY}{paper.code}/")
    client.follow("Sheet 12")
    return client


def listed(page: Page) -> dict[str, list[str]]:
    """Return what is offered for each number."""
    found = {}
    for part in page.select(".differs"):
        number = part.select_one("legend b")
        if number:
            labels = [" ".join(one.get_text().split()) for one in part.select("label")]
            found[number.get_text()] = labels[:2]
    return found


def test_the_list_is_exact(cleo: Client) -> None:
    assert listed(cleo.page) == {
        "1": ["Name", "Name"],
        "2a": ["Poor", "Good"],
        "3": ["I prefer not to say", "Not asked"],
        "4": ["One; Other; A neighbour", "One; Other; A friend"],
        "5": ["2", "Left blank"],
        "6": ["Two", "Not asked"],
    }
    assert "6 answers differ" in cleo.page.words


def choose(turn: str, **more: str) -> dict[str, str]:
    """Choose one typing throughout, but for what is given."""
    keys = ("place", "streets.calm", "why", "helped", "times", "after")
    return {f"turn_{key}": turn for key in keys} | more


def test_the_first_typing_can_stand(app: Flask, cleo: Client) -> None:
    page = cleo.press("Store the sheet as chosen", choose("1"))
    assert "Sheet 12 is stored." in page.words
    assert "To settle" not in page.words
    (row,) = stored(app)
    assert json.loads(row.answers) == KEPT_OF_SHEET


def test_answers_of_both_are_joined_and_what_is_then_not_asked_goes(
    app: Flask, cleo: Client
) -> None:
    chosen = choose("1", **{"turn_streets.calm": "2", "turn_helped": "2"})
    cleo.press("Store the sheet as chosen", chosen)
    answers = json.loads(stored(app)[0].answers)
    assert (answers["streets.calm"], answers["helped.other"]) == ("good", "A friend")
    assert "why" not in answers
    assert (answers["times"], answers["after"]) == (2, "two")


def test_neither_can_stand_and_the_paper_is_typed(app: Flask, cleo: Client) -> None:
    typed = {"turn_times": "0", "q_times": "7", "turn_streets.calm": "0", "q_streets.calm": "2"}
    cleo.press("Store the sheet as chosen", choose("1") | typed)
    answers = json.loads(stored(app)[0].answers)
    assert (answers["times"], answers["streets.calm"]) == (7, "fair")


def test_what_is_not_chosen_is_asked_for_and_the_rest_kept(app: Flask, cleo: Client) -> None:
    chosen = choose("1")
    del chosen["turn_times"]
    page = cleo.press("Store the sheet as chosen", chosen, status=400)
    assert page.errors == (("turn-times", "Choose what stands on the paper"),)
    assert page.fields("Store the sheet as chosen")["turn_place"] == ["1"]
    wrong = {"turn_times": "0", "q_times": "99"}
    page = cleo.press("Store the sheet as chosen", wrong, status=400)
    assert page.errors == (("turn-times", "Write a number from 0 to 50"),)
    assert not stored(app)


def test_a_settled_sheet_has_nothing_to_settle(app: Flask, paper: Collector, cleo: Client) -> None:
    page = cleo.page
    sent = page.filled("Store the sheet as chosen", choose("1"))
    cleo.post(page.url, sent)
    assert "nothing to settle any more" in cleo.post(page.url, sent).words
    assert "nothing to settle any more" in cleo.get(page.url).words
    assert len(stored(app)) == 1


def test_only_the_language_may_differ(app: Flask, paper: Collector) -> None:
    type_in(sign_in(app, "ann"), paper)
    bob = sign_in(app, "bob")
    begin(bob, paper, language="fr")
    bob.press("Save the sheet", SHEET)
    bob.get(f"{ENTRY}{paper.code}/")
    page = bob.follow("Sheet 12")
    assert listed(page) == {}
    bob.press("Store the sheet as chosen", {"in": "fr"})
    assert [row.language for row in stored(app)] == ["fr"]


def test_a_typing_of_another_sheet_is_discarded(app: Flask, paper: Collector, cleo: Client) -> None:
    page = cleo.press("Discard the second typing")
    assert "What was typed for sheet 12 is discarded." in page.words
    assert "Sheet 12 is stored." in type_in(cleo, paper).words
    assert json.loads(stored(app)[0].answers) == KEPT_OF_SHEET
