"""The way through the pages: what is asked of whom, and what an answer opens."""

import gc

import pytest

from surveyapp.questionnaire.answers import (
    accept,
    is_for_everybody,
    is_visited,
    route,
    settle,
)
from surveyapp.questionnaire.walk import _WALKS, walk_of
from tests.questionnaire.making import document, question, questionnaire, section
from tests.questionnaire.test_answers import PLACES, WHOLE, post


def test_going_back_leaves_what_was_answered_further_on() -> None:
    answers = post("home", place="north").answers
    answers = post("help", answers, helped="one").answers
    answers = post("more", answers, times="1").answers
    answers = post("end", answers, overall="good").answers
    again = post("home", answers, place="shore").answers
    assert (again["overall"], again["times"]) == ("good", 1)
    assert again["ferry"] is None


def test_a_question_opened_on_a_page_that_was_passed_is_announced() -> None:
    answers = post("home", streets__calm="good").answers
    answers = post("help", answers, helped="one").answers
    answers = post("end", answers, overall="good").answers
    changed = post("home", answers, streets__calm="poor")
    assert changed.opened == ("help",)
    assert changed.answers["why"] is None
    assert post("home", changed.answers, streets__calm="poor").opened == ()


def test_a_question_opened_ahead_needs_no_announcement() -> None:
    assert post("home", streets__calm="poor").opened == ()


def test_a_question_opened_on_its_own_page_is_announced_once() -> None:
    earlier = post("help", helped="one").answers
    accepted = post("more", earlier, times="5")
    assert accepted.opened == ("more",)
    assert post("more", accepted.answers, times="5").opened == ()
    # It was on the page already, and answered there: nothing is left to see.
    assert post("more", earlier, times="5", after="one").opened == ()


def test_a_section_with_nothing_to_answer_is_passed_over() -> None:
    made = document(
        section("a", question("place", "p"), question("single", "q")),
        section(
            "b",
            question("note", "words"),
            question("single", "r", asked_if={"question": "q", "any_of": ["one"]}),
        ),
        section("c", question("note", "thanks")),
    )
    page = questionnaire(made)
    b, c = page.sections[1], page.sections[2]
    assert not is_visited(page, {"q": "two"}, b)
    assert is_visited(page, {"q": "one"}, b)
    assert is_visited(page, {}, c)
    assert [one.id for one in route(page, {"q": "two"})] == ["a", "c"]
    assert [one.id for one in route(page, {"q": "one"})] == ["a", "b", "c"]


def test_a_section_is_for_everybody_if_one_question_needs_no_answer_before_it() -> None:
    hung = question("single", "r", asked_if={"question": "q", "any_of": ["one"]})
    local = question("single", "s", only_for=["north"])
    made = document(
        section("a", question("place", "p"), question("single", "q")),
        section("b", question("note", "words"), hung, local),
        section("c", question("note", "thanks")),
        section("d", question("single", "t", asked_if=hung["asked_if"]), question("text", "u")),
    )
    page = questionnaire(made)
    found = {one.id: is_for_everybody(page, one) for one in page.sections}
    assert found == {"a": True, "b": False, "c": False, "d": True}
    assert [one.id for one in route(page, {"q": "two"})] == ["a", "c", "d"]
    assert [one.id for one in route(page, {"p": "shore"}, PLACES)] == ["a", "c", "d"]
    assert [one.id for one in route(page, {"p": "north"}, PLACES)] == ["a", "b", "c", "d"]


def test_an_unknown_section_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        accept(WHOLE, {}, section="nowhere")
    with pytest.raises(KeyError):
        settle(WHOLE, {}, through="nowhere")


def test_the_way_is_made_once_and_goes_with_its_questionnaire() -> None:
    made = questionnaire()
    assert walk_of(made) is walk_of(made)
    assert walk_of(questionnaire()) is not walk_of(made)
    number = id(made)
    assert number in _WALKS
    del made
    gc.collect()
    assert number not in _WALKS
