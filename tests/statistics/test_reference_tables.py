"""Reference table T3: Northumberland County's survey of 2020, from responses to rows."""

import pytest

from surveyapp.statistics.estimates import wilson
from surveyapp.statistics.results import RawResults, compute
from tests.statistics.making import flat, matrix, questionnaire, repeated, scale

Q1 = scale("safety", [100, 75, 50, 25, 0])
Q2 = {
    "kind": "scale",
    "id": "crime",
    "text": {"en": "crime", "fr": "crime"},
    "options": [{"id": f"c{n}", "label": {"en": "x", "fr": "x"}} for n in range(1, 6)],
}
SAFETY = {"o1": 40, "o2": 84, "o3": 8, "o4": 6, "o5": 3, None: 2}
CRIME = {"c1": 31, "c2": 58, "c3": 44, "c4": 4, "c5": 1, None: 5}


def northumberland() -> RawResults:
    draft = questionnaire(Q1, Q2)
    first, second = repeated("safety", SAFETY), repeated("crime", CRIME)
    answers = [a | b for a, b in zip(first, second, strict=True)]
    assert len(answers) == 143
    return compute(draft, matrix(draft, answers, [0] * 143), flat("county"), open_sample=False)


def rows(code: str, kind: str):  # type: ignore[no-untyped-def]
    frame = northumberland().items.frame
    chosen = (frame.item_code == code) & (frame.row_kind == kind) & (frame.geo_level == "all")
    return frame[chosen]


def test_the_shares_are_of_those_who_answered() -> None:
    shares = [round(one, 1) for one in rows("safety", "option").pct]
    assert shares == [28.4, 59.6, 5.7, 4.3, 2.1]
    assert round(sum(shares), 1) == 100.1  # and nobody "fixes" it


def test_the_second_question_has_its_own_base() -> None:
    assert [round(one, 1) for one in rows("crime", "option").pct] == [22.5, 42.0, 31.9, 2.9, 0.7]
    assert set(rows("crime", "option").base_n) == {138}


def test_asked_answered_and_blank_are_counted_apart() -> None:
    summary = rows("safety", "summary").iloc[0]
    assert (summary.asked_n, summary.base_n, summary.blank_n) == (143, 141, 2)
    assert round(100 * summary.blank_n / summary.asked_n, 1) == 1.4


def test_top_share_mean_and_index_are_the_published_ones() -> None:
    summary = rows("safety", "summary").iloc[0]
    assert round(summary.top_share, 1) == 87.9
    assert round(summary["mean"], 3) == 4.078
    assert round(summary["index"], 2) == 76.95


@pytest.mark.parametrize(
    ("k", "n", "low", "high"), [(124, 141, 81.5, 92.3), (9, 141, 3.4, 11.7), (89, 138, 56.2, 72.0)]
)
def test_grouped_shares_have_the_published_intervals(
    k: int, n: int, low: float, high: float
) -> None:
    found = wilson(k / n, n)
    assert [round(100 * float(one), 1) for one in found] == [low, high]
