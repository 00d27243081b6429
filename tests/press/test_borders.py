"""Shared borders stay shared, whatever is left out of them."""

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.press.borders import Ring, simplified

# Two halves of a square whose common border is a zigzag, and an island in the western half.
ZIGZAG = ((50, 0), (52, 20), (48, 40), (53, 60), (49, 80), (50, 100))
WEST: Ring = ((0, 0), *ZIGZAG, (0, 100))
EAST: Ring = ((100, 100), *ZIGZAG[::-1], (100, 0))
ISLAND: Ring = ((10, 10), (20, 9), (30, 10), (31, 20), (30, 30), (10, 30))
HOLE: Ring = (*ISLAND[3:], *ISLAND[:3])[::-1]


def test_small_bends_go_and_the_common_border_goes_with_them() -> None:
    west, east = simplified((WEST, EAST), 10)
    # One bend stays: three borders run from one meeting to the other.
    assert set(west) == {(0, 0), (50, 0), (53, 60), (50, 100), (0, 100)}
    assert set(east) == {(100, 100), (50, 100), (53, 60), (50, 0), (100, 0)}


def test_large_bends_stay_on_both_sides() -> None:
    west, east = simplified((WEST, EAST), 2)
    assert set(west) & set(ZIGZAG) == set(east) & set(ZIGZAG)
    assert len(set(west) & set(ZIGZAG)) > 2


def test_an_island_fits_its_hole_wherever_their_rings_begin() -> None:
    for tolerance in (0.5, 3, 50):
        island, hole = simplified((ISLAND, HOLE), tolerance)
        assert set(island) == set(hole)
        assert len(set(island)) >= 3


def test_a_place_between_two_borders_does_not_vanish() -> None:
    strip: Ring = ((0, 0), (50, 1), (100, 0), (50, 3))
    above: Ring = ((0, 0), (50, 1), (100, 0), (100, -50), (0, -50))
    below: Ring = ((100, 0), (50, 3), (0, 0), (0, 50), (100, 50))
    drawn = simplified((strip, above, below), 30)
    assert set(drawn[0]) == set(strip)


POINTS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=3, max_size=12, unique=True
)


@given(st.lists(POINTS, min_size=1, max_size=4), st.floats(0, 40))
def test_any_rings_stay_rings_of_their_own_points(
    rings: list[list[tuple[int, int]]], by: float
) -> None:
    given_rings = [tuple(ring) for ring in rings]
    for before, after in zip(given_rings, simplified(given_rings, by), strict=True):
        assert set(after) <= set(before)
        assert len(set(after)) >= 3


@given(POINTS)
def test_without_tolerance_no_bend_is_lost(points: list[tuple[int, int]]) -> None:
    ring = tuple(points)
    (drawn,) = simplified((ring,), 0)
    lost = set(ring) - set(drawn)
    # Only what lies on a straight line between its neighbours can go.
    for one in lost:
        assert one not in (min(ring), max(ring))
