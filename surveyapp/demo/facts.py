"""Facts that people tell of themselves: where and how long they live here, who they are."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from surveyapp.demo.census import AGES
from surveyapp.demo.county import TOWNS, neighbourhoods
from surveyapp.demo.opinions import Minds, Strings, listed, put, scored
from surveyapp.demo.respondents import Chance, choice
from surveyapp.questionnaire.model import Item

_RACES = ("black", "east_southeast_asian", "latino", "middle_eastern", "south_asian", "another")
Draw = Callable[[Item, Minds, Chance], Strings]


def chosen(names: tuple[Any, ...], shares: tuple[float, ...], size: int, chance: Chance) -> Strings:
    """Draw one of some answers by its share."""
    known = np.empty(len(names), dtype=object)
    known[:] = names
    return np.asarray(known[choice(chance, size, shares)], dtype=object)


def _altered(answers: Strings, chance: Chance, **shares: float) -> Strings:
    """Let some give another answer instead, by its share."""
    for name, share in shares.items():
        answers[chance.random(len(answers)) < share] = name
    return answers


def lived_in(_item: Item, mind: Minds, chance: Chance) -> Strings:
    """Draw the place that people name: where they live, but for a few."""
    codes = np.array([one.code for one in neighbourhoods()], dtype=object)[mind.who.place]
    return _altered(codes, chance, unknown=0.008, outside=0.006, no_fixed_address=0.004)


def _years(_item: Item, mind: Minds, chance: Chance) -> Strings:
    """Draw years of residence: rarely longer than a life, and often a round number."""
    oldest = np.array([17, 24, 34, 44, 54, 64, 74, 92])[mind.who.age]
    drawn = chance.gamma(1.3, np.where(mind.who.renter, 6.0, 14.0))
    years = np.minimum(np.round(drawn), oldest).astype(int)
    rounded = (chance.random(len(years)) < 0.35) & (years > 7)
    years[rounded] = years[rounded] // 5 * 5
    answers: Strings = years.astype(object)
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
    theirs = chosen(_RACES, (0.24, 0.22, 0.1, 0.12, 0.26, 0.06), size, chance)
    nation = np.array([one.agreement_required for one in neighbourhoods()])[mind.who.place]
    answers = np.where(mind.who.racialized, theirs, "white").astype(object)
    answers[nation & (chance.random(size) < 0.9)] = "indigenous"
    _altered(answers, chance, indigenous=0.02, none=0.01, prefer_not=0.03)
    alone = {name: [name] for name in set(answers.tolist())}
    lists = np.empty(size, dtype=object)
    lists[:] = [alone[name] for name in answers.tolist()]
    return lists


def _transit(item: Item, mind: Minds, chance: Chance) -> Strings:
    """Draw worry about public transport, which hardly comes to the township."""
    answers = scored(item, mind, chance)
    rural = np.array([one.town == TOWNS[-1].code for one in neighbourhoods()])[mind.who.place]
    answers[(answers == "none_available") & ~rural] = "do_not_use"
    answers[rural & (chance.random(len(answers)) < 0.85)] = "none_available"
    return answers


FACTS: Mapping[str, Draw] = {
    "years": _years,
    "transit": _transit,
    "age": _age,
    "gender": _gender,
    "tenure": _tenure,
    "indigenous": _indigenous,
    "race": _race,
}
