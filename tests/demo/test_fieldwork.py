"""Fieldwork as it goes: two waves in time, ways in that fit, days that ebb, visits that end."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from surveyapp.demo.census import AGES
from surveyapp.demo.county import TOWNS, neighbourhoods, town_numbers
from surveyapp.demo.fieldwork import WAYS, endings, minutes, plans
from surveyapp.demo.respondents import base_weights, invited
from surveyapp.questionnaire.shipped import shipped
from surveyapp.storage.field.collectors import MOST_INVITED, OPEN_KINDS, Kind
from surveyapp.storage.field.fieldwork import Ended
from surveyapp.storage.purge import months_later
from tests.demo.drawing import TODAY, drawn

PAGES = [section.id for section in shipped().sections]


@pytest.mark.parametrize("today", [TODAY, date(2027, 1, 1), date(2028, 2, 29), date(2026, 12, 31)])
def test_one_wave_is_over_and_one_is_open(today: date) -> None:
    first, second = plans(today)
    assert first.closes < second.opens <= today < second.closes
    assert first.code != second.code
    assert not first.second
    assert second.second


@pytest.mark.parametrize("today", [TODAY, date(2027, 1, 1), date(2028, 2, 29)])
def test_the_first_wave_is_not_past_its_retention_for_months(today: date) -> None:
    first, _second = plans(today)
    gone = months_later(first.closes, shipped().retention_months)
    assert gone > today + timedelta(days=150)


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29)])
def test_no_answer_comes_before_a_wave_opens_or_after_today(today: date) -> None:
    for plan in plans(today):
        last = plan.opens + timedelta(days=plan.days - 1)
        assert plan.opens <= last <= min(plan.closes, today)


def test_answers_come_in_order_and_mostly_at_first() -> None:
    days = drawn().who.day
    assert (np.diff(days) >= 0).all()
    counts = np.bincount(days, minlength=35)
    assert counts.min() > 0
    assert counts[:5].sum() > 2 * counts[-5:].sum()


def test_each_sample_has_its_own_ways_in() -> None:
    who = drawn().who
    for number, way in enumerate(WAYS):
        mine = who.way == number
        assert mine.any()
        assert set(who.probability[mine].tolist()) == {way.probability}
        assert way.kind not in OPEN_KINDS or not way.probability


def test_the_default_link_is_first_and_there_is_paper_and_phone() -> None:
    assert WAYS[0].kind is Kind.open_link
    assert {Kind.qr, Kind.kiosk, Kind.invitation, Kind.paper, Kind.phone} <= {
        way.kind for way in WAYS
    }


def test_a_towns_posters_are_seen_by_those_who_live_there() -> None:
    who = drawn().who
    towns = np.array(town_numbers())[who.place]
    for number, way in enumerate(WAYS):
        if way.town is not None:
            assert set(towns[who.way == number].tolist()) == {way.town}


def test_weights_stand_for_the_people_of_a_stratum() -> None:
    asked = invited(1_000)
    weights = base_weights(asked)
    for number, town in enumerate(TOWNS):
        living = sum(one.population for one in neighbourhoods() if one.town == town.code)
        assert weights[number] * asked[number] == pytest.approx(living)
    assert len(set(weights.tolist())) == len(TOWNS)


def test_no_more_are_invited_than_a_sample_may_have() -> None:
    assert invited(900_000).sum() == MOST_INVITED
    assert invited(300).sum() == 1_000


def test_the_old_answer_invitations_and_the_young_links() -> None:
    found = drawn()
    old = found.people.age >= AGES.index("age_65_74")
    assert old[found.who.probability].mean() > old[~found.who.probability].mean() + 0.1


def test_minutes_are_whole_and_paper_takes_longer() -> None:
    chance = np.random.default_rng(1)
    paper = [way.kind for way in WAYS].index(Kind.paper)
    web, page = (minutes(np.full(4_000, way), chance) for way in (0, paper))
    assert web.min() >= 1
    assert page.max() <= 120
    assert 6 <= np.median(web) <= 10 < np.median(page) <= 13


def test_visits_end_where_people_leave_and_every_answer_is_counted() -> None:
    found = drawn()
    numbers = [10 * (number + 1) for number in range(len(WAYS))]
    chance = np.random.default_rng(1)
    counts = endings(found.plan, found.who, found.people.french, numbers, PAGES, chance)
    outcomes: Counter[Ended] = Counter()
    pages: Counter[str] = Counter()
    for ending, visits in counts.items():
        outcomes[ending.outcome] += visits
        assert ending.collector_id in numbers
        assert found.plan.opens <= ending.ended_on <= found.plan.closes
        if ending.outcome is Ended.left:
            pages[ending.last_page] += visits
            assert WAYS[numbers.index(ending.collector_id)].kind is not Kind.paper
    assert outcomes[Ended.submitted] == len(found.who)
    assert 0.1 < outcomes[Ended.left] / len(found.who) < 0.5
    assert set(pages) == {"notice", *PAGES, "check"}
    assert pages["notice"] > pages["home"] > pages["about"]


def test_french_visits_are_counted_apart() -> None:
    found = drawn()
    chance = np.random.default_rng(1)
    counts = endings(found.plan, found.who, found.people.french, range(1, 10), PAGES, chance)
    sent = sum(
        visits
        for ending, visits in counts.items()
        if ending.outcome is Ended.submitted and ending.language == "fr"
    )
    assert sent == found.people.french.sum()
