"""What nobody could edit is refused with its place: codes that stand twice, lists without end."""

import json

import pytest

from surveyapp.questionnaire.interchange.files import read_file
from surveyapp.questionnaire.interchange.report import FileRefusedError
from tests.questionnaire.interchange.making import form, places
from tests.questionnaire.making import Document, document, node, option, question, section, whole


def refused(name: str, data: bytes) -> list[tuple[str, int, str, str]]:
    with pytest.raises(FileRefusedError) as error:
        read_file(name, data)
    return places(error.value.refusals)


def bent() -> Document:
    """Give a document with a code of each sort twice."""
    made = whole()
    made["sections"] += [section("home"), section("last", question("text", "why"))]
    made["priorities"] = [{"id": "homes", "name": {"en": "Homes"}}] * 2
    node(made, "after")["options"] = [option("yes"), option("yes")]
    node(made, "streets")["statements"].append({"id": "calm", "text": {"en": "Calm"}})
    return made


def test_a_code_that_stands_twice_refuses_the_file() -> None:
    found = refused("a.json", json.dumps(bent()).encode())
    assert {column for _sheet, _row, column, code in found if code == "id_twice"} == {
        "home",
        "priorities/homes",
        "last/why",
        "more/after/yes",
        "home/streets/calm",
    }


@pytest.mark.parametrize("kind", ["json", "xlsx"])
def test_ten_thousand_options_refuse_the_file(kind: str) -> None:
    codes = [f"o{number}" for number in range(10_000)]
    if kind == "json":
        made = document(section("home", question("single", "one")))
        made["sections"][0]["questions"][0]["options"] = [option(code) for code in codes]
        found = refused("a.json", json.dumps(made).encode())
        assert found == [("", 0, "home/one", "list_too_long")]
    else:
        rows = [["list_name", "name", "label"], *(["big", code, code] for code in codes)]
        found = refused("a.xlsx", form(["select_one big", "one", "One?"], choices=rows))
        assert [code for *_place, code in found] == ["list_too_long"]


def test_the_longest_lists_are_taken() -> None:
    options = [option(f"o{number}") for number in range(200)]
    made = document(section("home", question("single", "one", options=options)))
    assert read_file("a.json", json.dumps(made).encode()).draft.questions()
