"""Nothing protected can be computed from everything that is written."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from surveyapp.questionnaire.model import Sensitivity
from surveyapp.statistics import disclosure, residuals
from surveyapp.statistics.disclosure import area_gauge, item_gauge, release
from surveyapp.statistics.floors import Figures, Gauge, Policy
from surveyapp.statistics.results import RawResults, compute
from surveyapp.statistics.tables import Hierarchy
from tests.statistics.attacking import computable, council_cells, known_to, published_nodes
from tests.statistics.making import hierarchy, matrix, option, questionnaire, scale

QUESTIONS = (
    scale("a", [100, 50, 0], areas=["prevention"]),
    scale("b", [100, 50, 0], areas=["prevention"]),
    scale("c", [100, 0], areas=["prevention", "risk_intervention"], sensitivity="mixed"),
    {
        "kind": "single",
        "id": "hurt",
        "text": {"en": "x", "fr": "x"},
        "sensitivity": "sensitive",
        "options": [option("yes"), option("no"), option("dk", role="dont_know")],
    },
    {
        "kind": "single",
        "id": "told",
        "text": {"en": "x", "fr": "x"},
        "sensitivity": "sensitive",
        "asked_if": {"question": "hurt", "any_of": ["yes"]},
        "options": [option("yes"), option("no")],
    },
    {
        "kind": "multiple",
        "id": "wants",
        "text": {"en": "x", "fr": "x"},
        "options": [option("bus"), option("park"), option("none", exclusive=True)],
    },
)
DRAFT = questionnaire(*QUESTIONS)
POLICY = Policy.of(DRAFT)


@dataclass(frozen=True)
class World:
    places: Hierarchy
    sizes: tuple[int, ...]
    homeless: int
    seed: int
    sameness: float


@st.composite
def worlds(draw: Callable[..., Any]) -> World:
    """Draw a joint plan of some councils, most of them small, some with neighbourhoods."""
    sizes, populations = [], []
    councils = draw(st.integers(1, 4))
    triples: list[tuple[str, str, int]] = []
    for council in range(councils):
        parent = len(triples)
        inside = draw(st.integers(0, 3))
        triples.append((f"c{council}", "municipality", -1))
        triples += [(f"c{council}n{n}", "neighbourhood", parent) for n in range(inside)]
        sizes.append(0 if inside else draw(st.integers(0, 60)))
        sizes += [draw(st.integers(0, 60)) for _ in range(inside)]
        below = [draw(st.sampled_from([60, 200, 400, 9000])) for _ in range(inside)]
        populations += [sum(below) if below else draw(st.sampled_from([80, 300, 9000])), *below]
    assume(len(triples) <= 10)
    agreed = [draw(st.integers(0, 9)) == 0 for _ in triples]
    return World(
        hierarchy(triples, populations, agreed),
        tuple(sizes),
        draw(st.integers(0, 30)),
        draw(st.integers(0, 2**32 - 1)),
        draw(st.sampled_from([0.34, 0.9, 0.97])),
    )


def answered(world: World) -> RawResults:
    """Make everybody's answers and count them."""
    chance = np.random.default_rng(world.seed)
    everywhere = [-1] * world.homeless
    for place, size in enumerate(world.sizes):
        everywhere += [place] * size
    rest = (1 - world.sameness) / 2
    answers = []
    for _ in everywhere:
        one: dict[str, Any] = {
            key: chance.choice(
                ["o1", "o2", "o3", None], p=[world.sameness, rest, rest / 2, rest / 2]
            )
            for key in ("a", "b")
        }
        one["c"] = chance.choice(["o1", "o2", None], p=[0.6, 0.3, 0.1])
        one["hurt"] = chance.choice(["yes", "no", "dk", None], p=[0.3, 0.6, 0.05, 0.05])
        if one["hurt"] == "yes":
            one["told"] = chance.choice(["yes", "no", None], p=[0.4, 0.5, 0.1])
        ticked = [code for code in ("bus", "park") if chance.random() < world.sameness]
        one["wants"] = ticked or (["none"] if chance.random() < 0.8 else None)
        answers.append(one)
    return compute(DRAFT, matrix(DRAFT, answers, everywhere), world.places, open_sample=False)


def cells_of(gauge: Gauge, raw: RawResults, cells: tuple[int, ...]) -> Figures:
    """Return the figures of a set of cells: each node less the nodes directly in it.

    Who named no part of a place comes from all of it: no population is theirs alone.
    """
    chosen = list(cells)
    owns = []
    for values in (gauge.people, gauge.base, gauge.patterns, gauge.splits):
        if values is None:
            owns.append(None)
            continue
        own = [values[cell] - values[list(raw.tree.children[cell])].sum(axis=0) for cell in chosen]
        owns.append(np.sum(own, axis=0))
    people, base, patterns, splits = owns
    known = [gauge.populations[cell] for cell in chosen if not raw.tree.children[cell]]
    population = float(np.sum(known)) if known else np.nan
    return Figures(int(people), int(base), patterns, splits, population)


def leaks(raw: RawResults, gauge: Gauge, published: list[int]) -> list[str]:
    """List the sets of people that can be computed and may not be."""
    tree = raw.tree
    found = []
    cells = list(range(len(tree.codes)))
    councils = [int(node) for node in np.flatnonzero(tree.knows_itself)]
    for council in (None, *councils):
        mine = set(council_cells(tree, council)) if council is not None else set()
        others = [cell for cell in cells if cell not in mine]
        for chosen in computable(known_to(tree, published, council), others):
            figures = cells_of(gauge, raw, chosen)
            if not figures.is_empty and not gauge.is_publishable(figures):
                names = [tree.codes[cell] for cell in chosen]
                found.append(f"{names} known to {council}: base {figures.base}")
    return found


def all_leaks(raw: RawResults, policy: Policy = POLICY) -> list[str]:
    public = release(raw, policy)
    items, areas = public.items.frame, public.areas.frame
    found = []
    for ledger in raw.ledgers:
        rows = items[items.item_code == ledger.item.key]
        published = published_nodes(rows, raw.tree, "base_n")
        found += leaks(raw, item_gauge(ledger, raw, policy), published)
        # The number asked is the same in every item, so all rows together tell who answered.
    everybody = items[~items.item_code.isin(["told"])]
    asked = published_nodes(everybody, raw.tree, "asked_n")
    found += leaks(raw, disclosure._base_gauge(raw, policy), asked)
    for area in raw.area_ledgers:
        rows = areas[areas.area_code == area.area.value]
        published = published_nodes(rows, raw.tree, "n")
        found += leaks(raw, area_gauge(area, raw, policy), published)
        for item in area.items:
            ledger = next(one for one in raw.ledgers if one.item.key == item.key)
            found += leaks(raw, item_gauge(ledger, raw, policy), published)
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_no_set_of_people_that_may_not_be_shown_can_be_computed(world: World) -> None:
    assert all_leaks(answered(world)) == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(worlds())
def test_a_place_by_agreement_is_in_no_row_and_cannot_be_computed(world: World) -> None:
    raw = answered(world)
    public = release(raw, POLICY)
    marked = [int(node) for node in np.flatnonzero(raw.tree.by_agreement)]
    for frame, value in ((public.items.frame, "base_n"), (public.areas.frame, "n")):
        for _code, rows in frame.groupby(frame.columns[0] if value == "base_n" else "area_code"):
            published = published_nodes(rows, raw.tree, value)
            assert not set(published) & set(marked)
            cells = list(range(len(raw.tree.codes)))
            for node in marked:
                inside = tuple(council_cells(raw.tree, node))
                if sum(raw.respondents[list(inside)]) == 0:
                    continue
                assert inside not in set(computable(known_to(raw.tree, published), cells))


def _hostile_world() -> World:
    places = hierarchy(
        [("c0", "municipality", -1), ("c0n0", "neighbourhood", 0), ("c0n1", "neighbourhood", 0),
         ("c1", "municipality", -1), ("c2", "municipality", -1)]
    )  # fmt: skip
    return World(places, (0, 4, 40, 45, 50), 20, 7, 0.34)


def test_hiding_only_what_is_small_would_be_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(residuals, "_mended", lambda *_: None)
    leaked = all_leaks(answered(_hostile_world()))
    assert any("c0n0" in one for one in leaked)


def test_the_same_world_is_safe_with_siblings_hidden() -> None:
    assert all_leaks(answered(_hostile_world())) == []


def test_forgetting_what_a_council_knows_would_be_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(residuals, "_tells_council", lambda *_: False)
    places = hierarchy([(f"c{n}", "municipality", -1) for n in range(4)])
    raw = answered(World(places, (6, 8, 60, 70), 0, 3, 0.34))
    assert any("known to" in one and "None" not in one for one in all_leaks(raw))


def test_settling_each_item_alone_would_be_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing_first(raw: RawResults, policy: Policy) -> Gauge:
        people = np.zeros_like(raw.respondents)
        empty = np.zeros((len(people), 0), dtype=np.int64)
        return Gauge(people, people, empty, None, raw.tree.populations * np.nan, 0, 0, 0)

    honest = disclosure._base_gauge
    found = []
    for seed in range(10):
        places = hierarchy([(f"p{n}", "neighbourhood", -1) for n in range(4)])
        raw = answered(World(places, (8, 30, 30, 30), 0, seed, 0.34))
        monkeypatch.setattr(disclosure, "_base_gauge", nothing_first)
        public = release(raw, POLICY)
        monkeypatch.setattr(disclosure, "_base_gauge", honest)
        items = public.items.frame
        asked = published_nodes(items[items.item_code != "told"], raw.tree, "asked_n")
        found += leaks(raw, honest(raw, POLICY), asked)
    assert found


def test_a_sensitive_survey_can_raise_its_floors() -> None:
    raw = answered(_hostile_world())
    assert POLICY.floor(Sensitivity.general) == 12
    higher = Policy(POLICY.floors.model_copy(update={"general": 46}))
    before = release(raw, POLICY).items.frame
    after = release(raw, higher).items.frame
    assert after.suppressed.sum() > before.suppressed.sum()
