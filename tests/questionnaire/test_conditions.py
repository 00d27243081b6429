"""Conditions are data: what holds, what is refused, and what they look at."""

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from surveyapp.questionnaire.conditions import Condition, holds, leaves, questions_of

CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)
SHEET = json.loads(Path(__file__).with_name("condition_vectors.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", SHEET["vectors"], ids=lambda vector: vector["name"])
def test_a_condition_holds_as_the_shared_sheet_says(vector: dict[str, Any]) -> None:
    condition = CONDITION.validate_python(vector["condition"])
    assert holds(condition, SHEET["answers"]) is vector["holds"]


@pytest.mark.parametrize("vector", SHEET["vectors"], ids=lambda vector: vector["name"])
def test_a_condition_is_written_as_it_was_read(vector: dict[str, Any]) -> None:
    condition = CONDITION.validate_python(vector["condition"])
    written = CONDITION.dump_python(condition, mode="json", by_alias=True)
    assert written == vector["condition"]
    assert CONDITION.validate_json(json.dumps(written)) == condition


def test_the_sheet_speaks_of_every_word_of_the_language() -> None:
    spoken = json.dumps([vector["condition"] for vector in SHEET["vectors"]])
    for word in ("all", "any", "not", "any_of", "none_of", "answered", "is"):
        assert f'"{word}":' in spoken
    verdicts = {vector["holds"] for vector in SHEET["vectors"]}
    assert verdicts == {True, False}


@pytest.mark.parametrize(
    "condition",
    [
        {},
        {"all": []},
        {"any": []},
        {"question": "a"},
        {"question": "a", "any_of": []},
        {"question": "a", "answered": False},
        {"question": "a", "is": "~", "value": 1},
        {"question": "a", "is": "<"},
        {"question": "a", "is": "<", "value": float("nan")},
        {"question": "a", "is": "<", "value": float("inf")},
        {"question": "a", "any_of": ["x"], "answered": True},
        {"eval": "1 == 1"},
        "a == 1",
        None,
    ],
)
def test_what_is_no_condition_is_refused(condition: object) -> None:
    with pytest.raises(ValidationError):
        CONDITION.validate_python(condition)


def test_a_condition_names_the_answers_it_looks_at() -> None:
    condition = CONDITION.validate_python(
        {
            "all": [
                {"not": {"question": "a", "answered": True}},
                {
                    "any": [
                        {"question": "b.c", "any_of": ["x"]},
                        {"question": "a", "answered": True},
                    ]
                },
            ]
        }
    )
    assert questions_of(condition) == {"a", "b.c"}
    assert [leaf.question for leaf in leaves(condition)] == ["a", "b.c", "a"]
