"""XLSForm out and in again: the same document, and one that pyxform accepts."""

from io import BytesIO

import pytest
from hypothesis import Phase, given, settings
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from surveyapp.questionnaire.document import written
from surveyapp.questionnaire.interchange.report import NotExportableError
from surveyapp.questionnaire.interchange.writing import write_xlsform
from surveyapp.questionnaire.interchange.xlsform import read_xlsform
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.shipped import shipped
from tests import tongues
from tests.questionnaire.interchange.drawing import drafts
from tests.questionnaire.making import document, draft, node, question, section, whole
from tests.questionnaire.test_document import rich

SHIPPED = ("community_safety", "tell_us")


def warnings_of(workbook: bytes) -> list[str]:
    found: list[str] = []
    convert(workbook, file_type=".xlsx", warnings=found)
    return found


def kept(made: Draft) -> bytes:
    workbook = write_xlsform(made, "form")
    back = read_xlsform(workbook)
    assert written(back.draft) == written(made)
    assert back.draft == made
    assert back.remarks == ()
    return workbook


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_survey_comes_back_as_it_was(name: str) -> None:
    kept(shipped(name))


def test_every_kind_and_every_field_comes_back() -> None:
    kept(draft(whole()))
    kept(draft(rich()))


def test_a_survey_in_four_languages_comes_back_in_four() -> None:
    workbook = kept(draft(tongues.survey()))
    sheet = load_workbook(BytesIO(workbook))["survey"]
    headers = [str(cell.value) for cell in sheet[1]]
    labels = [one for one in headers if one.startswith("label::")]
    assert labels == [
        f"label::{name}" for name in ("English (en)", "French (fr)", "Arabic (ar)", "Ojibwe (oj)")
    ]
    assert tongues.SAFE["ar"] in {cell.value for row in sheet.iter_rows() for cell in row}


# What fails is shown as it was drawn: shrinking a whole questionnaire takes minutes.
@settings(phases=(Phase.explicit, Phase.generate))
@given(drafts())
def test_any_draft_comes_back_as_it_was_and_pyxform_takes_it(made: Draft) -> None:
    convert(kept(made), file_type=".xlsx", warnings=[])


@pytest.mark.parametrize("name", SHIPPED)
def test_pyxform_has_nothing_to_say_of_a_shipped_survey(name: str) -> None:
    assert warnings_of(write_xlsform(shipped(name), name)) == []


def test_pyxform_has_nothing_to_say_of_every_kind() -> None:
    assert warnings_of(write_xlsform(draft(rich()), "rich")) == []


def test_words_that_look_like_formulas_stay_words() -> None:
    made = draft(document(section("home", question("text", "why", text={"en": "=1+1"}))))
    book = load_workbook(BytesIO(write_xlsform(made, "form")))
    cells = [cell for row in book["survey"] for cell in row if cell.value == "=1+1"]
    assert [cell.data_type for cell in cells] == ["s"]
    kept(made)


def bent(code: str, **more: object) -> Draft:
    made = whole()
    node(made, code).update(more)
    return draft(made)


@pytest.mark.parametrize(
    ("made", "code", "at"),
    [
        (bent("overall", id="place"), "duplicate_id", "place"),
        (bent("overall", options=[]), "few_options", "overall"),
        (bent("streets", statements=[]), "few_statements", "streets"),
        (bent("after", asked_if={"question": "nobody", "answered": True}), "condition", "after"),
        (
            bent("after", asked_if={"question": "place", "any_of": ["'\""]}),
            "condition",
            "after",
        ),
        (bent("overall", text={"en": "Why ${place}?"}), "text", "end/overall/text"),
        (bent("overall", text={"en": "x" * 32_768}), "text", "end/overall/text"),
    ],
    ids=["id", "options", "statements", "unknown", "quotes", "reference", "long"],
)
def test_what_no_form_can_hold_is_refused_by_name(made: Draft, code: str, at: str) -> None:
    with pytest.raises(NotExportableError) as refused:
        write_xlsform(made, "form")
    assert (refused.value.code, refused.value.node) == (code, at)
