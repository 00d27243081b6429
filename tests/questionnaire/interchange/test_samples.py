"""Workbooks of other programs are taken, or refused with every reason by row and column."""

import os
from pathlib import Path

import pytest

from tests.questionnaire.interchange.making import refused

FOLDER = Path(__file__).resolve().parents[4] / "shared/samples/xlsform"
REASONS = {
    "all-question-types.xlsx": {
        *((row, "type", "type_not_supported") for row in range(30, 38)),
        *((row, "type", "type_not_supported") for row in range(40, 48)),
        *((row, "type", "type_not_supported") for row in range(50, 64)),
        *((row, "type", "type_not_supported") for row in range(66, 71)),
        (83, "type", "type_not_supported"),
        (107, "type", "type_not_supported"),
    },
    "case_insensitivity.xlsx": {
        (3, "TYPE", "type_not_supported"),
        (4, "TYPE", "type_not_supported"),
    },
    "choice_filter_test.xlsx": {
        (3, "choice_filter", "choice_filter"),
        (4, "choice_filter", "choice_filter"),
        (6, "name", "choice_twice"),
    },
    "or_other.xlsx": {(3, "choice_filter", "choice_filter")},
    "socio-economic-survey.xlsx": {
        (6, "choice_filter", "choice_filter"),
        (11, "relevant", "condition"),
        (12, "calculation", "logic_not_supported"),
        (12, "read_only", "logic_not_supported"),
        (22, "type", "type_not_supported"),
    },
}


@pytest.mark.parametrize("name", sorted(REASONS))
def test_a_sample_is_refused_for_exactly_these_reasons(name: str) -> None:
    if not FOLDER.exists() and os.environ.get("CI") != "true":
        pytest.skip("the shared samples are not here")
    found = refused((FOLDER / name).read_bytes())
    assert {(row, column, code) for _, row, column, code in found} == REASONS[name]
