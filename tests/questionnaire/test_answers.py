"""From what was posted to answers: not asked, left blank and answered stay three things."""

from typing import Any

import pytest

from surveyapp.questionnaire.answers import (
    accept,
    asked,
    keys_of,
    settle,
)
from tests.questionnaire.making import document, node, option, question, questionnaire, section
from tests.questionnaire.making import whole as whole_document

WHOLE = questionnaire()
PLACES = {
    "north": ("north", "town", "county"),
    "shore": ("shore", "island", "county"),
    "island": ("island", "county"),
}


def codes(problems: Any) -> list[tuple[str, str]]:
    return [(problem.key, problem.code.value) for problem in problems]


def post(section_id: str, earlier: dict[str, Any] | None = None, **raw: Any) -> Any:
    posted = {key.replace("__", "."): [v] if isinstance(v, str) else v for key, v in raw.items()}
    return accept(WHOLE, posted, section=section_id, earlier=earlier, places=PLACES)


def test_what_was_asked_and_not_answered_is_blank() -> None:
    accepted = post("home", place="north", streets__calm="good")
    assert accepted.answers == {
        "place": "north",
        "streets.calm": "good",
        "streets.clean": None,
        "streets.lit": None,
    }
    assert accepted.problems == ()


def test_what_lies_ahead_is_not_asked_yet() -> None:
    assert "helped" not in post("home").answers
    assert "priorities" not in post("help", post("home").answers).answers


def test_a_question_whose_condition_fails_is_not_asked() -> None:
    earlier = post("home", streets__calm="good").answers
    accepted = post("help", earlier, why="Because", helped="one")
    assert "why" not in accepted.answers
    assert accepted.answers["helped"] == ["one"]


def test_a_changed_answer_drops_all_that_hung_on_it() -> None:
    answers = post("home", streets__calm="poor").answers
    answers = post("help", answers, why="Dark", helped="one").answers
    answers = post("more", answers, times="3", after="two").answers
    assert (answers["why"], answers["times"], answers["after"]) == ("Dark", 3, "two")

    changed = post("help", answers, why="Dark", helped="none").answers
    assert changed["helped"] == ["none"]
    assert {"times", "after"}.isdisjoint(changed)
    assert changed["why"] == "Dark"


def test_dropping_goes_on_down_a_chain() -> None:
    links = [question("single", f"q{n}") for n in range(20)]
    for before, link in zip(links, links[1:], strict=False):
        link["asked_if"] = {"question": before["id"], "any_of": ["one"]}
    chain = questionnaire(
        document(section("a", question("place", "p"), links[0]), section("b", *links[1:]))
    )
    answers = accept(chain, {f"q{n}": ["one"] for n in range(20)}).answers
    assert len(answers) == 21
    changed = accept(chain, {"q0": ["two"]}, section="a", earlier=answers).answers
    assert changed == {"p": None, "q0": "two"}


def test_a_question_made_unasked_on_its_own_page_is_not_judged() -> None:
    made = document(
        section(
            "a",
            question("place", "p"),
            question("single", "q"),
            question("single", "r", asked_if={"question": "q", "any_of": ["one"]}),
            question("number", "s", required=True, asked_if={"question": "r", "answered": True}),
        )
    )
    page = questionnaire(made)
    earlier = accept(page, {"q": ["one"], "r": ["two"], "s": ["4"]}).answers
    assert earlier["s"] == 4
    again = accept(page, {"q": ["two"], "r": ["two"], "s": ["x"]}, section="a", earlier=earlier)
    assert again.answers == {"p": None, "q": "two"}
    assert again.problems == ()


def test_a_required_question_left_blank_is_a_problem_for_each_line() -> None:
    made = whole_document()
    node(made, "streets")["required"] = True
    node(made, "place")["required"] = True
    accepted = accept(questionnaire(made), {"streets.clean": ["good"]}, section="home")
    assert codes(accepted.problems) == [
        ("place", "required"),
        ("streets.calm", "required"),
        ("streets.lit", "required"),
    ]
    assert accepted.answers["streets.clean"] == "good"


def test_zero_and_a_prefer_not_satisfy_a_required_question() -> None:
    made = document(
        section(
            "a",
            question("place", "p"),
            question("number", "n", required=True, prefer_not=True),
        )
    )
    page = questionnaire(made)
    assert accept(page, {"n": ["0"]}).problems == ()
    assert accept(page, {"n.code": ["prefer_not"]}).problems == ()
    assert codes(accept(page, {"n": [" "]}).problems) == [("n", "required")]


def test_a_problem_costs_nothing_that_was_accepted_before() -> None:
    answers = post("home", streets__calm="poor").answers
    answers = post("help", answers, helped="one").answers
    answers = post("more", answers, times="3", after="two").answers
    accepted = post("more", answers, times="many", after="one")
    assert codes(accepted.problems) == [("times", "not_a_number")]
    assert accepted.answers["times"] == 3
    assert accepted.answers["after"] == "one"


def test_an_exclusive_tick_beside_others_is_a_problem() -> None:
    accepted = post("help", helped=["one", "none"])
    assert codes(accepted.problems) == [("helped", "exclusive")]
    assert accepted.answers["helped"] is None


def test_the_words_of_other_stay_only_beside_their_option() -> None:
    accepted = post("help", helped=["other"], helped__other="  A neighbour ")
    assert accepted.answers["helped.other"] == "A neighbour"
    changed = post("help", accepted.answers, helped=["one"], helped__other="A neighbour")
    assert changed.answers["helped"] == ["one"]
    assert "helped.other" not in changed.answers
    emptied = post("help", accepted.answers, helped=["other"], helped__other="")
    assert "helped.other" not in emptied.answers
    assert emptied.problems == ()


def test_words_of_other_without_any_choice_are_a_problem() -> None:
    accepted = post("help", helped__other="A neighbour")
    assert codes(accepted.problems) == [("helped.other", "specify_without_choice")]
    assert "helped.other" not in accepted.answers


def test_words_of_other_that_cannot_be_kept_are_a_problem() -> None:
    accepted = post("help", helped=["other"], helped__other="a\x00")
    assert codes(accepted.problems) == [("helped.other", "unprintable")]
    assert accepted.answers["helped"] == ["other"]
    long = post("help", helped=["other"], helped__other="a" * 301)
    assert codes(long.problems) == [("helped.other", "too_long")]


def test_an_exclusive_mix_with_words_is_one_problem() -> None:
    accepted = post("help", helped=["other", "none"], helped__other="A neighbour")
    assert codes(accepted.problems) == [("helped", "exclusive")]


def test_local_questions_are_for_those_who_live_there() -> None:
    on_shore = post("home", place="shore").answers
    more = WHOLE.sections[2]
    assert "ferry" in [one.id for one in asked(WHOLE, on_shore, more, PLACES)]
    assert "ferry" in post("more", on_shore, ferry="one").answers
    in_town = post("home", place="north").answers
    assert "ferry" not in [one.id for one in asked(WHOLE, in_town, more, PLACES)]
    assert "ferry" not in post("more", in_town, ferry="one").answers


@pytest.mark.parametrize("place", ["north", "unknown", "outside", "no_fixed_address", ""])
def test_moving_away_drops_the_local_answers(place: str) -> None:
    answers = post("more", post("home", place="island").answers, ferry="one").answers
    assert answers["ferry"] == "one"
    assert "ferry" not in post("home", answers, place=place).answers


def test_settling_the_whole_marks_all_that_was_asked() -> None:
    settled = settle(WHOLE, {"streets.calm": "poor", "helped": ["one"]})
    assert set(settled) == {
        *("place", "streets.calm", "streets.clean", "streets.lit"),
        *("why", "helped", "times", "priorities", "overall"),
    }
    assert settled["why"] is None


def test_keys_that_no_question_has_are_dropped() -> None:
    assert settle(WHOLE, {"nonsense": 1, "streets": "good", "why.other": "x"}, through="home") == {
        "place": None,
        "streets.calm": None,
        "streets.clean": None,
        "streets.lit": None,
    }


def test_a_battery_has_one_key_a_line_and_a_note_none() -> None:
    by_id = {one.id: keys_of(one) for one in WHOLE.questions()}
    assert by_id["streets"] == ("streets.calm", "streets.clean", "streets.lit")
    assert by_id["warning"] == ()
    assert by_id["times"] == ("times",)


def test_an_option_that_is_no_answer_stands_alone() -> None:
    made = document(
        section(
            "a",
            question("place", "p"),
            question(
                "multiple",
                "m",
                options=[
                    option("one"),
                    option("none", exclusive=True),
                    option("silent", role="prefer_not"),
                ],
            ),
        )
    )
    accepted = accept(questionnaire(made), {"m": ["one", "silent"]})
    assert codes(accepted.problems) == [("m", "exclusive")]
