"""What staff see of a wave in the field is counted anew only when enough came in."""

from datetime import timedelta

import pytest
from flask import Flask

from surveyapp.press.boards import of_sample
from surveyapp.press.interim import TooFewNewError, WaveClosedError, count_anew, of_interim
from surveyapp.press.release import NothingToReleaseError, WaveNotFoundError
from surveyapp.storage.audit import newest
from surveyapp.storage.counted.interims import (
    CountedMeanwhileError,
    interims_of,
    keep_interim,
    newest_interim,
)
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import Wave
from tests.press.making import CLOSED, answer_more, answered_wave
from tests.storage.making import NOW, SLUG, fielded

BY = "analyst@county.example"
LATER = NOW + timedelta(days=2)
ENOUGH = {"a": 70, "b": 70, "c": 70, "d": 70}


@pytest.fixture
def opened(context: Flask) -> Wave:
    """A wave in the field that a probability and an open sample answered."""
    return answered_wave(closed=False)


def base_of(wave: Wave, sample: str = "probability", place: str = "b") -> int:
    """Return how many answers staff see the first area of a place rest on."""
    interim = newest_interim(wave.id)
    assert interim is not None
    frame = of_sample(of_interim(interim).areas, sample)
    return int(frame[frame["geo_id"] == place]["n"].iloc[0])


def test_the_first_count_is_kept_and_written_down(opened: Wave) -> None:
    made = count_anew(SLUG, "2026", BY, NOW)
    assert (made.number, made.change_no) == (1, opened.last_change)
    assert made.cut_off_at == NOW.replace(microsecond=0)
    entry = newest(1)[0]
    assert (entry.actor, entry.action) == (BY, "interim_results_counted")
    assert of_interim(made).cut_off_at == made.cut_off_at


def test_the_same_answers_are_the_same_count(opened: Wave) -> None:
    first = count_anew(SLUG, "2026", BY, NOW)
    assert count_anew(SLUG, "2026", "other@county.example", LATER) == first


def test_one_new_answer_changes_nothing_that_staff_see(opened: Wave, context: Flask) -> None:
    first = count_anew(SLUG, "2026", BY, NOW)
    before = base_of(opened)
    answer_more({"b": 1})
    with pytest.raises(TooFewNewError):
        count_anew(SLUG, "2026", BY, LATER)
    assert interims_of(opened.id) == (first,)
    # As after a restart, or on another node: only the database is asked.
    context.extensions.pop("surveyapp_counts")
    context.extensions.pop("surveyapp_published")
    with pytest.raises(TooFewNewError):
        count_anew(SLUG, "2026", BY, LATER)
    assert base_of(opened) == before


def test_enough_new_answers_everywhere_are_counted(opened: Wave) -> None:
    count_anew(SLUG, "2026", BY, NOW)
    before = base_of(opened)
    answer_more(ENOUGH)
    made = count_anew(SLUG, "2026", BY, LATER)
    assert made.number == 2
    assert base_of(opened) > before
    answer_more({"c": 1})
    with pytest.raises(TooFewNewError):
        count_anew(SLUG, "2026", BY, LATER)


def test_a_closed_wave_waits_for_nothing(opened: Wave) -> None:
    close_wave(SLUG, "2026", CLOSED)
    with pytest.raises(WaveClosedError):
        count_anew(SLUG, "2026", BY, CLOSED)


@pytest.mark.usefixtures("context")
def test_a_wave_without_answers_has_nothing_to_count() -> None:
    fielded()
    with pytest.raises(NothingToReleaseError):
        count_anew(SLUG, "2026", BY, NOW)
    with pytest.raises(WaveNotFoundError):
        count_anew(SLUG, "2031", BY, NOW)


def test_a_number_is_given_once(opened: Wave) -> None:
    keep_interim(opened.id, 1, 1, b"", BY, NOW)
    with pytest.raises(CountedMeanwhileError):
        keep_interim(opened.id, 1, 1, b"", BY, NOW)
