"""LimeSurvey's files in the shapes that its versions really write, 1.90 to 7.

Each is small and made up; its tables, fields and order are those of files in circulation.
"""

from typing import Any

import pytest

from surveyapp.questionnaire.interchange.lime.limesurvey import read_limesurvey
from surveyapp.questionnaire.interchange.report import FileRefusedError, Taken
from tests.questionnaire.interchange.lime.making import Row, asked, file, group
from tests.questionnaire.interchange.making import nodes, places
from tests.questionnaire.making import Document

FIELDS = ("qid", "parent_qid", "sid", "gid", "type", "title", "question", "preg", "help", "other")
FIELDS += ("mandatory", "question_order", "language", "scale_id", "same_default")


def table(name: str, rows: list[Row]) -> str:
    """Write a table as LimeSurvey does: its fields, then rows of CDATA, blanks as empty tags."""
    fields = "".join(f"   <fieldname>{one}</fieldname>\n" for one in dict.fromkeys(rows[0]))
    written = ""
    for row in rows:
        cells = (
            f"    <{key}><![CDATA[{value}]]></{key}>\n" if value != "" else f"    <{key}/>\n"
            for key, value in row.items()
        )
        written += f"   <row>\n{''.join(cells)}   </row>\n"
    return f" <{name}>\n  <fields>\n{fields}  </fields>\n  <rows>\n{written}  </rows>\n </{name}>\n"


def whole(
    version: int, tables: dict[str, list[Row]], languages: tuple[str, ...] = ("en",)
) -> bytes:
    """Write a file of a version of LimeSurvey's database."""
    codes = "".join(f"  <language>{code}</language>\n" for code in languages)
    settings = [
        {"surveyls_survey_id": 29846, "surveyls_language": code, "surveyls_title": f"Try {code}"}
        | {"surveyls_description": "", "surveyls_welcometext": "", "surveyls_url": ""}
        for code in languages
    ]
    tables = tables | {"surveys_languagesettings": settings}
    themes = " <themes>\n  <theme>\n   <sid>29846</sid>\n  </theme>\n </themes>\n"
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<document>\n'
        f" <LimeSurveyDocType>Survey</LimeSurveyDocType>\n <DBVersion>{version}</DBVersion>\n"
        f" <languages>\n{codes} </languages>\n"
        + "".join(table(*one) for one in tables.items() if one[1])
        + (themes if version > 300 else "")
        + "</document>\n"
    ).encode()


def old_question(qid: int, kind: str, title: str, words: str, **more: Any) -> Row:
    """Give a row of a question whose words stand beside it."""
    values = (qid, 0, 29846, 3, kind, title, words, "", "", "N", "N", qid, "en", 0, 0)
    return dict(zip(FIELDS, values, strict=True)) | more


OLD_GROUP: Row = {"gid": 3, "sid": 29846, "group_name": "All", "group_order": 0, "description": ""}
OLD_GROUP |= {"language": "en"}
PARTS = [
    old_question(50, "M", "SQ1", "Bread", parent_qid=47),
    old_question(51, "M", "SQ2", "Milk", parent_qid=47),
]
OLD = [
    old_question(40, "Y", "K", "Anybody?"),
    old_question(47, "M", "K", "What?"),
    old_question(48, "N", "K", "How many?"),
    old_question(49, "S", "why", "Why?"),
]


def condition(cid: int, cqid: int, name: str, value: str, method: str = "==", part: int = 1) -> Row:
    """Give a row of the conditions of question 49."""
    row = {"cid": cid, "qid": 49, "cqid": cqid, "cfieldname": name, "method": method}
    return row | {"value": value, "scenario": part}


def old(*rows: Row) -> Taken:
    """Read a file of version 1.90: no relevance, titles that stand twice, rows of conditions."""
    tables = {"conditions": list(rows), "groups": [OLD_GROUP], "questions": OLD}
    return read_limesurvey(whole(145, tables | {"subquestions": PARTS}))


ANYBODY = {"question": "k", "any_of": ["y"]}
BREAD = {"question": "k_2", "any_of": ["sq1"]}
MANY = {"question": "k_3", "is": ">=", "value": 3}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([condition(1, 40, "29846X3X40", "Y")], ANYBODY),
        (
            [condition(1, 40, "29846X3X40", "Y"), condition(2, 48, "29846X3X48", "3", ">=")],
            {"all": [ANYBODY, MANY]},
        ),
        (
            [condition(1, 40, "29846X3X40", "Y"), condition(2, 48, "29846X3X48", "3", ">=", 2)],
            {"any": [ANYBODY, MANY]},
        ),
        ([condition(1, 47, "+29846X3X47SQ1", "Y")], BREAD),
        (
            [condition(1, 47, "29846X3X47", "SQ1"), condition(2, 47, "29846X3X47", "SQ2")],
            {"question": "k_2", "any_of": ["sq1", "sq2"]},
        ),
        ([condition(1, 40, "29846X3X40", " ")], {"not": {"question": "k", "answered": True}}),
        (
            [condition(1, 40, "29846X3X40", "Y", "!=")],
            {"not": ANYBODY},
        ),
    ],
    ids=["one", "two questions", "two scenarios", "a tick", "two ticks", "a blank", "denied"],
)
def test_rows_of_conditions_are_put_together_as_limesurvey_did(
    rows: list[Row], expected: Document
) -> None:
    assert nodes(old(*rows))[-1]["asked_if"] == expected


@pytest.mark.parametrize(
    "row",
    [
        condition(1, 40, "29846X3X40", "^Y", "RX"),
        condition(1, 48, "29846X3X48", "3", "<"),
        condition(1, 48, "29846X3X48", "@29846X3X40@"),
        condition(1, 48, "{TOKEN:AGE}", "3"),
        condition(1, 99, "29846X3X99", "Y"),
    ],
    ids=["pattern", "less", "another answer", "token", "nothing"],
)
def test_a_row_that_cannot_be_kept_refuses_the_file(row: Row) -> None:
    with pytest.raises(FileRefusedError) as error:
        old(row)
    assert places(error.value.refusals) == [("conditions", 1, "cfieldname", "condition")]


def test_version_3_keeps_its_words_beside_the_questions_and_has_relevance() -> None:
    rows = [
        old_question(1, "Y", "q1", "Show it?", relevance="1", modulename="", mandatory="Y"),
        old_question(2, "T", "name", "Your name", relevance='q1.NAOK=="Y"'),
    ]
    home = OLD_GROUP | {"randomization_group": "", "grelevance": ""}
    found = read_limesurvey(whole(359, {"groups": [home], "questions": rows}))
    first, second = nodes(found)
    assert (first["required"], first["text"]) == (True, {"en": "Show it?"})
    assert second["asked_if"] == {"question": "q1", "any_of": ["y"]}
    assert found.remarks == ()


def test_version_7_names_answers_by_the_numbers_of_their_questions() -> None:
    ticks = asked(482, "M", "food", parts=("SQ1", "SQ2"))
    names = [row["qid"] for row in ticks["subquestions"]]
    lines = asked(483, "F", "street", answers=("A1", "A2"), parts=("calm",))
    line = lines["subquestions"][0]["qid"]
    relevance = f'((Q481.NAOK == "F")) && (Q482_S{names[1]}.NAOK == "Y")'
    why = asked(490, "T", "why", relevance=f'{relevance} && (Q483_S{line}.NAOK == "A2")')
    why["conditions"] = [{"cid": 5, "qid": 490, "cqid": 481, "cfieldname": "Q481", "value": "F"}]
    found = read_limesurvey(file(asked(481, "G", "who"), ticks, lines, why))
    assert nodes(found)[-1]["asked_if"] == {
        "all": [
            {"question": "who", "any_of": ["f"]},
            {"question": "food", "any_of": ["sq2"]},
            {"question": "street.calm", "any_of": ["a2"]},
        ]
    }


# What version 7 writes beside a ranking of which nobody changed the looks or the order.
RANKING = {"array_filter": "", "array_filter_style": "0", "max_answers": "", "page_break": "0"}
RANKING |= {"max_subquestions": "2", "samechoiceheight": "1", "samelistheight": "1"}
RANKING |= {"showpopups": "1", "statistics_graphtype": "0", "subquestion_order": "normal"}


def test_version_7_in_french_alone_ranks_its_subquestions_without_a_word_on_looks() -> None:
    one = asked(1, "L", "q01", answers=("a1", "a2"), question_theme_name="listradio")
    order = asked(
        *(2, "R", "q00"), parts=("sq1", "sq2"), attributes=RANKING, question_theme_name="ranking"
    )
    order["questions"][0]["relevance"] = '((q01.NAOK == "a2"))'
    found = read_limesurvey(file(one, order, languages=("fr",)))
    assert found.remarks == ()
    first, second = nodes(found)
    assert first["text"].keys() == {"fr"}
    assert (second["kind"], second["at_most"]) == ("rank", 2)
    assert [option["label"].keys() for option in second["options"]] == [{"fr"}] * 2
    assert second["asked_if"] == {"question": "q01", "any_of": ["a2"]}


def test_an_order_that_somebody_chose_is_told() -> None:
    part = asked(1, "L", "q", answers=("a", "b"), attributes={"answer_order": "random"})
    found = read_limesurvey(file(part))
    assert places(found.remarks) == [("question_attributes", 1, "answer_order", "value_left")]


def test_a_name_that_two_answers_have_is_nobodys() -> None:
    why = asked(3, "S", "why", relevance='same.NAOK == "Y"')
    with pytest.raises(FileRefusedError) as error:
        read_limesurvey(file(asked(1, "Y", "same"), asked(2, "Y", "same"), why))
    assert [code for *_place, code in places(error.value.refusals)] == ["condition"]


def worded(attribute: str, *values: str) -> list[Row]:
    """Give an attribute that has words in two languages."""
    return [
        {"qid": 1, "attribute": attribute, "value": value, "language": code}
        for code, value in zip(("fr", "en"), values, strict=True)
    ]


def test_what_other_is_called_is_kept_in_both_languages() -> None:
    part = asked(1, "L", "q", answers=("a",), other="Y")
    part["question_attributes"] = worded("other_replace_text", "Ailleurs", "Elsewhere")
    (made,) = nodes(read_limesurvey(file(part)))
    assert made["options"][-1]["label"] == {"en": "Elsewhere", "fr": "Ailleurs"}


def test_a_unit_behind_a_number_is_kept_in_both_languages() -> None:
    part = asked(1, "N", "q")
    part["question_attributes"] = worded("suffix", "heures", "hours")
    (made,) = nodes(read_limesurvey(file(part)))
    assert made["unit"] == {"en": "hours", "fr": "heures"}


def test_a_slider_has_ends_and_steps() -> None:
    slider = {"slider_layout": "1", "slider_min": "-2", "slider_accuracy": "0.5"}
    _note, made = nodes(read_limesurvey(file(asked(1, "K", "q", parts=("a",), attributes=slider))))
    assert (made["minimum"], made["maximum"], made["decimals"]) == (-2, 100, 1)


def test_a_line_that_takes_digits_only_is_a_number() -> None:
    found = read_limesurvey(file(asked(1, "S", "q", attributes={"numbers_only": "1"})))
    assert nodes(found)[0]["kind"] == "number"


def test_a_ranking_is_as_long_as_the_shorter_limit() -> None:
    limits = {"max_answers": "3", "max_subquestions": "2"}
    (made,) = nodes(read_limesurvey(file(asked(1, "R", "q", answers="abcd", attributes=limits))))
    assert made["at_most"] == 2


def test_a_theme_that_makes_something_else_of_a_type_is_told() -> None:
    looks = asked(1, "S", "b", question_theme_name="browserdetect")
    found = read_limesurvey(file(looks, asked(2, "S", "why", question_theme_name="shortfreetext")))
    assert [one["id"] for one in nodes(found)] == ["why"]
    assert places(found.remarks) == [("questions", 1, "question_theme_name", "type_left")]
    pictures = asked(1, "L", "p", answers=("a",), question_theme_name="image_select-listradio")
    with pytest.raises(FileRefusedError) as error:
        read_limesurvey(file(pictures))
    assert places(error.value.refusals) == [("questions", 1, "type", "type_not_supported")]


def test_what_nobody_chose_is_not_told() -> None:
    made = {"save_as_default": "N", "question_template": "core", "other_position": "end"}
    made |= {"slider_separator": "|", "commented_checkbox": "checked", "answer_order": "normal"}
    assert read_limesurvey(file(asked(1, "S", "q", attributes=made))).remarks == ()


def test_what_is_left_out_beside_the_questions_is_told() -> None:
    part = asked(1, "S", "q", mandatory="S")
    part["question_l10ns"][0]["question"] = 'See <a href="https://elm.example/">the plan</a>'
    part["question_l10ns"][1]["question"] = 'See <img src="plan.png"/>the plan'
    more = file(part, group(2, "More", randomization_group="r"), asked(2, "S", "r", gid=2))
    sent = more.replace(
        b"<surveyls_endtext></surveyls_endtext>",
        b"<surveyls_description>About</surveyls_description><surveyls_url>https://x</surveyls_url>",
        1,
    )
    found = read_limesurvey(sent)
    assert set(places(found.remarks)) == {
        ("surveys_languagesettings", 1, "surveyls_description", "text_left"),
        ("surveys_languagesettings", 1, "surveyls_url", "value_left"),
        ("question_l10ns", 1, "question", "media_left"),
        ("question_l10ns", 2, "question", "media_left"),
        ("questions", 1, "mandatory", "softly_required"),
        ("groups", 2, "randomization_group", "value_left"),
    }
    assert nodes(found)[0]["text"] == {"en": "See the plan", "fr": "See the plan"}
