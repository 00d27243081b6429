"""Loads the county into a database: places, survey, two waves and their answers, step by step.

Each step looks whether it was done, so that a load that was stopped goes on where it stopped.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from itertools import islice

import numpy as np

from surveyapp.demo.county import COUNTY, PLACE_SET, TOWNS, places, town_numbers
from surveyapp.demo.fieldwork import WAYS, Plan, fielded, plans
from surveyapp.demo.profiles import profiles
from surveyapp.demo.respondents import invited, sampled
from surveyapp.demo.responses import Fieldwork
from surveyapp.press.release import make_release
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.shipped import shipped
from surveyapp.storage.counted.bulk import bulk_count, bulk_insert
from surveyapp.storage.drafting.partners import partners_of, set_partners
from surveyapp.storage.drafting.surveys import (
    Edition,
    SlugTakenError,
    newest_edition,
    publish,
    save_draft,
    survey_by_slug,
)
from surveyapp.storage.field.collectors import make_collector, make_sample
from surveyapp.storage.field.fieldwork import endings_of
from surveyapp.storage.field.timing import close_wave, open_wave
from surveyapp.storage.field.waves import (
    Collector,
    Opening,
    Sample,
    Wave,
    collectors_of,
    samples_of,
    wave_of,
)
from surveyapp.storage.municipal.places import import_places, place_set_id
from surveyapp.storage.municipal.profiles import municipality, save_profile

SLUG = "community-safety"
STANDING, ALWAYS = "tell-us", "always"
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


def _survey(slug: str, draft: Draft, owner_id: int, now: datetime) -> Edition:
    """Publish a survey, unless that was done: what somebody drafted since then stays."""
    survey = survey_by_slug(slug) or save_draft(slug, owner_id, draft)
    if survey.owner_id != owner_id:
        raise SlugTakenError(slug)
    return newest_edition(survey.id) or publish(slug, survey.revision, (), BY, now)


def _joined(owners: Mapping[str, int], now: datetime) -> None:
    """Let the towns take part in the county's survey, unless somebody said who does."""
    survey = survey_by_slug(SLUG)
    assert survey is not None
    if not partners_of(survey.id):
        set_partners(survey, [owners[town.code] for town in TOWNS], by=BY, now=now)


def _standing(owner_id: int, opens: date, now: datetime) -> None:
    """Publish the form that residents can fill in at any time, and open it for good."""
    _survey(STANDING, shipped("tell_us"), owner_id, now)
    if wave_of(STANDING, ALWAYS) is None:
        open_wave(STANDING, ALWAYS, Opening(PLACE_SET, "open", opens), now, by=BY)


def _wave(plan: Plan, now: datetime) -> Wave:
    """Open a wave with its open sample and default link, unless that was done."""
    if wave_of(SLUG, plan.code) is None:
        days = {"opens": plan.opens, "closes": plan.closes, "results_on": plan.results_on}
        opening = Opening(PLACE_SET, "open", sample_code="open", names=OPEN_NAMES, **days)
        open_wave(SLUG, plan.code, opening, now, by=BY)
    found = wave_of(SLUG, plan.code)
    assert found is not None
    return found


def _invited_sample(held: Wave, responses: int, now: datetime) -> Sample:
    """Find or add the sample of those who are invited, so many in each town."""
    found = [one for one in samples_of(held.id) if one.type == "probability"]
    if found:
        return found[0]
    asked = int(invited(sampled(responses)).sum())
    opening = Opening(
        PLACE_SET, "probability", sample_code="invited", names=SAMPLE_NAMES, invited=asked
    )
    return make_sample(held, opening, by=BY, now=now)


def _ways_in(
    held: Wave, responses: int, owners: Mapping[str, int], now: datetime
) -> tuple[Collector, ...]:
    """Return a wave's ways in, in the order of ``WAYS``, after adding those that are missing."""
    by_invitation = _invited_sample(held, responses, now)
    by_anybody = next(one for one in samples_of(held.id) if one.type == "open")
    for way in WAYS[len(collectors_of(held.id)) :]:
        owner = None if way.town is None else owners[TOWNS[way.town].code]
        sample = by_invitation if way.probability else by_anybody
        make_collector(sample, way.kind, owner, by=BY, now=now)
    return collectors_of(held.id)


def fieldwork_of(plan: Plan, responses: int, seed: int, edition: Edition) -> Fieldwork:
    """Open a wave, if it is not, and draw who answers it."""
    owners = {slug: one.id for slug in profiles() if (one := municipality(slug))}
    held = _wave(plan, edition.published_at)
    ways_in = _ways_in(held, responses, owners, edition.published_at)
    chance = np.random.default_rng((seed, plan.number, 0))
    who = fielded(plan, responses, np.array(town_numbers()), chance)
    return Fieldwork(plan, seed, who, held, edition, owners[COUNTY], ways_in)


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
    edition = _survey(SLUG, shipped(), owners[COUNTY], before)
    _joined(owners, before)
    _standing(owners[COUNTY], first.opens, before)
    _fill(fieldwork_of(first, responses, seed, edition), on_progress)
    closed = datetime.combine(first.closes + timedelta(days=1), time(), zone)
    close_wave(SLUG, first.code, closed, by=BY)
    make_release(SLUG, first.code, BY, closed)
    _fill(
        fieldwork_of(second, responses, seed, edition),
        lambda stored: on_progress(responses + stored),
    )
