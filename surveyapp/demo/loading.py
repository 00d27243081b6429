"""Loads the county into a database: places, survey, two waves and their answers, step by step.

Each step looks whether it was done, so that a load that was stopped goes on where it stopped.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice

import numpy as np

from surveyapp.demo.answers import answers
from surveyapp.demo.county import COUNTY, PLACE_SET, TOWNS, neighbourhoods, places
from surveyapp.demo.fieldwork import WAYS, Plan, endings, fielded, minutes, plans
from surveyapp.demo.profiles import profiles
from surveyapp.demo.respondents import (
    Chance,
    Fielded,
    Ints,
    People,
    base_weights,
    french_factor,
    invited,
    people,
    sampled,
)
from surveyapp.press.release import make_release
from surveyapp.questionnaire.shipped import shipped
from surveyapp.storage.bulk import Loaded, bulk_count, bulk_insert
from surveyapp.storage.connection import writing
from surveyapp.storage.fieldwork import Ending, endings_of
from surveyapp.storage.places import import_places, place_set_id, place_tree
from surveyapp.storage.profiles import municipality, newest_profile, save_profile
from surveyapp.storage.surveys import Edition, newest_edition, publish, save_draft
from surveyapp.storage.waves import (
    Collector,
    Opening,
    Wave,
    add_collector,
    add_sample,
    close_wave,
    collectors_of,
    open_wave,
    wave_of,
)

SLUG = "community-safety"
BY = "demo"
CHUNK = 10_000
SAMPLE_NAMES = {"en": "Invited residents", "fr": "Résidents et résidentes invités"}
OPEN_NAMES = {"en": "Open link", "fr": "Lien ouvert"}
Progress = Callable[[int], object]


def _towns() -> Ints:
    codes = [town.code for town in TOWNS]
    return np.array([codes.index(one.town) for one in neighbourhoods()])


def _municipalities(now: datetime) -> Mapping[str, int]:
    """Make what is missing of the municipalities; return their numbers by slug."""
    for slug, content in profiles().items():
        if municipality(slug) is None:
            save_profile(slug, content, now)
    found = {slug: municipality(slug) for slug in profiles()}
    return {slug: one.id for slug, one in found.items() if one}


def _survey(owner_id: int, now: datetime) -> Edition:
    survey = save_draft(SLUG, owner_id, shipped())
    return newest_edition(survey.id) or publish(SLUG, survey.revision, (), BY, now)


def _wave(plan: Plan, responses: int, owners: Mapping[str, int], now: datetime) -> Wave:
    """Open a wave with both samples and every way in, unless that was done."""
    found = wave_of(SLUG, plan.code)
    if found is None:
        opening = Opening(PLACE_SET, "open", plan.opens, plan.closes, "open", OPEN_NAMES)
        open_wave(SLUG, plan.code, opening, now)
        found = wave_of(SLUG, plan.code)
    assert found is not None
    ways_in = collectors_of(found.id)
    if len(ways_in) == 1:
        _add_ways(found.id, ways_in[0].sample_id, responses, owners)
    return found


def _add_ways(wave_id: int, open_id: int, responses: int, owners: Mapping[str, int]) -> None:
    asked = int(invited(sampled(responses)).sum())
    opening = Opening(
        PLACE_SET, "probability", sample_code="invited", names=SAMPLE_NAMES, invited=asked
    )
    with writing() as connection:
        invited_id = add_sample(connection, wave_id, opening)
        for way in WAYS[1:]:
            sample_id = invited_id if way.probability else open_id
            owner = None if way.town is None else owners[TOWNS[way.town].code]
            add_collector(
                connection,
                wave_id,
                sample_id,
                kind=way.kind,
                mode=way.mode,
                municipality_id=owner,
                is_default=False,
            )


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
        towns, shown = _towns(), self._profiles()
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


def fieldwork_of(plan: Plan, responses: int, seed: int, edition: Edition) -> Fieldwork:
    """Open a wave, if it is not, and draw who answers it."""
    owners = {slug: one.id for slug in profiles() if (one := municipality(slug))}
    held = _wave(plan, responses, owners, edition.published_at)
    chance = np.random.default_rng((seed, plan.number, 0))
    who = fielded(plan, responses, _towns(), chance)
    return Fieldwork(plan, seed, who, held, edition, owners[COUNTY], collectors_of(held.id))


def _fill(work: Fieldwork, on_progress: Progress) -> None:
    """Store what is not stored yet of a wave: answers come in the same order every time."""
    stored = work.wave.last_change
    on_progress(stored)
    more = islice(work.responses(), stored, None)
    bulk_insert(work.wave.id, more, lambda number: on_progress(stored + number))
    if not endings_of(work.wave.id):
        bulk_count(work.wave.id, work.endings())


def load(responses: int, seed: int, now: datetime, on_progress: Progress) -> None:
    """Load what is missing of the county; ``on_progress`` is told how many answers are stored."""
    zone = profiles()[COUNTY].zone
    today = now.astimezone(zone).date()
    first, second = plans(today)
    before = datetime.combine(first.opens - timedelta(days=14), time(9), zone)
    owners = _municipalities(before)
    if place_set_id(PLACE_SET) is None:
        import_places(PLACE_SET, places())
    edition = _survey(owners[COUNTY], before)
    _fill(fieldwork_of(first, responses, seed, edition), on_progress)
    closed = datetime.combine(first.closes + timedelta(days=1), time(), zone)
    close_wave(SLUG, first.code, closed)
    make_release(SLUG, first.code, BY, closed)
    _fill(
        fieldwork_of(second, responses, seed, edition),
        lambda stored: on_progress(responses + stored),
    )
