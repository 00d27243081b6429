"""Conditions as sentences: whole ones, in the reader's language, with nothing denied twice."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale
from pydantic import TypeAdapter

from surveyapp.forms.conditions import (
    Naming,
    answer_only_if,
    asked_if,
    by_text,
    clause,
    labels_of,
    numbered,
)
from surveyapp.questionnaire.conditions import Comparator, Condition, holds
from surveyapp.questionnaire.shipped import shipped
from tests.questionnaire.making import questionnaire

NBSP = "\N{NO-BREAK SPACE}"
YES = {"question": "q", "any_of": ["yes"]}
NUMBER = {"question": "n", "is": ">=", "value": 2.5}
LABELS = {("q", "yes"): "Yes", ("q", "no"): "No", ("q", "some"): "Sometimes"}


def read(document: Any) -> Condition:
    made: Condition = TypeAdapter(Condition).validate_python(document)
    return made


@pytest.fixture
def english(app: Flask) -> Iterator[Naming]:
    """English words, questions by their number."""
    with app.test_request_context(), force_locale("en_CA"):
        yield Naming(lambda key: numbered({"q": "3", "n": "7a"}.get(key, key)), LABELS)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (YES, "the answer to question 3 is “Yes”"),
        (
            {"question": "q", "any_of": ["yes", "no", "some"]},
            "the answer to question 3 is “Yes”, “No” or “Sometimes”",
        ),
        ({"not": YES}, "the answer to question 3 is not “Yes”"),
        ({"not": {"not": YES}}, "the answer to question 3 is “Yes”"),
        ({"question": "q", "none_of": ["no"]}, "question 3 has an answer other than “No”"),
        (
            {"not": {"question": "q", "none_of": ["no"]}},
            "question 3 has no answer, or its answer is “No”",
        ),
        ({"question": "q", "answered": True}, "question 3 has an answer"),
        ({"not": {"question": "q", "answered": True}}, "question 3 has no answer"),
        (NUMBER, "the answer to question 7a is 2.5 or more"),
        (
            {"not": NUMBER},
            "question 7a has no number for an answer, or the answer to question 7a is less than"
            " 2.5",
        ),
        (
            {"all": [YES, NUMBER]},
            "the answer to question 3 is “Yes” and the answer to question 7a is 2.5 or more",
        ),
        (
            {"not": {"all": [YES, {"question": "n", "answered": True}]}},
            "the answer to question 3 is not “Yes” or question 7a has no answer",
        ),
        (
            {"all": [{"any": [YES, {"question": "n", "answered": True}]}, NUMBER]},
            "(the answer to question 3 is “Yes” or question 7a has an answer) and the answer to"
            " question 7a is 2.5 or more",
        ),
        (
            {"question": "q", "any_of": ["outside"]},
            "the answer to question 3 is “I live outside this area”",
        ),
        ({"question": "q", "any_of": ["gone"]}, "the answer to question 3 is “gone”"),
    ],
    ids=[
        "one",
        "several",
        "not",
        "not-not",
        "other",
        "not-other",
        "answered",
        "blank",
        "number",
        "not-number",
        "and",
        "not-and",
        "or-in-and",
        "place-code",
        "unknown",
    ],
)
def test_a_condition_is_a_clause(english: Naming, document: Any, said: str) -> None:
    assert clause(read(document), english) == said


@pytest.mark.parametrize("comparator", list(Comparator))
def test_every_comparison_has_words_both_ways(english: Naming, comparator: Comparator) -> None:
    leaf = read({"question": "n", "is": comparator.value, "value": 1200})
    said = {clause(leaf, english), clause(leaf, english, denied=True)}
    assert len(said) == 2
    assert all("1,200" in one for one in said)


def test_sentences_say_what_they_are_for(english: Naming) -> None:
    assert asked_if(read(YES), english) == "Asked if the answer to question 3 is “Yes”."
    assert answer_only_if(read(YES), english) == (
        "Answer this question only if the answer to question 3 is “Yes”."
    )


def test_french_has_its_own_marks_numbers_and_words(app: Flask) -> None:
    with app.test_request_context(), force_locale("fr_CA"):
        naming = Naming(lambda key: numbered("3"), {("q", "yes"): "Oui", ("q", "no"): "Non"})
        several = {"question": "q", "any_of": ["yes", "no"]}
        assert answer_only_if(read(several), naming) == (
            "Répondez à cette question seulement si la réponse à la question 3 est"
            f" «{NBSP}Oui{NBSP}» ou «{NBSP}Non{NBSP}»."
        )
        assert "2,5 ou plus" in clause(read(NUMBER), naming)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_editor_names_questions_by_their_words(app: Flask, language: str) -> None:
    draft = shipped()
    (asked,) = (one for one in draft.questions() if one.id == "reported")
    assert asked.asked_if is not None
    with app.test_request_context(), force_locale({"en": "en_CA", "fr": "fr_CA"}[language]):
        said = asked_if(asked.asked_if, by_text(draft, language))
    victim = next(one for one in draft.questions() if one.id == "victim")
    assert victim.text[language] in said
    assert {"en": "Yes", "fr": "Oui"}[language] in said


def test_every_option_has_a_label_even_in_a_draft() -> None:
    labels = labels_of(questionnaire(), "xx")
    assert labels["streets.calm", "poor"] == "poor"
    assert labels_of(questionnaire(), "en")["streets.calm", "poor"] == "Poor"


@pytest.mark.parametrize("answer", ["yes", "no", None])
def test_denied_words_hold_when_the_condition_does_not(answer: str | None) -> None:
    # The words of a denied leaf say "not ... or no answer": that is what holds() means by it.
    for leaf in (YES, {"question": "q", "none_of": ["yes"]}):
        assert holds(read({"not": leaf}), {"q": answer}) is not holds(read(leaf), {"q": answer})
