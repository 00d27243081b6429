"""Conditions are built from menus, and read as sentences."""

import pytest
from flask import Flask

from surveyapp.questionnaire.conditions import (
    All,
    Answered,
    AnyOf,
    AnyPart,
    Comparison,
    NoneOf,
    Not,
)
from surveyapp.questionnaire.nodes import find
from tests.client import Client
from tests.designing.drafting import BASE, drafted, field, stored, writer
from tests.designing.making import sign_in
from tests.press.making import places
from tests.questionnaire.making import node, whole

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
        ("place", {"relation": "not_any_of", "answer": ["outside"]}, Not),
        ("why", {"relation": "unanswered"}, Not),
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


CALM = {"question": "streets.calm", "any_of": ["poor"]}
WHY = {"question": "why", "answered": True}
TIMES = {"question": "times", "is": ">=", "value": 2.0}
HELPED = {"question": "helped", "none_of": ["none"]}


def written(app: Flask) -> object:
    held = stored(app)
    return find(held, "questions/after").model_dump(mode="json", by_alias=True)["asked_if"]


SENTENCE = (
    "Asked if the answer to “About times?” is 2 or more and (the answer to “It is calm” is “Poor”"
    " or “About why?” has no answer)."
)


def test_a_group_within_the_list_is_built_from_menus_and_read_as_one_sentence(
    app: Flask, writer: Client
) -> None:
    writer.get(f"{AFTER}?about=streets.calm")
    page = writer.press(
        "Add this condition", {"relation": "any_of", "answer": ["poor"], "into": "new"}
    )
    assert page.select("li.group")
    writer.press("Show its answers", {"about": "why"})
    writer.press("Add this condition", {"relation": "unanswered", "into": "1"})
    page = writer.press("Save this", {"join1": "any"})
    assert written(app) == {"all": [TIMES, {"any": [CALM, {"not": WHY}]}]}
    assert SENTENCE in page.words
    writer.press("drop|1.0")
    writer.press("drop|1.0")
    assert written(app) == TIMES


def test_a_part_is_put_in_a_group_and_the_whole_is_denied(app: Flask, writer: Client) -> None:
    writer.get(f"{AFTER}?about=why")
    writer.press("Add this condition", {"relation": "answered"})
    writer.press("group|1")
    page = writer.press("Save this", {"join": "none"})
    assert written(app) == {"not": {"any": [TIMES, {"all": [WHY]}]}}
    assert "(" not in page.select("p[role=status] strong")[0].get_text()
    page = writer.press("Undo")
    assert written(app) == {"all": [TIMES, {"all": [WHY]}]}


def deep(app: Flask) -> tuple[Client, dict[str, object]]:
    """Store a condition four lists deep, as a file can bring it."""
    lowest = {"any": [{"all": [CALM, {"not": WHY}]}, HELPED]}
    condition_ = {"any": [TIMES, {"not": {"all": [WHY, {"any": [CALM, lowest]}]}}]}
    made = whole()
    node(made, "after")["asked_if"] = condition_
    drafted(app, made)
    return sign_in(app), condition_


def test_what_lies_deep_is_read_as_a_sentence_and_kept_whole(app: Flask) -> None:
    client, held = deep(app)
    page = client.get(AFTER)
    assert len(page.select("li.group")) == 2
    assert [str(one["value"]) for one in page.select("[name=join1]")] == [
        "all",
        "any",
        "none",
        "not_all",
    ]
    client.press("Save this", {"join": "all"})
    assert written(app) == {"all": held["any"]}
    client.press("drop|1.1.1")
    assert written(app) == {"all": [TIMES, {"not": {"all": [WHY, {"any": [CALM]}]}}]}


def test_a_condition_names_places_of_the_level_that_is_asked(app: Flask, writer: Client) -> None:
    with app.app_context():
        places()
    page = writer.get(f"{AFTER}?about=place")
    offered = [str(one["value"]) for one in page.select("input[name=answer]")]
    assert offered[3:] == ["a", "b", "c", "d"]
    page = writer.press("Add this condition", {"relation": "any_of", "answer": ["c", "d"]})
    assert "the answer to “About place?” is “C” or “D”" in page.words
    made = condition(app)
    assert isinstance(made, All)
    assert made.all[-1] == AnyOf(question="place", any_of=("c", "d"))


def test_a_part_that_went_meanwhile_is_told(app: Flask, writer: Client) -> None:
    mine = writer.get(f"{AFTER}?about=why")
    writer.press("Ask everybody")
    sent = {**mine.fields("Ask everybody"), "do": "drop|0"}
    page = writer.post(AFTER, sent)
    assert "Somebody changed this at the same time" in page.words
    forged = {**mine.fields("Add this condition"), "relation": "answered", "into": "7.7"}
    assert "Somebody changed this" in writer.post(AFTER, forged).words
    assert written(app) is None


def test_a_question_that_went_meanwhile_leads_to_what_is_left(app: Flask, writer: Client) -> None:
    mine = writer.get(f"{AFTER}?about=why")
    writer.get(f"{BASE}questions/after")
    writer.press("Remove About after?")
    page = writer.press("Add this condition", {"relation": "answered"}, on=mine, status=409)
    assert "Somebody removed what you changed" in page.words
    writer.press("Put it back")
    writer.get(AFTER)


def test_a_condition_does_not_grow_without_end(app: Flask, writer: Client) -> None:
    made = whole()
    node(made, "after")["asked_if"] = {"any": [TIMES] * 40}
    drafted(app, made)
    writer.get(f"{AFTER}?about=why")
    page = writer.press("Add this condition", {"relation": "answered"}, status=400)
    assert page.errors == (("relation", "Remove a part first: there can be at most 40"),)


def test_a_part_about_a_question_that_went_is_read_and_dropped(app: Flask, writer: Client) -> None:
    writer.get(f"{BASE}questions/times")
    writer.press("Remove About times?")
    page = writer.get(AFTER)
    assert "the answer to “times” is 2 or more" in page.words
    writer.press("drop|0")
    assert written(app) is None
