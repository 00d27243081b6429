"""Wilson and t intervals, against published numbers."""

import numpy as np
import pytest
from scipy import stats

from surveyapp.statistics.estimates import (
    mean_interval,
    share_interval,
    standard_error,
    student,
    wilson,
)

# Reference table T14; the first four as in Newcombe (1998).
T14 = [
    (81, 263, 0.3080, 0.2553, 0.3662),
    (15, 148, 0.1014, 0.0624, 0.1605),
    (0, 20, 0.0, 0.0, 0.1611),
    (1, 29, 0.0345, 0.0061, 0.1718),
    (23, 60, 0.3833, 0.2709, 0.5098),
    (0, 10, 0.0, 0.0, 0.2775),
    (10, 10, 1.0, 0.7225, 1.0),
    (124, 141, 0.8794, 0.8154, 0.9233),
]


@pytest.mark.parametrize(("k", "n", "p", "low", "high"), T14)
def test_wilson_gives_the_published_interval(
    k: int, n: int, p: float, low: float, high: float
) -> None:
    found_low, found_high = wilson(k / n, n)
    assert (round(k / n, 4), round(float(found_low), 4), round(float(found_high), 4)) == (
        p,
        low,
        high,
    )


def test_nobody_is_exactly_zero_and_everybody_exactly_one() -> None:
    low, _high = wilson(0.0, 37)
    _low, high = wilson(1.0, 37)
    assert (float(low), float(high)) == (0.0, 1.0)


def test_wilson_agrees_with_scipy_for_every_small_table() -> None:
    for n in (1, 2, 7, 30, 141):
        for k in range(n + 1):
            low, high = wilson(k / n, n)
            known = stats.binomtest(k, n).proportion_ci(method="wilson")
            assert float(low) == pytest.approx(known.low, abs=1e-12)
            assert float(high) == pytest.approx(known.high, abs=1e-12)


def test_no_answers_give_no_interval() -> None:
    low, high = wilson(np.nan, 0)
    assert np.isnan(low)
    assert np.isnan(high)


def test_the_standard_error_is_that_of_the_survey_package() -> None:
    values = np.array([0, 25, 25, 75, 100, 100, 100.0])
    se = standard_error(values.sum(), (values**2).sum(), len(values))
    # R: survey::svymean(~x, svydesign(~1, data = d, weights = ~1)) is sd(x) / sqrt(n).
    assert float(se) == pytest.approx(values.std(ddof=1) / np.sqrt(7))


def test_the_t_interval_has_one_degree_of_freedom_less_than_answers() -> None:
    low, high = student(60.0, 5.0, 11)
    reach = stats.t.ppf(0.975, 10) * 5
    assert (float(low), float(high)) == (pytest.approx(60 - reach), pytest.approx(60 + reach))


def test_an_interval_never_leaves_the_scale() -> None:
    low, high = student(np.array([2.0, 98.0]), np.array([5.0, 5.0]), np.array([12, 12]))
    assert low[0] == 0
    assert high[1] == 100


def test_one_answer_has_no_standard_error() -> None:
    assert np.isnan(standard_error(50.0, 2500.0, 1))


def test_an_open_sample_has_no_interval_and_says_so() -> None:
    shares, n = np.array([50.0]), np.array([200.0])
    for interval in (
        share_interval(shares, n, open_sample=True),
        mean_interval(shares, np.array([2.0]), n, open_sample=True),
    ):
        assert interval.method == "none_open_sample"
        assert np.isnan(interval.low).all()
        assert np.isnan(interval.high).all()


def test_a_probability_sample_names_its_methods() -> None:
    shares, n = np.array([50.0]), np.array([200.0])
    assert share_interval(shares, n, open_sample=False).method == "wilson"
    assert mean_interval(shares, np.array([2.0]), n, open_sample=False).method == "t"
