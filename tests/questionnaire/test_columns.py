"""How answers lie in a matrix: a plan, and plain numbers that nothing is lost in."""

import math
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given

from surveyapp.questionnaire.answers import accept
from surveyapp.questionnaire.columns import (
    ANSWERED,
    BLANK,
    DONT_KNOW,
    NOT_ASKED,
    PREFER_NOT,
    Column,
    ColumnKind,
    column_plan,
    encoder,
    grown,
    place_codes,
    status_of,
)
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.questionnaire.model import Kind, items
from tests.questionnaire.making import document, node, option, question, questionnaire, section
from tests.questionnaire.making import whole as whole_document
from tests.questionnaire.test_answers import PLACES
from tests.questionnaire.test_any_answers import RAWS

WHOLE = questionnaire()
PLAN = column_plan(WHOLE)
CODES = grown({}, [PLAN]) | {"place": place_codes(PLACES)}


def encode(answers: Mapping[str, Any]) -> dict[str, float]:
    return {column.name: encoder(column, CODES)(answers) for column in PLAN}


_STATUS = {DONT_KNOW: {"code": "dont_know"}, PREFER_NOT: {"code": "prefer_not"}, BLANK: None}


def decode(made: Questionnaire, row: Mapping[str, float]) -> dict[str, Any]:
    """Read answers back from a row, all but the words of texts and of "other"."""
    answers: dict[str, Any] = {}
    for item in items(made):
        key, kind = item.key, item.question.kind
        if kind in (Kind.single, Kind.scale, Kind.battery, Kind.place):
            number = int(row[key])
            status = number if number < 0 else ANSWERED
        else:
            status = int(row[f"{key}#"])
        if status == NOT_ASKED:
            continue
        answers[key] = _STATUS[status] if status else read(item, row)
    return answers


def read(item: Any, row: Mapping[str, float]) -> Any:
    key = item.key
    match item.question.kind:
        case Kind.multiple:
            ticked = int(row[key])
            return [code for bit, code in enumerate(CODES[key]) if ticked >> bit & 1]
        case Kind.rank:
            placed = {int(row[f"{key}.{one.id}"]): one.id for one in item.options}
            return [placed[position] for position in sorted(placed) if position]
        case Kind.number:
            return row[key]
        case Kind.text:
            return "words"
        case _:
            return CODES[key][int(row[key])]


@given(RAWS)
def test_answers_come_back_from_their_row(raw: dict[str, list[str]]) -> None:
    answers = accept(WHOLE, raw, places=PLACES).answers
    expected = {key: value for key, value in answers.items() if not key.endswith(".other")}
    if isinstance(expected.get("why"), str):
        expected["why"] = "words"
    assert decode(WHOLE, encode(answers)) == expected


def test_every_kind_has_its_columns() -> None:
    kinds = {item.key: item.question.kind for item in items(WHOLE)}
    assert set(kinds.values()) | {Kind.note} == set(Kind)
    assert {column.key for column in PLAN} == set(kinds)
    assert {column.kind for column in PLAN} == set(ColumnKind)
    assert len({column.name for column in PLAN}) == len(PLAN)


def test_the_words_of_a_text_never_enter_the_matrix() -> None:
    row = encode(
        {"why": "My neighbour at 12 Main Street", "helped": ["other"], "helped.other": "X"}
    )
    assert [column.kind for column in PLAN if column.key == "why"] == [ColumnKind.status]
    assert row["why#"] == ANSWERED
    assert all(isinstance(value, int | float) for value in row.values())


def test_not_asked_blank_and_answered_are_three_things() -> None:
    for key in ("overall", "place"):
        assert encode({})[key] == NOT_ASKED
        assert encode({key: None})[key] == BLANK
    assert encode({"overall": "good"})["overall"] == 0
    assert status_of({}, "x") == NOT_ASKED
    assert status_of({"x": None}, "x") == BLANK
    assert status_of({"x": 0}, "x") == ANSWERED
    assert status_of({"x": {"code": "dont_know"}}, "x") == DONT_KNOW
    assert status_of({"x": {"code": "prefer_not"}}, "x") == PREFER_NOT
    assert len({ANSWERED, NOT_ASKED, BLANK, DONT_KNOW, PREFER_NOT}) == 5


def test_zero_is_a_number_and_no_number_is_nan() -> None:
    assert encode({"times": 0})["times"] == 0
    for answers in ({}, {"times": None}, {"times": {"code": "prefer_not"}}):
        assert math.isnan(encode(answers)["times"])
    assert encode({"times": {"code": "prefer_not"}})["times#"] == PREFER_NOT


def test_ticks_are_bits_and_ranks_are_positions() -> None:
    row = encode({"helped": ["one", "three"], "priorities": ["three", "one"]})
    assert row["helped"] == 0b101
    assert (row["priorities.three"], row["priorities.one"], row["priorities.two"]) == (1, 2, 0)
    assert row["helped#"] == row["priorities#"] == ANSWERED


def test_the_three_answers_without_a_place_have_codes_after_the_places() -> None:
    assert CODES["place"] == (*PLACES, "unknown", "outside", "no_fixed_address")
    assert encode({"place": "shore"})["place"] == 1
    assert encode({"place": "outside"})["place"] == 4


def test_a_code_keeps_its_number_when_editions_come_and_go() -> None:
    made = whole_document()
    node(made, "after")["options"].insert(0, option("zero"))
    node(made, "helped")["options"].pop(0)
    second = questionnaire(made)
    both = grown(CODES, [column_plan(second)])
    assert both["after"] == ("one", "two", "three", "zero")
    assert both["helped"] == CODES["helped"]
    assert grown(both, [PLAN, column_plan(second)]) == both
    for column in PLAN:
        old, new = encoder(column, CODES), encoder(column, both)
        answers = {"after": "two", "helped": ["two", "none"]}
        assert old(answers) == new(answers) or math.isnan(old(answers))


def test_growing_changes_no_map_that_is_in_use() -> None:
    before = dict(CODES)
    grown(CODES, [(Column("after", "after", ColumnKind.code, ("fresh",)),)])
    assert before == CODES


def test_the_last_bit_of_a_word_can_be_ticked() -> None:
    many = question("multiple", "many")
    many["options"] = [option(f"o{n}") for n in range(59)] + [option("none", exclusive=True)]
    made = questionnaire(document(section("a", question("place", "place"), many)))
    plan = column_plan(made)
    codes = grown({"many": tuple(f"old{n}" for n in range(4))}, [plan])
    (bits,) = [column for column in plan if column.kind is ColumnKind.bits]
    assert encoder(bits, codes)({"many": ["none"]}) == 1 << 63


@pytest.mark.parametrize("answer", ["gone", "", "One"])
def test_a_code_that_no_map_knows_is_no_number(answer: str) -> None:
    (column,) = [one for one in PLAN if one.name == "overall"]
    with pytest.raises(KeyError):
        encoder(column, CODES)({"overall": answer})
