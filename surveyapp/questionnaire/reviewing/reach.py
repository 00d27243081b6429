"""Questions that no answers lead to: a condition that contradicts itself or those before it."""

from collections.abc import Iterator, Mapping
from itertools import combinations, islice, product
from typing import Any

from surveyapp.questionnaire.conditions import (
    AnyOf,
    Comparison,
    Condition,
    NoneOf,
    holds,
    leaves,
    questions_of,
)
from surveyapp.questionnaire.model import Draft, Multiple, Number, Place, Question, items

# Beyond so many combinations of answers a question is taken to be reachable.
MOST_TRIALS = 5_000
_UNNAMED = "*"


def _named_codes(conditions: tuple[Condition, ...], key: str) -> frozenset[str]:
    wanted: set[str] = set()
    for condition in conditions:
        for leaf in leaves(condition):
            if leaf.question == key and isinstance(leaf, AnyOf | NoneOf):
                wanted |= set(leaf.any_of if isinstance(leaf, AnyOf) else leaf.none_of)
    return frozenset(wanted)


def _numbers(question: Number, conditions: tuple[Condition, ...], key: str) -> Iterator[float]:
    """Try each number compared with, its neighbours and the ends; all within the range."""
    edges = {
        leaf.value
        for condition in conditions
        for leaf in leaves(condition)
        if isinstance(leaf, Comparison) and leaf.question == key
    }
    step = 10.0**-question.decimals
    low, high = question.minimum, question.maximum
    tried = {0.0, *edges, *(edge + step for edge in edges), *(edge - step for edge in edges)}
    tried |= {edge for edge in (low, high) if edge is not None}
    for number in sorted(round(one, question.decimals) for one in tried):
        if (low is None or number >= low) and (high is None or number <= high):
            yield number


def _ticks(question: Multiple, codes: tuple[str, ...]) -> Iterator[list[str]]:
    alone = {option.id for option in question.options if option.stands_alone}
    most = question.at_most or len(codes)
    together = [code for code in codes if code not in alone]
    yield from ([code] for code in codes if code in alone)
    for size in range(1, min(most, len(together)) + 1):
        yield from (list(some) for some in combinations(together, size))


def _answers_to(question: Question, conditions: tuple[Condition, ...], key: str) -> Iterator[Any]:
    """Give one answer of each sort that the conditions can tell apart, a blank first."""
    yield None
    named = _named_codes(conditions, key)
    if isinstance(question, Place):
        yield from (*sorted(named), _UNNAMED)
    elif isinstance(question, Number):
        yield from _numbers(question, conditions, key)
        codes = {"dont_know": question.dont_know, "prefer_not": question.prefer_not}
        yield from ({"code": code} for code, offered in codes.items() if offered)
    elif options := tuple(option.id for option in getattr(question, "options", ())):
        told_apart = tuple(code for code in options if code in named)
        others = tuple(code for code in options if code not in named)[:1]
        if isinstance(question, Multiple):
            yield from _ticks(question, told_apart + others)
        else:
            yield from told_apart + others
    else:
        yield _UNNAMED


def _closure(condition: Condition, asked_of: Mapping[str, Question]) -> list[str]:
    """List every key that a condition hangs on, through the conditions of those before it."""
    found: set[str] = set()
    waiting = set(questions_of(condition))
    while waiting:
        key = waiting.pop()
        if key not in asked_of:
            continue
        found.add(key)
        before = asked_of[key].asked_if
        if before is not None:
            waiting |= questions_of(before) - found
    return sorted(found)


def _is_reachable(condition: Condition, asked_of: Mapping[str, Question]) -> bool:
    keys = _closure(condition, asked_of)
    questions = [asked_of[key] for key in keys]
    before = [one.asked_if for one in questions if one.asked_if is not None]
    conditions = (condition, *before)
    choices = []
    trials = 1
    for key, question in zip(keys, questions, strict=True):
        choices.append(tuple(islice(_answers_to(question, conditions, key), MOST_TRIALS + 1)))
        trials *= len(choices[-1])
        if trials > MOST_TRIALS:
            return True
    for given in product(*choices):
        answers = dict(zip(keys, given, strict=True))
        possible = all(
            answers[key] is None or question.asked_if is None or holds(question.asked_if, answers)
            for key, question in zip(keys, questions, strict=True)
        )
        if possible and holds(condition, answers):
            return True
    return False


def never_asked(draft: Draft) -> Iterator[str]:
    """Name the questions, by section and id, whose condition no answers can meet.

    Tries every sort of answer to every question that the condition hangs on, so that a
    contradiction with an earlier condition is found too. Expects that each condition looks at
    earlier questions alone: others are reported as such and skipped here.
    """
    keys: dict[str, list[str]] = {}
    for item in items(draft):
        keys.setdefault(item.question.id, []).append(item.key)
    earlier: dict[str, Question] = {}
    for section in draft.sections:
        for question in section.questions:
            condition = question.asked_if
            if (
                condition is not None
                and questions_of(condition) <= set(earlier)
                and not _is_reachable(condition, earlier)
            ):
                yield f"{section.id}/{question.id}"
            earlier |= dict.fromkeys(keys.get(question.id, ()), question)
