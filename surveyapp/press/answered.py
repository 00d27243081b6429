"""Who answered a wave: one sample and one dimension at a time, in bands while it is in the field.

This is for staff, and it is today's: counts of people and of visits, and no answer of anybody.
A count that is None is kept back, because a total less it would be a small one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from surveyapp.press.counting import hierarchy_of, matrix_of
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.questionnaire.model import Sensitivity
from surveyapp.questionnaire.quality import BITS, Sign
from surveyapp.statistics.bands import Band, band
from surveyapp.statistics.counts import respondents
from surveyapp.statistics.dimensions import exact, middle, one, told, under
from surveyapp.statistics.disclosure import places_shown
from surveyapp.statistics.floors import Policy
from surveyapp.statistics.tree import Tree
from surveyapp.storage.fieldwork import Ended, Ending, endings_of, unfinished_of
from surveyapp.storage.places import place_tree
from surveyapp.storage.purge import NOTICE_PAGE
from surveyapp.storage.responses import CHECK_PAGE
from surveyapp.storage.snapshot import Snapshot, sample_of, snapshot
from surveyapp.storage.waves import Collector, Sample, Wave, WaveState, collectors_of

EPOCH = date(1970, 1, 1)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class ModeLine:
    """How visits by one mode went."""

    mode: str
    submitted: Band | None
    left: Band | None
    unfinished: Band | None


@dataclass(frozen=True)
class PlaceLine:
    """How many answered from a place, against how many live there. Shares are percentages."""

    names: Mapping[str, str]
    level: str
    people: Band | None
    population: int | None
    share: float | None
    population_share: float | None


@dataclass(frozen=True)
class Step:
    """A day, or the week that begins on it."""

    first: date
    people: Band | None


@dataclass(frozen=True)
class Answered:
    """Who answered one sample. ``completion`` and ``response_rate`` are percentages.

    ``response_rate`` is AAPOR's Response Rate 1: complete responses divided by everybody invited.
    Nobody invited is known to be ineligible or partly complete, so RR1 is the lowest of its rates.
    """

    total: Band
    floor: int
    modes: tuple[ModeLine, ...]
    steps: tuple[Step, ...]
    by_week: bool
    languages: Mapping[str, Band | None]
    signs: Mapping[Sign, Band | None]
    places: tuple[PlaceLine, ...]
    nowhere: Band | None
    pages: tuple[tuple[str, Band | None], ...]
    left: Band
    completion: float | None
    response_rate: float | None


@dataclass(frozen=True)
class _Telling:
    """How counts are told: their floor, and whether the wave still takes answers."""

    policy: Policy
    live: bool

    @property
    def floor(self) -> int:
        return self.policy.floor(Sensitivity.general)

    def one(self, count: int) -> Band:
        return one(count, self.floor, live=self.live)

    def all(self, counts: Mapping[Any, int]) -> dict[Any, Band | None]:
        return told(counts, self.floor, live=self.live)


def _by_mode(
    ways_in: Iterable[Collector], sent: Counter[int], endings: Mapping[Ending, int], wave: Wave
) -> dict[str, tuple[int, int, int]]:
    """Return, for each mode, how many visits were sent, left and are not over."""
    unfinished = unfinished_of(wave.id)
    left: Counter[int] = Counter()
    for ending, visits in endings.items():
        left[ending.collector_id] += visits if ending.outcome is Ended.left else 0
    found: dict[str, tuple[int, int, int]] = {}
    for way in ways_in:
        before = found.get(way.mode, (0, 0, 0))
        now = (sent[way.id], left[way.id], unfinished.get(way.id, 0))
        found[way.mode] = tuple(a + b for a, b in zip(before, now, strict=True))  # type: ignore[assignment]
    return found


def _mode_lines(
    found: Mapping[str, tuple[int, int, int]], telling: _Telling
) -> tuple[ModeLine, ...]:
    columns = [
        telling.all({mode: counts[place] for mode, counts in found.items()}) for place in range(3)
    ]
    return tuple(ModeLine(mode, *(column[mode] for column in columns)) for mode in found)


def _weekly(days: Mapping[date, int]) -> dict[date, int]:
    weeks: Counter[date] = Counter()
    for day, count in days.items():
        weeks[day - timedelta(days=day.weekday())] += count
    return dict(weeks)


def _steps(days: Mapping[date, int], telling: _Telling) -> tuple[tuple[Step, ...], bool]:
    """Return counts by day; by week when most days are too few to say."""
    if not days:
        return (), False
    first, last = min(days), max(days)
    every = [first + timedelta(days=one) for one in range((last - first).days + 1)]
    whole = {day: days.get(day, 0) for day in every}
    by_week = 2 * sum(count >= telling.floor for count in whole.values()) < len(whole)
    found = telling.all(_weekly(whole) if by_week else whole)
    return tuple(Step(day, people) for day, people in found.items()), by_week


def _told_places(people: Any, tree: Tree, telling: _Telling) -> list[Band | None]:
    """Tell the number of each node; of a closed wave by the rules of its public tables."""
    if telling.live:
        agreed = zip(people, tree.by_agreement, strict=True)
        return [None if hidden else band(int(n), telling.floor) for n, hidden in agreed]
    shown = places_shown(people, tree, telling.policy)

    def kept_back(node: int, count: int) -> bool:
        return bool(tree.by_agreement[node]) or count >= telling.floor

    return [
        exact(int(count))
        if shown[node]
        else (None if kept_back(node, int(count)) else under(telling.floor))
        for node, count in enumerate(people)
    ]


def _places(
    found: Snapshot, wave: Wave, telling: _Telling
) -> tuple[tuple[PlaceLine, ...], Band | None]:
    """Return who answered from each place, and who named none."""
    places = place_tree(wave.place_set_id)
    hierarchy = hierarchy_of(places)
    tree = Tree(hierarchy)
    people = respondents(matrix_of(found, hierarchy), tree)
    said = _told_places(people, tree, telling)
    tops = [said[node] for node in tree.children[0]]
    somewhere = sum(middle(top) for top in tops if top is not None)
    whole = float(tree.populations[0])
    lines = []
    for node, code in enumerate(tree.codes[1:], 1):
        band_of, population = said[node], float(tree.populations[node])
        known = band_of is not None and not band_of.is_under and somewhere
        lines.append(
            PlaceLine(
                names=places.by_code[code].names,
                level=tree.levels[node],
                people=band_of,
                population=None if np.isnan(population) else int(population),
                share=100 * middle(band_of) / somewhere if band_of and known else None,
                population_share=100 * population / whole if whole > 0 else None,
            )
        )
    nowhere = int(people[0] - sum(people[node] for node in tree.children[0]))
    # Beside a place that is kept back, the exact rest would give it away.
    told_all = all(top is not None and not top.is_under for top in tops)
    return tuple(lines), (
        telling.one(nowhere) if told_all or telling.live or nowhere < telling.floor else None
    )


def _pages(
    endings: Mapping[Ending, int], questionnaire: Questionnaire, telling: _Telling
) -> tuple[tuple[str, Band | None], ...]:
    """Return where people left, in the order of the pages."""
    order = [NOTICE_PAGE, *(section.id for section in questionnaire.sections), CHECK_PAGE]
    counts: Counter[str] = Counter(dict.fromkeys(order, 0))
    for ending, visits in endings.items():
        counts[ending.last_page] += visits if ending.outcome is Ended.left else 0
    return tuple(telling.all(counts).items())


def _share(part: Band, whole: float) -> float | None:
    return min(100.0, 100 * middle(part) / whole) if whole and not part.is_under else None


def _codes(found: Snapshot, name: str) -> Counter[Any]:
    values, counts = np.unique(found.columns[name], return_counts=True)
    return Counter(dict(zip(values.tolist(), counts.tolist(), strict=True)))


def _signs(found: Snapshot) -> dict[Sign, int]:
    """Count who showed each sign; they overlap, and neither add up nor leave a rest."""
    return {
        sign: int(np.count_nonzero(found.columns["#signs"] & bit)) for sign, bit in BITS.items()
    }


def answered(wave: Wave, sample: Sample, questionnaire: Questionnaire, now: datetime) -> Answered:
    """Count who answered one sample of a wave, as it stands now."""
    live = wave.state(now) is not WaveState.closed
    telling = _Telling(Policy.of(questionnaire), live)
    found = sample_of(snapshot(wave.id), sample.id)
    ways_in = [way for way in collectors_of(wave.id) if way.sample_id == sample.id]
    mine = {way.id for way in ways_in}
    endings = {end: n for end, n in endings_of(wave.id).items() if end.collector_id in mine}
    finished, left = (
        telling.one(sum(n for end, n in endings.items() if end.outcome is outcome))
        for outcome in (Ended.submitted, Ended.left)
    )
    days = {EPOCH + timedelta(days=day): n for day, n in _codes(found, "#day").items()}
    steps, by_week = _steps(days, telling)
    names = found.codes.get("#language", ())
    languages = {names[code]: n for code, n in _codes(found, "#language").items()}
    places, nowhere = _places(found, wave, telling)
    total = telling.one(len(found))
    return Answered(
        total=total,
        floor=telling.floor,
        modes=_mode_lines(_by_mode(ways_in, _codes(found, "#collector"), endings, wave), telling),
        steps=steps,
        by_week=by_week,
        languages=telling.all(languages),
        signs={sign: telling.one(count) for sign, count in _signs(found).items()},
        places=places,
        nowhere=nowhere,
        pages=_pages(endings, questionnaire, telling),
        left=left,
        completion=_share(finished, middle(finished) + middle(left)),
        response_rate=_share(total, sample.invited or 0),
    )
