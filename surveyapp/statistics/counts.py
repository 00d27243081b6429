"""How many people gave which answer, by place: sums only, so that parts add up to wholes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np

from surveyapp.questionnaire.columns import BLANK, DONT_KNOW, NOT_ASKED, PREFER_NOT
from surveyapp.questionnaire.model import (
    Draft,
    Item,
    Kind,
    Number,
    Rank,
    Role,
    Sensitivity,
    items,
)
from surveyapp.statistics.tables import Array, Floats, Ints, Matrix
from surveyapp.statistics.tree import Tree

Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Ledger:
    """The counts of one item. Rows are nodes of the tree; every column adds up over places.

    ``options`` has a column for each code of ``codes``, in whose order ``roles``, ``scores`` (NaN
    without one) and ``favourable`` stand. ``answered`` is the base: asked, and neither blank, nor
    don't know, nor prefer not. ``patterns`` counts the distinct whole answers of those answered.
    ``overlapping``: people can be in several options. ``values`` has a number's sum and square.
    ``sensitivity`` is the item's, or that of what decides who is asked it. ``groups`` are the
    columns that are published as one.
    """

    item: Item
    codes: tuple[str, ...]
    roles: tuple[Role, ...]
    scores: Floats
    favourable: Array
    options: Ints
    asked: Ints
    blank: Ints
    dont_know: Ints
    prefer_not: Ints
    answered: Ints
    patterns: Ints
    overlapping: bool = False
    values: Floats = field(default_factory=lambda: np.zeros((0, 2)))
    sensitivity: Sensitivity = Sensitivity.general
    groups: Groups = ()

    @property
    def is_whole(self) -> bool:
        """Whether every option is published by itself."""
        return all(len(group) == 1 for group in self.groups)

    @property
    def substantive(self) -> Array:
        """Which options are answers: not a don't-know, not a prefer-not."""
        return np.array([role not in (Role.dont_know, Role.prefer_not) for role in self.roles])

    @property
    def scored(self) -> Ints:
        """How many chose an option with a score."""
        return _integers(self.options[:, ~np.isnan(self.scores)].sum(axis=1))


def _integers(values: Array) -> Ints:
    return values.astype(np.int64)


def _tally(tree: Tree, nodes: Ints, codes: Array, number: int) -> Ints:
    """Count codes 0 to number - 1 by node; others are passed over."""
    wanted = (codes >= 0) & (codes < number)
    flat = nodes[wanted] * number + codes[wanted].astype(np.int64)
    own = np.bincount(flat, minlength=len(tree.codes) * number)
    return _integers(tree.rolled_up(own.reshape(len(tree.codes), number)))


def _people(tree: Tree, nodes: Ints, who: Array) -> Ints:
    own = np.bincount(nodes[who], minlength=len(tree.codes))
    return _integers(tree.rolled_up(own))


def _patterns(tree: Tree, nodes: Ints, answers: Array, who: Array) -> Ints:
    """Count the distinct whole answers of those who answered."""
    known, codes = np.unique(answers[who], return_inverse=True)
    return _tally(tree, nodes[who], codes, max(1, len(known)))


def _option_facts(item: Item, codes: tuple[str, ...]) -> tuple[tuple[Role, ...], Floats, Array]:
    """Return roles, scores and flags of options; a retired one keeps its answers, unscored."""
    known = {option.id: option for option in item.options}
    found = [known.get(code) for code in codes]
    roles = tuple(option.role if option else Role.substantive for option in found)
    scores = [np.nan if not one or one.score is None else one.score for one in found]
    flags = [bool(one and one.favourable) for one in found]
    return roles, np.array(scores), np.array(flags, dtype=bool)


def _of_role(options: Ints, roles: tuple[Role, ...], role: Role) -> Ints:
    return _integers(options[:, [one is role for one in roles]].sum(axis=1))


def _choice(tree: Tree, matrix: Matrix, item: Item) -> Ledger:
    column, nodes = matrix.columns[item.key], tree.own(matrix.places)
    codes = matrix.codes[item.key]
    roles, scores, favourable = _option_facts(item, codes)
    options = _tally(tree, nodes, column, len(codes))
    substantive = np.array([r not in (Role.dont_know, Role.prefer_not) for r in roles])
    answers = _integers(options[:, substantive])
    return Ledger(
        item=item,
        codes=codes,
        roles=roles,
        scores=scores,
        favourable=favourable,
        options=options,
        asked=_people(tree, nodes, column != NOT_ASKED),
        blank=_people(tree, nodes, column == BLANK),
        dont_know=_of_role(options, roles, Role.dont_know),
        prefer_not=_of_role(options, roles, Role.prefer_not),
        answered=_integers(answers.sum(axis=1)),
        patterns=answers,
    )


def _multiple(tree: Tree, matrix: Matrix, item: Item) -> Ledger:
    bits, status = matrix.columns[item.key], matrix.columns[f"{item.key}#"]
    nodes, codes = tree.own(matrix.places), matrix.codes[item.key]
    roles, scores, favourable = _option_facts(item, codes)
    ticked = [(bits >> np.uint64(place)) & np.uint64(1) == 1 for place in range(len(codes))]
    options = np.stack([_people(tree, nodes, one) for one in ticked], axis=1)
    who = status == 0
    for one, role in zip(ticked, roles, strict=True):
        if role in (Role.dont_know, Role.prefer_not):
            who = who & ~one
    return Ledger(
        item=item,
        codes=codes,
        roles=roles,
        scores=scores,
        favourable=favourable,
        options=options,
        asked=_people(tree, nodes, status != NOT_ASKED),
        blank=_people(tree, nodes, status == BLANK),
        dont_know=_of_role(options, roles, Role.dont_know),
        prefer_not=_of_role(options, roles, Role.prefer_not),
        answered=_people(tree, nodes, who),
        patterns=_patterns(tree, nodes, bits, who),
        overlapping=True,
    )


def _rank(tree: Tree, matrix: Matrix, item: Item) -> Ledger:
    question = item.question
    assert isinstance(question, Rank)
    status, nodes = matrix.columns[f"{item.key}#"], tree.own(matrix.places)
    codes = tuple(option.id for option in item.options)
    positions = [matrix.columns[f"{item.key}.{code}"] for code in codes]
    top = [(one > 0) & (one <= question.top) for one in positions]
    who = status == 0
    # The set placed in the top is the whole answer as far as it is published.
    sets = sum(one.astype(np.uint64) << np.uint64(place) for place, one in enumerate(top))
    ranked = np.sum([one > 0 for one in positions], axis=0)
    roles, scores, favourable = _option_facts(item, codes)
    return Ledger(
        item=item,
        codes=codes,
        roles=roles,
        scores=scores,
        favourable=favourable,
        options=np.stack([_people(tree, nodes, one & who) for one in top], axis=1),
        asked=_people(tree, nodes, status != NOT_ASKED),
        blank=_people(tree, nodes, status == BLANK),
        dont_know=np.zeros(len(tree.codes), dtype=np.int64),
        prefer_not=np.zeros(len(tree.codes), dtype=np.int64),
        answered=_people(tree, nodes, who),
        patterns=_patterns(tree, nodes, np.asarray(sets), who),
        overlapping=True,
        values=_sums(tree, nodes, ranked.astype(float), who),
    )


def _sums(tree: Tree, nodes: Ints, values: Floats, who: Array) -> Floats:
    number = len(tree.codes)
    kept = np.where(who, values, 0)
    own = np.stack(
        [
            np.bincount(nodes[who], weights=weights[who], minlength=number)
            for weights in (kept, kept**2)
        ],
        axis=1,
    )
    return tree.rolled_up(own)


def band_codes(question: Number) -> tuple[str, ...]:
    """Name the classes that a number is reported in, from the lowest."""
    return tuple(f"band_{place}" for place in range(1, len(question.bands) + 1))


def _number(tree: Tree, matrix: Matrix, item: Item) -> Ledger:
    question = item.question
    assert isinstance(question, Number)
    status, values = matrix.columns[f"{item.key}#"], matrix.columns[item.key]
    nodes, codes = tree.own(matrix.places), band_codes(question)
    who = status == 0
    # Below the lowest edge is the lowest class all the same: an edge is a limit to name it by.
    bands = np.searchsorted(np.array(question.bands), values, side="right") - 1
    placed = np.where(who, np.maximum(bands, 0), -1)
    options = _tally(tree, nodes, placed, len(codes))
    return Ledger(
        item=item,
        codes=codes,
        roles=(Role.substantive,) * len(codes),
        scores=np.full(len(codes), np.nan),
        favourable=np.zeros(len(codes), dtype=bool),
        options=options,
        asked=_people(tree, nodes, status != NOT_ASKED),
        blank=_people(tree, nodes, status == BLANK),
        dont_know=_people(tree, nodes, status == DONT_KNOW),
        prefer_not=_people(tree, nodes, status == PREFER_NOT),
        answered=_people(tree, nodes, who),
        patterns=options,
        values=_sums(tree, nodes, values, who),
    )


TALLY_FOR: dict[Kind, Callable[[Tree, Matrix, Item], Ledger] | None] = {
    Kind.single: _choice,
    Kind.scale: _choice,
    Kind.battery: _choice,
    Kind.multiple: _multiple,
    Kind.rank: _rank,
    Kind.number: _number,
    # Words are never counted here; places are what the tables are cut by; notes have no answer.
    Kind.text: None,
    Kind.place: None,
    Kind.note: None,
}


def ledgers(questionnaire: Draft, matrix: Matrix, tree: Tree) -> Iterator[Ledger]:
    """Count every item that has a table of its own."""
    for item in items(questionnaire):
        tally = TALLY_FOR[item.question.kind]
        unbanded = isinstance(item.question, Number) and not item.question.bands
        if tally is not None and not unbanded:
            yield tally(tree, matrix, item)


def respondents(matrix: Matrix, tree: Tree) -> Ints:
    """Count the responses of each node."""
    everybody = np.ones(len(matrix), dtype=bool)
    return _people(tree, tree.own(matrix.places), everybody)
