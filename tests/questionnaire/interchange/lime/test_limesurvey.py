"""LimeSurvey in: what a survey asks is asked as it was, or the file is refused by table and row."""

from typing import Any

import pytest

from surveyapp.questionnaire.interchange.files import read_file
from surveyapp.questionnaire.interchange.lime.limesurvey import read_limesurvey
from surveyapp.questionnaire.interchange.lime.tables import plain_words
from surveyapp.questionnaire.interchange.report import FileRefusedError
from tests.questionnaire.interchange.lime.making import Tables, asked, document, file, group
from tests.questionnaire.interchange.making import nodes, places
from tests.questionnaire.making import Document

CHOICE = asked(10, "L", "mood", answers=("A1", "A2"))
TICKS = asked(11, "M", "food", parts=("SQ1", "SQ2"))
LINES = asked(12, "F", "street", answers=("A1", "A2"), parts=("calm", "lit"))
NUMBER = asked(13, "N", "age", attributes={"num_value_int_only": "1"})


def read(*parts: Tables) -> list[Document]:
    return nodes(read_limesurvey(file(*parts)))


def refused(data: bytes) -> list[tuple[str, int, str, str]]:
    with pytest.raises(FileRefusedError) as error:
        read_limesurvey(data)
    return places(error.value.refusals)


def test_a_survey_in_two_languages_is_read_with_groups_as_sections() -> None:
    found = read_file("survey.lss", file(CHOICE, group(2, "More"), asked(20, "S", "why", gid=2)))
    assert found.draft.languages == ("en", "fr")
    assert found.draft.title.wordings == {"en": "Safety (en)", "fr": "Safety (fr)"}
    assert found.draft.summary["fr"] == "Hello"
    assert [one.id for one in found.draft.sections] == ["home_fr", "more_fr"]
    first, second = nodes(found)
    assert first["text"] == {"en": "mood & en?", "fr": "mood & fr?"}
    assert [option["label"]["fr"] for option in first["options"]] == ["A1 (fr)", "A2 (fr)"]
    assert [option["id"] for option in first["options"]] == ["a1", "a2"]
    assert second["kind"] == "text"
    assert found.remarks == ()


SHAPES: list[tuple[str, Tables, list[str]]] = [
    ("L", CHOICE, ["single"]),
    ("!", asked(1, "!", "q", answers=("a", "b")), ["single"]),
    ("O", asked(1, "O", "q", answers=("a", "b")), ["single", "text"]),
    ("Y", asked(1, "Y", "q"), ["single"]),
    ("G", asked(1, "G", "q"), ["single"]),
    ("5", asked(1, "5", "q"), ["scale"]),
    ("M", TICKS, ["multiple"]),
    ("P", asked(1, "P", "q", parts=("a", "b")), ["multiple", "text"]),
    ("A", asked(1, "A", "q", parts=("a", "b")), ["battery"]),
    ("B", asked(1, "B", "q", parts=("a", "b")), ["battery"]),
    ("C", asked(1, "C", "q", parts=("a", "b")), ["battery"]),
    ("E", asked(1, "E", "q", parts=("a", "b")), ["battery"]),
    ("F", LINES, ["battery"]),
    ("H", asked(1, "H", "q", answers=("x", "y"), parts=("a",)), ["battery"]),
    ("R", asked(1, "R", "q", answers=("a", "b")), ["rank"]),
    ("N", NUMBER, ["number"]),
    ("K", asked(1, "K", "q", parts=("a", "b")), ["note", "number", "number"]),
    ("Q", asked(1, "Q", "q", parts=("a", "b")), ["note", "text", "text"]),
    ("S", asked(1, "S", "q"), ["text"]),
    ("T", asked(1, "T", "q"), ["text"]),
    ("U", asked(1, "U", "q"), ["text"]),
    ("X", asked(1, "X", "q"), ["note"]),
    ("I", asked(1, "I", "q"), []),
]


@pytest.mark.parametrize(
    ("part", "kinds"), [shape[1:] for shape in SHAPES], ids=[shape[0] for shape in SHAPES]
)
def test_a_type_is_a_kind(part: Tables, kinds: list[str]) -> None:
    assert [made["kind"] for made in read(part)] == kinds


@pytest.mark.parametrize("kind", list("D1:;*|"))
def test_a_type_that_cannot_be_asked_refuses_the_file(kind: str) -> None:
    found = refused(file(asked(1, kind, "q")))
    assert found == [("questions", 1, "type", "type_not_supported")]


def test_the_points_of_a_built_in_scale_are_named_in_both_languages() -> None:
    (made,) = read(asked(1, "C", "q", parts=("a", "b")))
    assert [option["label"]["fr"] for option in made["options"]] == ["Oui", "Incertain", "Non"]
    assert [line["id"] for line in made["statements"]] == ["a", "b"]


def test_attributes_are_limits() -> None:
    number = {"min_num_value_n": "0", "max_num_value_n": "120.5", "num_value_int_only": "1"}
    ticks = {"max_answers": "2", "exclude_all_others": "SQ2"}
    found = read(
        asked(1, "N", "n", attributes=number, mandatory="Y"),
        asked(2, "M", "m", parts=("SQ1", "SQ2"), attributes=ticks),
        asked(3, "T", "t", attributes={"maximum_chars": "80"}),
        asked(4, "L", "l", answers=("a", "b"), other="Y"),
    )
    assert (found[0]["minimum"], found[0]["maximum"], found[0]["required"]) == (0, 120.5, True)
    assert found[1]["at_most"] == 2
    assert [option["id"] for option in found[1]["options"] if option.get("exclusive")] == ["sq2"]
    assert found[2]["at_most"] == 80
    assert found[3]["options"][-1]["specify"] is True


MOOD = {"question": "mood", "any_of": ["a1"]}


@pytest.mark.parametrize(
    ("relevance", "expected"),
    [
        ("1", None),
        ("", None),
        ('((mood.NAOK == "A1"))', MOOD),
        ('7X1X10.NAOK == "A1"', MOOD),
        ("mood eq 'A1'", MOOD),
        ('mood.NAOK != "A1"', {"not": MOOD}),
        ('!(mood.NAOK == "A1")', {"not": MOOD}),
        ('food_SQ2.NAOK == "Y"', {"question": "food", "any_of": ["sq2"]}),
        ("!is_empty(food_SQ2.NAOK)", {"question": "food", "any_of": ["sq2"]}),
        ('street_lit.NAOK == "A2"', {"question": "street.lit", "any_of": ["a2"]}),
        ("!is_empty(mood.NAOK)", {"question": "mood", "answered": True}),
        ("is_empty(mood.NAOK)", {"not": {"question": "mood", "answered": True}}),
        (
            'age.NAOK >= 18 && (mood.NAOK == "A1" || mood.NAOK == "A2")',
            {
                "all": [
                    {"question": "age", "is": ">=", "value": 18},
                    {"question": "mood", "any_of": ["a1", "a2"]},
                ]
            },
        ),
    ],
    ids=range(13),
)
def test_simple_relevance_is_a_condition(relevance: str, expected: Any) -> None:
    found = read(CHOICE, TICKS, LINES, NUMBER, asked(14, "S", "why", relevance=relevance))
    assert found[-1].get("asked_if") == expected


@pytest.mark.parametrize(
    "relevance",
    [
        'nobody.NAOK == "A1"',
        'mood.NAOK == "A9"',
        'mood != "A1"',
        "age.NAOK < 18",
        "count(food_SQ1, food_SQ2) > 1",
        "mood.shown == 'x'",
        "0",
        "mood.NAOK ==",
        "is_empty(mood.NAOK",
        'regexMatch("/a/", mood)',
    ],
    ids=range(10),
)
def test_other_relevance_refuses_the_file(relevance: str) -> None:
    found = refused(file(CHOICE, TICKS, NUMBER, asked(14, "S", "why", relevance=relevance)))
    assert found == [("questions", 4, "relevance", "condition")]


def test_the_relevance_of_a_group_is_joined_to_its_questions() -> None:
    second = group(2, "More", grelevance='mood.NAOK == "A1"')
    parts = asked(20, "S", "why", gid=2, relevance='mood.NAOK == "A1"')
    found = read(CHOICE, second, parts)
    assert found[1]["asked_if"] == {"all": [MOOD, MOOD]}


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (asked(1, "S", "q", preg="/^a/"), ("questions", 1, "preg", "constraint")),
        (
            asked(1, "F", "q", answers=("a",), parts=("x",), attributes={"array_filter": "z"}),
            ("question_attributes", 1, "array_filter", "logic_not_supported"),
        ),
        (
            asked(1, "M", "q", parts=("x",), attributes={"max_answers": "{n}"}),
            ("question_attributes", 1, "max_answers", "constraint"),
        ),
        (
            asked(1, "N", "q", attributes={"min_num_value_n": "{n}"}),
            ("question_attributes", 1, "min_num_value_n", "constraint"),
        ),
        ({"quota": [{"id": 1}]}, ("quota", 1, "", "logic_not_supported")),
        (
            asked(1, "S", "q") | {"conditions": [{"qid": 1, "cfieldname": "7X1X9"}]},
            ("conditions", 1, "cfieldname", "condition"),
        ),
    ],
    ids=["preg", "filter", "most", "least", "quota", "conditions"],
)
def test_what_would_be_lost_refuses_the_file(
    part: Tables, expected: tuple[str, int, str, str]
) -> None:
    assert expected in refused(file(part))


def test_an_answer_put_into_a_text_refuses_the_file() -> None:
    part = asked(1, "S", "q")
    part["question_l10ns"][1]["question"] = "Hello {TOKEN:FIRSTNAME}"
    assert refused(file(part)) == [("question_l10ns", 2, "question", "reference_in_text")]


def test_older_files_keep_the_words_beside_the_question() -> None:
    tables: Tables = {
        "groups": [
            {"gid": 1, "group_order": 0, "group_name": name, "language": code}
            for code, name in (("en", "Home"), ("fr", "Chez vous"))
        ],
        "questions": [
            {"qid": 1, "sid": 7, "gid": 1, "type": "L", "title": "q", "question": words}
            | {"language": code, "mandatory": "N", "other": "N", "question_order": 0}
            for code, words in (("en", "Well?"), ("fr", "Ça va?"))
        ],
        "answers": [
            {"qid": 1, "code": code, "answer": f"{code}-{language}", "language": language}
            | {"sortorder": order, "scale_id": 0}
            for language in ("en", "fr")
            for order, code in enumerate(("A1", "A2"))
        ],
    }
    found = read_limesurvey(document(tables, ("en", "fr")))
    (made,) = nodes(found)
    assert found.draft.sections[0].title.wordings == {"en": "Home", "fr": "Chez vous"}
    assert made["text"] == {"en": "Well?", "fr": "Ça va?"}
    assert [option["label"] for option in made["options"]] == [
        {"en": "A1-en", "fr": "A1-fr"},
        {"en": "A2-en", "fr": "A2-fr"},
    ]


def test_entities_and_document_types_are_refused() -> None:
    head = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    assert refused(file(head=head)) == [("", 0, "", "not_a_lime_survey")]


@pytest.mark.parametrize(
    "data",
    [b"", b"<document>", b"<other/>", b"<document/>", b"\xff\xfe", b"PK\x03\x04"],
    ids=["empty", "torn", "other", "bare", "bytes", "zip"],
)
def test_what_is_no_survey_is_refused(data: bytes) -> None:
    assert refused(data) == [("", 0, "", "not_a_lime_survey")]


def test_a_language_that_is_none_is_refused() -> None:
    found = refused(file(languages=("fr", "klingon")))
    assert found == [("languages", 0, "", "unknown_language")]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("<p>One</p><p>Two &eacute;</p>", "One\n\nTwo é"),
        ("a<br />b", "a\nb"),
        ("<script>alert(1)</script>Hello <b>you</b>", "Hello you"),
        ("<unclosed", "<unclosed"),
        ("1 < 2 & 3", "1 < 2 & 3"),
    ],
    ids=["paragraphs", "break", "script", "torn", "signs"],
)
def test_markup_is_taken_off(written: str, words: str) -> None:
    assert plain_words(written) == words


def test_how_a_question_looks_is_told_of_once() -> None:
    looks = {"random_order": "1", "hide_tip": "0"}
    parts = [asked(number, "S", f"q{number}", attributes=looks) for number in (1, 2)]
    found = read_limesurvey(file(*parts))
    assert places(found.remarks) == [("question_attributes", 1, "random_order", "value_left")]
