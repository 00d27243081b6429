"""Synthetic answers are answers: what the questionnaire takes, and what people would give."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from surveyapp.demo.answers import answers
from surveyapp.demo.county import neighbourhoods
from surveyapp.demo.leanings import INSTEAD, LEANINGS, ODDS, TICKS
from surveyapp.demo.words import WORDS
from surveyapp.questionnaire.answers import accept, settle
from surveyapp.questionnaire.model import items
from tests.demo.drawing import DRAFT, Drawn, drawn, lineages, place_counts
from tests.statistics.making import option, questionnaire, scale, text

KEYS = {item.key for item in items(DRAFT)}
CHOICES = {item.key for item in items(DRAFT) if item.options}


def fingerprint(found: Drawn) -> str:
    written = json.dumps(found.answers, ensure_ascii=False).encode()
    facts = (found.who.day, found.who.way, found.people.french)
    return hashlib.sha256(written + b"".join(one.tobytes() for one in facts)).hexdigest()


def posted(answers: Mapping[str, Any]) -> dict[str, list[str]]:
    """Write answers as a form would post them."""
    raw: dict[str, list[str]] = {}
    for key, value in answers.items():
        if isinstance(value, dict):
            raw[f"{key}.code"] = [value["code"]]
        elif value is not None:
            raw[key] = value if isinstance(value, list) else [str(value)]
    return raw


def test_the_same_seed_gives_the_same_answers() -> None:
    first = fingerprint(drawn(number=500, seed=4))
    drawn.cache_clear()
    assert fingerprint(drawn(number=500, seed=4)) == first
    assert fingerprint(drawn(number=500, seed=5)) != first


def test_every_answer_is_one_that_a_form_could_have_posted() -> None:
    for given in drawn(number=600).answers:
        accepted = accept(DRAFT, posted(given), places=lineages())
        assert accepted.problems == ()
        assert accepted.answers == given


def test_every_answer_is_settled() -> None:
    for given in drawn().answers[:2_000]:
        assert settle(DRAFT, given, lineages()) == given


def test_whether_the_police_found_out_is_asked_of_victims_only() -> None:
    for given in drawn().answers:
        assert ("reported" in given) == (given["victim"] == "yes")


def test_every_option_is_chosen_by_somebody() -> None:
    wanted = {
        (item.key, option.id)
        for item in items(DRAFT)
        for option in item.options
        if (item.key, option.id) != ("indigenous", "inuit")
    }
    found = {
        (key, code)
        for given in (*drawn().answers, *drawn(second=True).answers)
        for key, value in given.items()
        if key in CHOICES
        for code in (value if isinstance(value, list) else [value])
    }
    assert wanted - found == set()


def test_nothing_is_known_of_questions_that_are_not_asked() -> None:
    assert {*LEANINGS, *ODDS, *TICKS} <= KEYS
    assert set(TICKS) == set(INSTEAD)
    assert {key.removesuffix(".other") for key in WORDS} <= KEYS


@pytest.mark.parametrize("second", [False, True])
def test_one_in_six_answers_in_french(second: bool) -> None:
    assert drawn(second).people.french.mean() == pytest.approx(1 / 6, abs=0.02)


def test_french_is_at_home_in_one_town() -> None:
    found = drawn()
    towns = np.array([one.town for one in neighbourhoods()])[found.who.place]
    town = found.people.french[towns == "pointe-aux-songes"].mean()
    assert town > 3 * found.people.french[towns == "alderbrook"].mean()


def test_words_are_in_the_language_somebody_answered_in() -> None:
    found = drawn()
    for given, french in zip(found.answers, found.people.french.tolist(), strict=True):
        for key in ("strengths", "concerns"):
            said = WORDS[key]["fr" if french else "en"]
            assert given[key] is None or any(given[key].startswith(one) for one in said)


def test_where_one_lives_moves_what_one_answers() -> None:
    safe = ("very_safe", "reasonably_safe")
    lakeview = drawn().share("walking", *safe, place="lakeview")
    assert lakeview > drawn().share("walking", *safe, place="market-square") + 0.15


def test_who_one_is_moves_what_one_answers() -> None:
    found = drawn()
    worried: dict[bool, list[bool]] = {True: [], False: []}
    for given, woman in zip(found.answers, found.people.woman.tolist(), strict=True):
        if given["home_alone"] in ("not_at_all", "somewhat", "very"):
            worried[woman].append(given["home_alone"] != "not_at_all")
    assert np.mean(worried[True]) > np.mean(worried[False]) + 0.03


def test_the_open_sample_is_less_content_than_the_one_invited() -> None:
    good = ("very_satisfied", "satisfied")
    invited = drawn().share("satisfaction", *good, sampled=True)
    assert invited > drawn().share("satisfaction", *good, sampled=False) + 0.03


@pytest.mark.parametrize(
    ("key", "codes", "direction"),
    [
        ("walking", ("very_safe",), 1),
        ("satisfaction", ("very_satisfied", "satisfied"), 1),
        ("help.know_where", ("strongly_agree", "agree"), 1),
        ("crisis_response", ("strongly_agree", "agree"), -1),
    ],
)
def test_some_opinions_change_between_the_waves(
    key: str, codes: tuple[str, ...], direction: int
) -> None:
    change = drawn(second=True).share(key, *codes) - drawn().share(key, *codes)
    assert direction * change > 0.03


@pytest.mark.parametrize(
    ("key", "codes"),
    [
        ("belonging", ("very_strong", "somewhat_strong")),
        ("support.neighbours", ("strongly_agree", "agree")),
        ("police.promptly", ("good",)),
        ("tenure", ("owned",)),
    ],
)
def test_others_do_not(key: str, codes: tuple[str, ...]) -> None:
    change = drawn(second=True).share(key, *codes) - drawn().share(key, *codes)
    assert abs(change) < 0.03


def test_opinions_of_one_person_go_together() -> None:
    scores = {"strongly_agree": 4, "agree": 3, "neither": 2, "disagree": 1, "strongly_disagree": 0}
    pairs = [
        (scores[one["help.before_worse"]], scores[one["help.together"]])
        for one in drawn().answers
        if one["help.before_worse"] in scores and one["help.together"] in scores
    ]
    assert 0.2 < float(np.corrcoef(np.array(pairs).T)[0, 1]) < 0.7


def test_blanks_grow_towards_the_end_and_where_questions_are_hard() -> None:
    blank = {
        key: np.mean([one.get(key, "") is None for one in drawn().answers])
        for key in ("belonging", "police.promptly", "discrimination")
    }
    assert 0 < blank["belonging"] < blank["police.promptly"] < blank["discrimination"] < 0.25


def test_most_priorities_are_three_and_none_stands_alone() -> None:
    lists = [one["priorities"] for one in drawn().answers if one["priorities"]]
    assert {len(one) for one in lists} == {1, 2, 3}
    assert np.mean([len(one) == 3 for one in lists]) > 0.5
    assert all(len(one) == 1 for one in lists if {"none", "dont_know"} & set(one))


@pytest.mark.parametrize("number", [600, 8_000])
def test_two_hamlets_stay_under_the_floor(number: int) -> None:
    found = drawn(number=number)
    for sampled in (True, False):
        for code in ("otter-creek", "gull-island"):
            there = [one.code for one in neighbourhoods()].index(code)
            mine = (found.who.place == there) & (found.who.probability == sampled)
            assert mine.sum() < 12
    assert place_counts(found)["orchard-park"] > 12


def test_a_question_that_nothing_is_known_of_is_answered_all_the_same() -> None:
    choices = [option("a"), option("b")]
    draft = questionnaire(
        scale("scale", [0, 100]),
        {"kind": "single", "id": "single", "text": text("?"), "options": choices},
        {"kind": "multiple", "id": "multiple", "text": text("?"), "options": choices},
        {"kind": "rank", "id": "rank", "text": text("?"), "options": choices},
        {"kind": "text", "id": "text", "text": text("?")},
    )
    who = drawn(number=600).people
    given = list(answers(draft, who, {}, np.random.default_rng(1), second=False))
    assert {one["scale"] for one in given} == {"o1", "o2", None}
    assert {one["single"] for one in given} == {"a", "b", None}
    assert [one for one in given if one["multiple"] == ["a"]]
    assert {one["rank"] for one in given} == {one["text"] for one in given} == {None}
