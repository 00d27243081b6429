"""The two waves: the ways in, the days on which people answer, and where others leave."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from surveyapp.demo.respondents import (
    Bools,
    Chance,
    Fielded,
    Ints,
    choice,
    invited,
    sampled,
    where_open,
    where_sampled,
)
from surveyapp.storage.collected.responses import CHECK_PAGE, MOST_MINUTES
from surveyapp.storage.field.collectors import Kind
from surveyapp.storage.field.fieldwork import Ended, Ending
from surveyapp.storage.purge import NOTICE_PAGE


@dataclass(frozen=True)
class Way:
    """A way in: for the probability sample or the open one, and how many of it take it.

    ``town`` numbers the town whose posters it is on; None is the whole county.
    ``minutes`` is how long it takes in the middle; ``leave`` the share of those who begin and go.
    """

    kind: Kind
    probability: bool
    share: float
    town: int | None = None
    minutes: float = 8.0
    leave: float = 0.2


# The first is the default open link, which opening a wave makes.
WAYS = (
    Way(Kind.open_link, probability=False, share=0.60, leave=0.28),
    Way(Kind.qr, probability=False, share=0.13, town=0, leave=0.35),
    Way(Kind.qr, probability=False, share=0.08, town=1, leave=0.35),
    Way(Kind.qr, probability=False, share=0.05, town=2, leave=0.35),
    Way(Kind.kiosk, probability=False, share=0.08, town=0, minutes=7.0, leave=0.3),
    Way(Kind.paper, probability=False, share=0.06, minutes=11.0, leave=0.0),
    Way(Kind.invitation, probability=True, share=0.74, leave=0.12),
    Way(Kind.paper, probability=True, share=0.17, minutes=11.0, leave=0.0),
    Way(Kind.phone, probability=True, share=0.09, minutes=14.0, leave=0.04),
)


@dataclass(frozen=True)
class Plan:
    """A wave as the demo fields it. ``days`` are those with answers; the last one may lie ahead."""

    number: int
    code: str
    opens: date
    closes: date
    days: int

    @property
    def results_on(self) -> date:
        """The day by which its results are promised: two months after the last one."""
        return self.closes + timedelta(days=60)

    @property
    def second(self) -> bool:
        """Whether opinions have changed since the first wave."""
        return self.number == 2


def plans(today: date) -> tuple[Plan, Plan]:
    """Return a wave that ended a year and a half ago, and one that is open today.

    Eighteen months is long enough for a change, and well inside the months that answers are kept.
    """
    before = today - timedelta(days=580)
    first = Plan(1, str(before.year), before, before + timedelta(days=34), 35)
    opened = today - timedelta(days=18)
    return first, Plan(2, str(opened.year), opened, today + timedelta(days=23), 18)


def _curve(days: int) -> list[float]:
    """Return how many answer on each day: most at first, and again after two reminders."""
    day = np.arange(days)
    peaks = [(0, 1.0, 4.0), (10, 0.6, 3.0), (22, 0.45, 3.0)]
    waves = [size * np.exp(-(day - at) / fade) * (day >= at) for at, size, fade in peaks]
    return [float(one) for one in 0.05 + np.sum(waves, axis=0)]


def _ways(probability: Bools, place_towns: Ints, chance: Chance) -> Ints:
    """Draw the way in: posters of a town are seen by those who live there."""
    ways = np.zeros(len(place_towns), dtype=np.int64)
    for invited_ones in (True, False):
        for town in np.unique(place_towns):
            mine = np.flatnonzero((probability == invited_ones) & (place_towns == town))
            shares = [
                way.share * (way.probability == invited_ones) * (way.town in (None, int(town)))
                for way in WAYS
            ]
            ways[mine] = choice(chance, len(mine), shares)
    return ways


def fielded(plan: Plan, responses: int, towns: Ints, chance: Chance) -> Fielded:
    """Draw who answers a wave, in order of day. ``towns`` numbers each neighbourhood's town."""
    number = sampled(responses)
    place = np.concatenate([where_sampled(number, chance), where_open(responses - number, chance)])
    probability = np.arange(responses) < number
    way = _ways(probability, towns[place], chance)
    day = np.sort(choice(chance, responses, _curve(plan.days)))
    order = chance.permutation(responses)
    return Fielded(invited(number), probability[order], place[order], way[order], day)


def minutes(way: Ints, chance: Chance) -> Ints:
    """Draw how long people took, in whole minutes: a few left the page open over lunch."""
    middle = np.array([one.minutes for one in WAYS])[way]
    drawn = middle * np.exp(0.42 * chance.standard_normal(len(way)))
    drawn[chance.random(len(way)) < 0.02] *= 6
    return np.asarray(np.clip(drawn, 1, MOST_MINUTES), dtype=np.int64)


def endings(
    plan: Plan,
    who: Fielded,
    french: Bools,
    collectors: Sequence[int],
    pages: Sequence[str],
    chance: Chance,
) -> Mapping[Ending, int]:
    """Count how visits ended: those sent, and beside them those who left, by their last page.

    ``collectors`` are the numbers of the ways in; ``pages`` the sections in order.
    """
    days = [plan.opens + timedelta(days=number) for number in range(plan.days)]
    groups = Counter(zip(who.way.tolist(), who.day.tolist(), french.tolist(), strict=True))
    # Most leave before the first question or where the questions become hard.
    stay = (NOTICE_PAGE, *pages, CHECK_PAGE)
    shares = np.array([0.3, *np.linspace(0.12, 0.04, len(pages)), 0.02])
    counts: dict[Ending, int] = {}
    for (way, day, is_french), sent in sorted(groups.items()):
        facts = (collectors[way], days[day], "fr" if is_french else "en")
        counts[Ending(*facts, CHECK_PAGE, Ended.submitted)] = sent
        left = chance.binomial(round(sent / (1 - WAYS[way].leave)), WAYS[way].leave)
        for page, visits in zip(
            stay, chance.multinomial(left, shares / shares.sum()).tolist(), strict=True
        ):
            if visits:
                counts[Ending(*facts, page, Ended.left)] = visits
    return counts
