"""Municipalities side by side: the core alone, hidden where it is hidden, as page and as file."""

import csv
import io

from flask import Flask

from surveyapp.press.comparing import Compared, compared, comparison_file
from surveyapp.press.counting import counts_of
from surveyapp.press.published import Published, of_closed
from surveyapp.press.release import internal_files
from surveyapp.storage.drafting.surveys import survey_by_slug
from surveyapp.storage.field.waves import Wave
from tests.press.making import CLOSED, answered_wave, joint_document
from tests.storage.making import SLUG


def figures(wave: Wave) -> Published:
    survey = survey_by_slug(SLUG)
    assert survey is not None
    found = of_closed(survey, wave, CLOSED)
    assert found is not None
    return found


def shown(wave: Wave) -> Compared:
    found = compared(figures(wave), "probability", {"east_bus": "east"})
    assert found is not None
    return found


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_everybody_and_each_town_have_a_column_of_the_same_figures(context: Flask) -> None:
    wave = answered_wave(joint_document())
    found = shown(wave)
    assert [one.code for one in found.columns] == ["all", "east", "west"]
    sizes = [figure.n for figure in found.of_areas("prevention") if figure]
    assert sizes[0] == sum(one or 0 for one in sizes[1:])
    walking = next(one for one in found.items if one.code == "walking")
    raw = counts_of(wave)[0].raw.items.frame
    for column, line in zip(found.columns, found.of_item(walking), strict=True):
        own = raw[(raw["item_code"] == "walking") & (raw["geo_id"] == column.code)]
        assert line is not None
        assert line.base == own[own["row_kind"] == "option"]["base_n"].iloc[0]


def test_a_local_question_is_no_part_of_what_is_compared(context: Flask) -> None:
    found = shown(answered_wave(joint_document()))
    assert [one.code for one in found.local] == ["east_bus"]
    assert "east_bus" not in {one.code for one in found.items}
    data = comparison_file(found, SLUG, "2026", "probability")
    assert "east_bus" not in data.decode()


def test_the_file_has_an_answer_a_row_and_a_town_s_figures_side_by_side(context: Flask) -> None:
    found = shown(answered_wave())
    made = rows(comparison_file(found, SLUG, "2026", "probability"))
    areas = [one for one in made if one["row_kind"] == "area"]
    assert {one["code"] for one in areas} <= {
        "social_development",
        "prevention",
        "risk_intervention",
        "incident_response",
    }
    for one in made:
        for town in ("all", "east", "west"):
            # A figure with its base, or the reason why there is none.
            assert bool(one[f"{town}_value"]) != bool(one[f"{town}_reason"])
    walking = [one for one in made if one["code"] == "walking"]
    assert float(walking[0]["east_low"]) <= float(walking[0]["east_value"])
    assert walking[0]["text_fr"]


def test_places_where_nobody_was_asked_have_no_row_of_a_local_question(context: Flask) -> None:
    answered_wave(joint_document())
    files = internal_files(SLUG, "2026", "test", CLOSED)
    made = [one for one in rows(files["INTERNAL_items.csv"]) if one["item_code"] == "east_bus"]
    assert {one["geo_id"] for one in made} == {"all", "east", "a", "b"}
    (asked,) = {
        one["asked_of"]
        for one in rows(files["INTERNAL_codebook.csv"])
        if one["item_code"] == "east_bus"
    }
    assert asked == "only_for east"
