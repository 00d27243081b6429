"""What an index is made of: its questions, how people lie on it, how well its questions agree."""

from typing import Any

import pandas as pd
import pytest

from surveyapp.statistics.disclosure import PublicResults
from tests.statistics.making import flat, option, questionnaire, scale
from tests.statistics.test_rules import THREE, counted, published


def made_of(answers: list[dict[str, Any]], *questions: dict[str, Any]) -> PublicResults:
    draft = questionnaire(*(questions or THREE))
    return published(counted(draft, answers, [0] * len(answers), flat("p")))


def kind(public: PublicResults, name: str) -> pd.DataFrame:
    return public.composition.where(row_kind=name)


def steps(number: int) -> list[dict[str, Any]]:
    """Make answers that agree: everybody answers all three alike."""
    return [dict.fromkeys("abc", f"o{one % 3 + 1}") for one in range(number)]


def test_people_are_counted_by_classes_of_ten_points() -> None:
    classes = kind(made_of(steps(120)), "class")
    assert list(classes.class_low) == [10.0 * one for one in range(10)]
    assert list(classes.class_high) == [10.0 * one for one in range(1, 11)]
    # All best, all middling, all worst: 100 lies in the last class and 50 begins one.
    assert list(classes.n) == [40, 0, 0, 0, 0, 40, 0, 0, 0, 40]
    assert list(classes.pct) == [33.3, 0, 0, 0, 0, 33.3, 0, 0, 0, 33.3]


def test_shares_of_fewer_than_a_hundred_are_whole() -> None:
    assert set(kind(made_of(steps(45)), "class").pct) == {0, 33}


def test_reliability_is_cronbachs_alpha_of_those_with_every_item() -> None:
    agreement = kind(made_of(steps(40)), "reliability").iloc[0]
    assert (agreement.alpha, agreement.n) == (1.0, 40)
    # Items of one variance v that pairwise covary by c: 3c / (v + 2c). Here c is v / 2.
    halves = [{"a": f"o{1 + (x + y) % 2 * 2}", "b": f"o{1 + x * 2}", "c": f"o{1 + y * 2}"}
              for x in (0, 1) for y in (0, 1)]  # fmt: skip
    assert kind(made_of(halves * 12), "reliability").iloc[0].alpha == 0.0


def test_reliability_needs_thirty_with_every_item() -> None:
    answers = steps(29) + [{"a": "o1", "b": "o2", "c": None}] * 20
    public = made_of(answers)
    assert set(public.areas.frame.suppression_reason) == {""}
    agreement = kind(public, "reliability").iloc[0]
    assert agreement.suppression_reason == "unreliable"
    assert pd.isna(agreement.alpha)
    assert pd.isna(agreement.n)


def test_questions_are_named_and_those_left_out_apart() -> None:
    walking = scale("d", [100, 0], areas=["prevention"])
    walking["options"].append(option("never", role="not_applicable"))
    answers = [one | {"d": "never" if place < 5 else "o1"} for place, one in enumerate(steps(40))]
    public = made_of(answers, *THREE, walking)
    assert list(kind(public, "item").item_code) == ["a", "b", "c"]
    assert list(kind(public, "left_out").item_code) == ["d"]


@pytest.mark.parametrize(("number", "reason"), [(11, "protected"), (29, "unreliable")])
def test_nothing_is_told_of_an_index_that_is_not_shown(number: int, reason: str) -> None:
    frame = made_of(steps(number)).composition.frame
    assert set(frame.suppression_reason) == {reason}
    assert frame.suppressed.all()
    assert set(frame.row_kind) == {"class", "reliability"}
    assert frame[["n", "pct", "alpha"]].isna().all().all()


def test_a_sensitive_distribution_needs_five_on_each_side_of_every_class() -> None:
    questions = [one | {"sensitivity": "sensitive"} for one in THREE]
    public = made_of(steps(90), *questions)
    assert set(public.areas.frame.suppression_reason) == {""}
    classes = kind(public, "class")
    assert set(classes.suppression_reason) == {"protected"}
    assert classes[["n", "pct"]].isna().all().all()
    assert len(kind(public, "item")) == 3
    assert kind(public, "reliability").iloc[0].alpha == 1.0


def test_a_distribution_in_one_class_tells_of_everybody_and_is_hidden() -> None:
    questions = [scale(code, [100, 98, 96], areas=["prevention"]) for code in "abc"]
    public = made_of(steps(60), *questions)
    assert set(public.areas.frame.suppression_reason) == {""}
    assert set(kind(public, "class").suppression_reason) == {"protected"}
