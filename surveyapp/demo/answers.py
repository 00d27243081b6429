"""Whole answers, as a resident's would be kept: drawn question by question, then settled."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from surveyapp.demo.census import AGES
from surveyapp.demo.county import neighbourhoods
from surveyapp.demo.leanings import ODDS, TICKS
from surveyapp.demo.opinions import Minds, Strings, listed, minds, put, scored, ticked, yes_or_no
from surveyapp.demo.respondents import Chance, People, choice
from surveyapp.demo.words import WORDS, words
from surveyapp.questionnaire.answers import Lineages, settle
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.questionnaire.index import is_scored
from surveyapp.questionnaire.model import Item, Kind, Sensitivity, items

_SKIPPED, _TIRED = 0.012, 0.004
_HARDER = {Sensitivity.general: 1.0, Sensitivity.mixed: 2.0, Sensitivity.sensitive: 3.0}
# Some leave the rest blank, from some page on, and send what they have.
_GIVE_UP = 0.05
_RACES = ("black", "east_southeast_asian", "latino", "middle_eastern", "south_asian", "another")
Draw = Callable[[Item, Minds, Chance], Strings]


def _chosen(
    names: tuple[Any, ...], shares: tuple[float, ...], size: int, chance: Chance
) -> Strings:
    known = np.empty(len(names), dtype=object)
    known[:] = names
    return np.asarray(known[choice(chance, size, shares)], dtype=object)


def _altered(answers: Strings, chance: Chance, **shares: float) -> Strings:
    """Let some give another answer instead, by its share."""
    for name, share in shares.items():
        answers[chance.random(len(answers)) < share] = name
    return answers


def _place(_item: Item, mind: Minds, chance: Chance) -> Strings:
    lived_in = np.array([one.code for one in neighbourhoods()], dtype=object)[mind.who.place]
    return _altered(lived_in, chance, unknown=0.008, outside=0.006, no_fixed_address=0.004)


def _years(_item: Item, mind: Minds, chance: Chance) -> Strings:
    """Draw years of residence: rarely longer than a life, and often a round number."""
    oldest = np.array([17, 24, 34, 44, 54, 64, 74, 92])[mind.who.age]
    drawn = chance.gamma(1.3, np.where(mind.who.renter, 6.0, 14.0))
    years = np.minimum(np.round(drawn), oldest).astype(int)
    rounded = (chance.random(len(years)) < 0.35) & (years > 7)
    years[rounded] = years[rounded] // 5 * 5
    answers = years.astype(object)
    for code, share in (("dont_know", 0.01), ("prefer_not", 0.012)):
        put(answers, chance.random(len(answers)) < share, {"code": code})
    return answers


def _age(_item: Item, mind: Minds, chance: Chance) -> Strings:
    return _altered(np.array(AGES, dtype=object)[mind.who.age], chance, prefer_not=0.02)


def _gender(_item: Item, mind: Minds, chance: Chance) -> Strings:
    answers = np.where(mind.who.woman, "woman", "man").astype(object)
    return _altered(answers, chance, other=0.012, prefer_not=0.02)


def _tenure(_item: Item, mind: Minds, chance: Chance) -> Strings:
    answers = np.where(mind.who.renter, "rented", "owned").astype(object)
    return _altered(answers, chance, no_home=0.006, other=0.015, prefer_not=0.015)


def _indigenous(_item: Item, mind: Minds, chance: Chance) -> Strings:
    nation = np.array([one.agreement_required for one in neighbourhoods()])[mind.who.place]
    drawn = chance.random(len(mind.who))
    first_nations = drawn < np.where(nation, 0.92, 0.03)
    metis = chance.random(len(drawn)) < 0.012
    answers = listed(["first_nations", "metis"], np.stack([first_nations, metis], axis=1))
    put(answers, ~(first_nations | metis), ["no"])
    put(answers, chance.random(len(drawn)) < 0.025, ["prefer_not"])
    return answers


def _race(_item: Item, mind: Minds, chance: Chance) -> Strings:
    size = len(mind.who)
    theirs = _chosen(_RACES, (0.24, 0.22, 0.1, 0.12, 0.26, 0.06), size, chance)
    nation = np.array([one.agreement_required for one in neighbourhoods()])[mind.who.place]
    answers = np.where(mind.who.racialized, theirs, "white").astype(object)
    answers[nation & (chance.random(size) < 0.9)] = "indigenous"
    _altered(answers, chance, indigenous=0.02, none=0.01, prefer_not=0.03)
    alone = {name: [name] for name in set(answers.tolist())}
    lists = np.empty(size, dtype=object)
    lists[:] = [alone[name] for name in answers.tolist()]
    return lists


def _written(item: Item, mind: Minds, chance: Chance) -> Strings:
    return words(item.key, mind.who.french, chance)


def _any(item: Item, mind: Minds, chance: Chance) -> Strings:
    """Draw from the options of a question that nothing is known of."""
    names = tuple(option.id for option in item.options)
    if not names or item.question.kind is Kind.rank:
        return np.full(len(mind.who), None, dtype=object)
    many = item.question.kind is Kind.multiple
    each = tuple([name] for name in names) if many else names
    return _chosen(each, (1.0,) * len(names), len(mind.who), chance)


OWN: Mapping[str, Draw] = {
    "years": _years,
    "age": _age,
    "gender": _gender,
    "tenure": _tenure,
    "indigenous": _indigenous,
    "race": _race,
}


def _draw_for(item: Item) -> Draw:
    if item.question.kind is Kind.place:
        return _place
    if item.question.kind is Kind.text:
        return _written
    if item.key in OWN:
        return OWN[item.key]
    if is_scored(item):
        return scored
    known = ((ODDS, yes_or_no), (TICKS, ticked))
    return next((draw for table, draw in known if item.key in table), _any)


def _pages(questionnaire: Questionnaire) -> Mapping[str, int]:
    return {
        question.id: number
        for number, section in enumerate(questionnaire.sections)
        for question in section.questions
    }


def columns(questionnaire: Questionnaire, mind: Minds, chance: Chance) -> Mapping[str, list[Any]]:
    """Draw the answers under each key, one entry a person; None is a blank."""
    pages, size = _pages(questionnaire), len(mind.who)
    last = max(pages.values(), default=0)
    given_up = chance.random(size) < _GIVE_UP
    reached: npt.NDArray[Any] = np.where(given_up, chance.integers(1, last + 1, size), last)
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
    questionnaire: Questionnaire, who: People, places: Lineages, chance: Chance, *, second: bool
) -> Iterator[dict[str, Any]]:
    """Draw the settled answers of these people, in their order."""
    drawn = columns(questionnaire, minds(who, chance, second=second), chance)
    keys = tuple(drawn)
    for row in zip(*drawn.values(), strict=True):
        yield settle(questionnaire, dict(zip(keys, row, strict=True)), places)
