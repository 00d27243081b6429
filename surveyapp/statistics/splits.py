"""Sensitive scales: neighbouring options are merged until both sides of each are many."""

import numpy as np

from surveyapp.questionnaire.model import Kind, Role, Sensitivity
from surveyapp.statistics.counts import Groups, Ledger
from surveyapp.statistics.floors import LEAST_ON_EACH_SIDE

ORDERED = (Kind.scale, Kind.battery, Kind.number)
OUTSIDE = frozenset((Role.dont_know, Role.prefer_not))


def alone(ledger: Ledger) -> Groups:
    """Return each option by itself."""
    return tuple((column,) for column in range(len(ledger.codes)))


def splitting(ledger: Ledger, groups: Groups) -> tuple[tuple[int, ...], ...]:
    """Return the groups that split those who answered; don't know and prefer not do not."""
    return tuple(
        group for group in groups if OUTSIDE.isdisjoint(ledger.roles[column] for column in group)
    )


def _joined(groups: list[list[int]], sizes: list[int], smallest: int) -> list[list[int]]:
    """Join the smallest group with its smaller neighbour."""
    left, right = smallest - 1, smallest + 1
    into = right if left < 0 or (right < len(groups) and sizes[right] < sizes[left]) else left
    low, high = sorted((smallest, into))
    return [*groups[:low], groups[low] + groups[high], *groups[high + 1 :]]


def _merged_scale(ledger: Ledger) -> list[list[int]]:
    counts = ledger.options[0]
    wanted = (Role.scored, Role.substantive)
    groups = [[column] for column, role in enumerate(ledger.roles) if role in wanted]
    while len(groups) > 1:
        sizes = [int(counts[group].sum()) for group in groups]
        smallest = int(np.argmin(sizes))
        if sizes[smallest] >= LEAST_ON_EACH_SIDE:
            break
        groups = _joined(groups, sizes, smallest)
    return groups


def merged(ledger: Ledger, floor: int) -> Groups:
    """Group the columns of a ledger's options as they are published.

    The grouping is one for the whole table, made on all respondents: a place with its own
    grouping could be subtracted from one with another (counting rules, section 5, point 3).
    Where no grouping lets even the whole be published, there is none: it would tell that some
    answer was rare.
    """
    ordered = ledger.item.question.kind in ORDERED
    if ledger.sensitivity is not Sensitivity.sensitive or not ordered:
        return alone(ledger)
    scale = _merged_scale(ledger)
    inside = {column for group in scale for column in group}
    others = [(column,) for column in range(len(ledger.codes)) if column not in inside]
    groups = (*(tuple(group) for group in scale), *others)
    base = int(ledger.answered[0])
    sizes = [int(ledger.options[0, list(one)].sum()) for one in splitting(ledger, groups)]
    sides = min((min(size, base - size) for size in sizes), default=0)
    return groups if base >= floor and sides >= LEAST_ON_EACH_SIDE else alone(ledger)
