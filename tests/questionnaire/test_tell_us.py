"""The standing form that comes with the program: what residents say between surveys."""

from surveyapp.questionnaire.completeness import texts
from surveyapp.questionnaire.framework import Area
from surveyapp.questionnaire.index import index_items
from surveyapp.questionnaire.model import Kind
from surveyapp.questionnaire.reviewing.review import prepare, review
from surveyapp.questionnaire.shipped import shipped

DRAFT = shipped("tell_us")


def test_it_can_be_published_as_it_is() -> None:
    assert review(DRAFT).problems == ()
    assert prepare(DRAFT, None, ()).standing


def test_it_asks_for_a_topic_words_a_place_and_a_feeling_on_one_page() -> None:
    assert [one.kind for one in DRAFT.questions()] == [
        Kind.single,
        Kind.text,
        Kind.place,
        Kind.scale,
    ]
    assert len(DRAFT.sections) == 1
    assert not any(one.required for one in DRAFT.questions())


def test_its_answers_never_enter_an_index() -> None:
    assert all(index_items(DRAFT, area) == () for area in Area)


def test_nobody_is_asked_to_name_anybody_and_everybody_is_told_it_is_no_emergency_line() -> None:
    intro = DRAFT.sections[0].intro
    assert intro is not None
    assert "9-1-1" in intro["en"]
    assert "9-1-1" in intro["fr"]
    assert "Do not name anyone" in intro["en"]
    assert "Ne nommez personne" in intro["fr"]


def test_french_is_typeset_as_in_canada() -> None:
    for _path, text in texts(DRAFT):
        french = text["fr"]
        assert " :" not in french.replace("\u00a0:", "")
        assert not any(f" {mark}" in french for mark in "?!;")
        assert "'" not in french
