"""A small number of journeys on which everything goes wrong; the full number is a benchmark."""

from pathlib import Path

import pytest

from benchmarks.faults import FAULTS, run
from benchmarks.stored import Journey, differences, wrong
from benchmarks.survey import prepare, settings_for
from tests import postgres

JOURNEYS = 24


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_what_was_acknowledged_is_stored_once_with_the_newest_answers(
    database: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if database == "sqlite":
        url = f"sqlite:///{tmp_path / 'faults.db'}"
    else:
        server: postgres.Server = request.getfixturevalue("server")
        url = server.create(f"faults_{tmp_path.name}"[:60])
    done, met, problems = run(url, tmp_path, JOURNEYS, clients=3, seed=7, kills=1)
    assert problems == []
    assert len({one.receipt for one in done}) == len(done) == JOURNEYS
    assert met["server killed"] == 1
    assert all(met[fault.__name__] > 0 for fault in FAULTS)


def test_a_response_that_is_missing_would_be_found_out(tmp_path: Path) -> None:
    settings = settings_for(f"sqlite:///{tmp_path / 'empty.db'}", tmp_path)
    prepare(settings)
    told = Journey("CDFG-HJKM-NPQR", "m00001", {"strengths": "m00001 More light"})
    assert differences(settings, [told]) == ["m00001: acknowledged, but not stored"]


def journey(**said: str) -> Journey:
    """Give a journey by what it said last; a double underscore is a dot."""
    return Journey("", "m00001", {key.replace("__", "."): value for key, value in said.items()})


def test_answers_that_are_kept_as_said_are_not_wrong() -> None:
    one = journey(a="yes", b="two", c="3", d__code="dont_know", e="m00001 words")
    kept = {"a": "yes", "b": ["two"], "c": 3, "d": {"code": "dont_know"}, "e": "m00001 words"}
    assert list(wrong(one, kept)) == []


@pytest.mark.parametrize("kept", [{"a": "no"}, {"a": ["no"]}, {"a": 2}, {"a": {"code": "no"}}])
def test_an_older_answer_would_be_found_out(kept: dict[str, object]) -> None:
    assert len(list(wrong(journey(a="1"), kept))) == 1


def test_lost_words_would_be_found_out() -> None:
    assert list(wrong(journey(e="m00001 words"), {})) == ["m00001: the words of e are lost"]


def test_an_answer_that_is_no_longer_asked_is_not_missed() -> None:
    assert list(wrong(journey(reported="yes"), {})) == []
