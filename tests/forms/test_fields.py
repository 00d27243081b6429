"""Where each sentence of a page leads to."""

import pytest
from flask import Flask

from surveyapp.forms.fields import FIELDS_FOR
from surveyapp.questionnaire.model import Kind
from tests.forms.making import viewed
from tests.questionnaire.making import option, question


@pytest.fixture(autouse=True)
def _speaking(program: Flask) -> object:
    with program.test_request_context("/en/"):
        yield


def test_every_kind_of_question_has_its_fields() -> None:
    assert set(FIELDS_FOR) == set(Kind)


def test_a_sentence_leads_to_the_control_that_it_is_about() -> None:
    made = question("single", "it")
    made["options"].append(option("other", specify=True))
    raw = {"it": ["other"], "it.other": ["x" * 301]}
    assert [target for target, _ in viewed(made, raw=raw).problems] == ["q_it-other"]


def test_a_sentence_about_a_ranking_leads_to_the_first_choice_at_fault() -> None:
    made = question("rank", "it")
    raw = {"it.one": ["3"], "it.two": ["1"], "it.three": ["1"]}
    assert [target for target, _ in viewed(made, raw=raw).problems] == ["q_it-two"]
    forged = {"it.three": ["9"]}
    assert [target for target, _ in viewed(made, raw=forged).problems] == ["q_it-three"]


def test_a_ranking_that_was_left_out_leads_to_its_first_choice() -> None:
    made = question("rank", "it", required=True)
    assert [target for target, _ in viewed(made, raw={}).problems] == ["q_it-one"]


def test_a_ranking_offers_as_many_numbers_as_it_has_options() -> None:
    offered = viewed(question("rank", "it", at_most=9)).fields[0].choices
    assert [one.value for one in offered] == ["1", "2", "3"]
