"""Counts in the field are bands: under the floor nothing more, above it classes."""

import pytest

from surveyapp.statistics.bands import Band, band


@pytest.mark.parametrize(
    ("count", "least", "most"),
    [(12, 12, 19), (19, 12, 19), (20, 20, 29), (999, 990, 999), (1000, 1000, 1099)],
)
def test_a_count_is_in_its_band(count: int, least: int, most: int) -> None:
    assert band(count, 12) == Band(least, most, is_under=False)


@pytest.mark.parametrize("count", [0, 1, 11])
def test_under_the_floor_all_counts_are_alike(count: int) -> None:
    assert band(count, 12) == Band(0, 11, is_under=True)


@pytest.mark.parametrize("floor", [12, 15, 20, 33])
def test_bands_leave_no_gap_and_never_reach_under_the_floor(floor: int) -> None:
    for count in range(3_000):
        found = band(count, floor)
        assert found.least <= count <= found.most
        assert found.is_under is (count < floor)
        assert found.is_under or found.least >= floor


def test_one_more_answer_seldom_moves_a_band() -> None:
    moves = sum(band(count, 12) != band(count + 1, 12) for count in range(12, 999))
    assert moves < 100
