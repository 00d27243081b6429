"""How a sample came out is told as far as public tables and records tell it, and no further."""

import hashlib

import pytest
from flask import Flask
from flask_babel import force_locale

from surveyapp.press.sampling import Outcome, outcome, outcome_words, sample_words
from surveyapp.statistics.disclosure import reopen
from surveyapp.statistics.tables import PublicTable

ITEMS = "geo_level,sample_id,asked_n,suppressed\r\n"
AREAS = "geo_level,sample_id,population,suppressed\r\n"


def table(words: str) -> PublicTable:
    data = words.encode()
    return reopen(data, hashlib.sha256(data).hexdigest())


def found(asked: str = "", population: str = "", invited: int | None = 400) -> Outcome:
    items = table(f"{ITEMS}all,s,{asked},false\r\nplace,s,900,false\r\nall,t,800,false\r\n")
    areas = table(f"{AREAS}all,s,{population},false\r\nplace,s,9000,false\r\n")
    return outcome(areas, items, invited, sample_id="s")


def test_who_was_asked_most_has_answered() -> None:
    assert found("120", "5000") == Outcome(invited=400, responses=120, population=5000)
    assert found("120", "5000").response_rate == pytest.approx(30)
    assert found("120", "5000").fraction == pytest.approx(8)


def test_a_number_that_is_hidden_even_for_everybody_stays_unknown() -> None:
    hidden = found("", "5000")
    assert hidden.responses is None
    assert hidden.response_rate is None
    assert hidden.fraction == pytest.approx(8)


def test_without_a_population_there_is_no_fraction() -> None:
    assert found("120").population is None
    assert found("120").fraction is None


@pytest.mark.parametrize("invited", [None, 0])
def test_nobody_invited_makes_no_rate(invited: int | None) -> None:
    assert found("120", "5000", invited).response_rate is None


def test_more_people_than_there_are_make_no_share() -> None:
    assert found("401", "5000").response_rate is None
    assert found("120", "399").fraction is None
    assert found("400", "400").response_rate == found("400", "400").fraction == pytest.approx(100)


def test_a_survey_without_areas_has_a_rate_and_no_fraction() -> None:
    items = table(f"{ITEMS}all,s,120,false\r\n")
    came_out = outcome(table(AREAS), items, 400, sample_id="s")
    assert came_out == Outcome(400, 120, None)


@pytest.mark.parametrize(
    ("locale", "rate", "fraction"),
    [
        ("en_CA", "a response rate of 30.2%", "8% of a population of 5,000"),
        ("fr_CA", "un taux de réponse de 30,2\u00a0%", "8\u00a0% d’une population de 5\u00a0000"),
    ],
)
def test_only_what_is_known_is_said(context: Flask, locale: str, rate: str, fraction: str) -> None:
    with force_locale(locale):
        both = outcome_words(Outcome(400, 121, 5000))
        assert rate in both
        assert fraction in both
        assert rate not in outcome_words(Outcome(400, None, 5000))
        assert fraction in outcome_words(Outcome(400, None, 5000))
        assert fraction not in outcome_words(Outcome(400, 121, None))
        assert outcome_words(Outcome(None, 121, 5000)) == ""


def test_an_open_sample_has_neither_rate_nor_fraction(context: Flask) -> None:
    with force_locale("en_CA"):
        words = sample_words("open", Outcome(400, 121, 5000))
        assert "No sampling error can be calculated" in words
        assert "rate" not in words
        assert "population" not in words
        # Without a number to tell, nothing trails behind the statement.
        assert sample_words("probability", Outcome(None, None, None)).endswith("not weighted.")
