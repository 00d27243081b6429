"""What one item's table tells of another's: places and answers that decide who is asked.

How many were asked is a figure of every row. Of an item that is asked on a condition it is a
count of other answers; of one asked in some places only, a count of their residents. Such a row
may stand only where those counts are published anyway, or can be computed from what is.
"""

from collections.abc import Mapping

import numpy as np

from surveyapp.questionnaire.conditions import (
    Answered,
    AnyOf,
    Condition,
    NoneOf,
    leaves,
    questions_of,
)
from surveyapp.questionnaire.model import Draft, Item, Multiple, Place, Sensitivity, items
from surveyapp.statistics.counts import Ledger
from surveyapp.statistics.floors import most_sensitive
from surveyapp.statistics.tables import Flags, Floats
from surveyapp.statistics.tree import Tree


def sensitivities(questionnaire: Draft) -> Mapping[str, Sensitivity]:
    """Return each item's sensitivity, and no less than that of what decides who is asked it.

    To stand in the table of those who were asked is to have answered so.
    """
    found: dict[str, Sensitivity] = {}
    for item in items(questionnaire):
        condition = item.question.asked_if
        given = questions_of(condition) if condition is not None else frozenset()
        before = (found.get(key, Sensitivity.general) for key in given)
        found[item.key] = most_sensitive((item.question.sensitivity, *before))
    return found


def _homes(item: Item, places: frozenset[str]) -> tuple[str, ...] | None:
    """Name the places whose residents alone are asked; none for everywhere; None if unclear."""
    condition = item.question.asked_if
    if condition is None or places.isdisjoint(questions_of(condition)):
        return item.question.only_for
    # A condition on the place question holds for the very places it names, not what lies in them.
    if isinstance(condition, AnyOf) and not item.question.only_for:
        return condition.any_of
    return None


def _nodes(tree: Tree, codes: tuple[str, ...], exactly: bool) -> tuple[int, ...] | None:
    found = [tree.number.get(code) for code in codes]
    nodes = [one for one in found if one]
    if len(nodes) < len(found) or (exactly and any(tree.children[one] for one in nodes)):
        return None
    return tree.topmost(nodes)


def place_questions(questionnaire: Draft) -> frozenset[str]:
    """Name the questions that places are read from."""
    return frozenset(one.id for one in questionnaire.questions() if isinstance(one, Place))


def residents_asked(item: Item, questionnaire: Draft, tree: Tree) -> tuple[int, ...] | None:
    """Return the nodes whose residents alone are asked; empty for everyone; None if unclear."""
    codes = _homes(item, place_questions(questionnaire))
    if codes is None:
        return None
    return _nodes(tree, codes, exactly=not item.question.only_for)


def populations_asked(tree: Tree, homes: tuple[int, ...]) -> Floats:
    """Return the people in each node among whom an item's residents were: those of its homes."""
    populations = tree.populations.copy()
    for node in {above for home in homes for above in tree.above(home)}:
        inside = [tree.populations[home] for home in homes if node in tree.above(home)]
        populations[node] = np.sum(inside)
    return populations


def _tells_residents(tree: Tree, everything: Flags, homes: tuple[int, ...]) -> Flags:
    """Mark the nodes where the number asked would tell the residents of a hidden place."""
    telling = np.zeros(len(tree.codes), dtype=bool)
    for home in homes:
        if not everything[home]:
            telling[list(tree.above(home))] = True
    return telling


def _is_told_anyway(condition: Condition, given: Ledger | None) -> bool:
    """Tell whether the number a condition holds for follows from a sensitive item's own table."""
    found = list(leaves(condition))
    if given is None or len(found) != 1:
        return False
    (leaf,) = found
    if isinstance(leaf, Answered):
        return True
    if not isinstance(leaf, AnyOf | NoneOf):
        return False
    chosen = frozenset(leaf.any_of if isinstance(leaf, AnyOf) else leaf.none_of)
    if isinstance(given.item.question, Multiple) and len(chosen) > 1:
        return False  # who ticked either of two is no sum of who ticked each
    shown = [frozenset(given.codes[column] for column in group) for group in given.groups]
    return all(group <= chosen or group.isdisjoint(chosen) for group in shown)


def _is_open(condition: Condition | None, known: Mapping[str, Sensitivity],
             counted: Mapping[str, Ledger]) -> bool:  # fmt: skip
    if condition is None:
        return True
    hard = [key for key in questions_of(condition) if known.get(key) is Sensitivity.sensitive]
    return all(_is_told_anyway(condition, counted.get(key)) for key in hard)


def candidates(
    ledger: Ledger,
    questionnaire: Draft,
    tree: Tree,
    everything: Flags,
    published: Mapping[str, Flags],
    counted: Mapping[str, Ledger],
) -> Flags:
    """Mark the nodes where an item's row could tell nothing of the rows of others.

    ``everything``: where the number of responses is published; ``published``: the patterns of
    the items before this one; ``counted``: every ledger by key.
    """
    condition, item = ledger.item.question.asked_if, ledger.item
    homes = residents_asked(item, questionnaire, tree)
    if homes is None or not _is_open(condition, sensitivities(questionnaire), counted):
        return np.zeros(len(tree.codes), dtype=bool)
    nodes = everything & ~_tells_residents(tree, everything, homes)
    for key in questions_of(condition) if condition is not None else ():
        nodes &= published.get(key, everything)
    return np.asarray(nodes, dtype=bool)
