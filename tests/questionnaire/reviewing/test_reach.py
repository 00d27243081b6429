"""Questions that no answers lead to are found; those that some do are left alone."""

import pytest

from surveyapp.questionnaire.reviewing.reach import never_asked
from tests.questionnaire.making import Document, document, draft, option, question, section


def unreachable(*conditions: Document) -> list[str]:
    """Give the ids of what is never asked, after one question of each kind."""
    asked = [question("single", f"c{n}", asked_if=one) for n, one in enumerate(conditions)]
    several = question("multiple", "several", at_most=2)
    several["options"].append(option("four"))
    first = section(
        "first",
        question("place", "place"),
        question("single", "one"),
        several,
        question("number", "many", minimum=0, maximum=10, prefer_not=True),
        question("text", "words"),
        question("scale", "mood"),
    )
    made = draft(document(first, section("second", *asked)))
    return [node.removeprefix("second/") for node in never_asked(made)]


def any_of(key: str, *codes: str) -> Document:
    return {"question": key, "any_of": list(codes)}


def none_of(key: str, *codes: str) -> Document:
    return {"question": key, "none_of": list(codes)}


def compare(sign: str, value: float) -> Document:
    return {"question": "many", "is": sign, "value": value}


def answered(key: str) -> Document:
    return {"question": key, "answered": True}


@pytest.mark.parametrize(
    "condition",
    [
        any_of("one", "one"),
        none_of("one", "one", "two"),
        any_of("several", "one"),
        {"all": [any_of("several", "one"), any_of("several", "two")]},
        {"all": [any_of("several", "one"), none_of("several", "two")]},
        {"not": answered("one")},
        {"all": [{"not": answered("words")}, answered("mood")]},
        compare(">", 9),
        compare("!=", 0),
        {"all": [compare(">", 3), compare("<", 5)]},
        any_of("many", "prefer_not"),
        none_of("many", "prefer_not"),
        any_of("place", "island"),
        {"all": [any_of("place", "island"), {"not": any_of("place", "town")}]},
        {"any": [any_of("one", "nobody"), answered("words")]},
    ],
)
def test_what_some_answers_lead_to_is_asked(condition: Document) -> None:
    assert unreachable(condition) == []


@pytest.mark.parametrize(
    "condition",
    [
        any_of("one", "nobody"),
        none_of("one", "one", "two", "three"),
        {"all": [any_of("one", "one"), none_of("one", "one")]},
        {"all": [any_of("one", "one"), any_of("one", "two")]},
        {"all": [any_of("one", "one"), {"not": answered("one")}]},
        {"all": [any_of("several", "none"), any_of("several", "one")]},
        {"all": [any_of("several", code) for code in ("one", "two", "three")]},
        {"all": [any_of("place", "town"), any_of("place", "island")]},
        compare(">", 10),
        compare("<", 0),
        compare("=", 3.5),
        {"all": [compare(">", 3), compare("<", 4)]},
        {"all": [compare(">=", 0), any_of("many", "prefer_not")]},
        any_of("many", "dont_know"),
        {"not": {"any": [answered("one"), {"not": answered("one")}]}},
    ],
)
def test_a_contradiction_is_never_asked(condition: Document) -> None:
    assert unreachable(condition) == ["c0"]


def test_a_contradiction_with_the_condition_before_is_found() -> None:
    first = any_of("one", "one")
    assert unreachable(first, {"all": [answered("c0"), any_of("one", "two")]}) == ["c1"]
    assert unreachable(first, {"all": [answered("c0"), any_of("one", "one")]}) == []
    assert unreachable(first, {"not": answered("c0")}) == []


def test_what_hangs_on_a_question_never_asked_is_never_asked() -> None:
    assert unreachable(any_of("one", "nobody"), answered("c0"), answered("c1")) == [
        "c0",
        "c1",
        "c2",
    ]


def test_a_condition_too_large_to_try_counts_as_reachable() -> None:
    links = [question("scale", f"q{n}") for n in range(12)]
    wide = {"all": [any_of(f"q{n}", "good") for n in range(12)]}
    made = document(section("a", *links), section("b", question("single", "z", asked_if=wide)))
    assert list(never_asked(draft(made))) == []


def test_a_broken_condition_is_found_elsewhere_but_what_hangs_on_it_here() -> None:
    assert unreachable(answered("nobody"), answered("c0")) == ["c1"]
