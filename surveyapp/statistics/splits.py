"""Sensitive scales: neighbouring options are merged until both sides of each are many."""

import numpy as np

from surveyapp.questionnaire.model import Kind, Role, Sensitivity
from surveyapp.statistics.counts import Ledger
from surveyapp.statistics.floors import LEAST_ON_EACH_SIDE

Groups = tuple[tuple[int, ...], ...]
ORDERED = (Kind.scale, Kind.battery, Kind.number)


def merged(ledger: Ledger) -> Groups:
    """Group the columns of a ledger's options as they are published.

    The grouping is one for the whole table, made on all respondents: a place with its own
    grouping could be subtracted from one with another (counting rules, section 5, point 3).
    """
    alone = tuple((column,) for column in range(len(ledger.codes)))
    ordered = ledger.item.question.kind in ORDERED
    if ledger.item.question.sensitivity is not Sensitivity.sensitive or not ordered:
        return alone
    scale = [
        column
        for column, role in enumerate(ledger.roles)
        if role in (Role.scored, Role.substantive)
    ]
    groups = [[column] for column in scale]
    counts = ledger.options[0]
    while len(groups) > 1:
        sizes = [int(counts[group].sum()) for group in groups]
        smallest = int(np.argmin(sizes))
        if sizes[smallest] >= LEAST_ON_EACH_SIDE:
            break
        left, right = smallest - 1, smallest + 1
        into = right if left < 0 or (right < len(groups) and sizes[right] < sizes[left]) else left
        low, high = sorted((smallest, into))
        groups[low : high + 1] = [groups[low] + groups[high]]
    others = [(column,) for column in range(len(ledger.codes)) if column not in scale]
    return (*(tuple(group) for group in groups), *others)
