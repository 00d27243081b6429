"""XLSForm's constraints are limits of ours, or they are refused."""

import pytest

from surveyapp.questionnaire.interchange.constraints import Limits, constraint_of, limits_of
from surveyapp.questionnaire.interchange.expressions import ExpressionError
from surveyapp.questionnaire.kinds import Kind
from tests.questionnaire.making import document, draft, question, section


@pytest.mark.parametrize(
    ("kind", "written", "limits"),
    [
        (Kind.number, "", Limits()),
        (Kind.number, ". >= 0 and . <= 120", Limits(0, 120)),
        (Kind.number, "(.>=0) and (.<=120 and . <= 90)", Limits(0, 90)),
        (Kind.number, ". > 0 and . < 10", Limits(1, 9)),
        (Kind.number, "0 <= .", Limits(minimum=0)),
        (Kind.number, ". >= -2.5", Limits(minimum=-2.5)),
        (Kind.text, "string-length(.) < 51", Limits(at_most=50)),
        (Kind.multiple, "count-selected(.) <= 3", Limits(at_most=3)),
        (
            Kind.multiple,
            "not(selected(., 'none') and count-selected(.) > 1)",
            Limits(alone=("none",)),
        ),
        (
            Kind.multiple,
            "not(count-selected(.) >= 2 and selected(., 'none')) and count-selected(.) <= 3",
            Limits(at_most=3, alone=("none",)),
        ),
    ],
    ids=range(10),
)
def test_limits_are_read(kind: Kind, written: str, limits: Limits) -> None:
    assert limits_of(written, kind) == limits


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        (Kind.number, ". != 3"),
        (Kind.number, ". >= ${other}"),
        (Kind.number, ". <= 1 or . >= 9"),
        (Kind.number, "string-length(.) <= 3"),
        (Kind.text, "regex(., '^[0-9]+$')"),
        (Kind.text, "string-length(.) >= 3"),
        (Kind.multiple, "count-selected(.) >= 2"),
        (Kind.multiple, "not(selected(., 'none'))"),
        (Kind.single, ". = 'yes'"),
        (Kind.text, ". <= today()"),
    ],
    ids=range(10),
)
def test_what_no_limit_says_is_refused(kind: Kind, written: str) -> None:
    with pytest.raises(ExpressionError):
        limits_of(written, kind)


def test_a_bound_that_is_left_out_needs_whole_numbers() -> None:
    assert limits_of(". > 0", Kind.number, whole=True).minimum == 1
    with pytest.raises(ExpressionError):
        limits_of(". > 0", Kind.number, whole=False)


def test_limits_are_written_and_read_as_the_same() -> None:
    made = draft(
        document(
            section(
                "a",
                question("number", "n", minimum=-1.5, maximum=10),
                question("multiple", "m", at_most=2),
                question("text", "t", at_most=40),
                question("rank", "r", at_most=2),
            )
        )
    )
    written = {one.id: constraint_of(one) for one in made.questions()}
    assert written["r"] == ""
    assert limits_of(written["n"], Kind.number) == Limits(-1.5, 10)
    assert limits_of(written["m"], Kind.multiple) == Limits(at_most=2, alone=("none",))
    assert limits_of(written["t"], Kind.text) == Limits(at_most=40)
