"""Which places may be published together, so that no difference tells more than they do.

Counting rules, section 5, point 4. From published figures that add up over a tree an outsider
can compute the figures of *atoms*: a published place less its nearest published descendants. All
else that can be computed is a union of atoms. A union of sets that pass the gauge passes it, so
a pattern is safe when every atom is empty or passes.
"""

import numpy as np

from surveyapp.statistics.floors import Figures, Gauge
from surveyapp.statistics.tables import Flags
from surveyapp.statistics.tree import Tree


def residual(tree: Tree, gauge: Gauge, published: Flags, node: int) -> Figures:
    """Return the figures of a node less those of its nearest published descendants."""
    rest = gauge.figures(node)
    for below in tree.nearest(published, node):
        rest = rest.without(gauge.figures(below))
    return rest


def _tells_too_much(tree: Tree, gauge: Gauge, published: Flags, node: int) -> bool:
    rest = residual(tree, gauge, published, node)
    if rest.is_empty:
        return False
    if not gauge.is_publishable(rest):
        return True
    return any(
        _gives_away(tree, gauge, published, rest, hidden)
        for hidden in tree.hidden_below(published, node)
        if tree.knows_itself[hidden] or tree.by_agreement[hidden]
    )


def _gives_away(tree: Tree, gauge: Gauge, published: Flags, rest: Figures, hidden: int) -> bool:
    """Tell whether who knows a hidden place's figures would learn too much of the others'.

    A council knows its own. Of a place by agreement nothing may be learned at all: the others
    in its atom must be able to hide it.
    """
    part = residual(tree, gauge, published, hidden)
    if part.is_empty:
        return False
    others = rest.without(part)
    if others.is_empty:
        return bool(tree.by_agreement[hidden])
    return not gauge.is_publishable(others)


def _hide_smallest(tree: Tree, gauge: Gauge, published: Flags, node: int) -> bool:
    """Hide the smallest place below a node; False if there is none.

    A place that is the sum of published ones would hide nothing, so one of those goes with it.
    """
    below = sorted(
        tree.nearest(published, node), key=lambda one: (gauge.base[one], tree.codes[one])
    )
    if not below:
        return False
    hidden = below[0]
    published[hidden] = False
    while residual(tree, gauge, published, hidden).is_empty:
        if not _hide_smallest(tree, gauge, published, hidden):
            break
    return True


def _mended(tree: Tree, gauge: Gauge, published: Flags, node: int) -> None:
    """Hide places below a node until its residual is safe; if nothing helps, the node itself."""
    while published[node] and _tells_too_much(tree, gauge, published, node):
        if not _hide_smallest(tree, gauge, published, node):
            published[node] = False


def settled(tree: Tree, gauge: Gauge, candidates: Flags) -> Flags:
    """Return the nodes that may be published, out of candidates.

    From the leaves up, because hiding a place only adds to the residual of what holds it.
    """
    published = candidates & ~tree.by_agreement
    for node in tree.upward:
        published[node] = published[node] and gauge.is_publishable(gauge.figures(node))
    for node in tree.upward:
        _mended(tree, gauge, published, node)
    return np.asarray(published, dtype=bool)
