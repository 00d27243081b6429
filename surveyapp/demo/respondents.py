"""Who answers: where they live, who they are, which way in they took and on which day.

Drawn as arrays, one entry a person. Ages, genders, tenure and language come from the invented
census of each neighbourhood; who of them answers is not even, as it never is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from surveyapp.demo.census import age_shares, apportioned
from surveyapp.demo.county import TOWNS, neighbourhoods
from surveyapp.storage.field.collectors import MOST_INVITED

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Chance = np.random.Generator

PROBABILITY_PART = 0.55
FRENCH_PART = 1 / 6
# Of ten people who are invited, three answer.
RESPONSE_RATE = 0.3
# The old answer letters, the middle-aged answer links; children hardly answer either.
_RETURNS = {
    True: np.array([0.03, 0.45, 0.65, 0.85, 1.05, 1.3, 1.5, 1.25]),
    False: np.array([0.12, 0.9, 1.2, 1.3, 1.15, 1.0, 0.8, 0.4]),
}
_WOMEN = {True: 0.53, False: 0.61}
# An open link travels best where there is already talk about safety.
_TALK = 0.6


@dataclass(frozen=True)
class Fielded:
    """Who answered a wave and how, in the order they did: one entry a person in each array.

    ``place`` numbers the neighbourhoods, ``way`` the ways in of ``fieldwork.WAYS``, ``day`` the
    days of fieldwork from 0.
    """

    invited: Ints
    probability: Bools
    place: Ints
    way: Ints
    day: Ints

    def __len__(self) -> int:
        return len(self.place)


@dataclass(frozen=True)
class People:
    """Some of those who answered. ``age`` numbers the census's groups, 0 the youngest."""

    place: Ints
    age: Ints
    woman: Bools
    renter: Bools
    french: Bools
    racialized: Bools
    probability: Bools

    def __len__(self) -> int:
        return len(self.place)


def sampled(responses: int) -> int:
    """Return how many of so many answers come from the probability sample."""
    return round(responses * PROBABILITY_PART)


def invited(responses: int) -> Ints:
    """Return how many are invited in each town for so many answers."""
    asked = min(round(responses / RESPONSE_RATE), MOST_INVITED)
    return np.array(apportioned(asked, [town.share for town in TOWNS]))


def base_weights(asked: Ints) -> Floats:
    """Return the weight of each town's stratum: residents for each one invited."""
    found = neighbourhoods()
    living = [sum(one.population for one in found if one.town == town.code) for town in TOWNS]
    return np.array(living) / np.maximum(asked, 1)


def _limited(counts: list[int]) -> list[int]:
    """Keep the hamlets small; their neighbours of the same town take what is over."""
    kept = list(counts)
    found = neighbourhoods()
    for number, one in enumerate(found):
        over = kept[number] - (one.most_answers or kept[number])
        if over > 0:
            largest = max(
                (other for other in range(len(found)) if found[other].town == one.town),
                key=lambda other: found[other].population,
            )
            kept[number] -= over
            kept[largest] += over
    return kept


def where_sampled(responses: int, chance: Chance) -> Ints:
    """Draw the neighbourhoods of a sample that is stratified by town."""
    found = neighbourhoods()
    shares = np.zeros(len(found))
    for town in TOWNS:
        living = np.array([one.population * (one.town == town.code) for one in found])
        shares += town.share * living / living.sum()
    return _where(responses, shares, chance)


def where_open(responses: int, chance: Chance) -> Ints:
    """Draw the neighbourhoods of those who answer an open link."""
    found = neighbourhoods()
    shares = [one.population * np.exp(-_TALK * one.safety) for one in found]
    return _where(responses, np.array(shares), chance)


def _where(responses: int, shares: Floats, chance: Chance) -> Ints:
    counts = _limited(chance.multinomial(responses, shares / shares.sum()).tolist())
    return chance.permutation(np.repeat(np.arange(len(counts)), counts))


def _french_shares() -> Floats:
    return np.array([one.francophones for one in neighbourhoods()])


def french_factor(place: Ints) -> float:
    """Return what makes one answer in six French, wherever the answers come from."""
    return FRENCH_PART / max(float(_french_shares()[place].mean()), 1e-9)


def _ages(place: Ints, probability: Bools, chance: Chance) -> Ints:
    shares = np.stack([age_shares(one.age) for one in neighbourhoods()])
    ages = np.zeros(len(place), dtype=np.int64)
    for sampled, returns in _RETURNS.items():
        edges = np.cumsum(shares * returns, axis=1)
        edges /= edges[:, -1:]
        mine = np.flatnonzero(probability == sampled)
        drawn = chance.random(len(mine))
        ages[mine] = (drawn[:, None] > edges[place[mine]]).sum(axis=1)
    return ages


def people(place: Ints, probability: Bools, factor: float, chance: Chance) -> People:
    """Draw who lives in these neighbourhoods; ``factor`` scales how many answer in French."""
    found = neighbourhoods()
    number = len(place)
    age = _ages(place, probability, chance)
    renters = np.array([one.renters for one in found])[place] * np.where(age < 3, 1.45, 0.8)
    women = np.where(probability, _WOMEN[True], _WOMEN[False])
    # One in eight, more where the young live.
    racialized = 0.09 + 0.08 * (age < 3)
    return People(
        place=place,
        age=age,
        woman=chance.random(number) < women,
        renter=chance.random(number) < np.minimum(renters, 0.95),
        french=chance.random(number) < np.minimum(_french_shares()[place] * factor, 0.97),
        racialized=chance.random(number) < racialized,
        probability=probability,
    )


def choice(chance: Chance, number: int, shares: Sequence[float]) -> npt.NDArray[Any]:
    """Draw from categories by their shares, quickly."""
    edges = np.cumsum(shares)
    return np.minimum(
        np.searchsorted(edges / edges[-1], chance.random(number), side="right"), len(shares) - 1
    )
