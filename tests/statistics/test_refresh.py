"""Two counts of one wave can be subtracted: what the difference tells must be many."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.statistics.disclosure import release
from surveyapp.statistics.floors import Policy
from surveyapp.statistics.refresh import common_sets, may_follow, shown_nodes
from surveyapp.statistics.results import RawResults, compute
from surveyapp.statistics.tables import Hierarchy
from surveyapp.statistics.tree import Tree
from tests.statistics.attacking import Map, computable
from tests.statistics.making import hierarchy, matrix, questionnaire, scale

TOWNS = hierarchy(
    [
        ("east", "municipality", -1),
        ("west", "municipality", -1),
        ("a", "neighbourhood", 0),
        ("b", "neighbourhood", 0),
        ("c", "neighbourhood", 1),
        ("d", "neighbourhood", 1),
    ]
)
DRAFT = questionnaire(scale("safe", (0, 50, 100)))
PLACES = {"a": 2, "b": 3, "c": 4, "d": 5}


def answers(sizes: dict[str, int]) -> list[tuple[dict[str, Any], int]]:
    """Give so many answers from each place, spread over the options."""
    return [
        ({"safe": f"o{1 + number % 3}"}, PLACES[place])
        for place, size in sizes.items()
        for number in range(size)
    ]


def counted(rows: list[tuple[dict[str, Any], int]]) -> RawResults:
    found = matrix(DRAFT, [one for one, _place in rows], [place for _one, place in rows])
    return compute(DRAFT, found, TOWNS, open_sample=True)


def shown(raw: RawResults) -> dict[str, Any]:
    return shown_nodes(release(raw, Policy()).items.frame, "item_code", raw.tree.codes)


def may(before: dict[str, int], more: dict[str, int], *, taken_back: bool = False) -> bool:
    first, new = answers(before), answers(more)
    return may_follow(
        shown(counted(first)),
        shown(counted(first + new)),
        counted(new),
        counted(first + new).respondents,
        Policy(),
        taken_back=taken_back,
    )


def test_a_group_that_gained_few_stops_the_count() -> None:
    before = {"a": 40, "b": 40, "c": 40, "d": 40}
    assert may(before, {"a": 12, "b": 12, "c": 12, "d": 12})
    assert not may(before, {"a": 12, "b": 12, "c": 12, "d": 11})
    assert not may(before, {"a": 1})


def test_a_group_that_gained_nobody_does_not() -> None:
    before = {"a": 40, "b": 40, "c": 40, "d": 40}
    assert may(before, {"a": 30})
    assert may(before, {"a": 12, "c": 500})


def test_a_hidden_group_is_worked_out_of_what_holds_it() -> None:
    # With c and d both hidden in west, one new answer from each is two of west's.
    before = {"a": 40, "b": 40, "c": 11, "d": 11}
    assert not may(before, {"a": 12, "b": 12, "c": 1, "d": 1})
    assert may(before, {"a": 12, "b": 12, "c": 6, "d": 6})


def test_new_answers_that_are_all_the_same_stop_the_count() -> None:
    first = answers({"a": 40, "b": 40, "c": 40, "d": 40})
    new = [({"safe": "o1"}, PLACES["a"])] * 20
    raw = counted(first + new)
    before = shown(counted(first))
    assert not may_follow(
        before, shown(raw), counted(new), raw.respondents, Policy(), taken_back=False
    )


def test_a_withdrawal_must_be_lost_among_new_answers() -> None:
    before = {"a": 40, "b": 40, "c": 40, "d": 40}
    assert not may(before, {"a": 30}, taken_back=True)
    assert may(before, {"a": 12, "b": 12, "c": 12, "d": 12}, taken_back=True)


def test_what_was_never_shown_can_be_shown_at_once() -> None:
    raw = counted(answers({"a": 40}))
    assert may_follow({}, shown(raw), raw, raw.respondents, Policy(), taken_back=False)


def test_what_cannot_be_counted_by_itself_waits() -> None:
    everything = {"an area": np.ones(7, dtype=bool)}
    some, nobody = counted(answers({"a": 5})), counted([])

    def follows(added: RawResults, *, taken_back: bool) -> bool:
        people = some.respondents
        return may_follow(everything, everything, added, people, Policy(), taken_back=taken_back)

    assert not follows(some, taken_back=False)
    assert follows(nobody, taken_back=False)
    assert not follows(nobody, taken_back=True)


flags = st.lists(st.booleans(), min_size=7, max_size=7).map(lambda one: np.array(one, dtype=bool))


def _sets(tree: Tree, published: Any) -> set[tuple[int, ...]]:
    vectors = [Map(tree).indicator(node) for node in np.flatnonzero(published)]
    return set(computable(vectors, range(len(tree.codes))))


@pytest.mark.parametrize("places", [TOWNS], ids=["two towns"])
@given(earlier=flags, later=flags)
@settings(max_examples=60, deadline=None)
def test_the_common_sets_are_those_that_an_attacker_can_compute_twice(
    places: Hierarchy, earlier: Any, later: Any
) -> None:
    tree = Tree(places)
    twice = _sets(tree, earlier) & _sets(tree, later)
    found = [frozenset(int(node) for node in one) for one in common_sets(tree, earlier, later)]
    # Each is computable twice, no two share a node, and unions of them are all there is.
    assert {tuple(sorted(one)) for one in found} <= twice
    assert len(frozenset().union(*found)) == sum(len(one) for one in found)
    for one in twice:
        parts = [part for part in found if part & set(one)]
        assert frozenset().union(*parts) == set(one)
