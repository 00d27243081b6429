"""Parts are added, grouped, joined and dropped, and what is not touched stays as it was."""

import json
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from surveyapp.questionnaire.conditions import All, AnyOf, AnyPart, Condition, Not, holds
from surveyapp.questionnaire.drafting.composing import (
    MOST_PARTS,
    Join,
    NoSuchPartError,
    added,
    closed,
    dropped,
    grouped,
    is_group,
    is_long,
    joined,
    lists,
    opened,
    part_at,
)

CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)


def is_yes(question: str) -> AnyOf:
    return AnyOf(question=question, any_of=("yes",))


A, B, C, D = (is_yes(one) for one in "abcd")
LEAVES = st.sampled_from((A, B, C, D))
CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(lambda held: All(all=tuple(held))),
        st.lists(parts, min_size=1, max_size=3).map(lambda held: AnyPart(any=tuple(held))),
        parts.map(lambda held: Not(not_=held)),
    ),
    max_leaves=8,
)


def alike(one: Condition, other: Condition) -> bool:
    """Tell whether two conditions hold for the same answers."""
    for given_ in product(("yes", "no"), repeat=4):
        answers = dict(zip("abcd", given_, strict=True))
        if holds(one, answers) is not holds(other, answers):
            return False
    return True


def test_a_group_within_a_list_is_built_part_by_part() -> None:
    made = added(None, "", A)
    assert made == A
    made = added(made, "", All(all=(B,)))
    made = added(made, "1", C)
    made = joined(made, "1", Join.any)
    assert made == All(all=(A, AnyPart(any=(B, C))))
    assert joined(made, "", Join.none) == Not(not_=AnyPart(any=(A, AnyPart(any=(B, C)))))
    assert dropped(dropped(made, "1.0"), "1.0") == A
    assert dropped(made, "0") == AnyPart(any=(B, C))


def test_a_part_becomes_a_group_that_others_join() -> None:
    made = grouped(All(all=(A, B)), "1")
    assert made == All(all=(A, All(all=(B,))))
    assert joined(added(made, "1", C), "1", Join.none) == All(
        all=(A, Not(not_=AnyPart(any=(B, C))))
    )


def test_the_last_part_leaves_no_condition() -> None:
    assert dropped(A, "0") is None
    assert dropped(Not(not_=AnyPart(any=(A,))), "0") is None


@pytest.mark.parametrize("where", ["2", "0.0", "1.2", "1.0.0", "x", "-1", "1.", "9999", "²"])
def test_a_place_where_nothing_stands_is_refused(where: str) -> None:
    made = All(all=(A, AnyPart(any=(B, C))))
    for change in (
        lambda: dropped(made, where),
        lambda: joined(made, where, Join.any),
        lambda: grouped(made, where),
        lambda: added(made, where, D),
    ):
        with pytest.raises(NoSuchPartError):
            change()


def test_a_list_has_an_end() -> None:
    assert not is_long(All(all=(A,) * MOST_PARTS))
    assert is_long(AnyPart(any=(All(all=(A,) * MOST_PARTS), B)))


@given(CONDITIONS)
def test_every_condition_opens_into_a_list_that_says_the_same(condition: Condition) -> None:
    made = closed(opened(condition))
    assert made is not None
    assert alike(made, condition)


@given(CONDITIONS, st.data())
def test_a_change_of_one_list_leaves_the_rest_of_any_condition_alone(
    condition: Condition, data: st.DataObject
) -> None:
    where, group = data.draw(st.sampled_from(list(lists(condition, 9))))
    # A list that stood alone becomes the whole, and its parts stand elsewhere.
    whole = opened(condition)
    stood_alone = len(whole.parts) == 1 and whole.join in (Join.all, Join.any)
    since = where.partition(".")[2] if stood_alone else where
    there_and_back = joined(joined(condition, where, Join.not_all), since, group.join)
    assert there_and_back is not None
    assert alike(there_and_back, condition)
    longer = added(condition, where, D)
    assert longer is not None
    ends = [f"{at}.{len(one.parts) - 1}".removeprefix(".") for at, one in lists(longer, 9)]
    last = [one for one in ends if part_at(longer, one) == D]
    shorter = [found for one in last if (found := dropped(longer, one))]
    assert any(alike(one, condition) for one in shorter)


@given(CONDITIONS)
def test_lists_are_walked_no_deeper_than_asked(condition: Condition) -> None:
    found = dict(lists(condition, 2))
    assert "" in found
    assert all("." not in where for where in found)
    for where in found:
        assert where == "" or is_group(part_at(condition, where))
    assert json.loads(CONDITION.dump_json(condition, by_alias=True))
