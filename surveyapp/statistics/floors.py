"""How few people may stand behind a figure (counting rules, section 5, points 2, 3 and 9)."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from surveyapp.questionnaire.index import LEAST_ITEMS
from surveyapp.questionnaire.model import Draft, Floors, Sensitivity
from surveyapp.statistics.scores import LEAST_ANSWERED, MOST_INAPPLICABLE
from surveyapp.statistics.tables import Floats, Ints

LEAST_POPULATION = {
    Sensitivity.general: 100,
    Sensitivity.mixed: 100,
    Sensitivity.sensitive: 250,
}
LEAST_DIFFERENT = {
    Sensitivity.general: 2,
    Sensitivity.mixed: 2,
    Sensitivity.sensitive: 5,
}
LEAST_ON_EACH_SIDE = 5
UNRELIABLE_UNDER = 30
CAUTION_UNDER = 100
_ORDER = (Sensitivity.general, Sensitivity.mixed, Sensitivity.sensitive)


@dataclass(frozen=True)
class Policy:
    """The floors of one survey: the house's own, or higher ones of its document."""

    floors: Floors = Floors()

    @classmethod
    def of(cls, questionnaire: Draft) -> "Policy":
        """Return the policy of a survey."""
        return cls(questionnaire.floors)

    def floor(self, sensitivity: Sensitivity) -> int:
        """Return the smallest base that may be published."""
        return int(getattr(self.floors, sensitivity.value))

    def written(self) -> dict[str, object]:
        """Return the whole policy as a manifest tells it (counting rules, section 5, point 12)."""
        return {
            "floors": self.floors.model_dump(),
            "least_population": {one.value: LEAST_POPULATION[one] for one in _ORDER},
            "least_different": {one.value: LEAST_DIFFERENT[one] for one in _ORDER},
            "least_on_each_side_if_sensitive": LEAST_ON_EACH_SIDE,
            "unreliable_under": UNRELIABLE_UNDER,
            "caution_and_whole_numbers_under": CAUTION_UNDER,
            "areas": {
                "least_items": LEAST_ITEMS,
                "most_not_applicable_share": MOST_INAPPLICABLE,
                "least_answered_share": LEAST_ANSWERED,
                "judged_as": "most_sensitive_item",
                "shown_where": "every_item_is_shown_answer_by_answer",
            },
        }


def most_sensitive(found: Iterable[Sensitivity]) -> Sensitivity:
    """Return the highest of several sensitivities: a table inherits its most sensitive item's."""
    return max(found, key=_ORDER.index, default=Sensitivity.general)


@dataclass(frozen=True)
class Gauge:
    """Judges any set of respondents whose counts are sums over places.

    ``people``: who was asked (a set without anybody tells nothing). ``base``: the n that is
    published. ``patterns``: the distinct whole answers. ``splits``: each published option, where
    both sides of it must be many; None where the kind of item does not ask for that. Each has a
    row for every node. ``zero_tells``: that nobody is in a hidden place may not be known either.
    Every test that passes for two sets that share nobody passes for both together, so that
    judging the smallest computable sets judges all.
    """

    people: Ints
    base: Ints
    patterns: Ints
    splits: Ints | None
    populations: Floats
    floor: int
    least_different: int
    least_population: int
    zero_tells: bool = False

    def figures(self, node: int) -> "Figures":
        """Return the counts of a node."""
        splits = self.splits[node] if self.splits is not None else None
        return Figures(
            people=int(self.people[node]),
            base=int(self.base[node]),
            patterns=self.patterns[node],
            splits=splits,
            population=float(self.populations[node]),
        )

    def is_publishable(self, figures: "Figures") -> bool:
        """Tell whether these respondents are many, and different enough."""
        if figures.base < self.floor or figures.population < self.least_population:
            return False
        commonest = int(figures.patterns.max()) if len(figures.patterns) else 0
        if figures.base - commonest < self.least_different:
            return False
        if figures.splits is None or not len(figures.splits):
            return True
        sides = np.minimum(figures.splits, figures.base - figures.splits)
        return bool(sides.min() >= LEAST_ON_EACH_SIDE)


@dataclass(frozen=True)
class Figures:
    """The counts of one set of respondents; an unknown population is NaN and judges nothing."""

    people: int
    base: int
    patterns: Ints
    splits: Ints | None
    population: float

    @property
    def is_empty(self) -> bool:
        """Whether nobody is in the set."""
        return self.people == 0

    def without(self, other: "Figures") -> "Figures":
        """Return the counts of those who are not in another set, which lies in this one."""
        splits = None
        if self.splits is not None and other.splits is not None:
            splits = self.splits - other.splits
        return Figures(
            people=self.people - other.people,
            base=self.base - other.base,
            patterns=self.patterns - other.patterns,
            splits=splits,
            population=self.population - other.population,
        )
