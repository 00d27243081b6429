"""Nothing hidden can be solved for from the files of a release, read as bytes.

SURVEYAPP_ATTACKS sets how many worlds are attacked; with SURVEYAPP_ATTACKS_EXACT the attacker
looks for whole numbers only.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from surveyapp.questionnaire.index import is_asked_of_everyone
from surveyapp.questionnaire.model import Role, Sensitivity
from surveyapp.statistics import disclosure, floors, links, residuals
from surveyapp.statistics.floors import LEAST_DIFFERENT, LEAST_ON_EACH_SIDE, Policy
from surveyapp.statistics.links import sensitivities
from tests.press.solving import (
    EVERYBODY,
    Knowledge,
    Row,
    Sum,
    highest,
    learn_own,
    learn_that_all_have_a_place,
    learned,
    minus,
    ranges,
    rows_of,
)
from tests.press.worlds import DRAFT, ITEMS, Released, World, place, released, worlds

ATTACKS = int(os.environ.get("SURVEYAPP_ATTACKS", "20"))
FLOOR = Policy.of(DRAFT).floor(Sensitivity.general)
SENSITIVITY = sensitivities(DRAFT)
LEAST_POPULATION = floors.LEAST_POPULATION[Sensitivity.general]
HIDDEN = ("protected", "by_agreement")
ASKED_OF_ALL = [key for key, item in ITEMS.items() if is_asked_of_everyone(item)]
NARROW = 1e-6


@dataclass(frozen=True)
class Attack:
    """One sample of a release as somebody sees it: an outsider, or a council with its own."""

    known: Knowledge
    rows: list[Row]
    council: int | None

    def hidden(self, key: str) -> Iterator[int]:
        """Walk the nodes of which an item tells nothing."""
        for code in {row["geo_id"] for row in self.rows if row["item_code"] == key}:
            summary = [r for r in self.rows if r["item_code"] == key and r["geo_id"] == code]
            if all(row["suppression_reason"] in HIDDEN for row in summary):
                yield self.known.tree.number[code]

    def shown(self, key: str) -> set[int]:
        """Return the nodes that an item tells something of."""
        return set(range(len(self.known.tree.codes))) - set(self.hidden(key))

    def residents_told(self, key: str) -> set[int]:
        """Return the nodes whose number of residents an item prints, as the number asked."""
        homes = links.residents_asked(ITEMS[key], DRAFT, self.known.tree)
        if homes == () and ITEMS[key].question.asked_if is None:
            return self.shown(key)
        shown, inside = self.shown(key), set[int]()
        for home in homes or ():
            inside |= self.known.inside(home) & shown
            inside |= {home} if shown & set(self.known.tree.above(home)) else set()
        return inside

    def unseen(self, node: int, shown: set[int]) -> set[int]:
        """Return the cells of a hidden node that lie in nothing below it that is shown."""
        cells = self.known.inside(node)
        for one in cells & shown - {node}:
            cells -= self.known.inside(one)
        return cells - (self.known.inside(self.council) if self.council is not None else set())

    def groups(self, key: str) -> list[list[tuple[str, str, float]]]:
        """Return the answers to an item as they are printed, those that are of its base."""
        outside = {figure for _key, figure, _weight in self.known.roles(key, *NO_ANSWER)}
        codes = dict.fromkeys(
            row["option_code"]
            for row in self.rows
            if row["item_code"] == key and row["option_code"] and row["option_code"] not in outside
        )
        return [[(key, one, 1.0) for one in code.split("+")] for code in codes]


NO_ANSWER = (Role.dont_know, Role.prefer_not)


def attacks(files: Released, everyone: bool = True) -> Iterator[Attack]:
    """Attack each sample from outside, and from each council of a joint plan."""
    for sample, raw in zip(("probability", "open"), files.raw, strict=False):
        rows, areas = rows_of(files.items, sample), rows_of(files.areas, sample)
        councils = [int(one) for one in np.flatnonzero(raw.tree.knows_itself)] if everyone else []
        for council in (None, *councils):
            known = learned(raw.tree, ITEMS, rows, areas)
            if raw.respondents[0] == raw.respondents[list(raw.tree.children[0])].sum():
                learn_that_all_have_a_place(known)
            if council is not None:
                learn_own(known, raw, council)
            yield Attack(known, rows, council)


def _known_members(attack: Attack) -> Iterator[str]:
    """Report places in which the number of respondents is known and may not be.

    No row prints it. It may follow from those that do only if it is known to be many, and if the
    place has people enough and no agreement to wait for.
    """
    shown = set.union(*(attack.residents_told(key) for key in ITEMS))
    sums: dict[int, Sum] = {}
    for node in set(range(len(attack.known.tree.codes))) - shown:
        cells = attack.unseen(node, shown)
        # Those who named no place are nobody's members, and that there are none may be known.
        if cells and cells != {0}:
            sums[node] = attack.known.over([(EVERYBODY, "people", 1.0)], cells)
    for node, (low, high) in ranges(attack.known, ASKED_OF_ALL[0], sums).items():
        tree = attack.known.tree
        never = tree.by_agreement[node] or tree.populations[node] < LEAST_POPULATION
        few = high < FLOOR - NARROW or NARROW < low < FLOOR - NARROW
        if few or (never and low > NARROW):
            yield f"{tree.codes[node]}: {low:g} to {high:g} people"


def _known_answers(attack: Attack, key: str) -> Iterator[str]:
    """Report hidden rows of an item whose answers are known, or nearly."""
    shown, known = attack.shown(key), attack.known
    if not shown:
        return
    bases: dict[int, Sum] = {}
    for node in attack.hidden(key):
        cells = attack.unseen(node, shown)
        if cells:
            bases[node] = known.over(known.answered(key), cells)
    most = dict(zip(bases, highest(known, key, list(bases.values())), strict=True)) if bases else {}
    # Where nobody can have been asked, the questionnaire itself says so.
    asked = [node for node in bases if most[node] > NARROW]
    sums = [
        (node, known.over(group, {cell for _key, cell, _figure in bases[node]}))
        for node in asked
        for group in attack.groups(key)
    ]
    others = [minus(bases[node], chose) for node, chose in sums]
    for (node, _chose), high in zip(
        sums, highest(known, key, others) if others else (), strict=True
    ):
        if high < min(LEAST_DIFFERENT[SENSITIVITY[key]], most[node]) - NARROW:
            yield f"{key}: all but {high:g} in {known.tree.codes[node]} answered alike"
    if SENSITIVITY[key] is Sensitivity.sensitive:
        found = ranges(known, key, dict(enumerate(chose for _node, chose in sums)))
        for number, (low, high) in found.items():
            node = sums[number][0]
            if high - low < min(LEAST_ON_EACH_SIDE, most[node]) - NARROW:
                yield f"{key}: {low:g} to {high:g} in {known.tree.codes[node]} answered so"


def _known_parts(attack: Attack, key: str) -> Iterator[str]:
    """Report answers that are printed as one and can be told apart all the same."""
    known = attack.known
    parts: dict[tuple[int, str], Sum] = {}
    for row in attack.rows:
        codes = row["option_code"].split("+")
        if row["item_code"] != key or len(codes) < 2 or not row["n"]:
            continue
        node = known.tree.number[row["geo_id"]]
        cells = attack.unseen(node, set())
        for code in codes if cells else ():
            parts[node, code] = known.over([(key, code, 1.0)], cells)
    for (node, code), (low, high) in ranges(known, key, parts).items():
        if high - low < LEAST_ON_EACH_SIDE - NARROW:
            yield f"{key}: {low:g} to {high:g} in {known.tree.codes[node]} answered {code}"


def leaks(files: Released, everyone: bool = True) -> list[str]:
    """List everything that an attacker can find out and may not."""
    found = []
    for attack in attacks(files, everyone):
        seen = [*_known_members(attack)]
        for key in ITEMS:
            seen += _known_answers(attack, key)
            seen += _known_parts(attack, key)
        found += [f"{one} (as {attack.council} sees it)" for one in seen]
    return found


@settings(max_examples=ATTACKS, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_nothing_hidden_can_be_solved_for(world: World) -> None:
    assert leaks(released(world)) == []


def towns(*sizes: int, level: str = "municipality", seed: int = 1, **more: Any) -> World:
    """Make a joint plan of towns without neighbourhoods, or one town's neighbourhoods."""
    found = tuple(place(f"t{number}", level, None, 9000) for number in range(len(sizes)))
    made = World(found, (sizes,), (0,), seed, leaning=0.4, silence=0.0)
    return replace(made, **more)


def with_a_nation(*sizes: int) -> World:
    """Make a joint plan in which the first place is published by agreement only."""
    world = towns(*sizes)
    first, *others = world.places
    return replace(world, places=(replace(first, agreement_required=True), *others))


def a_rare_answer() -> World:
    """Make a world in which a sensitive scale's middle answers are printed as one."""
    for seed in range(200):
        world = towns(90, 110, seed=seed, rare=True)
        rows = rows_of(released(world).items, "probability")
        shown = [r for r in rows if r["item_code"] == "d" and r["option_code"] == "o2+o3"]
        if shown and shown[0]["n"]:
            return world
    raise AssertionError("no such world")


def lies(module: Any, name: str, answer: Any) -> Callable[[pytest.MonkeyPatch], None]:
    """Give the sabotage of one function."""
    return lambda patch: patch.setattr(module, name, lambda *_: answer)


def no_residents(patch: pytest.MonkeyPatch) -> None:
    """Forget that the number asked can be a number of residents."""
    patch.setattr(links, "_tells_residents", lambda tree, *_: np.zeros(len(tree.codes), bool))


def zero_is_nothing(patch: pytest.MonkeyPatch) -> None:
    """Forget that nobody is somebody's answer too."""
    honest = disclosure._base_gauge
    patch.setattr(
        disclosure, "_base_gauge", lambda *given: replace(honest(*given), zero_tells=False)
    )


SABOTAGE = {
    "hiding only what is small": (towns(5, 40, 40), lies(residuals, "_mended", None)),
    "forgetting what a council knows": (
        towns(6, 8, 60, 70),
        lies(residuals, "_tells_council", False),
    ),
    "forgetting that nobody answered": (towns(0, 30, 40), zero_is_nothing),
    "forgetting the council beside a nation": (
        with_a_nation(30, 20, 60),
        lies(residuals, "_tells_of_agreed", False),
    ),
    "forgetting whose residents are asked": (
        towns(14, 4, 40, 40, level="neighbourhood"),
        no_residents,
    ),
    "splitting what is printed as one by a condition": (None, lies(links, "_is_open", True)),
    "splitting what is printed as one by an index": (
        None,
        lies(disclosure, "_can_be_averaged", True),
    ),
}


@pytest.mark.parametrize("deed", list(SABOTAGE))
def test_sabotage_would_be_found_out(deed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    world, sabotage = SABOTAGE[deed]
    world = world or a_rare_answer()
    assert leaks(released(world)) == []
    sabotage(monkeypatch)
    assert leaks(released(world))
