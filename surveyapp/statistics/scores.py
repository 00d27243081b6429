"""The index of an area: a centred mean of item scores (counting rules, section 3)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from surveyapp.questionnaire.framework import Area
from surveyapp.questionnaire.index import LEAST_ITEMS, index_items
from surveyapp.questionnaire.model import Draft, Item, Role
from surveyapp.statistics.tables import Array, Floats, Ints, Matrix
from surveyapp.statistics.tree import Tree

MOST_INAPPLICABLE = 0.10
LEAST_ANSWERED = 0.5
# Scores that differ by less are the same answers given on scales of thirds.
SAME_SCORE = 6
# Classes of ten points show how people lie on an index.
CLASSES = 10


@dataclass(frozen=True)
class AreaLedger:
    """The index of one area, in sums that add up over places (rows are nodes of the tree).

    ``sums`` holds the sum and the sum of squares of respondents' indices (0 to 100), then of
    their favourable shares (0 to 100). ``patterns`` counts respondents by their index. ``alpha``
    is Cronbach's, over the ``complete`` respondents with every item; NaN where it cannot be
    computed. ``spread`` counts all respondents by classes of their index, from 0 up.
    """

    area: Area
    items: tuple[Item, ...]
    left_out: tuple[Item, ...]
    n: Ints
    sums: Floats
    patterns: Ints
    alpha: float
    complete: int
    spread: Ints


def _facts(item: Item, codes: tuple[str, ...]) -> tuple[Floats, Array, Array]:
    known = {option.id: option for option in item.options}
    options = [known.get(code) for code in codes]
    scores = [np.nan if not one or one.score is None else one.score for one in options]
    flags = [bool(one and one.favourable) for one in options]
    inapplicable = [bool(one and one.role is Role.not_applicable) for one in options]
    return np.array(scores), np.array(flags), np.array(inapplicable)


def _scores(matrix: Matrix, item: Item) -> Floats:
    """Return each respondent's score on an item; NaN without one."""
    scores, _flags, _inapplicable = _facts(item, matrix.codes[item.key])
    column = matrix.columns[item.key]
    return np.where(column >= 0, np.append(scores, np.nan)[column], np.nan)


def _favourable(matrix: Matrix, item: Item) -> Floats:
    scores, flags, _inapplicable = _facts(item, matrix.codes[item.key])
    values = np.append(np.where(np.isnan(scores), np.nan, flags.astype(float)), np.nan)
    column = matrix.columns[item.key]
    return np.where(column >= 0, values[column], np.nan)


def _is_applicable(matrix: Matrix, item: Item) -> bool:
    """Tell whether at most one answer in ten says that the item does not apply."""
    _scores_of, _flags, inapplicable = _facts(item, matrix.codes[item.key])
    column = matrix.columns[item.key]
    roles = {option.id: option.role for option in item.options}
    answers = [
        roles.get(code) not in (Role.dont_know, Role.prefer_not) for code in matrix.codes[item.key]
    ]
    answered = np.append(answers, False)[column] & (column >= 0)
    without = np.append(inapplicable, False)[column] & (column >= 0)
    return bool(without.sum() <= MOST_INAPPLICABLE * max(1, answered.sum()))


def cronbach_alpha(scores: Floats) -> float:
    """Return Cronbach's alpha (1951) of items (columns) over respondents with every item."""
    whole = scores[~np.isnan(scores).any(axis=1)]
    number = scores.shape[1]
    if len(whole) < 2 or number < 2:
        return float("nan")
    total = float(whole.sum(axis=1).var(ddof=1))
    parts = float(whole.var(axis=0, ddof=1).sum())
    return number / (number - 1) * (1 - parts / total) if total > 0 else float("nan")


def centred_index(scores: Floats) -> Floats:
    """Return each respondent's index; NaN with fewer than half of the items answered.

    Each score is centred on its item's mean over everybody, averaged over the items answered,
    and the grand mean of the items is added: who skipped a hard item is not better off for it.
    The composite is a percentage of the maximum possible (Cohen, Cohen, Aiken and West 1999).
    """
    means = np.nanmean(scores, axis=0)
    answered = (~np.isnan(scores)).sum(axis=1)
    enough = answered >= LEAST_ANSWERED * scores.shape[1]
    total = np.nansum(scores - means, axis=1)
    return np.where(enough, total / np.maximum(answered, 1) + means.mean(), np.nan)


def _summed(tree: Tree, nodes: Ints, values: Sequence[Floats]) -> Floats:
    columns = [np.bincount(nodes, weights=one, minlength=len(tree.codes)) for one in values]
    return tree.rolled_up(np.stack(columns, axis=1))


def _alike(tree: Tree, nodes: Ints, index: Floats) -> Ints:
    known, codes = np.unique(np.round(index, SAME_SCORE), return_inverse=True)
    number = max(1, len(known))
    own = np.bincount(nodes * number + codes, minlength=len(tree.codes) * number)
    return tree.rolled_up(own.reshape(len(tree.codes), number)).astype(np.int64)


def _spread(index: Floats) -> Ints:
    """Count respondents by classes of their index, from 0 up; the last holds 100 too."""
    # A centred index can pass the ends by a little; binary noise must not cross a class's edge.
    placed = np.clip(np.round(index, SAME_SCORE), 0, 100)
    return np.histogram(placed, bins=CLASSES, range=(0, 100))[0].astype(np.int64)


def area_ledger(questionnaire: Draft, area: Area, matrix: Matrix, tree: Tree) -> AreaLedger | None:
    """Compute an area's index; None with fewer than three items that apply to nearly everyone."""
    wanted = [one for one in index_items(questionnaire, area) if one.key in matrix.columns]
    used = tuple(item for item in wanted if _is_applicable(matrix, item))
    used = tuple(item for item in used if not np.isnan(_scores(matrix, item)).all())
    if len(used) < LEAST_ITEMS:
        return None
    scores = np.stack([_scores(matrix, item) for item in used], axis=1)
    index = centred_index(scores)
    who = ~np.isnan(index)
    flags = np.stack([_favourable(matrix, item) for item in used], axis=1)[who]
    shares = 100 * np.nansum(flags, axis=1) / (~np.isnan(flags)).sum(axis=1)
    nodes, index = tree.own(matrix.places)[who], index[who]
    sums = _summed(tree, nodes, (np.ones(len(index)), index, index**2, shares, shares**2))
    return AreaLedger(
        area=area,
        items=used,
        left_out=tuple(item for item in wanted if item not in used),
        n=sums[:, 0].astype(np.int64),
        sums=sums[:, 1:],
        patterns=_alike(tree, nodes, index),
        alpha=cronbach_alpha(scores),
        complete=int((~np.isnan(scores)).all(axis=1).sum()),
        spread=_spread(index),
    )
