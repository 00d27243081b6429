"""CSV that every spreadsheet opens, that runs no formula and shows no nothing as zero."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

import pytest

from surveyapp.press.csv import guarded, table, written
from surveyapp.press.fields import AREA_FIELDS, ITEM_FIELDS, Field, Type

NAME = Field("name", is_text=True)
NUMBER = Field("number", Type.number)


@pytest.mark.parametrize(
    "words",
    ["=1+1", "+1 (613) 555-0100", "-SUM(A1)", "@import", "\t=1", "\r=1", " =1", "\uff1d1"],
)
def test_words_that_a_spreadsheet_would_run_are_guarded(words: str) -> None:
    assert guarded(words) == f"'{words}"


@pytest.mark.parametrize(
    "words", ["", "Main Street", "L’Île-des-Sœurs", "-5", "+12.5", "a=b", "1-2"]
)
def test_other_words_stay_as_they_are(words: str) -> None:
    assert guarded(words) == words


def test_a_negative_number_is_no_formula() -> None:
    assert written(NUMBER, -3.5) == "-3.5"
    assert written(Field("code"), "-x") == "-x"
    assert written(NAME, "-x") == "'-x"


@pytest.mark.parametrize("kind", list(Type))
def test_nothing_is_an_empty_cell_and_never_zero(kind: Type) -> None:
    assert written(Field("x", kind), None) == ""
    assert written(Field("x", kind), float("nan")) == ""
    assert written(Field("x", kind), "") == ""


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (Type.integer, 0, "0"),
        (Type.integer, 12.0, "12"),
        (Type.number, 0.0, "0"),
        (Type.number, -0.0, "0"),
        (Type.number, 62.0, "62"),
        (Type.number, 0.1 + 0.2, "0.3"),
        (Type.number, 1234567.25, "1234567.25"),
        (Type.boolean, True, "true"),
        (Type.boolean, False, "false"),
        (Type.date, date(2026, 3, 1), "2026-03-01"),
        (Type.datetime, datetime(2026, 3, 1, 5, tzinfo=UTC), "2026-03-01T05:00:00Z"),
        (Type.string, "é", "é"),
    ],
)
def test_values_are_written_for_machines(kind: Type, value: Any, text: str) -> None:
    assert written(Field("x", kind), value) == text


def test_a_table_has_a_mark_crlf_and_quotes_where_they_are_needed() -> None:
    data = table((NAME, NUMBER), [{"name": 'Bay, "East"\nside', "number": 1.5}])
    assert data == b'\xef\xbb\xbfname,number\r\n"Bay, ""East""\nside",1.5\r\n'
    (row,) = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert row == {"name": 'Bay, "East"\nside', "number": "1.5"}


AREA_COLUMNS = (
    "survey_code, wave, sample_id, sample_type, mode, weighting_id, boundary_set, release_no,"
    " fieldwork_start, fieldwork_end, geo_level, geo_id, geo_name_en, geo_name_fr, population,"
    " area_code, area_name_en, area_name_fr, items, n, n_eff, index, index_ci_low, index_ci_high,"
    " index_ci_method, favourable_pct, favourable_ci_low, favourable_ci_high,"
    " favourable_ci_method, diff_from_rest, diff_call, wave_diff, wave_diff_call, suppressed,"
    " suppression_reason, quality_flag, generated_at"
)
ITEM_COLUMNS = (
    "survey_code, wave, sample_id, sample_type, mode, weighting_id, boundary_set, release_no,"
    " fieldwork_start, fieldwork_end, item_code, item_version, item_text_en, item_text_fr,"
    " item_type, area_codes, factor_codes, geo_level, geo_id, geo_name_en, geo_name_fr, group_var,"
    " group_value, row_kind, option_code, option_label_en, option_label_fr, option_role, n, base_n,"
    " base_definition, asked_n, blank_n, dont_know_n, prefer_not_n, pct, ci_low, ci_high,"
    " ci_method, mean, index, top_share, se, n_eff, diff_from_rest, diff_call, wave_diff,"
    " wave_diff_call, suppressed, suppression_reason, quality_flag, generated_at"
)


@pytest.mark.parametrize(
    ("fields", "named"), [(AREA_FIELDS, AREA_COLUMNS), (ITEM_FIELDS, ITEM_COLUMNS)]
)
def test_the_columns_are_those_that_others_rely_on(fields: tuple[Field, ...], named: str) -> None:
    assert ", ".join(field.name for field in fields) == named
