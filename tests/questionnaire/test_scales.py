"""Ready-made scales fill a question so that it can be published."""

import pytest

from surveyapp.questionnaire.completeness import gaps
from surveyapp.questionnaire.drafting.commands import Fill
from surveyapp.questionnaire.drafting.editing import edit
from surveyapp.questionnaire.model import Role
from surveyapp.questionnaire.nodes import find, options_mark
from surveyapp.questionnaire.scales import scales
from tests.questionnaire.making import draft, whole


@pytest.mark.parametrize("name", sorted(scales()))
def test_a_scale_is_complete_in_both_languages(name: str) -> None:
    made = draft(whole())
    seen = options_mark(find(made, "questions/overall"))
    options = tuple(one.model_dump(mode="json") for one in scales()[name])
    filled = edit(made, Fill(where="questions/overall", options=options, seen=seen)).draft
    assert list(gaps(filled)) == []


@pytest.mark.parametrize("name", sorted(set(scales()) - {"yes_no"}))
def test_scores_run_from_best_to_worst(name: str) -> None:
    scores = [one.score for one in scales()[name] if one.role is Role.scored]
    assert scores[0] == 100
    assert scores[-1] == 0
    assert scores == sorted(scores, key=lambda one: -(one or 0))
