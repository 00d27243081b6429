"""The document's nodes: what a draft may hold, and what is counted as an item."""

from typing import Any

import pytest
from pydantic import ValidationError

from surveyapp.questionnaire.framework import Area
from surveyapp.questionnaire.model import Draft, Kind, Option, Role, items
from tests.questionnaire.making import document, draft, node, option, question, section, text, whole


def test_every_kind_of_question_can_be_read() -> None:
    assert {one.kind for one in draft(whole()).questions()} == set(Kind)


def test_questions_come_in_the_order_they_are_asked() -> None:
    ids = [one.id for one in draft(whole()).questions()]
    assert ids == [
        *("place", "streets", "why", "helped", "warning"),
        *("times", "after", "ferry", "priorities", "overall"),
    ]


def test_an_item_is_a_question_or_one_line_of_a_battery() -> None:
    keys = [item.key for item in items(draft(whole()))]
    assert keys == [
        *("place", "streets.calm", "streets.clean", "streets.lit", "why", "helped"),
        *("times", "after", "ferry", "priorities", "overall"),
    ]


def test_a_line_adds_its_tags_to_those_of_its_battery() -> None:
    made = whole()
    node(made, "streets")["priorities"] = ["roads"]
    node(made, "streets")["statements"][0] |= {
        "areas": ["incident_response", "prevention"],
        "factors": ["risk_housing"],
        "version": 3,
    }
    calm, clean = list(items(draft(made)))[1:3]
    assert calm.areas == (Area.prevention, Area.incident_response)
    assert (calm.factors, calm.priorities, calm.version) == (("risk_housing",), ("roads",), 3)
    assert (clean.areas, clean.factors, clean.version) == ((Area.prevention,), (), 1)


def test_options_of_an_item_are_those_of_its_question() -> None:
    by_key = {item.key: item for item in items(draft(whole()))}
    assert [one.id for one in by_key["streets.lit"].options][:2] == ["good", "fair"]
    assert by_key["times"].options == by_key["place"].options == ()


@pytest.mark.parametrize("identifier", ["", "A", "1a", "a.b", "a-b", "a b", "é", "a" * 41, "_a"])
def test_an_id_is_a_short_slug(identifier: str) -> None:
    with pytest.raises(ValidationError):
        draft(document(section("a", question("single", identifier))))


@pytest.mark.parametrize(
    ("role", "alone"),
    [
        (Role.scored, False),
        (Role.substantive, False),
        (Role.not_applicable, True),
        (Role.dont_know, True),
        (Role.prefer_not, True),
    ],
)
def test_what_is_no_answer_stands_alone(role: Role, alone: bool) -> None:
    made = Option.model_validate({"id": "a", "label": text("A"), "role": role})
    assert made.stands_alone is alone
    assert made.model_copy(update={"exclusive": True}).stands_alone


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "-inf", 1e400])
def test_no_limit_is_infinite(value: Any) -> None:
    for name in ("minimum", "maximum"):
        with pytest.raises(ValidationError):
            draft(document(section("a", question("number", "n", **{name: value}))))
    with pytest.raises(ValidationError):
        draft(document(section("a", question("number", "n", bands=[value]))))


@pytest.mark.parametrize("score", [-1, 100.1, float("nan")])
def test_a_score_runs_from_0_to_100(score: float) -> None:
    with pytest.raises(ValidationError):
        Option.model_validate(option("a", score=score))


@pytest.mark.parametrize("floors", [{"general": 11}, {"mixed": 14}, {"sensitive": 19}])
def test_a_survey_can_raise_the_floors_and_never_lower_them(floors: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        draft({"floors": floors})
    name, value = next(iter(floors.items()))
    assert getattr(draft({"floors": {name: value + 10}}).floors, name) == value + 10


def test_a_draft_with_nothing_in_it_can_be_kept() -> None:
    assert Draft().languages == ("en", "fr")
    assert list(items(Draft())) == []
