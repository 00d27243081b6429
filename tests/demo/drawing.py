"""People and their answers, drawn without a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

import numpy as np

from surveyapp.demo.answers import answers
from surveyapp.demo.county import neighbourhoods, places, town_numbers
from surveyapp.demo.fieldwork import Plan, fielded, plans
from surveyapp.demo.respondents import Fielded, People, french_factor, people
from surveyapp.questionnaire.shipped import shipped

TODAY = date(2026, 3, 2)
DRAFT = shipped()


@dataclass(frozen=True)
class Drawn:
    """A wave's people, what they answered, and how they came to it."""

    plan: Plan
    who: Fielded
    people: People
    answers: tuple[Mapping[str, Any], ...]

    def share(self, key: str, *codes: str, place: str = "", sampled: bool | None = None) -> float:
        """Return the share of those who gave an option of a scale that gave one of these."""
        scale = {one.id for one in _options(key) if one.score is not None}
        given = [
            one[key] in codes
            for number, one in enumerate(self.answers)
            if one.get(key) in (scale or {option.id for option in _options(key)})
            and (not place or one["place"] == place)
            and (sampled is None or self.who.probability[number] == sampled)
        ]
        return sum(given) / len(given)


def _options(key: str) -> tuple[Any, ...]:
    name = key.partition(".")[0]
    return next(one.options for one in DRAFT.questions() if one.id == name)  # type: ignore[union-attr]


@cache
def lineages() -> dict[str, tuple[str, ...]]:
    """Return each place with those that hold it."""
    found = {one.code: one for one in places()}
    line = {}
    for code in found:
        steps = [code]
        while parent := found[steps[-1]].parent:
            steps.append(parent)
        line[code] = tuple(steps)
    return line


@cache
def drawn(second: bool = False, number: int = 8_000, seed: int = 1) -> Drawn:
    """Draw a wave."""
    plan = plans(TODAY)[second]
    chance = np.random.default_rng(seed)
    who = fielded(plan, number, np.array(town_numbers()), chance)
    persons = people(who.place, who.probability, french_factor(who.place), chance)
    given = answers(DRAFT, persons, lineages(), chance, second=second)
    return Drawn(plan, who, persons, tuple(given))


def place_counts(found: Drawn) -> dict[str, int]:
    """Count who lives in each neighbourhood."""
    codes = [one.code for one in neighbourhoods()]
    counts = np.bincount(found.who.place, minlength=len(codes)).tolist()
    return dict(zip(codes, counts, strict=True))
