"""From what was posted to answers: not asked, left blank and answered stay three things."""

import gc
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.questionnaire.answers import (
    accept,
    asked,
    is_for_everybody,
    is_visited,
    keys_of,
    route,
    settle,
)
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.questionnaire.model import Kind
from surveyapp.questionnaire.walk import _WALKS, walk_of
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


RAW_KEYS = sorted(
    {key for one in WHOLE.questions() for key in keys_of(one)}
    | {"helped.other", "times.code", "why.code", "priorities.one", "priorities.two", "nonsense"}
)
VALUES = st.sampled_from(
    ["", "one", "two", "none", "other", "good", "poor", "1", "2", "3", "4,5", "north", "shore"]
    + ["unknown", "dont_know", "prefer_not", "\x00", "\ud800", "x" * 30, "e\u0301"]
)
RAWS = st.dictionaries(
    st.sampled_from(RAW_KEYS), st.lists(VALUES | st.text(max_size=5), max_size=3), max_size=12
)


def raw_of(made: Questionnaire, answers: dict[str, Any]) -> dict[str, list[str]]:
    """Write answers the way a page posts them."""
    raw: dict[str, list[str]] = {}
    ranks = {one.id for one in made.questions() if one.kind is Kind.rank}
    for key, value in answers.items():
        if key in ranks:
            for position, code in enumerate(value or (), start=1):
                raw[f"{key}.{code}"] = [str(position)]
        elif isinstance(value, list):
            raw[key] = value
        elif isinstance(value, dict):
            raw[f"{key}.code"] = [value["code"]]
        elif value is not None:
            raw[key] = [str(value)]
    return raw


@given(RAWS)
def test_accepting_what_was_accepted_changes_nothing(raw: dict[str, list[str]]) -> None:
    accepted = accept(WHOLE, raw, places=PLACES)
    again = accept(WHOLE, raw_of(WHOLE, accepted.answers), places=PLACES)
    assert again.answers == accepted.answers
    assert again.problems == ()


@given(st.lists(st.tuples(st.sampled_from(["home", "help", "more", "end"]), RAWS), max_size=6))
def test_pages_in_any_order_leave_settled_answers(
    pages: list[tuple[str, dict[str, list[str]]]],
) -> None:
    answers: dict[str, Any] = {}
    for section_id, raw in pages:
        answers = accept(WHOLE, raw, section=section_id, earlier=answers, places=PLACES).answers
        reached = [one.id for one in WHOLE.sections if any(k in answers for k in page_keys(one))]
        assert settle(WHOLE, answers, PLACES, reached[-1]) == answers
        shown = {
            key
            for one in WHOLE.sections
            for made in asked(WHOLE, answers, one, PLACES)
            for key in keys_of(made)
        }
        assert {key.removesuffix(".other") for key in answers} <= shown


def page_keys(one: Any) -> set[str]:
    return {key for made in one.questions for key in keys_of(made)}


@settings(max_examples=30)
@given(st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=8), max_size=4)))
def test_hostile_keys_never_raise(raw: dict[str, list[str]]) -> None:
    assert accept(WHOLE, raw).answers["place"] in (None, "unknown", "outside", "no_fixed_address")


def test_thousands_of_keys_and_values_cost_little() -> None:
    raw = {f"q{n}": ["x"] * 3 for n in range(20_000)}
    raw |= {key: ["x" * 1000] * 2000 for key in RAW_KEYS}
    started = time.process_time()
    accepted = accept(WHOLE, raw, places=PLACES)
    assert time.process_time() - started < 0.5
    assert accepted.problems
    assert set(accepted.answers.values()) == {None}


def test_the_way_is_made_once_and_goes_with_its_questionnaire() -> None:
    made = questionnaire()
    assert walk_of(made) is walk_of(made)
    assert walk_of(questionnaire()) is not walk_of(made)
    number = id(made)
    assert number in _WALKS
    del made
    gc.collect()
    assert number not in _WALKS


def test_accepting_a_page_costs_far_less_than_a_millisecond() -> None:
    pages = [
        section(f"s{p}", *(question("scale", f"q{p}_{n}") for n in range(8))) for p in range(7)
    ]
    pages[0]["questions"].append(question("place", "place"))
    long = questionnaire(document(*pages))
    raw = {f"q3_{n}": ["poor"] for n in range(8)}
    earlier = accept(long, {f"q{p}_{n}": ["good"] for p in range(7) for n in range(8)}).answers
    best = 1.0
    for _ in range(50):
        started = time.perf_counter()
        accept(long, raw, section="s3", earlier=earlier, places=PLACES)
        best = min(best, time.perf_counter() - started)
    assert best < 0.0003


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
