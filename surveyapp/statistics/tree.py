"""The place tree with the whole at its root, and sums over it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from surveyapp.statistics.tables import Array, Flags, Floats, Hierarchy, Ints

ALL = "all"


@dataclass(frozen=True)
class Tree:
    """Nodes: 0 is all respondents; node i + 1 is place i of the hierarchy."""

    hierarchy: Hierarchy

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Codes of the nodes; the root has none but its level's name."""
        return (ALL, *self.hierarchy.codes)

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """Levels of the nodes."""
        return (ALL, *self.hierarchy.levels)

    @cached_property
    def parents(self) -> tuple[int, ...]:
        """The parent of each node; -1 for the root."""
        return (-1, *(parent + 1 for parent in self.hierarchy.parents))

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The nodes directly below each node."""
        below: list[list[int]] = [[] for _ in self.codes]
        for node, parent in enumerate(self.parents):
            if parent >= 0:
                below[parent].append(node)
        return tuple(tuple(one) for one in below)

    @cached_property
    def upward(self) -> tuple[int, ...]:
        """The nodes, each before its parent."""
        order: list[int] = []
        waiting = [0]
        while waiting:
            node = waiting.pop()
            order.append(node)
            waiting.extend(self.children[node])
        return tuple(reversed(order))

    @cached_property
    def populations(self) -> Floats:
        """People in each node, NaN where unknown; the root has the sum of what lies in it."""
        known = [np.nan if one is None else float(one) for one in self.hierarchy.populations]
        tops = [known[node - 1] for node in self.children[0]]
        return np.array([float(np.sum(tops)) if tops else np.nan, *known])

    @cached_property
    def by_agreement(self) -> Flags:
        """Nodes of which nothing is published: so marked, part of one, or holding nothing else."""
        marked = np.array([False, *self.hierarchy.by_agreement])
        for node in reversed(self.upward):
            if self.parents[node] >= 0 and marked[self.parents[node]]:
                marked[node] = True
        for node in self.upward:
            below = list(self.children[node])
            if below and marked[below].all():
                marked[node] = True
        return marked

    @cached_property
    def knows_itself(self) -> Flags:
        """Nodes that hold their own raw figures: the councils of a joint plan."""
        councils = np.array([level == "municipality" for level in self.levels])
        return councils if councils.sum() > 1 else np.zeros(len(self.codes), dtype=bool)

    @cached_property
    def number(self) -> Mapping[str, int]:
        """Nodes by code."""
        return {code: node for node, code in enumerate(self.codes)}

    def above(self, node: int) -> Iterator[int]:
        """Walk the nodes that hold a node, up to the root."""
        while (node := self.parents[node]) >= 0:
            yield node

    def topmost(self, nodes: Iterable[int]) -> tuple[int, ...]:
        """Return those of the nodes that none of the others holds."""
        chosen = set(nodes)
        return tuple(one for one in sorted(chosen) if chosen.isdisjoint(self.above(one)))

    def own(self, places: Ints) -> Ints:
        """Return the node of each response: its own place, or the root without one."""
        return places + 1

    def rolled_up(self, own: Array) -> Array:
        """Add up per-node figures (nodes by columns) from the leaves to the root."""
        total = own.copy()
        for node in self.upward:
            parent = self.parents[node]
            if parent >= 0:
                total[parent] += total[node]
        return total

    def nearest(self, published: Flags, node: int) -> Iterator[int]:
        """Walk the published nodes below a node that no other published one lies between."""
        waiting = list(self.children[node])
        while waiting:
            one = waiting.pop()
            if published[one]:
                yield one
            else:
                waiting.extend(self.children[one])

    def hidden_below(self, published: Flags, node: int) -> Iterator[int]:
        """Walk the hidden nodes below a node, as far as the nearest published ones."""
        waiting = list(self.children[node])
        while waiting:
            one = waiting.pop()
            if not published[one]:
                yield one
                waiting.extend(self.children[one])
