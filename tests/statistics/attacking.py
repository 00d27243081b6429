"""An attacker: reads released rows, knows the rules and the map, and does linear algebra.

A row of public figures is a sum over the respondents of a place. With the rows of one item an
attacker can compute the figures of every set of cells whose indicator lies in the span of the
published places' indicators. A cell is a place that holds no other, or the people of a place
who are in none of its parts (no known place at all, for the root).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from surveyapp.statistics.tree import Tree

Vectors = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Map:
    """Which cells each node is made of. Cell i holds those who belong to node i itself."""

    tree: Tree

    def indicator(self, node: int) -> Vectors:
        inside = np.zeros(len(self.tree.codes))
        waiting = [node]
        while waiting:
            one = waiting.pop()
            inside[one] = 1
            waiting.extend(self.tree.children[one])
        return inside


def published_nodes(frame: pd.DataFrame, tree: Tree, value: str) -> list[int]:
    """Return the nodes whose row still says how many people it stands for."""
    known = frame[frame[value].notna()]
    return [tree.codes.index(code) for code in dict.fromkeys(known.geo_id)]


def computable(vectors: Sequence[Vectors], cells: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Walk every set of cells whose figures follow from the vectors.

    An empty cell is in such sets too: the attacker cannot tell that it is empty, and computes
    the figures of its neighbours along with it.
    """
    if not vectors:
        return
    matrix = np.stack(vectors)
    # The projector on what is known: a set is computable when it projects to itself.
    _u, sizes, rows = np.linalg.svd(matrix, full_matrices=False)
    basis = rows[sizes > 1e-9]
    numbers = np.arange(1, 2 ** len(cells))
    chosen = (numbers[:, None] >> np.arange(len(cells))) & 1
    wanted = np.zeros((len(numbers), matrix.shape[1]))
    wanted[:, list(cells)] = chosen
    gap = np.abs(wanted @ basis.T @ basis - wanted).max(axis=1)
    for row in np.flatnonzero(gap < 1e-8):
        yield tuple(cell for cell, bit in zip(cells, chosen[row], strict=True) if bit)


def council_cells(tree: Tree, council: int) -> list[int]:
    """Return the cells whose raw figures a council has itself."""
    return [int(one) for one in np.flatnonzero(Map(tree).indicator(council))]


def known_to(tree: Tree, published: list[int], council: int | None = None) -> list[Vectors]:
    """Return what an outsider, or a council with its own figures, starts from."""
    chart = Map(tree)
    vectors = [chart.indicator(node) for node in published]
    for cell in council_cells(tree, council) if council is not None else ():
        own = np.zeros(len(tree.codes))
        own[cell] = 1
        vectors.append(own)
    return vectors
