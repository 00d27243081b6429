"""An attacker who has the files, the questionnaire and the map, and a solver.

For each cell (the people of a place who are in none of its parts) and each item there are unknown
whole numbers: how many were asked, left it blank, chose each answer. Whatever the files print is
an equation, or two inequalities where it was rounded. The attacker asks the solver how low and how
high any hidden figure can be. Nothing here sees an unpublished number, but what a council of a
joint plan knows of itself.
"""

import csv
import io
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import identity, kron, lil_array

from surveyapp.questionnaire.conditions import AnyOf
from surveyapp.questionnaire.model import Item, Multiple, Role
from surveyapp.statistics.results import RawResults
from surveyapp.statistics.tree import Tree

T = TypeVar("T")
Row = dict[str, str]
Variable = tuple[str, int, str]  # item, cell, figure
Sum = dict[Variable, float]
EVERYBODY = ""
HALF_A_STEP = 0.05


def rows_of(data: bytes, sample: str) -> list[Row]:
    """Read the rows of a sample."""
    found = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [row for row in found if row["sample_id"] == sample]


@dataclass
class Knowledge:
    """What follows from the files, as rows of a linear program: low <= sum <= high."""

    tree: Tree
    items: Mapping[str, Item]
    facts: list[tuple[Sum, float, float]] = field(default_factory=list)
    mates: list[set[str]] = field(default_factory=list)

    def learn(self, total: Sum, low: float, high: float | None = None) -> None:
        self.facts.append((total, low, low if high is None else high))

    def inside(self, node: int) -> set[int]:
        """Return the cells of a node."""
        found, waiting = set(), [node]
        while waiting:
            one = waiting.pop()
            found.add(one)
            waiting.extend(self.tree.children[one])
        return found

    def over(self, figures: Iterable[tuple[str, str, float]], cells: Iterable[int]) -> Sum:
        """Add up figures of items over cells."""
        total: Sum = defaultdict(float)
        for key, figure, weight in figures:
            for cell in cells:
                total[(key, cell, figure)] += weight
        return dict(total)

    def roles(self, key: str, *wanted: Role) -> list[tuple[str, str, float]]:
        return [(key, one.id, 1.0) for one in self.items[key].options if one.role in wanted]

    def answered(self, key: str) -> list[tuple[str, str, float]]:
        if isinstance(self.items[key].question, Multiple):
            return [(key, "answered", 1.0)]
        return self.roles(key, Role.scored, Role.substantive, Role.not_applicable)


def _structure(known: Knowledge, key: str, cell: int, homes: set[int]) -> None:
    """Learn how the figures of an item hang together, and who is asked it."""
    item, mine = known.items[key], {cell}
    outside = known.roles(key, Role.dont_know, Role.prefer_not)
    parts = [*known.answered(key), *outside, (key, "blank", 1.0), (key, "asked", -1.0)]
    known.learn(known.over(parts, mine), 0)
    if isinstance(item.question, Multiple):
        ticks = known.roles(key, Role.substantive)
        for one in ticks:
            known.learn(known.over([(key, "answered", 1.0), (*one[:2], -1.0)], mine), 0, np.inf)
        known.learn(known.over([*ticks, (key, "answered", -1.0)], mine), 0, np.inf)
    condition = item.question.asked_if
    asked = (key, "asked", 1.0)
    if isinstance(condition, AnyOf) and condition.question in known.items:
        given = [(condition.question, one, -1.0) for one in condition.any_of]
        known.learn(known.over([asked, *given], mine), 0)
    elif cell in homes:
        known.learn(known.over([asked, (EVERYBODY, "people", -1.0)], mine), 0)
    else:
        known.learn(known.over([asked], mine), 0)


def _homes(known: Knowledge, item: Item) -> set[int]:
    """Return the cells whose people are asked, as far as places decide it."""
    question, condition = item.question, item.question.asked_if
    codes = question.only_for
    if isinstance(condition, AnyOf) and condition.question not in known.items:
        codes = condition.any_of
    if not codes:
        return set(range(len(known.tree.codes)))
    nodes = [known.tree.number[code] for code in codes if code in known.tree.number]
    return {cell for node in nodes for cell in known.inside(node)}


def _read_option(known: Knowledge, row: Row, cells: set[int]) -> None:
    key = row["item_code"]
    figures = [(key, code, 1.0) for code in row["option_code"].split("+")]
    if row["n"]:
        known.learn(known.over(figures, cells), float(row["n"]))


def _read_summary(known: Knowledge, row: Row, cells: set[int]) -> None:
    key = row["item_code"]
    if row["base_definition"] != "scored" or not row["index"]:
        return
    n = float(row["base_n"])
    options = known.items[key].options
    scores = [(key, one.id, one.score) for one in options if one.score is not None]
    step = 0.5 if n < 100 else HALF_A_STEP
    low, high = float(row["index"]) - step, float(row["index"]) + step
    known.learn(known.over(scores, cells), low * n - 1e-6, high * n + 1e-6)


def _read_bases(known: Knowledge, row: Row, cells: set[int]) -> None:
    key = row["item_code"]
    for name, figures in (
        ("asked_n", [(key, "asked", 1.0)]),
        ("blank_n", [(key, "blank", 1.0)]),
        ("dont_know_n", known.roles(key, Role.dont_know)),
        ("prefer_not_n", known.roles(key, Role.prefer_not)),
    ):
        if row[name]:
            known.learn(known.over(figures, cells), float(row[name]))
    bases = {
        "answered": known.answered(key),
        "asked": [(key, "asked", 1.0)],
        "scored": known.roles(key, Role.scored),
    }
    if row["base_n"]:
        figures = bases[row["base_definition"]]
        known.learn(known.over(figures, cells), float(row["base_n"]))


def _read_area(known: Knowledge, row: Row, complete: Mapping[tuple[str, str], bool]) -> None:
    """Where nobody left out any item, an index is the mean of its items' scores.

    ``complete`` tells of an item in a place whether nobody left it out, and then whether every
    answer is printed: where all are, the index says nothing new.
    """
    used = [key for key, item in known.items.items() if row["area_code"] in item.areas]
    if not row["index"] or int(row["items"]) != len(used):
        return
    told = [complete.get((key, row["geo_id"])) for key in used]
    if None in told or all(told):
        return
    known.mates.append(set(used))
    cells = known.inside(known.tree.number[row["geo_id"]])
    n = float(row["n"])
    step = 0.5 if n < 100 else HALF_A_STEP
    scores = [
        (key, one.id, one.score / len(used))
        for key in used
        for one in known.items[key].options
        if one.score is not None
    ]
    low, high = float(row["index"]) - step, float(row["index"]) + step
    known.learn(known.over(scores, cells), low * n - 1e-6, high * n + 1e-6)


def learned(
    tree: Tree, items: Mapping[str, Item], rows: Sequence[Row], areas: Sequence[Row]
) -> Knowledge:
    """Put everything that the files say of a sample into one system."""
    known = Knowledge(tree, items)
    for key, item in items.items():
        homes = _homes(known, item)
        for cell in range(len(tree.codes)):
            _structure(known, key, cell, homes)
    complete: dict[tuple[str, str], bool] = {}
    for row in rows:
        cells = known.inside(tree.number[row["geo_id"]])
        _read_bases(known, row, cells)
        place = (row["item_code"], row["geo_id"])
        if row["row_kind"] == "option":
            _read_option(known, row, cells)
            printed = row["n"] != "" and "+" not in row["option_code"]
            complete[place] = complete.get(place, True) and printed
        else:
            _read_summary(known, row, cells)
            if row["base_n"] == "" or row["base_n"] != row["asked_n"]:
                complete.pop(place)
    for row in areas:
        _read_area(known, row, complete)
    return known


def learn_that_all_have_a_place(known: Knowledge) -> None:
    """Add that nobody is without a place, as somebody may know who asked."""
    known.learn({(EVERYBODY, 0, "people"): 1.0}, 0)


def learn_own(known: Knowledge, raw: RawResults, council: int) -> None:
    """Add what a council of a joint plan has itself: the raw figures of every cell in it."""
    for cell in known.inside(council):
        children = list(raw.tree.children[cell])
        people = raw.respondents[cell] - raw.respondents[children].sum()
        known.learn({(EVERYBODY, cell, "people"): 1.0}, float(people))
        for ledger in raw.ledgers:
            own = ledger.options[cell] - ledger.options[children].sum(axis=0)
            for code, number in zip(ledger.codes, own, strict=True):
                known.learn({(ledger.item.key, cell, code): 1.0}, float(number))


def _given(item: Item) -> str:
    condition = item.question.asked_if
    return condition.question if isinstance(condition, AnyOf) else ""


def _related(known: Knowledge, key: str) -> set[str]:
    """Name the items whose figures can say something of an item's: givens, and area mates."""
    found, waiting = {EVERYBODY}, [key]
    while waiting:
        one = waiting.pop()
        if one in found or one not in known.items:
            continue
        found.add(one)
        waiting.append(_given(known.items[one]))
        waiting += [other for other, item in known.items.items() if _given(item) == one]
        waiting += [mate for mates in known.mates if one in mates for mate in mates]
    return found


# Whole numbers only take the solver longer, and hardly ever tell it more.
EXACT = "SURVEYAPP_ATTACKS_EXACT" in os.environ


def highest(known: Knowledge, key: str, wanted: Sequence[Sum]) -> list[float]:
    """Return how high each sum can be, given all that is known."""
    related = _related(known, key)
    facts = [
        fact
        for fact in known.facts
        if {name[0] for name in fact[0]} <= related or _is_of_everybody(known, fact[0])
    ]
    names = sorted({name for total, _low, _high in facts for name in total})
    column = {name: number for number, name in enumerate(names)}
    system = lil_array((len(facts), len(names)))
    for row, (total, _low, _high) in enumerate(facts):
        for name, value in total.items():
            system[row, column[name]] = value
    objective = np.zeros((len(wanted), len(names)))
    for row, total in enumerate(wanted):
        for name, value in total.items():
            objective[row, column[name]] = -value
    # One program for all questions: a copy of the system for each, which no other copy touches.
    answer = milp(
        objective.ravel(),
        constraints=LinearConstraint(
            kron(identity(len(wanted)), system, format="csr"),
            np.tile([low for _total, low, _high in facts], len(wanted)),
            np.tile([high for _total, _low, high in facts], len(wanted)),
        ),
        bounds=Bounds(0, MOST),
        integrality=np.full(objective.size, int(EXACT)),
    )
    assert answer.success, answer.message
    return [float(-one) for one in (objective * answer.x.reshape(objective.shape)).sum(axis=1)]


def minus(one: Sum, other: Sum) -> Sum:
    """Subtract a sum from another."""
    return {name: one.get(name, 0) - other.get(name, 0) for name in {**one, **other}}


def ranges(known: Knowledge, key: str, wanted: Mapping[T, Sum]) -> dict[T, tuple[float, float]]:
    """Return how low and how high each sum can be."""
    if not wanted:
        return {}
    both = [*wanted.values(), *(minus({}, total) for total in wanted.values())]
    found = highest(known, key, both)
    lows, highs = found[len(wanted) :], found[: len(wanted)]
    return {name: (-low, high) for name, low, high in zip(wanted, lows, highs, strict=True)}


# More people than any world here has: an unbounded figure stays one that a solver can name.
MOST = 1000.0


def _is_of_everybody(known: Knowledge, total: Sum) -> bool:
    """Tell whether a fact is about how many were asked something that all are asked."""
    return all(
        figure == "people" or (figure == "asked" and known.items[key].question.asked_if is None)
        for key, _cell, figure in total
    )
