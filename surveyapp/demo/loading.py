"""Loads the county into a database: places, survey, two waves and their answers, step by step.

Each step looks whether it was done, so that a load that was stopped goes on where it stopped.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from itertools import islice

import numpy as np

from surveyapp.demo.county import COUNTY, PLACE_SET, TOWNS, places, town_numbers
from surveyapp.demo.fieldwork import WAYS, Plan, fielded, plans
from surveyapp.demo.profiles import profiles
from surveyapp.demo.respondents import invited, sampled
from surveyapp.demo.responses import Fieldwork
from surveyapp.press.release import make_release
from surveyapp.questionnaire.shipped import shipped
from surveyapp.storage.bulk import bulk_count, bulk_insert
from surveyapp.storage.connection import writing
from surveyapp.storage.fieldwork import endings_of
from surveyapp.storage.places import import_places, place_set_id
from surveyapp.storage.profiles import municipality, save_profile
from surveyapp.storage.surveys import Edition, newest_edition, publish, save_draft
from surveyapp.storage.waves import (
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
SAMPLE_NAMES = {"en": "Invited residents", "fr": "Résidents et résidentes invités"}
OPEN_NAMES = {"en": "Open link", "fr": "Lien ouvert"}
Progress = Callable[[int], None]


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


def fieldwork_of(plan: Plan, responses: int, seed: int, edition: Edition) -> Fieldwork:
    """Open a wave, if it is not, and draw who answers it."""
    owners = {slug: one.id for slug in profiles() if (one := municipality(slug))}
    held = _wave(plan, responses, owners, edition.published_at)
    chance = np.random.default_rng((seed, plan.number, 0))
    who = fielded(plan, responses, np.array(town_numbers()), chance)
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
