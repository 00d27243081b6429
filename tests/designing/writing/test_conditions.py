"""Conditions are built from menus, and read as sentences."""

import pytest
from flask import Flask

from surveyapp.questionnaire.conditions import All, Answered, AnyOf, AnyPart, Comparison, NoneOf
from surveyapp.questionnaire.nodes import find
from tests.client import Client
from tests.designing.drafting import BASE, field, stored, writer

__all__ = ["writer"]
AFTER = f"{BASE}questions/after/condition"


def condition(app: Flask) -> object:
    return find(stored(app), "questions/after").asked_if  # type: ignore[attr-defined]


def test_parts_are_added_joined_and_dropped(app: Flask, writer: Client) -> None:
    page = writer.get(AFTER)
    assert "Asked if the answer to “About times?” is 2 or more." in page.words
    page = writer.press("Show its answers", {"about": "streets.calm"})
    page = writer.press("Add this condition", {"relation": "any_of", "answer": ["poor", "fair"]})
    assert isinstance(condition(app), All)
    page = writer.press("Save this", {"join": "any"})
    assert "or the answer to “It is calm” is “Poor” or “Fair”" in page.words.replace(
        "“Fair” or “Poor”", "“Poor” or “Fair”"
    )
    assert isinstance(condition(app), AnyPart)
    writer.press("drop|0")
    made = condition(app)
    assert isinstance(made, AnyOf)
    assert set(made.any_of) == {"poor", "fair"}
    page = writer.press("Ask everybody")
    assert condition(app) is None
    assert "Everybody is asked." in page.words


@pytest.mark.parametrize(
    ("about", "answers", "kind"),
    [
        ("helped", {"relation": "none_of", "answer": ["none"]}, NoneOf),
        ("why", {"relation": "answered"}, Answered),
        ("times", {"relation": "<", "number": "3,5"}, Comparison),
        ("place", {"relation": "any_of", "answer": ["outside"]}, AnyOf),
    ],
)
def test_every_relation_can_be_chosen(
    app: Flask, writer: Client, about: str, answers: dict[str, str], kind: type
) -> None:
    writer.get(AFTER)
    writer.press("Ask everybody")
    writer.get(f"{AFTER}?about={about}")
    writer.press("Add this condition", answers)
    assert isinstance(condition(app), kind)


@pytest.mark.parametrize(
    ("about", "answers", "said"),
    [
        ("helped", {"relation": "any_of"}, "Tick at least one answer"),
        ("times", {"relation": "=", "number": "few"}, "Write a number in digits, such as 12.5"),
    ],
)
def test_what_is_left_to_choose_is_told(
    app: Flask, writer: Client, about: str, answers: dict[str, str], said: str
) -> None:
    before = condition(app)
    writer.get(f"{AFTER}?about={about}")
    page = writer.press("Add this condition", answers, status=400)
    assert page.errors == (("relation", said),)
    assert condition(app) == before


def test_only_earlier_answers_are_offered(writer: Client) -> None:
    page = writer.get(f"{BASE}questions/why/condition")
    assert [str(one["value"]) for one in page.select("#about option")] == [
        "place",
        "streets.calm",
        "streets.clean",
        "streets.lit",
    ]
    first = writer.get(f"{BASE}questions/place/condition")
    assert "there is no earlier answer" in first.words


def test_a_condition_on_a_later_answer_cannot_be_forged(app: Flask, writer: Client) -> None:
    page = writer.get(f"{AFTER}?about=times")
    forged = {**page.fields("Add this condition"), "about": "overall", "relation": "answered"}
    before = condition(app)
    writer.post(page.url.partition("?")[0], forged, status=400)
    assert condition(app) == before


def test_somebody_elses_change_is_told(app: Flask, writer: Client) -> None:
    mine = writer.get(f"{AFTER}?about=why")
    writer.get(f"{BASE}questions/after")
    writer.press("Save", {"s:questions/after:required": "yes", field("questions/after"): "So?"})
    page = writer.press("Add this condition", {"relation": "answered"}, on=mine)
    assert "Somebody changed this at the same time" in page.words


def test_a_question_that_is_not_there_is_not_found(writer: Client) -> None:
    writer.get(f"{BASE}questions/none/condition", status=404)
