"""The survey that comes with the program can be published and asked as it stands."""

import re

import pytest

from surveyapp.questionnaire.answers import accept, route
from surveyapp.questionnaire.completeness import texts
from surveyapp.questionnaire.document import fingerprint
from surveyapp.questionnaire.framework import Area
from surveyapp.questionnaire.index import LEAST_ITEMS, index_items
from surveyapp.questionnaire.model import (
    Kind,
    Multiple,
    Note,
    Role,
    Sensitivity,
    TextQuestion,
    items,
)
from surveyapp.questionnaire.reviewing.review import Code, prepare, review
from surveyapp.questionnaire.shipped import shipped

DRAFT = shipped()
SURVEY = prepare(DRAFT, None, ())


def test_it_can_be_published_as_it_is() -> None:
    assert review(DRAFT).problems == ()
    assert fingerprint(SURVEY) == fingerprint(DRAFT)
    assert SURVEY.languages == ("en", "fr")


def test_it_takes_ten_to_fifteen_minutes_at_most() -> None:
    assert Code.takes_long not in {one.code for one in review(DRAFT).advice}
    assert 25 <= len(list(items(SURVEY))) <= 40


@pytest.mark.parametrize("area", list(Area))
def test_every_area_has_its_index_items(area: Area) -> None:
    assert len(index_items(SURVEY, area)) >= LEAST_ITEMS


def test_every_kind_the_job_needs_is_there() -> None:
    kinds = [one.kind for one in SURVEY.questions()]
    assert kinds.count(Kind.place) == 1
    assert {Kind.single, Kind.scale, Kind.battery, Kind.multiple, Kind.number, Kind.text} <= set(
        kinds
    )
    assert sum(isinstance(one, TextQuestion) for one in SURVEY.questions()) == 2
    assert any(isinstance(one, Multiple) and one.at_most == 3 for one in SURVEY.questions())


def test_a_content_note_stands_before_the_first_sensitive_question() -> None:
    asked = list(SURVEY.questions())
    first = next(n for n, one in enumerate(asked) if one.sensitivity is Sensitivity.sensitive)
    notes = [n for n, one in enumerate(asked) if isinstance(one, Note) and one.content_note]
    assert notes
    assert notes[0] < first


def test_nobody_has_to_answer_anything() -> None:
    assert not any(one.required for one in SURVEY.questions())
    everything_blank = accept(SURVEY, {})
    assert everything_blank.problems == ()
    assert set(everything_blank.answers.values()) == {None}
    assert route(SURVEY, everything_blank.answers)[-1].id == SURVEY.sections[-1].id


def test_who_one_is_is_asked_last_and_may_be_refused() -> None:
    for one in SURVEY.sections[-1].questions:
        roles = {option.role for option in getattr(one, "options", ())}
        assert Role.prefer_not in roles, one.id


def test_a_scored_question_runs_from_0_to_100() -> None:
    for item in items(SURVEY):
        scores = [option.score for option in item.options if option.score is not None]
        assert not scores or (min(scores), max(scores)) == (0, 100), item.key


def test_the_two_languages_are_typeset_each_in_its_way() -> None:
    for path, text in texts(SURVEY):
        english, french = text["en"], text["fr"]
        for wording in (english, french):
            assert wording == wording.strip(), path
            assert not set("'\"") & set(wording), path
            assert "  " not in wording, path
        assert not re.search(r"[^\u00a0]:(?!\d)", french), path
        assert not re.search(r"\s[;?!]", french), path
        assert not re.search("«[^\u00a0]|[^\u00a0]»", french), path
        assert not re.search("\\s:", english), path


def test_no_text_is_the_same_in_both_languages_by_oversight() -> None:
    same = {text["en"] for _, text in texts(SURVEY) if text["en"] == text["fr"]}
    assert all(len(wording.split()) <= 3 for wording in same), same


def test_every_tag_has_a_name() -> None:
    assert Code.unknown_tag not in {one.code for one in review(DRAFT).advice}
