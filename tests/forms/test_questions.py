"""Each kind of question says what it is, what it is called and what is wrong with it."""

from typing import Any

import pytest
from flask import Flask

from surveyapp.forms.parts import MOST_RADIOS
from surveyapp.questionnaire.model import Kind
from tests.forms.making import described_by, drawn, named_by, place_list, words
from tests.questionnaire.making import option, question, text

NEEDED = {"en": "This question needs an answer.", "fr": "Cette question exige une réponse."}
BOTH = pytest.mark.parametrize("language", ["en", "fr"])


def helped(**more: Any) -> dict[str, Any]:
    """Give a question with a box that opens a text, and one that stands alone."""
    made = question("multiple", "helped", **more)
    made["options"].append(option("other", specify=True))
    made["options"].append(option("silent", role="prefer_not"))
    return made


@BOTH
@pytest.mark.parametrize("kind", [one.value for one in Kind if one is not Kind.note])
def test_a_question_alone_on_its_page_is_the_heading(
    program: Flask, kind: str, language: str
) -> None:
    page = drawn(program, question(kind, "it"), language=language, h1=True)
    assert [words(one) for one in page.select("h1")] == [text("About it?")[language]]
    assert page.select("legend h1, h1 label, .battery > h1")


@pytest.mark.parametrize("kind", [one.value for one in Kind])
def test_a_question_among_others_leaves_the_heading_to_the_page(program: Flask, kind: str) -> None:
    assert not drawn(program, question(kind, "it")).select("h1")


@pytest.mark.parametrize("kind", [one.value for one in Kind])
def test_every_control_has_a_name_and_every_id_is_one_of_a_kind(program: Flask, kind: str) -> None:
    made = question(kind, "it", hint=text("A hint"))
    if kind in ("single", "multiple"):
        made["options"].append(option("other", specify=True))
    page = drawn(program, made, places=place_list(20, 3))
    for control in page.select("input, select, textarea"):
        assert named_by(page, control)
    ids = [str(one["id"]) for one in page.select("[id]")]
    assert len(ids) == len(set(ids))


@BOTH
@pytest.mark.parametrize("kind", ["single", "scale"])
def test_a_choice_says_that_it_is_required_and_wrong(
    program: Flask, kind: str, language: str
) -> None:
    made = question(kind, "it", required=True, hint=text("A hint"))
    group = drawn(program, made, language=language).select_one("fieldset")
    assert group
    assert (group["role"], group["aria-required"]) == ("radiogroup", "true")
    assert not group.has_attr("aria-invalid")
    page = drawn(program, made, language=language, raw={})
    wrong = page.select_one("fieldset")
    assert wrong
    assert wrong["aria-invalid"] == "true"
    said = described_by(page, wrong)
    assert said.startswith(f"{text('A hint')[language]} {NEEDED[language]}")
    assert said.endswith(words(page.select_one(".error")))


def test_a_question_that_can_be_left_says_nothing_of_the_kind(program: Flask) -> None:
    page = drawn(program, question("single", "it"), raw={})
    assert not page.select("[aria-required], [aria-invalid], .error, .hint")


def test_each_statement_of_a_battery_is_a_group_with_its_own_error(program: Flask) -> None:
    made = question("battery", "streets", required=True)
    page = drawn(program, made, raw={"streets.calm": ["good"]})
    calm, clean = page.select("fieldset")
    assert (words(calm.legend), words(clean.legend)) == ("It is calm", "It is clean")
    assert (calm.get("aria-invalid"), clean.get("aria-invalid")) == (None, "true")
    assert described_by(page, clean) == "Answer this question to go on"
    whole = page.select_one(".battery")
    assert whole
    assert words(page.find(id=str(whole["aria-labelledby"]))) == "About streets?"
    assert described_by(page, whole) == NEEDED["en"]


def test_boxes_that_the_server_takes_alone_stand_after_or(program: Flask) -> None:
    page = drawn(program, helped())
    alone = [str(one["value"]) for one in page.select("[data-exclusive]")]
    assert alone == ["none", "silent"]
    for one in page.select("[data-exclusive]"):
        before = one.parent and one.parent.find_previous_sibling()
        assert words(before) == "or"


@pytest.mark.parametrize("first", ["none", "silent"])
def test_a_box_that_stands_alone_is_refused_beside_another_either_way(
    program: Flask, first: str
) -> None:
    page = drawn(program, helped(), raw={"helped": ["one", first]})
    assert words(page.select_one(".error")) == (
        "One of the answers you ticked can only stand alone: untick it, or untick the others"
    )
    assert all(one["aria-invalid"] == "true" for one in page.select("[type=checkbox]"))
    ticked = [str(one["value"]) for one in page.select("[checked]")]
    assert ticked == ["one", first]


def test_radio_buttons_need_no_or(program: Flask) -> None:
    assert not drawn(program, question("scale", "it")).select(".or, [data-exclusive]")


@BOTH
def test_the_most_that_can_be_chosen_is_said_before_and_after(
    program: Flask, language: str
) -> None:
    raw = {"helped": ["one", "two", "three"]}
    page = drawn(program, helped(at_most=2), language=language, raw=raw)
    group = page.select_one("fieldset")
    assert group
    said = described_by(page, group)
    expected = {
        "en": "Choose at most 2. Choose at most 2 answers; you chose 3",
        "fr": "Choisissez-en au plus 2. Choisissez au plus 2 réponses; vous en avez choisi 3",
    }
    assert said == expected[language]


def test_words_of_ones_own_stand_beside_their_option(program: Flask) -> None:
    page = drawn(program, helped(), raw={"helped": ["other"], "helped.other": ["x" * 301]})
    typed = page.select_one('[name="q_helped.other"]')
    assert typed
    beside = typed.parent and typed.parent.find_previous_sibling()
    assert words(beside) == "Other"
    assert named_by(page, typed) == "Other In your own words"
    assert typed["aria-invalid"] == "true"
    assert described_by(page, typed).startswith("Shorten your answer")
    assert not page.select("[type=checkbox][aria-invalid]")


def test_a_ranking_marks_the_choices_that_share_a_number(program: Flask) -> None:
    made = question("rank", "it", at_most=2)
    page = drawn(program, made, raw={"it.one": [""], "it.two": ["2"], "it.three": ["2"]})
    one, two, three = page.select("select")
    assert [item.get("aria-invalid") for item in (one, two, three)] == [None, "true", "true"]
    assert described_by(page, two) == "Give each number to one answer only; you gave 2 twice"
    assert [item.get_text() for item in two.select("option")] == ["Not chosen", "1", "2"]
    group = page.select_one("fieldset")
    assert group
    assert described_by(page, group).startswith("Give the numbers from 1, the most important, to 2")


@BOTH
def test_a_number_is_named_with_its_unit(program: Flask, language: str) -> None:
    made = question("number", "years", unit={"en": "years", "fr": "ans"}, prefer_not=True)
    page = drawn(program, made, language=language, raw={"years": ["some"]})
    typed = page.select_one("[inputmode=numeric]")
    assert typed
    assert named_by(page, typed) == f"{text('About years?')[language]} {made['unit'][language]}"
    assert (typed["value"], typed["aria-invalid"]) == ("some", "true")
    assert described_by(page, typed) == words(page.select_one(".error"))
    box = page.select_one("[type=checkbox]")
    assert box
    assert box["data-instead"] == typed["id"]
    assert page.select_one("fieldset")


@pytest.mark.parametrize("long", [False, True])
def test_a_text_says_how_much_it_takes(program: Flask, long: bool) -> None:
    made = question("text", "why", long=long, at_most=1200)
    page = drawn(program, made, raw={"why": ["\n first"]})
    typed = page.select_one("textarea" if long else "input[type=text]")
    assert typed
    assert described_by(page, typed) == "You can write up to 1,200 characters."
    assert typed.get("value", typed.get_text()) == "\n first"
    assert not page.select("fieldset")


def test_few_places_are_radio_buttons(program: Flask) -> None:
    made = question("place", "place", required=True)
    page = drawn(program, made, raw={"place": ["p1"]}, places=place_list(MOST_RADIOS))
    group = page.select_one("fieldset[role=radiogroup][aria-required]")
    assert group
    values = [str(one["value"]) for one in group.select("[type=radio]")]
    assert values[-3:] == ["unknown", "outside", "no_fixed_address"]
    assert len(values) == MOST_RADIOS + 3
    assert [one["value"] for one in group.select("[checked]")] == ["p1"]


@BOTH
def test_many_places_are_a_list_by_the_places_that_hold_them(program: Flask, language: str) -> None:
    made = question("place", "place")
    listed = place_list(MOST_RADIOS + 1, 2)
    page = drawn(program, made, language=language, raw={"place": ["outside"]}, places=listed)
    groups = [str(one["label"]) for one in page.select("optgroup")]
    last = {"en": "Other answers", "fr": "Autres réponses"}[language]
    assert groups == ["Town 0", "Town 1", last]
    assert [one["value"] for one in page.select("[selected]")] == ["outside"]


def test_a_place_that_is_not_of_the_list_is_refused_beside_it(program: Flask) -> None:
    made = question("place", "place")
    page = drawn(program, made, raw={"place": ["nowhere"]}, places=place_list(20))
    listed = page.select_one("select")
    assert listed
    assert listed["aria-invalid"] == "true"
    assert described_by(page, listed) == "Choose a place from the list"
