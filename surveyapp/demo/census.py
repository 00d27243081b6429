"""An invented census: how many of each age and gender, tenure and language live in a place."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

# Answer codes of the shipped survey, so that margins and answers are the same categories.
AGES = (
    "under_18",
    "age_18_24",
    "age_25_34",
    "age_35_44",
    "age_45_54",
    "age_55_64",
    "age_65_74",
    "age_75_over",
)
GENDERS = ("man", "woman")
Counts = Mapping[str, Any]
_AGE_SHARES = np.array([0.17, 0.08, 0.13, 0.12, 0.12, 0.14, 0.13, 0.11])
# How much likelier the oldest are than usual where the tilt is 1; the youngest as much less.
_TILT = np.linspace(-0.7, 0.7, len(AGES))
# The old are more often women.
_MEN = np.linspace(0.51, 0.43, len(AGES))


def age_shares(tilt: float) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the share of each age group where ages tilt to young (-1) or old (1)."""
    shares = _AGE_SHARES * np.exp(tilt * _TILT)
    return np.asarray(shares / shares.sum())


def apportioned(whole: int, shares: Sequence[float]) -> list[int]:
    """Split a number by shares into whole numbers that add up (largest remainders)."""
    wanted = np.asarray(shares) / np.sum(shares) * whole
    counts = np.floor(wanted).astype(int)
    order = np.argsort(counts - wanted, kind="stable")
    counts[order[: whole - counts.sum()]] += 1
    return [int(count) for count in counts]


def census(population: int, age: float, renters: float, francophones: float) -> Counts:
    """Return the margins of a place, in persons; each margin adds up to its population.

    ``age_gender`` is by age and then gender, ``tenure`` by whether the home is owned or rented,
    ``language`` by first official language spoken.
    """
    shares = age_shares(age)
    cells = [[share * men, share * (1 - men)] for share, men in zip(shares, _MEN, strict=True)]
    people = iter(apportioned(population, [cell for pair in cells for cell in pair]))
    rented, french = round(population * renters), round(population * francophones)
    return {
        "age_gender": {one: {gender: next(people) for gender in GENDERS} for one in AGES},
        "tenure": {"owned": population - rented, "rented": rented},
        "language": {"en": population - french, "fr": french},
    }


def total(parts: Sequence[Counts]) -> Counts:
    """Add margins up, category by category."""
    return {
        name: total([part[name] for part in parts])
        if isinstance(value, Mapping)
        else sum(part[name] for part in parts)
        for name, value in parts[0].items()
    }
