"""Whatever stands in a file, it is taken or refused with a place: never an error of ours."""

from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from surveyapp.questionnaire.document import read_draft, written
from surveyapp.questionnaire.interchange.lime.limesurvey import read_limesurvey
from surveyapp.questionnaire.interchange.report import FileRefusedError
from surveyapp.questionnaire.interchange.xlsform import read_xlsform
from tests.questionnaire.interchange.lime.making import asked, file
from tests.questionnaire.interchange.making import book_of, bytes_of

LIMITS = ("max_answers", "min_num_value_n", "maximum_chars", "exclude_all_others", "hidden")
PHASES = (Phase.explicit, Phase.generate)
HEADERS = [
    ["type", "name", "label::English (en)", "hint", "relevant", "constraint", "required"]
    + ["appearance", "parameters", "choice_filter", "calculation", "surveyapp_texts"]
    + ["surveyapp_asked_if", "surveyapp_part", "surveyapp_bands", "surveyapp_version"],
    ["list_name", "name", "label::English (en)", "surveyapp_score", "surveyapp_specify"],
    ["field", "content", "text::English (en)", "surveyapp_texts"],
]
TYPES = st.sampled_from(
    ["text", "note", "integer", "decimal", "range", "select_one a", "select_multiple a", "rank a"]
    + ["select_one a or_other", "begin_group", "end_group", "begin repeat", "end repeat", "", "a"]
    + ["select_one_from_file places_municipality.csv", "start", "calculate", "select_one"]
)
CELLS: st.SearchStrategy[Any] = st.sampled_from(
    ["", "a", "b", "a.other", "page-a", "1", -1, 2.5, True, "yes", "é", "[", "{}", '{"a": 1}']
    + ['{"label": {"blank": 3, "sources": 4, "instead": 1}}', '{"label": {"blank": [[1]]}}']
    + ["${a} = 1", "selected(${a}, 'a')", "${a} > " + "9" * 400, ". >= 1", "string-length(.) < 0"]
    + ["count-selected(.) <= 99999", "specify", "table-list", "likert", "multiline", "label"]
    + ["start=1 end=1e999 step=0.1", "start=1 end=9 step=3", "factors", "notice/authority"]
    + ["youth/least_age", "title/a/b", "factors/a", "format", "languages", "[" * 900, "\t"]
)


def grids(header: list[str], first: st.SearchStrategy[Any]) -> st.SearchStrategy[list[list[Any]]]:
    row = st.tuples(first, *[CELLS for _ in header[1:]]).map(list)
    return st.lists(row, max_size=8).map(lambda rows: [header, *rows])


@settings(phases=PHASES, max_examples=150)
@given(
    grids(HEADERS[0], TYPES), grids(HEADERS[1], st.just("a")), st.none() | grids(HEADERS[2], CELLS)
)
def test_any_workbook_is_taken_or_refused(
    survey: list[list[Any]], choices: list[list[Any]], own: list[list[Any]] | None
) -> None:
    sheets = {"survey": survey, "choices": choices} | ({"_surveyapp": own} if own else {})
    try:
        found = read_xlsform(bytes_of(book_of(**sheets)))
    except FileRefusedError as error:
        refusals = error.refusals
    else:
        assert read_draft(written(found.draft)) == found.draft
        return
    assert refusals


NINES = "9" * 5_000
WORDS = st.sampled_from(
    ["", "1", "A1", "Y", "<![x", "<!--", "{x}", "&#0;", "q1.NAOK == 'A1'", "((", NINES, "nan"]
    + ["é", "-oth-", "!is_empty(q1.NAOK)", "q1_A1.NAOK == 'Y' && 7X1X1 > 2", "not (", "<p>x"]
)


@settings(phases=PHASES, max_examples=150)
@given(st.data())
def test_any_survey_of_limesurvey_is_taken_or_refused(data: st.DataObject) -> None:
    codes = ("A1", "A2")
    parts = [
        asked(
            number,
            data.draw(st.sampled_from("L!OYG5MABCEFHRNKQSTUXIDP1:;*|")),
            f"q{number}",
            answers=codes,
            parts=codes,
            attributes={data.draw(st.sampled_from(LIMITS)): data.draw(WORDS)},
            relevance=data.draw(WORDS),
            other=data.draw(WORDS),
            question_order=data.draw(WORDS),
        )
        for number in range(1, 4)
    ]
    parts[0]["question_l10ns"][0]["question"] = data.draw(WORDS)
    parts[1]["answers"][0]["code"] = data.draw(WORDS)
    try:
        found = read_limesurvey(file(*parts))
    except FileRefusedError as error:
        refusals = error.refusals
    else:
        assert read_draft(written(found.draft)) == found.draft
        return
    assert refusals
