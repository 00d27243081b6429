"""Proportions and means with their intervals."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from surveyapp.statistics.tables import Floats

Z = 1.959963984540054
WILSON = "wilson"
STUDENT = "t"
NONE_OPEN_SAMPLE = "none_open_sample"


@dataclass(frozen=True)
class Interval:
    """Low and high ends, in the unit of the estimate; NaN without an interval."""

    low: Floats
    high: Floats
    method: str


def wilson(shares: npt.ArrayLike, n_eff: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return Wilson's 95 % score interval of proportions from 0 to 1.

    Wilson (1927), JASA 22; recommended by Newcombe (1998), Statistics in Medicine 17. ``n_eff``
    is the effective number of answers; none gives NaN.
    """
    p = np.asarray(shares, dtype=float)
    n = np.asarray(n_eff, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = p + Z**2 / (2 * n)
        half = Z * np.sqrt(p * (1 - p) / n + Z**2 / (4 * n**2))
        scale = 1 + Z**2 / n
        low, high = (centre - half) / scale, (centre + half) / scale
    # Exact ends: rounding error must not turn "nobody" into "hardly anybody".
    low = np.where(p == 0, 0.0, low)
    high = np.where(p == 1, 1.0, high)
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)


def student(means: npt.ArrayLike, se: npt.ArrayLike, n_eff: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Return the 95 % t interval of means on 0 to 100, n_eff - 1 degrees of freedom, truncated."""
    m, s, n = (np.asarray(one, dtype=float) for one in (means, se, n_eff))
    freedom = np.where(n > 1, n - 1, np.nan)
    half = special.stdtrit(freedom, 0.975) * s
    return np.clip(m - half, 0, 100), np.clip(m + half, 0, 100)


def standard_error(sums: npt.ArrayLike, squares: npt.ArrayLike, n: npt.ArrayLike) -> Floats:
    """Return the standard error of means from sums and sums of squares (weights of one).

    Equal to R's ``svymean`` on ``svydesign(~1)``: sqrt(n/(n-1) * sum((x - mean)^2)) / n.
    """
    total, square, count = (np.asarray(one, dtype=float) for one in (sums, squares, n))
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.maximum(square - total**2 / count, 0)
        return np.where(count > 1, np.sqrt(count / (count - 1) * spread) / count, np.nan)


def share_interval(shares: Floats, n_eff: Floats, open_sample: bool) -> Interval:
    """Return the interval of shares in percent; none can be calculated for an open sample."""
    if open_sample:
        nothing = np.full(np.shape(shares), np.nan)
        return Interval(nothing, nothing, NONE_OPEN_SAMPLE)
    low, high = wilson(shares / 100, n_eff)
    return Interval(low * 100, high * 100, WILSON)


def mean_interval(means: Floats, se: Floats, n_eff: Floats, open_sample: bool) -> Interval:
    """Return the interval of means on 0 to 100; none can be calculated for an open sample."""
    if open_sample:
        nothing = np.full(np.shape(means), np.nan)
        return Interval(nothing, nothing, NONE_OPEN_SAMPLE)
    low, high = student(means, se, n_eff)
    return Interval(low, high, STUDENT)
