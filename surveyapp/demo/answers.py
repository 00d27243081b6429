"""Whole answers, as a resident's would be kept: drawn question by question, then settled."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from surveyapp.demo.facts import FACTS, Draw, chosen, lived_in
from surveyapp.demo.leanings import ODDS, TICKS
from surveyapp.demo.opinions import Minds, Strings, minds, scored, ticked, yes_or_no
from surveyapp.demo.respondents import Chance, People
from surveyapp.demo.words import WORDS, words
from surveyapp.questionnaire.answers import Lineages, settle
from surveyapp.questionnaire.index import is_scored
from surveyapp.questionnaire.model import Draft, Item, Kind, Sensitivity, items

_SKIPPED, _TIRED = 0.012, 0.004
_HARDER = {Sensitivity.general: 1.0, Sensitivity.mixed: 2.0, Sensitivity.sensitive: 3.0}
# Some leave the rest blank, from some page on, and send what they have.
_GIVE_UP = 0.05


def _written(item: Item, mind: Minds, chance: Chance) -> Strings:
    return words(item.key, mind.who.french, chance)


def _any(item: Item, mind: Minds, chance: Chance) -> Strings:
    """Draw from the options of a question that nothing is known of."""
    names = tuple(option.id for option in item.options)
    if not names or item.question.kind is Kind.rank:
        return np.full(len(mind.who), None, dtype=object)
    many = item.question.kind is Kind.multiple
    each = tuple([name] for name in names) if many else names
    return chosen(each, (1.0,) * len(names), len(mind.who), chance)


def _draw_for(item: Item) -> Draw:
    if item.question.kind is Kind.place:
        return lived_in
    if item.question.kind is Kind.text:
        return _written
    if item.key in FACTS:
        return FACTS[item.key]
    if is_scored(item):
        return scored
    known = ((ODDS, yes_or_no), (TICKS, ticked))
    return next((draw for table, draw in known if item.key in table), _any)


def _pages(questionnaire: Draft) -> Mapping[str, int]:
    return {
        question.id: number
        for number, section in enumerate(questionnaire.sections)
        for question in section.questions
    }


def columns(questionnaire: Draft, mind: Minds, chance: Chance) -> Mapping[str, list[Any]]:
    """Draw the answers under each key, one entry a person; None is a blank."""
    pages, size = _pages(questionnaire), len(mind.who)
    last = max(pages.values(), default=0)
    given_up = chance.random(size) < _GIVE_UP
    reached: npt.NDArray[Any] = np.where(
        given_up, chance.integers(min(1, last), last + 1, size), last
    )
    drawn: dict[str, list[Any]] = {}
    for item in items(questionnaire):
        page = pages[item.question.id]
        answers = _draw_for(item)(item, mind, chance)
        skipped = (_SKIPPED + _TIRED * page) * _HARDER[item.question.sensitivity]
        answers[(chance.random(size) < skipped) | (reached < page)] = None
        drawn[item.key] = answers.tolist()
        if f"{item.key}.other" in WORDS:
            drawn[f"{item.key}.other"] = words(
                f"{item.key}.other", mind.who.french, chance
            ).tolist()
    return drawn


def answers(
    questionnaire: Draft, who: People, places: Lineages, chance: Chance, *, second: bool
) -> Iterator[dict[str, Any]]:
    """Draw the settled answers of these people, in their order."""
    drawn = columns(questionnaire, minds(who, chance, second=second), chance)
    keys = tuple(drawn)
    for row in zip(*drawn.values(), strict=True):
        yield settle(questionnaire, dict(zip(keys, row, strict=True)), places)
