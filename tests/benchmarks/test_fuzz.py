"""A few hundred hostile requests on each database; thousands are a benchmark."""

import random
from pathlib import Path
from typing import Any

import pytest

from benchmarks.fuzz import run
from benchmarks.hostile import BENDS, MARK, PACKINGS, Bend, Request, encoded, packed
from benchmarks.target import Kept, moved
from tests import postgres
from tests.inspecting import problems_of

REQUESTS = 750


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_every_hostile_request_gets_a_clear_page_and_loses_nothing(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if database == "sqlite":
        url = f"sqlite:///{tmp_path / 'fuzz.db'}"
    else:
        server: postgres.Server = request.getfixturevalue("server")
        url = server.create(f"fuzz_{tmp_path.name}"[:60])
    met, problems = run(url, tmp_path, REQUESTS, seed=len(database), inspect=problems_of)
    assert problems == []
    assert {"200", "303", "400", "404", "405", "410", "413"} <= set(met)
    # However many other doors there are, the one that matters most is tried hard.
    assert met["sections.send"] > 60


def visit(**more: Any) -> dict[str, Any]:
    """Give a visit as it is stored."""
    made = {"edition_id": 1, "answers": "{}", "typed": "{}", "saved": "{}", "counter": 1}
    return made | more


def test_a_response_that_changed_or_went_would_be_found_out() -> None:
    before = Kept({}, {"a": "{}", "b": "{}"})
    found = list(moved(before, Kept({}, {"a": "[]"}), set(), ""))
    assert found == ["a response that was sent is another one, or gone"] * 2


def test_a_visit_of_somebody_else_that_changed_would_be_found_out() -> None:
    before, after = Kept({"a": visit()}, {}), Kept({"a": visit(counter=2)}, {})
    assert len(list(moved(before, after, set(), "home"))) == 1
    assert list(moved(before, before, set(), "home")) == []


def test_a_visit_that_went_would_be_found_out_but_for_one_that_was_sent() -> None:
    before = Kept({"a": visit()}, {})
    assert len(list(moved(before, Kept({}, {}), {"a"}, "check"))) == 1
    assert len(list(moved(before, Kept({}, {"r": "{}"}), {"b"}, "check"))) == 1
    assert list(moved(before, Kept({}, {"r": "{}"}), {"a"}, "check")) == []


@pytest.mark.parametrize("bend", BENDS, ids=lambda bend: str(bend.__name__))
def test_whatever_is_bent_can_be_sent(bend: Bend) -> None:
    dice = random.Random(1)
    for _turn in range(20):
        assert isinstance(encoded(bend(dice, [("q_home", "a"), ("visit", "b")], ["c"])), bytes)
        assert isinstance(encoded(bend(dice, [], [])), bytes)


def test_a_form_is_packed_in_every_way() -> None:
    dice, pairs = random.Random(1), [("q_why", f"\ud800\0{MARK}")]
    sent = [packed(dice, Request("POST", "/"), pairs) for _turn in range(300)]
    assert {one.chunked for one in sent} == {True, False}
    assert len({one.content_type for one in sent}) > len(PACKINGS)
