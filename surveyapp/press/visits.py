"""How many visits began, were sent or were left, along one dimension at a time.

A visit counts on the day of its last page: nothing else of it is kept once it is over.
"""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

import numpy as np

from surveyapp.questionnaire.model import Sensitivity
from surveyapp.statistics.bands import Band
from surveyapp.statistics.dimensions import one, together, told
from surveyapp.statistics.floors import Policy
from surveyapp.storage.collected.visits import LIFETIME
from surveyapp.storage.counted.snapshot import Snapshot
from surveyapp.storage.field.fieldwork import Ended, Ending, Unfinished
from surveyapp.storage.field.waves import Wave

EPOCH = date(1970, 1, 1)
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Telling:
    """How counts are told: their floor, and whether the wave still takes answers."""

    policy: Policy
    live: bool

    @property
    def floor(self) -> int:
        """The smallest count that is told."""
        return self.policy.floor(Sensitivity.general)

    def one(self, count: int) -> Band:
        """Tell a count that is no part of a known total."""
        return one(count, self.floor, live=self.live)

    def all(self, counts: Mapping[Any, int]) -> dict[Any, Band | None]:
        """Tell the counts of every category."""
        return told(counts, self.floor, live=self.live)


@dataclass(frozen=True)
class Visits:
    """Counts of visits as they are told; ``started`` adds the others up and says no more."""

    started: Band | None
    submitted: Band | None
    left: Band | None
    unfinished: Band | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a visit here: its way in, its day and its language."""

    collector_id: int
    day: date
    language: str


@dataclass(frozen=True)
class Flow:
    """Visits by what is known of each; ``unfinished`` is empty once a wave is closed."""

    sent: Counter[Facts]
    left: Counter[Facts]
    unfinished: Counter[Facts]

    def by(self, key: Callable[[Facts], K], known: Iterable[K] = ()) -> tuple[Counter[K], ...]:
        """Count each outcome by a dimension; ``known`` categories are there with 0."""
        found = []
        for outcome in (self.sent, self.left, self.unfinished):
            counts: Counter[K] = Counter(dict.fromkeys(known, 0))
            for facts, visits in outcome.items():
                counts[key(facts)] += visits
            found.append(counts)
        return tuple(found)

    def told(
        self, key: Callable[[Facts], K], telling: Telling, known: Collection[K] = ()
    ) -> dict[K, Visits]:
        """Tell each outcome by a dimension, the known categories first."""
        counts = self.by(key, known)
        names = [*known, *sorted(set().union(*counts) - set(known), key=str)]
        sent, left, unfinished = (
            telling.all({name: outcome[name] for name in names}) for outcome in counts
        )
        under_way = unfinished if telling.live else {}
        return {
            name: Visits(
                started=together(part[name] for part in (sent, left, under_way) if name in part),
                submitted=sent[name],
                left=left[name],
                unfinished=under_way.get(name),
            )
            for name in names
        }


def _sent(found: Snapshot) -> Counter[Facts]:
    """Count responses by facts: one pass over the three columns together."""
    parts = [found.columns[name].astype(np.int64) for name in ("#collector", "#day", "#language")]
    if not len(found):
        return Counter()
    spans = [int(part.max()) + 1 for part in parts]
    keys, counts = np.unique(
        (parts[0] * spans[1] + parts[1]) * spans[2] + parts[2], return_counts=True
    )
    names = found.codes["#language"]
    return Counter(
        {
            Facts(
                int(key // spans[2] // spans[1]),
                EPOCH + timedelta(days=int(key // spans[2] % spans[1])),
                names[int(key % spans[2])],
            ): int(count)
            for key, count in zip(keys, counts, strict=True)
        }
    )


def flow(
    found: Snapshot,
    endings: Mapping[Ending, int],
    unfinished: Iterable[Unfinished],
    wave: Wave,
    *,
    live: bool,
) -> Flow:
    """Count the visits to one sample of a wave: its responses, its endings, what is under way."""
    left: Counter[Facts] = Counter()
    for end, visits in endings.items():
        if end.outcome is Ended.left:
            left[Facts(end.collector_id, end.ended_on, end.language)] += visits
    under_way: Counter[Facts] = Counter()
    for visit in unfinished if live else ():
        day = wave.day(visit.expires_at - LIFETIME)
        under_way[Facts(visit.collector_id, day, visit.language)] += 1
    return Flow(_sent(found), left, under_way)


def median_minutes(found: Snapshot, who: Any, telling: Telling) -> int | None:
    """Return the median of the whole minutes that some took; None under the floor.

    While a wave is in the field it moves with every tenth answer only, so that nobody can read
    from it how long the last person took.
    """
    minutes = found.columns["#minutes"][who]
    if len(minutes) < telling.floor:
        return None
    if telling.live:
        minutes = minutes[: len(minutes) // 10 * 10]
    return int(np.median(minutes) + 0.5)
