"""XLSForm in: what a workbook asks is asked as it was, or the workbook is refused by row."""

from typing import Any

import pytest

from tests.questionnaire.interchange.making import (
    CHOICES,
    book_of,
    bytes_of,
    form,
    nodes,
    places,
    taken,
)

LOGIC = "type name label relevant"


def test_a_bilingual_form_is_read_with_groups_as_sections() -> None:
    header = ["Type", "NAME", "label::English (en)", "label::Français (fr)", "Hint::French (fr)"]
    rows = [
        header,
        ["begin group", "Home", "At home", "Chez vous"],
        ["select_one yesno", "safe", "Are you safe?", "Êtes-vous en sécurité?", "Chez vous."],
        ["end group"],
        ["begin_group", "more", "More", "Autres"],
        ["select multiple kinds", "food", "Which?", "Lesquels?"],
        ["end_group"],
    ]
    settings = [["form_title", "form_id", "default_language"], ["Titre", "my_form", "French (fr)"]]
    found = taken(bytes_of(book_of(Survey=rows, CHOICES=CHOICES, settings=settings)))
    assert found.name == "my_form"
    assert found.draft.languages == ("en", "fr")
    assert found.draft.title.wordings == {"fr": "Titre"}
    assert [one.id for one in found.draft.sections] == ["home", "more"]
    assert found.draft.sections[0].title.wordings == {"en": "At home", "fr": "Chez vous"}
    first, second = nodes(found)
    assert first["text"] == {"en": "Are you safe?", "fr": "Êtes-vous en sécurité?"}
    assert first["hint"] == {"fr": "Chez vous."}
    assert [one["id"] for one in first["options"]] == ["yes", "no"]
    assert second["kind"] == "multiple"


KINDS: list[tuple[str, dict[str, Any]]] = [
    ("text", {"kind": "text"}),
    ("note", {"kind": "note"}),
    ("integer", {"kind": "number"}),
    ("decimal", {"kind": "number", "decimals": 2}),
    ("select1 yesno", {"kind": "single"}),
    ("select one from yesno", {"kind": "single"}),
    ("select_one  yesno", {"kind": "single"}),
    ("Select all that apply from kinds", {"kind": "multiple"}),
    ("rank kinds", {"kind": "rank"}),
    ("select_one_from_file places_municipality.csv", {"kind": "place", "level": "municipality"}),
    ("select_one_from_file places_neighbourhood.csv", {"kind": "place"}),
    ("range", {"kind": "number", "minimum": 1, "maximum": 10}),
]


@pytest.mark.parametrize(("kind", "expected"), KINDS, ids=[kind for kind, _ in KINDS])
def test_a_type_is_a_kind(kind: str, expected: dict[str, Any]) -> None:
    (made,) = nodes(taken(form([kind, "q", "Q?"])))
    assert made.items() >= expected.items()
    assert made["text"] == {"en": "Q?"}


def one(kind: str, column: str, cell: Any) -> dict[str, Any]:
    (made,) = nodes(taken(form([kind, "q", "Q?", cell], header=f"type name label {column}")))
    return made


def test_looks_tell_a_scale_and_a_long_text() -> None:
    assert one("select_one kinds", "appearance", "likert")["kind"] == "scale"
    assert one("text", "appearance", "multiline")["long"] is True


def test_constraints_are_limits() -> None:
    made = one("integer", "constraint", ". >= 0 and . < 120")
    assert (made["minimum"], made["maximum"]) == (0, 119)
    assert one("text", "constraint", "string-length(.) <= 40")["at_most"] == 40
    made = one(
        "select_multiple kinds",
        "constraint",
        "count-selected(.) <= 2 and not(selected(., 'none') and count-selected(.) > 1)",
    )
    assert made["at_most"] == 2
    assert [option["id"] for option in made["options"] if option.get("exclusive")] == ["none"]


@pytest.mark.parametrize("cell", ["yes", "TRUE", "true()", True])
def test_a_required_question_is_required(cell: Any) -> None:
    assert one("text", "required", cell)["required"] is True
    assert "required" not in one("text", "required", "no")


def test_a_slider_of_few_odd_steps_is_a_scale() -> None:
    made = one("range", "parameters", "start=0 end=10 step=2.5")
    assert made["kind"] == "scale"
    assert [option["label"]["fr"] for option in made["options"]] == ["0", "2.5", "5", "7.5", "10"]
    assert one("range", "parameters", "start=0; end=1; step=0.1")["decimals"] == 1
    assert one("range", "appearance", "rating")["kind"] == "scale"


def test_other_gets_words_of_ones_own_in_both_languages() -> None:
    found = taken(form(["select_one kinds or_other", "q", "Q?"]))
    (made,) = nodes(found)
    assert made["options"][-1]["id"] == "other"
    assert made["options"][-1]["specify"] is True
    assert set(made["options"][-1]["label"]) == {"en", "fr"}
    assert ("survey", 2, "type", "other_added") in places(found.remarks)


def test_conditions_are_kept_and_those_of_groups_joined() -> None:
    found = taken(
        form(
            ["select_one yesno", "One", "One?"],
            ["begin_group", "g", "G", "${One} = 'yes'"],
            ["integer", "n", "N?"],
            ["begin_group", "inner", "Inner words"],
            ["text", "t", "T?", "${n} > 2"],
            ["end_group"],
            ["end_group"],
            header=LOGIC,
        )
    )
    yes = {"question": "one", "any_of": ["yes"]}
    conditions = {made["id"]: made.get("asked_if") for made in nodes(found)}
    many = {"question": "n", "is": ">", "value": 2}
    assert conditions == {"one": None, "n": yes, "inner": yes, "t": {"all": [yes, many]}}
    assert ("survey", 5, "type", "group_flattened") in places(found.remarks)
    assert ("survey", 3, "relevant", "condition_joined") in places(found.remarks)


MATRIX = [
    ["begin_group", "streets", "How is your street?", "table-list"],
    ["select_one kinds", "calm", "Calm"],
    ["select_one kinds", "lit", "Lit"],
    ["end_group"],
]
OLD_MATRIX = [
    ["begin_group", "streets", "How is your street?", "field-list"],
    ["select_one kinds", "heading", "", "label"],
    ["select_one kinds", "calm", "Calm", "list-nolabel"],
    ["select_one kinds", "lit", "Lit", "list-nolabel"],
    ["end_group"],
]


@pytest.mark.parametrize("rows", [MATRIX, OLD_MATRIX], ids=["table-list", "list-nolabel"])
def test_a_table_of_questions_is_a_battery(rows: list[list[str]]) -> None:
    (made,) = nodes(taken(form(*rows, header="type name label appearance")))
    assert (made["kind"], made["id"]) == ("battery", "streets")
    assert [line["id"] for line in made["statements"]] == ["calm", "lit"]
    assert [option["id"] for option in made["options"]] == ["a", "b", "none"]


def test_a_condition_looks_at_a_line_of_a_battery_by_its_own_name() -> None:
    rows = [row[:3] + ["", *row[3:]] for row in MATRIX]
    last = ["text", "why", "Why?", "${lit} = 'a'"]
    found = taken(form(*rows, last, header="type name label relevant appearance"))
    assert nodes(found)[1]["asked_if"] == {"question": "streets.lit", "any_of": ["a"]}


def test_names_become_ids_and_conditions_follow() -> None:
    choices = [["list name", "value", "label"], ["L", "1", "One"], ["L", "A&B", "Both"]]
    found = taken(
        form(
            ["select_one L", "Fav.Color", "?"],
            ["text", "2nd", "?", "${Fav.Color} = 1 or ${Fav.Color} = 'A&B'"],
            header=LOGIC,
            choices=choices,
        )
    )
    first, second = nodes(found)
    assert (first["id"], second["id"]) == ("fav_color", "q_2nd")
    assert second["asked_if"] == {"question": "fav_color", "any_of": ["c_1", "a_b"]}
    assert ("choices", 2, "value", "renamed") in places(found.remarks)


def test_two_questions_of_one_list_can_differ() -> None:
    found = taken(form(["select_one yesno or_other", "a", "A?"], ["select_one yesno", "b", "B?"]))
    first, second = nodes(found)
    assert len(first["options"]) == len(second["options"]) + 1


def test_one_language_is_enough_and_may_be_named() -> None:
    found = taken(form(["text", "q", "Pourquoi?"]), "fr")
    assert nodes(found)[0]["text"] == {"fr": "Pourquoi?"}
    assert found.draft.languages == ("en", "fr")
    found = taken(form(["text", "q", "Why?"]))
    assert "language_assumed" in [remark.code for remark in found.remarks]


def test_a_third_language_is_taken() -> None:
    rows = [["type", "name", "label::English (en)", "label::Ojibwe (oj)"], ["text", "q", "A", "ᐊ"]]
    found = taken(bytes_of(book_of(survey=rows)))
    assert found.draft.languages == ("en", "fr", "oj")


def test_words_without_a_language_are_in_the_forms_own() -> None:
    rows = [["type", "name", "label::French (fr)", "hint"], ["text", "q", "A", "B"]]
    (made,) = nodes(taken(bytes_of(book_of(survey=rows))))
    assert made["hint"] == {"fr": "B"}


def test_the_old_single_colon_tells_a_language_too() -> None:
    rows = [["type", "name", "label:English"], ["text", "q", "A"]]
    assert nodes(taken(bytes_of(book_of(survey=rows))))[0]["text"] == {"en": "A"}


@pytest.mark.parametrize(
    "written", ["العربية (ar)", "العربية", "Arabic (ar)", "Arabic", "ar", "ar-EG"]
)
def test_a_column_of_a_third_language_is_taken_however_it_is_named(written: str) -> None:
    header = ["type", "name", "label::English (en)", "label::Français (fr)", f"label::{written}"]
    rows = [header, ["text", "better", "What?", "Quoi?", "ماذا؟"]]
    found = taken(bytes_of(book_of(survey=rows, choices=CHOICES)))
    assert found.draft.languages == ("en", "fr", "ar")
    (question,) = found.draft.questions()
    assert question.text["ar"] == "ماذا؟"


@pytest.mark.parametrize(("count", "pages"), [(200, 1), (201, 11), (600, 30), (2500, 100)])
def test_questions_in_no_group_are_as_many_pages_as_hold_them(count: int, pages: int) -> None:
    found = taken(form(*(["text", f"q{number}", "Q?"] for number in range(count))))
    sections = found.draft.sections
    assert [one.id for one in found.draft.questions()] == [f"q{n}" for n in range(count)]
    assert len(sections) == len({one.id for one in sections}) == pages
    rows = [one.row for one in found.remarks if one.code == "loose_questions"]
    assert rows[:2] == [2, *([2 + len(sections[0].questions)] if pages > 1 else [])]
