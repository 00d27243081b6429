"""Counts along one dimension: no small one is told, nor left over when the others are taken off."""

from hypothesis import given
from hypothesis import strategies as st

from surveyapp.statistics.bands import Band
from surveyapp.statistics.dimensions import exact, middle, one, together, told, under

FLOOR = 12


def test_a_count_under_the_floor_is_a_band_and_a_larger_one_is_exact() -> None:
    found = told({"a": 40, "b": 11, "c": 3}, FLOOR, live=False)
    assert found == {"a": exact(40), "b": under(FLOOR), "c": under(FLOOR)}


def test_a_single_small_count_takes_the_smallest_other_with_it() -> None:
    found = told({"a": 40, "b": 30, "c": 11}, FLOOR, live=False)
    assert found == {"a": exact(40), "b": None, "c": under(FLOOR)}


def test_nobody_at_all_gives_nothing_away() -> None:
    assert told({"a": 40, "b": 0}, FLOOR, live=False) == {"a": exact(40), "b": under(FLOOR)}


def test_while_answers_come_in_every_count_is_a_band() -> None:
    found = told({"a": 47, "b": 3}, FLOOR, live=True)
    assert (found["a"].least, found["a"].most) == (40, 49)
    assert found["b"] == under(FLOOR)
    assert one(47, FLOOR, live=True) == found["a"]
    assert one(47, FLOOR, live=False) == exact(47)
    assert one(11, FLOOR, live=False) == under(FLOOR)
    assert middle(found["a"]) == 44.5


@given(st.dictionaries(st.integers(0, 8), st.integers(0, 60)))
def test_what_is_not_told_is_nobody_or_many_in_more_than_one(counts: dict[int, int]) -> None:
    found = told(counts, FLOOR, live=False)
    exactly = {key for key, band in found.items() if band and band.least == band.most}
    rest = sum(counts[key] for key in counts.keys() - exactly)
    small = [key for key in counts if counts[key] < FLOOR]
    assert not exactly & set(small)
    if exactly:
        assert rest == 0 or (rest >= FLOOR and len(counts) - len(exactly) > 1)
    for key in exactly:
        assert found[key] == exact(counts[key])


def test_a_sum_says_no_more_than_its_parts() -> None:
    assert together((exact(40), exact(3))) == exact(43)
    assert together((exact(40), under(FLOOR))) == Band(40, 51, is_under=False)
    assert together((exact(40), None)) is None
    assert together(()) == exact(0)


@given(st.lists(st.integers(0, 300), min_size=1), st.booleans())
def test_a_sum_holds_what_was_counted(counts: list[int], live: bool) -> None:
    found = together(told(dict(enumerate(counts)), FLOOR, live=live).values())
    assert found is None or found.least <= sum(counts) <= found.most
