"""A survey of young people says for whom it is; who is very young asks an adult."""

from typing import Any

import jsonschema
import pytest

from surveyapp.questionnaire.document import canonical, fingerprint, json_schema, read, read_draft
from surveyapp.questionnaire.reviewing.review import review
from tests.questionnaire.making import text, whole


def made(sensitive: bool = True, **youth: Any) -> dict[str, Any]:
    """Give a document for young people."""
    return whole() | {"youth": {"least_age": 14, "most_age": 17} | youth, "sensitive": sensitive}


def problems(document: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what keeps a document from being published."""
    return [(one.code.value, one.node) for one in review(read_draft(document)).problems]


def advised(document: dict[str, Any]) -> set[str]:
    """Return what a reviewer should consider."""
    return {one.code.value for one in review(read_draft(document)).advice}


def test_a_survey_of_young_people_can_be_published() -> None:
    assert problems(made()) == []
    assert problems(made(least_age=8, most_age=None, ask_adult=True)) == []


@pytest.mark.parametrize("least", [5, 11])
def test_a_child_is_told_to_ask_an_adult(least: int) -> None:
    assert problems(made(least_age=least)) == [("youth_needs_adult", "youth")]
    assert problems(made(least_age=least, ask_adult=True)) == []


def test_ages_go_upwards() -> None:
    assert problems(made(least_age=17, most_age=14)) == [("youth_ages", "youth")]
    assert problems(made(least_age=17, most_age=17)) == []


def test_its_own_words_are_in_every_language() -> None:
    assert problems(made(words=text("Talk to us"))) == []
    assert problems(made(words={"en": "Talk to us"})) == [("text_missing", "youth/words")]


def test_deciding_alone_under_sixteen_is_advice() -> None:
    assert "youth_decides_alone" in advised(made())
    assert "youth_decides_alone" not in advised(made(ask_adult=True))
    assert "youth_decides_alone" not in advised(made(least_age=16))


def test_a_way_to_leave_quickly_is_advised() -> None:
    assert "youth_not_sensitive" not in advised(made())
    assert "youth_not_sensitive" in advised(made(sensitive=False))
    assert "youth_not_sensitive" not in advised(whole())


def test_the_schema_knows_the_ages() -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    assert list(validator.iter_errors(made(words=text("Talk to us")))) == []
    assert list(validator.iter_errors(made(least_age=2)))
    assert list(validator.iter_errors(whole() | {"youth": {}}))


def test_what_the_notice_says_is_part_of_the_edition() -> None:
    assert b'"youth":{"least_age":14,"most_age":17}' in canonical(read(made()))
    assert fingerprint(read(made())) != fingerprint(read(made(ask_adult=True)))
    assert b"youth" not in canonical(read(whole()))
