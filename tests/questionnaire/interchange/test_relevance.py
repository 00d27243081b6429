"""XLSForm's conditions are ours, with the same people asked, or they are refused."""

from typing import Any

import pytest
from pydantic import TypeAdapter

from surveyapp.questionnaire.conditions import Condition, holds
from surveyapp.questionnaire.interchange.expressions import ExpressionError
from surveyapp.questionnaire.interchange.relevance import (
    Asked,
    Sort,
    condition_of,
    expression_of,
    numeral,
)

CODES = {"Yes": "yes", "no": "no", "1": "c_1"}
KNOWN = {
    "one": Asked("one", Sort.one, CODES),
    "Many": Asked("many", Sort.several, CODES),
    "n": Asked("n", Sort.number, {"dont_know": "dont_know"}),
    "why": Asked("why", Sort.words, {}),
    "place": Asked("place", Sort.place, {}),
    "streets.calm": Asked("streets.calm", Sort.one, CODES),
}
ADAPTER: TypeAdapter[Condition] = TypeAdapter(Condition)


def read(written: str) -> Any:
    made = condition_of(written, KNOWN)
    return made and made.model_dump(mode="json", by_alias=True)


@pytest.mark.parametrize("written", ["", " ", "true()", "TRUE", "yes", "1"])
def test_what_always_holds_asks_everybody(written: str) -> None:
    assert read(written) is None


NO = {"not": {"question": "one", "any_of": ["yes"]}}
SOME = {"question": "many", "answered": True}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("${one} = 'Yes'", {"question": "one", "any_of": ["yes"]}),
        ("'Yes' = ${ one }", {"question": "one", "any_of": ["yes"]}),
        ("${one} = “Yes”", {"question": "one", "any_of": ["yes"]}),
        ("${one}=1", {"question": "one", "any_of": ["c_1"]}),
        ("${one} != 'Yes'", NO),
        ("not(selected(${one}, 'Yes'))", NO),
        ('selected(${Many}, "no")', {"question": "many", "any_of": ["no"]}),
        ("${streets.calm} = 'no'", {"question": "streets.calm", "any_of": ["no"]}),
        ("${place} = 'north end'", {"question": "place", "any_of": ["north end"]}),
        (
            "${one} = 'Yes' or ${one} = 'no' or ${one} = 'Yes'",
            {"question": "one", "any_of": ["yes", "no"]},
        ),
        ("count-selected(${Many}) > 0", SOME),
        ("count-selected(${Many}) >= 1", SOME),
        ("0 < count-selected(${Many})", SOME),
        ("count-selected(${Many}) = 0", {"not": SOME}),
        ("string-length(${why}) != 0", {"question": "why", "answered": True}),
        ("${why} != ''", {"question": "why", "answered": True}),
        ("${why} = ''", {"not": {"question": "why", "answered": True}}),
        ("${n} >= 2.5", {"question": "n", "is": ">=", "value": 2.5}),
        ("-3 < ${n}", {"question": "n", "is": ">", "value": -3}),
        ("${n} = '4'", {"question": "n", "is": "=", "value": 4}),
        ("${n} != 4", {"not": {"question": "n", "is": "=", "value": 4}}),
        ("${n} = 'dont_know'", {"question": "n", "any_of": ["dont_know"]}),
        (
            "${n} > 1 and (${one} = 'Yes' or ${n} < 9)",
            {
                "all": [
                    {"question": "n", "is": ">", "value": 1},
                    {
                        "any": [
                            {"question": "one", "any_of": ["yes"]},
                            {"question": "n", "is": "<", "value": 9},
                        ]
                    },
                ]
            },
        ),
    ],
)
def test_what_forms_say_is_understood(written: str, expected: Any) -> None:
    assert read(written) == expected


def test_and_binds_closer_than_or() -> None:
    one, other = read("${n} = 1 or ${n} = 2 and ${n} = 3")["any"]
    assert one == {"question": "n", "is": "=", "value": 1}
    assert len(other["all"]) == 2


@pytest.mark.parametrize(
    ("written", "part"),
    [
        ("${nobody} = 1", "${nobody}"),
        ("${one} = 'maybe'", "maybe"),
        ("${one} > 1", "one"),
        ("${Many} = 'Yes'", "many"),
        ("count-selected(${Many}) > 2", "count-selected"),
        ("regex(${why}, '^a')", "regex()"),
        ("if(${n} > 1, 1, 0)", "if()"),
        ("${n} = ${n}", "${n}"),
        ("${why} = 'hello'", "hello"),
        ("${n} + 1 = 2", "+"),
        ("${n}", "${n}"),
        ("false()", "false()"),
        (". > 1", "."),
        ("${n} = 1 and", "…"),
        ("(${n} = 1", ")"),
        ("${n} = 1)", ")"),
        ("not(", "…"),
        ("not(${n} = 1", ")"),
        ("selected(${one})", "selected()"),
        ("${n} = 'x'", "x"),
        ("(" * 2_000 + "${n} = 1" + ")" * 2_000, "((("),
        ("not(" * 2_000, "((("),
        ("x" * 20_000, "xxx"),
    ],
    ids=range(23),
)
def test_what_is_not_understood_is_refused_with_the_part(written: str, part: str) -> None:
    with pytest.raises(ExpressionError) as refused:
        condition_of(written, KNOWN)
    assert part in str(refused.value)


@pytest.mark.parametrize(
    ("condition", "written"),
    [
        ({"question": "many", "any_of": ["no", "yes"]}, "selected(${many}, 'no') or selected"),
        ({"question": "many", "none_of": ["no"]}, "count-selected(${many}) > 0 and not(selected"),
        ({"question": "n", "is": "!=", "value": 2}, "string-length(${n}) > 0 and ${n} != 2"),
        ({"question": "place", "any_of": ["l'île"]}, '${place} = "l\'île"'),
        ({"all": [{"not": {"question": "n", "answered": True}}]}, "not(string-length(${n}) > 0)"),
    ],
    ids=["several", "none", "unequal", "quote", "not"],
)
def test_our_conditions_are_written_so_that_the_same_are_asked(
    condition: Any, written: str
) -> None:
    known = {asked.key: asked for asked in KNOWN.values()}
    found = expression_of(ADAPTER.validate_python(condition), known)
    assert found.startswith(written)


def test_a_blank_is_unequal_as_xpath_has_it() -> None:
    made = condition_of("${n} != 4", KNOWN)
    assert made is not None
    assert holds(made, {})
    assert not holds(made, {"n": 4})


@pytest.mark.parametrize(
    ("number", "written"), [(2.0, "2"), (-0.5, "-0.5"), (1e21, "1" + "0" * 21), (1e-7, "0.0000001")]
)
def test_numbers_have_no_exponent(number: float, written: str) -> None:
    assert numeral(number) == written
    assert float(written) == number
