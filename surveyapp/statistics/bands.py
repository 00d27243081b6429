"""Counts of a wave in the field as bands: enough to steer by, too coarse to watch one person.

Counting rules, section 5, point 11. A count under the floor is only "under the floor". Above it,
an exact count would change by one as somebody presses the button, and two exact counts would give
away a third by subtraction: classes of ten, and of a hundred from a thousand up, do neither.
"""

from dataclasses import dataclass

WIDTH = 10
WIDE = 100
WIDE_FROM = 1_000


@dataclass(frozen=True)
class Band:
    """From ``least`` to ``most`` people, both included. ``is_under`` the floor: 0 to floor - 1."""

    least: int
    most: int
    is_under: bool


def band(count: int, floor: int) -> Band:
    """Return the band of a count."""
    if count < floor:
        return Band(0, floor - 1, is_under=True)
    width = WIDE if count >= WIDE_FROM else WIDTH
    start = count // width * width
    return Band(max(start, floor), start + width - 1, is_under=False)
