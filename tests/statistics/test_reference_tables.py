"""Reference tables T3 (Northumberland County's survey of 2020) and T14, from answers to rows."""

import pytest

from surveyapp.questionnaire.model import Floors
from surveyapp.statistics.disclosure import release
from surveyapp.statistics.estimates import wilson
from surveyapp.statistics.floors import Policy
from surveyapp.statistics.results import RawResults, compute
from tests.statistics.making import flat, matrix, questionnaire, repeated, scale
from tests.statistics.test_estimates import T14

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


@pytest.mark.parametrize(("k", "n", "p", "low", "high"), T14)
def test_rows_have_the_intervals_of_table_14(
    k: int, n: int, p: float, low: float, high: float
) -> None:
    draft = questionnaire(scale("q", [100, 0]))
    answers = repeated("q", {"o1": k, "o2": n - k})
    frame = compute(draft, matrix(draft, answers, [0] * n), flat("x"), open_sample=False).items
    row = frame.frame[(frame.frame.geo_id == "x") & (frame.frame.option_code == "o1")].iloc[0]
    assert [round(row[name] / 100, 4) for name in ("pct", "ci_low", "ci_high")] == [p, low, high]
    assert row.ci_method == "wilson"


def test_a_count_of_three_has_its_interval_too() -> None:
    shown = rows("safety", "option")
    assert list(shown.n) == [40, 84, 8, 6, 3]
    for row in shown.itertuples():
        low, high = wilson(row.n / 141, 141)
        assert (row.ci_low, row.ci_high) == pytest.approx((100 * float(low), 100 * float(high)))


def test_the_change_in_crime_has_no_score_and_so_no_mean() -> None:
    summary = rows("crime", "summary").iloc[0]
    assert (summary.base_n, summary.blank_n) == (138, 5)
    assert summary[["mean", "index", "top_share"]].isna().all()
    counts = list(rows("crime", "option").n)
    increased, decreased = 100 * sum(counts[:2]) / 138, 100 * sum(counts[3:]) / 138
    assert (round(increased, 1), round(decreased, 1)) == (64.5, 3.6)
    assert round(increased - decreased, 1) == 60.9


def test_table_3_is_released_whole_or_not_at_all() -> None:
    # A floor of 11 on cells would show 40, 84 and the base, and give the other three's sum away.
    public = release(northumberland(), Policy()).items.frame
    whole = public[(public.item_code == "safety") & (public.geo_id == "all")]
    assert list(whole[whole.row_kind == "option"].pct) == [28.4, 59.6, 5.7, 4.3, 2.1]
    higher = release(northumberland(), Policy(Floors(general=142))).items.frame
    hidden = higher[higher.item_code == "safety"]
    assert hidden[["n", "base_n", "pct", "index"]].isna().all().all()
    assert set(hidden.suppression_reason) == {"protected"}


def test_a_rare_answer_to_a_sensitive_question_takes_its_neighbour_with_it() -> None:
    draft = questionnaire(Q1 | {"sensitivity": "sensitive"})
    answers = repeated("safety", SAFETY)
    raw = compute(draft, matrix(draft, answers, [0] * 143), flat("county"), open_sample=False)
    public = release(raw, Policy()).items.frame
    shown = public[(public.geo_id == "all") & (public.row_kind == "option")]
    assert list(zip(shown.option_code, shown.n, strict=True)) == [
        ("o1", 40),
        ("o2", 84),
        ("o3", 8),
        ("o4+o5", 9),
    ]
    # No mean, index or share beside it, which would tell the three from the six.
    summary = public[(public.geo_id == "all") & (public.row_kind == "summary")]
    assert summary[["mean", "index", "top_share"]].isna().all().all()
