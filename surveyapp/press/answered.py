"""Who answered a wave: one sample and one dimension at a time, in bands while it is in the field.

This is for staff, and it is today's: counts of people and of visits, and no answer of anybody.
A count that is None is kept back, because a total less it would be a small one.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np

from surveyapp.press.counting import hierarchy_of, matrix_of
from surveyapp.press.visits import Flow, Telling, Visits, flow, median_minutes
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.questionnaire.quality import BITS, Sign
from surveyapp.statistics.bands import Band, band
from surveyapp.statistics.counts import respondents
from surveyapp.statistics.dimensions import exact, middle, under
from surveyapp.statistics.disclosure import places_shown
from surveyapp.statistics.floors import Policy
from surveyapp.statistics.tree import Tree
from surveyapp.storage.collected.responses import CHECK_PAGE
from surveyapp.storage.counted.snapshot import Snapshot
from surveyapp.storage.field.fieldwork import Ended, Ending, endings_of, unfinished_of
from surveyapp.storage.field.invitations import codes_made
from surveyapp.storage.field.waves import Collector, Sample, Wave, WaveState, collectors_of
from surveyapp.storage.municipal.places import place_tree
from surveyapp.storage.purge import NOTICE_PAGE

MOST_BEHIND = 3
FACTS_READ = frozenset(("#sample", "#collector", "#day", "#language", "#minutes", "#signs"))


@dataclass(frozen=True)
class ModeLine:
    """How visits by one mode went. ``minutes``: the median; paper tells nothing of it."""

    mode: str
    visits: Visits
    minutes: int | None


@dataclass(frozen=True)
class PlaceLine:
    """How many answered from a place, against how many live there. Shares are percentages."""

    code: str
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
    started: Band | None
    people: Band | None


@dataclass(frozen=True)
class Answered:
    """Who answered one sample. ``completion`` and ``response_rate`` are percentages.

    ``response_rate`` is AAPOR's Response Rate 1: complete responses divided by everybody invited.
    Nobody invited is known to be ineligible or partly complete, so RR1 is the lowest of its rates.
    ``invited`` is the number recorded for the sample, or that of the codes made for it.
    ``most_left`` is the page that more people left than any other, as far as the bands tell.
    ``minutes`` is the median of those who did not answer on paper.
    """

    total: Band
    floor: int
    modes: tuple[ModeLine, ...]
    steps: tuple[Step, ...]
    by_week: bool
    languages: Mapping[str, Visits]
    signs: Mapping[Sign, Band | None]
    places: tuple[PlaceLine, ...]
    nowhere: Band | None
    pages: tuple[tuple[str, Band | None], ...]
    most_left: str
    left: Band
    invited: int | None
    completion: float | None
    response_rate: float | None
    minutes: int | None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _steps(visits: Flow, telling: Telling) -> tuple[tuple[Step, ...], bool]:
    """Return counts by day; by week when most days are too few to say."""
    by_day = visits.by(lambda one: one.day)
    days = sorted(set().union(*by_day))
    if not days:
        return (), False
    every = [days[0] + timedelta(days=one) for one in range((days[-1] - days[0]).days + 1)]
    by_week = 2 * sum(by_day[0][day] >= telling.floor for day in every) < len(every)
    if by_week:
        weeks = list(dict.fromkeys(map(_monday, every)))
        found = visits.told(lambda one: _monday(one.day), telling, weeks)
    else:
        found = visits.told(lambda one: one.day, telling, every)
    return tuple(Step(day, one.started, one.submitted) for day, one in found.items()), by_week


def _modes(
    found: Snapshot, visits: Flow, ways_in: Sequence[Collector], telling: Telling
) -> tuple[ModeLine, ...]:
    mode_of = {way.id: way.mode for way in ways_in}
    by_mode = visits.told(
        lambda one: mode_of[one.collector_id], telling, list(dict.fromkeys(mode_of.values()))
    )
    return tuple(
        ModeLine(mode, one, _minutes(found, ways_in, {mode} - {"paper"}, telling))
        for mode, one in by_mode.items()
    )


def _minutes(
    found: Snapshot, ways_in: Sequence[Collector], modes: Collection[str], telling: Telling
) -> int | None:
    ids = [way.id for way in ways_in if way.mode in modes]
    return median_minutes(found, np.isin(found.columns["#collector"], ids), telling)


def _told_places(people: Any, tree: Tree, telling: Telling) -> list[Band | None]:
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
    found: Snapshot, wave: Wave, telling: Telling
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
                code=code,
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


def furthest_behind(lines: Sequence[PlaceLine], level: str) -> tuple[PlaceLine, ...]:
    """Return the places whose share of the answers lies furthest under their population's.

    By what is told of them only, and no place that a point or less would move out of the list.
    """
    gaps = [
        (line.population_share - line.share, line)
        for line in lines
        if line.level == level and line.share is not None and line.population_share is not None
    ]
    behind = sorted((one for one in gaps if one[0] > 1), key=lambda one: -one[0])
    return tuple(line for _gap, line in behind[:MOST_BEHIND])


def _pages(
    endings: Mapping[Ending, int], questionnaire: Questionnaire, telling: Telling
) -> tuple[tuple[str, Band | None], ...]:
    """Return where people left, in the order of the pages."""
    order = [NOTICE_PAGE, *(section.id for section in questionnaire.sections), CHECK_PAGE]
    counts: Counter[str] = Counter(dict.fromkeys(order, 0))
    for ending, visits in endings.items():
        counts[ending.last_page] += visits if ending.outcome is Ended.left else 0
    return tuple(telling.all(counts).items())


def most_left(pages: Sequence[tuple[str, Band | None]]) -> str:
    """Return the page whose band lies above every other's; nothing where none does."""
    told = sorted(
        ((band, page) for page, band in pages if band is not None and not band.is_under),
        key=lambda one: -one[0].least,
    )
    clear = told and (len(told) == 1 or told[0][0].least > told[1][0].most)
    return told[0][1] if clear else ""


def _share(part: Band, whole: float) -> float | None:
    return min(100.0, 100 * middle(part) / whole) if whole and not part.is_under else None


def _signs(found: Snapshot) -> dict[Sign, int]:
    """Count who showed each sign; they overlap, and neither add up nor leave a rest."""
    return {
        sign: int(np.count_nonzero(found.columns["#signs"] & bit)) for sign, bit in BITS.items()
    }


def answered(
    found: Snapshot, wave: Wave, sample: Sample, questionnaire: Questionnaire, now: datetime
) -> Answered:
    """Count who answered one sample of a wave, as it stands now."""
    live = wave.state(now) is not WaveState.closed
    telling = Telling(Policy.of(questionnaire), live)
    ways_in = [way for way in collectors_of(wave.id) if way.sample_id == sample.id]
    mine = {way.id for way in ways_in}
    endings = {end: n for end, n in endings_of(wave.id).items() if end.collector_id in mine}
    under_way = [one for one in unfinished_of(wave.id) if one.collector_id in mine]
    visits = flow(found, endings, under_way, wave, live=live)
    finished, left = (
        telling.one(sum(n for end, n in endings.items() if end.outcome is outcome))
        for outcome in (Ended.submitted, Ended.left)
    )
    steps, by_week = _steps(visits, telling)
    places, nowhere = _places(found, wave, telling)
    pages = _pages(endings, questionnaire, telling)
    total, invited = telling.one(len(found)), sample.invited or codes_made(mine) or None
    return Answered(
        total=total,
        floor=telling.floor,
        modes=_modes(found, visits, ways_in, telling),
        steps=steps,
        by_week=by_week,
        languages=visits.told(lambda one: one.language, telling),
        signs={sign: telling.one(count) for sign, count in _signs(found).items()},
        places=places,
        nowhere=nowhere,
        pages=pages,
        most_left=most_left(pages),
        left=left,
        invited=invited,
        completion=_share(finished, middle(finished) + middle(left)),
        response_rate=_share(total, invited or 0),
        minutes=_minutes(found, ways_in, {"web", "kiosk", "phone"}, telling),
    )
