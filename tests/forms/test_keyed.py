"""Printed numbers are read as they are meant, and whatever is not is refused by name."""

import pytest

from surveyapp.forms.keyed import KEYED_FOR, Keypad, all_keyed, in_other_language, keyed
from surveyapp.questionnaire.answers import ProblemCode, accept
from surveyapp.questionnaire.model import Kind
from tests.questionnaire.making import document, option, question, questionnaire, section

NAMES = {
    "mill": "Mill District",
    "millbrook": "Mill",
    "etoile": "L’Étoile",
    "saint": "Saint-Éloi",
}
PAD = Keypad(tuple(NAMES), NAMES)
MANY = [option(f"o{number}") for number in range(1, 14)]
MADE = questionnaire(
    document(
        section(
            "one",
            question("place", "place"),
            question("scale", "walk"),
            question("multiple", "some"),
            question("multiple", "many", options=MANY),
            question("rank", "rank", at_most=2, top=2),
            question("number", "times", dont_know=True, maximum=99),
            question("text", "why", prefer_not=True),
            question("battery", "streets"),
        )
    )
)


def read(key: str, typed: str) -> dict[str, list[str]]:
    """Read what was typed for a question."""
    found = next(one for one in MADE.questions() if one.id == key.partition(".")[0])
    return keyed(found, key, {key: typed}, PAD)


def test_every_kind_can_be_typed() -> None:
    assert set(KEYED_FOR) == set(Kind)


@pytest.mark.parametrize(
    ("key", "typed", "raw"),
    [
        ("walk", "1", {"walk": ["good"]}),
        ("walk", " 6 ", {"walk": ["silent"]}),
        ("walk", "?", {"walk": ["unsure"]}),
        ("walk", "-", {"walk": ["silent"]}),
        ("walk", "7", {"walk": ["7"]}),
        ("walk", "0", {"walk": ["0"]}),
        ("streets.calm", "2", {"streets.calm": ["fair"]}),
        ("some", "1 3", {"some": ["one", "three"]}),
        ("some", "1,3", {"some": ["one", "three"]}),
        ("some", "13", {"some": ["one", "three"]}),
        ("some", "-", {"some": ["-"]}),
        ("many", "13", {"many": ["o13"]}),
        ("many", "1 3", {"many": ["o1", "o3"]}),
        ("rank", "3 1", {"rank.three": ["1"], "rank.one": ["2"]}),
        ("rank", "31", {"rank.three": ["1"], "rank.one": ["2"]}),
        ("times", "12", {"times": ["12"]}),
        ("times", "?", {"times.code": ["dont_know"]}),
        ("times", "-", {"times": ["-"]}),
        ("why", "-", {"why.code": ["prefer_not"]}),
        ("why", "2", {"why": ["2"]}),
        ("place", "1", {"place": ["mill"]}),
        ("place", "5", {"place": ["unknown"]}),
        ("place", "7", {"place": ["no_fixed_address"]}),
        ("place", "?", {"place": ["unknown"]}),
        ("place", "mill d", {"place": ["mill"]}),
        ("place", "MILL", {"place": ["millbrook"]}),
        ("place", "mi", {"place": ["mi"]}),
        ("place", "l'et", {"place": ["etoile"]}),
        ("place", "saint el", {"place": ["saint"]}),
        ("walk", "  ", {}),
    ],
)
def test_what_is_typed_is_read(key: str, typed: str, raw: dict[str, list[str]]) -> None:
    assert read(key, typed) == raw


@pytest.mark.parametrize(
    ("key", "typed", "code"),
    [
        ("walk", "9", ProblemCode.unknown_option),
        ("walk", "12", ProblemCode.unknown_option),
        ("some", "1 9", ProblemCode.unknown_option),
        ("some", "1 4", ProblemCode.exclusive),
        ("some", "-", ProblemCode.unknown_option),
        ("rank", "1 1", ProblemCode.not_a_position),
        ("rank", "1 2 3", ProblemCode.not_a_position),
        ("rank", "x", ProblemCode.not_a_position),
        ("times", "-", ProblemCode.not_a_number),
        ("place", "mi", ProblemCode.unknown_place),
        ("place", "99", ProblemCode.unknown_place),
    ],
)
def test_what_cannot_be_read_is_refused(key: str, typed: str, code: ProblemCode) -> None:
    lineages = {one: (one,) for one in NAMES}
    found = accept(MADE, all_keyed(MADE, {key: typed}, PAD), places=lineages)
    assert [(one.key, one.code) for one in found.problems] == [(key, code)]


def test_places_beyond_what_paper_prints_are_typed_by_name() -> None:
    names = {f"p{number}": f"Place {number}" for number in range(100, 200)}
    pad = Keypad(tuple(names), names)
    place = next(MADE.questions())
    assert keyed(place, "place", {"place": "1"}, pad) == {"place": ["unknown"]}
    assert keyed(place, "place", {"place": "place 150"}, pad) == {"place": ["p150"]}
    assert pad.number_of("p150") == "Place 150"


def test_a_place_keeps_its_meaning_in_the_other_language() -> None:
    french = {"mill": "Quartier du Moulin", "millbrook": "Moulin", "etoile": "Étoile", "saint": "A"}
    other = Keypad(("saint", "etoile", "millbrook", "mill"), french)
    typed = {"place": "1", "walk": "1", "some": "1 3"}
    assert in_other_language(MADE, typed, PAD, other) == {**typed, "place": "4"}
    unread = {"place": "mi"}
    assert in_other_language(MADE, unread, PAD, other) == unread
    assert in_other_language(MADE, {"place": "6"}, PAD, other) == {"place": "6"}


def test_words_beside_an_option_go_with_it() -> None:
    found = next(one for one in MADE.questions() if one.id == "some")
    typed = {"some": "1", "some.other": " Bells "}
    assert keyed(found, "some", typed, PAD) == {"some": ["one"], "some.other": ["Bells"]}
