"""Whether figures may be counted anew while answers come in (counting rules, section 5.10).

Two counts of one wave can be subtracted. What the difference gives away is the figures of the
respondents that were added, for every set of places that both counts speak of. Each such set must
have gained nobody, or as many and as different people as a figure of its own would need.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from surveyapp.statistics.disclosure import BY_AGREEMENT, PROTECTED, area_gauge, item_gauge
from surveyapp.statistics.floors import Figures, Gauge, Policy
from surveyapp.statistics.results import RawResults
from surveyapp.statistics.tables import Array, Flags, Ints
from surveyapp.statistics.tree import Tree

Shown = Mapping[str, Flags]


def shown_nodes(frame: pd.DataFrame, key: str, codes: tuple[str, ...]) -> dict[str, Flags]:
    """Return, for each item or area of a public table, the nodes whose base can be read."""
    number = {code: node for node, code in enumerate(codes)}
    readable = frame[~frame["suppression_reason"].isin([PROTECTED, BY_AGREEMENT])]
    found: dict[str, Flags] = {}
    for one, place in zip(readable[key], readable["geo_id"], strict=True):
        flags = found.setdefault(str(one), np.zeros(len(codes), dtype=bool))
        flags[number[str(place)]] = True
    return found


def _atoms(tree: Tree, published: Flags) -> Ints:
    """Return, for each node, the smallest published one that holds its own respondents."""
    atoms = np.full(len(published), -1, dtype=np.int64)
    for node in reversed(tree.upward):
        parent = tree.parents[node]
        atoms[node] = node if published[node] else (atoms[parent] if parent >= 0 else -1)
    return atoms


def common_sets(tree: Tree, earlier: Flags, later: Flags) -> Iterator[Ints]:
    """Walk the smallest sets of nodes whose own respondents both patterns give figures of."""
    number = len(earlier)
    old, new = _atoms(tree, earlier), _atoms(tree, later)
    # Two nodes are inseparable when either pattern only ever shows them together.
    joined = [(node, number + old[node]) for node in range(number) if old[node] >= 0]
    joined += [(node, 2 * number + new[node]) for node in range(number) if new[node] >= 0]
    pairs = np.array(joined, dtype=np.int64).reshape(-1, 2)
    graph = coo_array((np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(3 * number,) * 2)
    _count, labels = connected_components(graph, directed=False)
    for label in np.unique(labels[:number]):
        nodes = np.flatnonzero(labels[:number] == label)
        if (old[nodes] >= 0).all() and (new[nodes] >= 0).all():
            yield nodes


def _own(tree: Tree, rolled_up: Array) -> Array:
    """Undo the summing over places: what each node has beside its children."""
    own = rolled_up.copy()
    for node, parent in enumerate(tree.parents):
        if parent >= 0:
            own[parent] -= rolled_up[node]
    return own


def _is_safe(tree: Tree, gauge: Gauge, earlier: Flags, later: Flags, lost: Flags) -> bool:
    people, base = _own(tree, gauge.people), _own(tree, gauge.base)
    patterns = _own(tree, gauge.patterns)
    for nodes in common_sets(tree, earlier, later):
        gained = Figures(
            people=int(people[nodes].sum()),
            base=int(base[nodes].sum()),
            patterns=patterns[nodes].sum(axis=0),
            splits=None,
            population=float("nan"),
        )
        if gained.is_empty and not lost[nodes].any():
            continue
        if not gauge.is_publishable(gained):
            return False
    return True


def may_follow(
    earlier: Shown,
    later: Shown,
    added: RawResults,
    respondents: Ints,
    policy: Policy,
    *,
    taken_back: bool,
) -> bool:
    """Tell whether a later count of a sample may be shown to who saw an earlier one.

    ``earlier`` and ``later`` are by item key and by area. ``added`` are the raw figures of the
    responses in between alone; ``respondents`` are all that the later one counts, by node.
    ``taken_back``: an answer that the earlier one counts was withdrawn since, so that a set that
    gained nobody may have lost somebody. One without anybody left lost as many as a figure
    needs, or had none.
    """
    lost = np.asarray(_own(added.tree, respondents) > 0) & taken_back
    gauges: dict[str, Gauge] = {}
    for ledger in added.ledgers:
        gauges[ledger.item.key] = item_gauge(ledger, added, policy)
    for area in added.area_ledgers:
        gauges[area.area.value] = area_gauge(area, added, policy)
    nobody = not added.respondents[0]
    for key in earlier.keys() & later.keys():
        if key not in gauges:
            # Too little was added to be counted by itself: only nothing at all is safe.
            if nobody and not taken_back:
                continue
            return False
        gauge = replace(gauges[key], splits=None)
        if not _is_safe(added.tree, gauge, earlier[key], later[key], lost):
            return False
    return True
