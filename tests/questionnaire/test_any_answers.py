"""Whatever is posted: answers stay settled, nothing raises, and it costs little."""

import time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from surveyapp.questionnaire.answers import (
    accept,
    asked,
    keys_of,
    settle,
)
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.questionnaire.model import Kind
from tests.questionnaire.making import document, question, questionnaire, section
from tests.questionnaire.test_answers import PLACES, WHOLE

RAW_KEYS = sorted(
    {key for one in WHOLE.questions() for key in keys_of(one)}
    | {"helped.other", "times.code", "why.code", "priorities.one", "priorities.two", "nonsense"}
)

VALUES = st.sampled_from(
    ["", "one", "two", "none", "other", "good", "poor", "1", "2", "3", "4,5", "north", "shore"]
    + ["unknown", "dont_know", "prefer_not", "\x00", "\ud800", "x" * 30, "e\u0301"]
)

RAWS = st.dictionaries(
    st.sampled_from(RAW_KEYS), st.lists(VALUES | st.text(max_size=5), max_size=3), max_size=12
)


def raw_of(made: Questionnaire, answers: dict[str, Any]) -> dict[str, list[str]]:
    """Write answers the way a page posts them."""
    raw: dict[str, list[str]] = {}
    ranks = {one.id for one in made.questions() if one.kind is Kind.rank}
    for key, value in answers.items():
        if key in ranks:
            for position, code in enumerate(value or (), start=1):
                raw[f"{key}.{code}"] = [str(position)]
        elif isinstance(value, list):
            raw[key] = value
        elif isinstance(value, dict):
            raw[f"{key}.code"] = [value["code"]]
        elif value is not None:
            raw[key] = [str(value)]
    return raw


@given(RAWS)
def test_accepting_what_was_accepted_changes_nothing(raw: dict[str, list[str]]) -> None:
    accepted = accept(WHOLE, raw, places=PLACES)
    again = accept(WHOLE, raw_of(WHOLE, accepted.answers), places=PLACES)
    assert again.answers == accepted.answers
    assert again.problems == ()


@given(st.lists(st.tuples(st.sampled_from(["home", "help", "more", "end"]), RAWS), max_size=6))
def test_pages_in_any_order_leave_settled_answers(
    pages: list[tuple[str, dict[str, list[str]]]],
) -> None:
    answers: dict[str, Any] = {}
    for section_id, raw in pages:
        answers = accept(WHOLE, raw, section=section_id, earlier=answers, places=PLACES).answers
        reached = [one.id for one in WHOLE.sections if any(k in answers for k in page_keys(one))]
        assert settle(WHOLE, answers, PLACES, reached[-1]) == answers
        shown = {
            key
            for one in WHOLE.sections
            for made in asked(WHOLE, answers, one, PLACES)
            for key in keys_of(made)
        }
        assert {key.removesuffix(".other") for key in answers} <= shown


def page_keys(one: Any) -> set[str]:
    return {key for made in one.questions for key in keys_of(made)}


@settings(max_examples=30)
@given(st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=8), max_size=4)))
def test_hostile_keys_never_raise(raw: dict[str, list[str]]) -> None:
    assert accept(WHOLE, raw).answers["place"] in (None, "unknown", "outside", "no_fixed_address")


def test_thousands_of_keys_and_values_cost_little() -> None:
    raw = {f"q{n}": ["x"] * 3 for n in range(20_000)}
    raw |= {key: ["x" * 1000] * 2000 for key in RAW_KEYS}
    started = time.process_time()
    accepted = accept(WHOLE, raw, places=PLACES)
    assert time.process_time() - started < 0.5
    assert accepted.problems
    assert set(accepted.answers.values()) == {None}


def test_accepting_a_page_costs_far_less_than_a_millisecond() -> None:
    pages = [
        section(f"s{p}", *(question("scale", f"q{p}_{n}") for n in range(8))) for p in range(7)
    ]
    pages[0]["questions"].append(question("place", "place"))
    long = questionnaire(document(*pages))
    raw = {f"q3_{n}": ["poor"] for n in range(8)}
    earlier = accept(long, {f"q{p}_{n}": ["good"] for p in range(7) for n in range(8)}).answers
    best = 1.0
    for _ in range(50):
        started = time.perf_counter()
        accept(long, raw, section="s3", earlier=earlier, places=PLACES)
        best = min(best, time.perf_counter() - started)
    assert best < 0.0003
