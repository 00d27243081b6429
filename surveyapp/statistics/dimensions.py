"""Counts of people along one dimension, told so that no small one can be worked out.

Counting rules, section 5, point 11: one dimension at a time, bands under the floor. While a wave
is in the field every count is a band, because exact ones change as somebody presses the button.
Afterwards counts are exact, and what is under the floor must not be the total less the others.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from surveyapp.statistics.bands import Band, band

K = TypeVar("K")


def exact(count: int) -> Band:
    """Return a count as it is."""
    return Band(count, count, is_under=False)


def under(floor: int) -> Band:
    """Return what is said of a count under the floor, 0 included."""
    return Band(0, floor - 1, is_under=True)


def middle(told: Band) -> float:
    """Return the middle of a band: what shares and bars are made of, so that they tell no more."""
    return (told.least + told.most) / 2


def together(parts: Iterable[Band | None]) -> Band | None:
    """Add up what was told: a sum that says no more than its parts; None beside one kept back."""
    found = tuple(parts)
    known = [part for part in found if part is not None]
    if len(known) < len(found):
        return None
    return Band(sum(part.least for part in known), sum(part.most for part in known), False)


def one(count: int, floor: int, *, live: bool) -> Band:
    """Tell a count that is no part of a known total."""
    return band(count, floor) if live or count < floor else exact(count)


def told(counts: Mapping[K, int], floor: int, *, live: bool) -> dict[K, Band | None]:
    """Tell the counts of every category; None for one kept back because the total is known.

    What is not told exactly is nobody, or at least the floor of people in two categories or more.
    """
    if live:
        return {key: band(count, floor) for key, count in counts.items()}
    hidden = {key for key, count in counts.items() if count < floor}
    few = frozenset(hidden)
    while len(hidden) < len(counts):
        rest = sum(counts[key] for key in hidden)
        if rest == 0 or (rest >= floor and len(hidden) > 1):
            break
        hidden.add(min(counts.keys() - hidden, key=lambda key: (counts[key], str(key))))
    kept_back = hidden - few
    return {
        key: None if key in kept_back else under(floor) if key in few else exact(count)
        for key, count in counts.items()
    }
