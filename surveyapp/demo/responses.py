"""The responses of a wave, drawn in the order they came: the same for the same seed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from surveyapp.demo.answers import answers
from surveyapp.demo.county import TOWNS, town_numbers
from surveyapp.demo.fieldwork import WAYS, Plan, endings, minutes
from surveyapp.demo.respondents import (
    Chance,
    Fielded,
    People,
    base_weights,
    french_factor,
    people,
)
from surveyapp.storage.counted.bulk import Loaded
from surveyapp.storage.drafting.surveys import Edition
from surveyapp.storage.field.fieldwork import Ending
from surveyapp.storage.field.waves import Collector, Wave
from surveyapp.storage.municipal.places import place_tree
from surveyapp.storage.municipal.profiles import newest_profile

# People drawn at a time: bounds the memory that a million take.
CHUNK = 10_000


@dataclass(frozen=True)
class Fieldwork:
    """A wave that is being filled: its plan, who answers it and through what."""

    plan: Plan
    seed: int
    who: Fielded
    wave: Wave
    edition: Edition
    owner_id: int
    ways_in: tuple[Collector, ...]

    def chance(self, *step: int) -> Chance:
        """Return the source of chance of a step: always the same for the same seed."""
        return np.random.default_rng((self.seed, self.plan.number, *step))

    def people(self) -> Iterator[tuple[slice, People, Chance]]:
        """Draw those who answered some at a time, each time from a seed of its own."""
        factor = french_factor(self.who.place)
        for start in range(0, len(self.who), CHUNK):
            some, chance = slice(start, start + CHUNK), self.chance(1, start)
            drawn = people(self.who.place[some], self.who.probability[some], factor, chance)
            yield some, drawn, chance

    def responses(self) -> Iterator[Loaded]:
        """Draw the responses in the order they came."""
        lineages = place_tree(self.wave.place_set_id).lineages
        towns, shown = np.array(town_numbers()), self._profiles()
        weights = base_weights(self.who.invited).tolist()
        for some, persons, chance in self.people():
            spent = minutes(self.who.way[some], chance).tolist()
            second = self.plan.second
            given = answers(self.edition.questionnaire, persons, lineages, chance, second=second)
            ways, days = self.who.way[some].tolist(), self.who.day[some].tolist()
            facts = (ways, days, towns[persons.place].tolist(), persons.french.tolist(), spent)
            for way, day, town, french, took, settled in zip(*facts, given, strict=True):
                stratum = town if WAYS[way].probability else None
                yield Loaded(
                    collector_id=self.ways_in[way].id,
                    edition_id=self.edition.id,
                    profile_id=shown[way],
                    language="fr" if french else "en",
                    submitted_on=self.plan.opens + timedelta(days=day),
                    minutes=took,
                    answers=settled,
                    stratum=None if stratum is None else TOWNS[stratum].code,
                    base_weight=None if stratum is None else weights[stratum],
                )

    def endings(self) -> Mapping[Ending, int]:
        """Count how visits ended, those of people who sent nothing included."""
        french = np.concatenate([persons.french for _some, persons, _chance in self.people()])
        numbers = [one.id for one in self.ways_in]
        pages = [section.id for section in self.edition.questionnaire.sections]
        return endings(self.plan, self.who, french, numbers, pages, self.chance(2))

    def _profiles(self) -> list[int]:
        return [newest_profile(one.municipality_id or self.owner_id).id for one in self.ways_in]
