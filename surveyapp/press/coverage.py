"""How far the groups that the Act names were reached, for the whole survey or a municipality.

Counting rules, section 5, point 11: bands, the floor of the question's sensitivity, one group by
municipality and no finer. A municipality's band is kept back where the whole less the others
would give a small one away, and where nearly everybody who answered belongs to the group, which
would tell of each of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from surveyapp.press.counting import hierarchy_of, matrix_of
from surveyapp.questionnaire.coverage import KNOWN_BY, Group, asked, members, silent
from surveyapp.questionnaire.model import Draft, Multiple, Single
from surveyapp.questionnaire.text import Text
from surveyapp.statistics.bands import Band, band
from surveyapp.statistics.dimensions import middle, told
from surveyapp.statistics.floors import LEAST_ON_EACH_SIDE, Policy
from surveyapp.statistics.tables import Matrix
from surveyapp.statistics.tree import Tree
from surveyapp.storage.counted.snapshot import Snapshot
from surveyapp.storage.field.waves import Wave
from surveyapp.storage.municipal.places import Place, PlaceTree, place_tree

EVERYWHERE = ""


@dataclass(frozen=True)
class Reached:
    """How many of a group answered. ``share`` is of those who answered the question.

    ``question`` is the one that tells; None: the survey does not ask. ``share`` and
    ``population_share`` are percentages, None where they are not told or not known.
    """

    group: Group
    question: Text | None
    floor: int
    people: Band | None
    share: float | None
    population_share: float | None


def _chose(matrix: Matrix, question: Single | Multiple, options: frozenset[str]) -> Any:
    """Tell who chose any of some options."""
    column, codes = matrix.columns[question.id], matrix.codes[question.id]
    wanted = [place for place, code in enumerate(codes) if code in options]
    if isinstance(question, Multiple):
        bits = np.uint64(sum(1 << place for place in wanted))
        return (column & bits) != 0
    return np.isin(column, wanted)


def _answered(matrix: Matrix, question: Single | Multiple) -> Any:
    spoke = frozenset(one.id for one in question.options) - silent(question)
    return _chose(matrix, question, spoke)


def _by_town(matrix: Matrix, tree: Tree, who: Any) -> dict[str, int]:
    """Count people by municipality, and those of none under a name that no place has."""
    own = np.bincount(tree.own(matrix.places)[who], minlength=len(tree.codes))
    people = tree.rolled_up(own)
    towns = {
        code: int(people[node])
        for node, code in enumerate(tree.codes)
        if tree.levels[node] == "municipality"
    }
    return {**towns, "\0": int(people[0]) - sum(towns.values())}


def _told(counts: Mapping[str, int], others: Mapping[str, int], floor: int, code: str) -> Any:
    """Tell one municipality's band; ``others`` answered and do not belong."""
    if others[code] < LEAST_ON_EACH_SIDE <= counts[code]:
        return None
    found = told(counts, floor, live=False)[code]
    return None if found is None else band(counts[code], floor)


def _census(place: Place | None, group: Group) -> float | None:
    """Return a group's share of the population in percent, where the census margins tell it."""
    margins = (place.margins if place else None) or {}
    known = KNOWN_BY[group]
    table = margins.get("age_gender" if known.question == "age" else known.question)
    if not table:
        return None
    people = {
        code: sum(cell.values()) if isinstance(cell, Mapping) else cell
        for code, cell in table.items()
    }
    whole = sum(people.values())
    mine = sum(number for code, number in people.items() if code in known.options)
    return 100 * mine / whole if whole and known.options else None


def _whole(tree: PlaceTree) -> Place | None:
    roots = [one for one in tree.places if one.parent is None]
    return roots[0] if len(roots) == 1 else None


def towns_of(wave: Wave) -> tuple[Place, ...]:
    """List the municipalities whose coverage may be shown: never one published by agreement."""
    found = place_tree(wave.place_set_id).at("municipality")
    return tuple(one for one in found if not one.agreement_required)


def columns_read(questionnaire: Draft) -> frozenset[str]:
    """Name the columns by which the groups are known."""
    found = (asked(questionnaire, group) for group in KNOWN_BY)
    return frozenset(one.id for one in found if one is not None)


def coverage(
    found: Snapshot, wave: Wave, questionnaire: Draft, town: str = EVERYWHERE
) -> tuple[Reached, ...]:
    """Return how each group was reached, everywhere or in a municipality by its code."""
    places = place_tree(wave.place_set_id)
    hierarchy = hierarchy_of(places)
    tree, matrix = Tree(hierarchy), matrix_of(found, hierarchy)
    place = places.by_code[town] if town else _whole(places)
    return tuple(_reached(group, matrix, tree, questionnaire, place, town) for group in KNOWN_BY)


def _reached(
    group: Group,
    matrix: Matrix,
    tree: Tree,
    questionnaire: Draft,
    place: Place | None,
    town: str,
) -> Reached:
    question, census = asked(questionnaire, group), _census(place, group)
    if question is None or question.id not in matrix.columns:
        floor = Policy.of(questionnaire).floor(question.sensitivity) if question else 0
        under = Band(0, floor - 1, is_under=True) if question else None
        return Reached(group, question.text if question else None, floor, under, None, census)
    floor = Policy.of(questionnaire).floor(question.sensitivity)
    answered = _answered(matrix, question)
    mine = answered & _chose(matrix, question, members(question, group))
    if town:
        counts = _by_town(matrix, tree, mine)
        bases = _by_town(matrix, tree, answered)
    else:
        counts, bases = {"": int(mine.sum())}, {"": int(answered.sum())}
    others = {code: bases[code] - counts[code] for code in counts}
    if town:
        people, base = (_told(one, others, floor, town) for one in (counts, bases))
    else:
        near = others[""] < LEAST_ON_EACH_SIDE <= counts[""]
        people, base = (None if near else band(one[""], floor) for one in (counts, bases))
    known = people is not None and base is not None and not people.is_under and middle(base)
    share = min(100.0, 100 * middle(people) / middle(base)) if people and known else None
    return Reached(group, question.text, floor, people, share, census)
