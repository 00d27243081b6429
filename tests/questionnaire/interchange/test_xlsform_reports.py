"""What the report of a workbook says: left out, refused, missing."""

import pytest

from surveyapp.questionnaire.interchange.report import Outcome
from tests.questionnaire.interchange.making import (
    CHOICES,
    book_of,
    bytes_of,
    form,
    nodes,
    places,
    refused,
    taken,
)
from tests.questionnaire.interchange.test_xlsform import LOGIC


def test_what_does_no_harm_is_left_out_and_told() -> None:
    header = "type name label appearance image default guidance_hint"
    found = taken(
        form(
            ["start", "start"],
            ["text", "q", "Q?", "numbers", "a.png", "5", "Read aloud"],
            header=header,
            extra=[["x"]],
        )
    )
    assert places(found.remarks) == [
        ("survey", 0, "", "language_assumed"),
        ("extra", 0, "", "sheet_left"),
        ("survey", 3, "image", "column_left"),
        ("survey", 3, "guidance_hint", "column_left"),
        ("survey", 2, "type", "type_left"),
        ("survey", 3, "default", "value_left"),
        ("survey", 3, "appearance", "value_left"),
        ("survey", 3, "type", "loose_questions"),
        ("choices", 2, "list_name", "list_left"),
        ("choices", 4, "list_name", "list_left"),
    ]
    assert {one.outcome for one in found.remarks} == {Outcome.changed, Outcome.not_taken}


REFUSED: list[tuple[str, str, list[str], tuple[int, str, str]]] = [
    ("type", "", ["geopoint", "q", "Q?"], (2, "type", "type_not_supported")),
    ("calculate", "calculation", ["calculate", "q", "", "1+1"], (2, "type", "type_not_supported")),
    ("calculation", "calculation", ["text", "q", "Q?", "1+1"], (2, "calculation", "logic")),
    ("trigger", "trigger", ["text", "q", "Q?", "${q}"], (2, "trigger", "logic")),
    ("filter", "choice_filter", ["select_one kinds", "q", "Q?", "a=1"], (2, "", "choice_filter")),
    ("relevant", "relevance", ["text", "q", "Q?", "${x} = 1"], (2, "relevance", "condition")),
    ("constraint", "constraint", ["text", "q", "Q?", "regex(., 'a')"], (2, "", "constraint")),
    ("list", "", ["select_one nothing", "q", "Q?"], (2, "type", "unknown_list")),
    ("no list", "", ["select_one", "q", "Q?"], (2, "type", "unknown_list")),
    ("required", "required", ["text", "q", "Q?", "${a} = 1"], (2, "required", "logic")),
    ("read only", "readonly", ["text", "q", "Q?", "yes"], (2, "readonly", "logic")),
    ("reference", "", ["text", "q", "Hello ${name}"], (2, "label", "reference_in_text")),
    ("file", "", ["select_one_from_file a.csv", "q", "?"], (2, "type", "type_not_supported")),
    ("no type", "", ["", "q", "Q?"], (2, "type", "no_type")),
    ("open", "", ["begin_group", "q", "Q?"], (2, "type", "group_not_closed")),
    ("close", "", ["end group"], (2, "type", "group_not_open")),
    ("repeat", "", ["begin repeat", "q", "Q?"], (2, "type", "type_not_supported")),
    ("step", "parameters", ["range", "q", "Q?", "step=0"], (2, "parameters", "step")),
    ("steps", "parameters", ["range", "q", "Q?", "end=99 step=2"], (2, "parameters", "step")),
    ("own", "surveyapp_version", ["text", "q", "Q?", "0"], (2, "surveyapp_version", "not_valid")),
    ("not ours", "surveyapp_mood", ["text", "q", "Q?", "x"], (2, "surveyapp_mood", "not_valid")),
    ("tag", "surveyapp_areas", ["text", "q", "Q?", "war"], (2, "surveyapp_areas", "not_valid")),
]


@pytest.mark.parametrize(
    ("column", "row", "expected"),
    [case[1:] for case in REFUSED],
    ids=[case[0] for case in REFUSED],
)
def test_what_would_be_lost_refuses_the_form(
    column: str, row: list[str], expected: tuple[int, str, str]
) -> None:
    number, where, code = expected
    found = refused(form(row, header=f"type name label {column}"))
    sheet, at, named, said = found[0]
    assert (sheet, at) == ("survey", number)
    assert named == (where or column)
    assert said.startswith(code)


def test_every_reason_is_told_at_once() -> None:
    found = refused(form(["image", "a", "A"], ["text", "b", "B"], ["date", "c", "C"]))
    assert [(row, code) for _, row, _, code in found] == [
        (2, "type_not_supported"),
        (4, "type_not_supported"),
    ]


def test_a_choice_twice_in_a_list_is_refused() -> None:
    choices = [["list_name", "name", "label"], ["L", "a", "A"], ["L", "a", "B"]]
    found = refused(form(["select_one L", "q", "Q?"], choices=choices))
    assert found == [("choices", 3, "name", "choice_twice")]


def test_a_name_that_two_questions_have_is_nobodys() -> None:
    rows = (
        ["begin_group", "a", "A"],
        ["integer", "n", "N?"],
        ["end_group"],
        ["begin_group", "b", "B"],
        ["integer", "n", "N?"],
        ["end_group"],
    )
    assert [made["id"] for made in nodes(taken(form(*rows)))] == ["n", "n_2"]
    last = ["text", "t", "T?", "${n} = 1"]
    found = refused(form(*rows, last, header=LOGIC))
    assert found == [("survey", 8, "relevant", "condition")]


def test_what_is_missing_from_a_workbook_is_named() -> None:
    assert refused(bytes_of(book_of(choices=CHOICES))) == [("", 0, "", "no_sheet")]
    rows = [["type", "label"], ["text", "Q?"]]
    assert refused(bytes_of(book_of(survey=rows))) == [("survey", 1, "name", "no_column")]
    rows = [["type", "name", "label::Klingon"], ["text", "q", "Q?"]]
    found = refused(bytes_of(book_of(survey=rows)))
    assert found == [("survey", 1, "label::Klingon", "unknown_language")]
    rows = [["type", "name", "relevant", "relevance"], ["text", "q", "", ""]]
    found = refused(bytes_of(book_of(survey=rows)))
    assert found == [("survey", 1, "relevance", "column_twice")]
