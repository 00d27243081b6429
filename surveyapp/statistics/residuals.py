"""Which places may be published together, so that no difference tells more than they do.

Counting rules, section 5, point 4. From published figures that add up over a tree an outsider
can compute the figures of *atoms*: a published place less its nearest published descendants. All
else that can be computed is a union of atoms. A union of sets that pass the gauge passes it, so
a pattern is safe when every atom is empty or passes.
"""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from surveyapp.statistics.floors import Figures, Gauge
from surveyapp.statistics.tables import Flags
from surveyapp.statistics.tree import Tree


def residual(
    tree: Tree, gauge: Gauge, published: Flags, node: int, known: Iterable[int] = ()
) -> Figures:
    """Return the figures of a node less its nearest published descendants and hidden known ones.

    Where no hidden place is left, these are people who named no part of the node: they come from
    all of it, so that no population stands behind them, neither small nor large.
    """
    rest = gauge.figures(node)
    for below in tree.nearest(published, node):
        rest = rest.without(gauge.figures(below))
    known = tree.topmost(known)
    for one in known:
        rest = rest.without(residual(tree, gauge, published, one))
    left = (
        one
        for one in tree.hidden_below(published, node)
        if one not in known and set(known).isdisjoint(tree.above(one))
    )
    is_whole = not tree.children[node]
    return rest if is_whole or any(True for _ in left) else replace(rest, population=np.nan)


def _tells_too_much(tree: Tree, gauge: Gauge, published: Flags, node: int) -> bool:
    """Tell whether a published node's residual gives anything away: to anyone, or to a council."""
    rest = residual(tree, gauge, published, node)
    hidden = tuple(tree.hidden_below(published, node))
    if rest.is_empty:
        return gauge.zero_tells and bool(hidden)
    if not gauge.is_publishable(rest):
        return True
    councils = (one for one in hidden if tree.knows_itself[one])
    return _tells_of_agreed(tree, gauge, published, node, hidden) or any(
        _tells_council(tree, gauge, published, node, council) for council in councils
    )


def _tells_council(tree: Tree, gauge: Gauge, published: Flags, node: int, council: int) -> bool:
    """Tell whether a hidden council, who knows its own figures, would learn too much of others'."""
    others = residual(tree, gauge, published, node, (council,))
    if others.is_empty:
        hidden = tree.hidden_below(published, node)
        strangers = (one for one in hidden if one != council and council not in tree.above(one))
        return gauge.zero_tells and any(True for _ in strangers)
    return not gauge.is_publishable(others)


def _tells_of_agreed(
    tree: Tree, gauge: Gauge, published: Flags, node: int, hidden: tuple[int, ...]
) -> bool:
    """Tell whether places by agreement could be seen, by anyone or by a council beside them.

    Nothing may be learned of them at all: whoever else is in the residual must be able to hide
    them, even from a council that takes its own figures away.
    """
    agreed = [one for one in hidden if tree.by_agreement[one]]
    councils = (one for one in hidden if tree.knows_itself[one] and not tree.by_agreement[one])
    for knower in (None, *councils):
        unseen = [one for one in agreed if knower is None or knower not in tree.above(one)]
        people = sum(residual(tree, gauge, published, one).people for one in tree.topmost(unseen))
        known = unseen if knower is None else [*unseen, knower]
        others = residual(tree, gauge, published, node, known)
        if people and (others.is_empty or not gauge.is_publishable(others)):
            return True
    return False


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
