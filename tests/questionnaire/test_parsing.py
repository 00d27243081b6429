"""One posted question becomes an answer, a blank or a problem."""

import unicodedata
from typing import Any

import pytest

from surveyapp.questionnaire.model import Draft, Kind
from surveyapp.questionnaire.parsing import READER_FOR, ProblemCode, reader
from tests.questionnaire.making import document, draft, option, question, section

PLACES = frozenset(("north", "south"))


def read(made: dict[str, Any], **raw: Any) -> tuple[Any, list[tuple[str, str]]]:
    """Read what was posted for one question: strings stand for one value."""
    posted = {key.replace("__", "."): [v] if isinstance(v, str) else v for key, v in raw.items()}
    read_draft: Draft = draft(document(section("s", made)))
    (one,) = read_draft.questions()
    key = "q.calm" if one.kind is Kind.battery else "q"
    value, problems = reader(one)(key, posted, PLACES)
    return value, [(problem.key, problem.code.value) for problem in problems]


def test_every_kind_has_a_reader() -> None:
    assert set(READER_FOR) == set(Kind)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.note])
def test_nothing_posted_is_a_blank(kind: Kind) -> None:
    assert read(question(kind.value, "q")) == (None, [])
    assert read(question(kind.value, "q"), q="", q__calm="", q__one="", q__code="") == (None, [])


def test_a_note_takes_no_answer() -> None:
    assert read(question("note", "q"), q="anything") == (None, [])


@pytest.mark.parametrize("kind", ["single", "scale", "battery"])
def test_one_option_is_its_code(kind: str) -> None:
    made = question(kind, "q")
    code = made["options"][0]["id"]
    assert read(made, q=code, q__calm=code) == (code, [])
    assert read(made, q=["", code], q__calm=["", code])[0] == code


@pytest.mark.parametrize("posted", ["One", "one ", "nobody", "\ud800", "\x00", "x" * 100_000])
def test_an_option_nobody_offered_is_refused(posted: str) -> None:
    assert read(question("single", "q"), q=posted) == (None, [("q", "unknown_option")])
    assert read(question("multiple", "q"), q=["one", posted]) == (None, [("q", "unknown_option")])


def test_ticks_are_kept_once_in_the_order_of_the_questionnaire() -> None:
    assert read(question("multiple", "q"), q=["three", "one", "three", ""]) == (
        ["one", "three"],
        [],
    )


@pytest.mark.parametrize("more", [{"exclusive": True}, {"role": "prefer_not"}])
def test_an_option_that_stands_alone_goes_with_no_other(more: dict[str, Any]) -> None:
    made = question("multiple", "q", options=[option("one"), option("two"), option("none", **more)])
    assert read(made, q=["none"]) == (["none"], [])
    assert read(made, q=["one", "none"]) == (None, [("q", "exclusive")])


def test_a_multiple_choice_has_a_limit() -> None:
    made = question("multiple", "q", at_most=2)
    assert read(made, q=["one", "two"])[0] == ["one", "two"]
    assert read(made, q=["one", "two", "three"]) == (None, [("q", "too_many")])


def test_a_list_longer_than_the_options_is_read_in_one_pass() -> None:
    assert read(question("multiple", "q"), q=["one", "two"] * 50_000)[0] == ["one", "two"]
    assert read(question("multiple", "q"), q=[str(n) for n in range(50_000)])[1] == [
        ("q", "unknown_option")
    ]


def test_a_ranking_is_the_options_in_order() -> None:
    assert read(question("rank", "q"), q__three="1", q__one="2") == (["three", "one"], [])


def test_a_gap_in_a_ranking_is_closed() -> None:
    assert read(question("rank", "q"), q__three="3", q__one="1") == (["one", "three"], [])


def test_no_two_options_share_a_position() -> None:
    assert read(question("rank", "q"), q__three="1", q__one="1") == (None, [("q", "ranked_twice")])


@pytest.mark.parametrize(
    "position",
    ["0", "4", "-1", "1.5", "first", "²", "\u0661", "0000010", "000001" + "1" * 5000, "nan"],
)
def test_a_position_is_one_of_those_offered(position: str) -> None:
    assert read(question("rank", "q"), q__one=position) == (None, [("q", "not_a_position")])


def test_a_ranking_of_two_offers_two_positions() -> None:
    assert read(question("rank", "q", at_most=2), q__one="3")[1] == [("q", "not_a_position")]
    assert read(question("rank", "q", at_most=99), q__one="4")[1] == [("q", "not_a_position")]


def test_zero_is_an_answer() -> None:
    value, problems = read(question("number", "q", minimum=0), q="0")
    assert (value, problems) == (0, [])
    assert isinstance(value, int)
    assert str(read(question("number", "q", decimals=1), q="-0,0")[0]) == "0.0"


def test_a_number_with_decimals_is_a_float() -> None:
    assert read(question("number", "q", decimals=2), q="1 234,5") == (1234.5, [])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("x", "not_a_number"),
        ("1e3", "not_a_number"),
        ("NaN", "not_a_number"),
        ("-1", "out_of_range"),
        ("10.1", "out_of_range"),
        ("9.123", "too_many_decimals"),
        ("9\x00", "unprintable"),
        ("9\ud800", "unprintable"),
        ("9" * 100_000, "too_long"),
    ],
)
def test_a_number_outside_its_limits_is_refused(typed: str, code: str) -> None:
    made = question("number", "q", minimum=0, maximum=10, decimals=2)
    assert read(made, q=typed) == (None, [("q", code)])


def test_limits_that_binary_fractions_cannot_hold_are_exact() -> None:
    made = question("number", "q", minimum=0.1, maximum=0.3, decimals=1)
    assert read(made, q="0.3") == (0.3, [])
    assert read(made, q="0,1") == (0.1, [])


@pytest.mark.parametrize("kind", ["number", "text"])
def test_a_code_stands_for_a_number_or_a_text(kind: str) -> None:
    made = question(kind, "q", dont_know=True)
    assert read(made, q="", q__code="dont_know") == ({"code": "dont_know"}, [])
    assert read(made, q__code="prefer_not") == (None, [("q", "unknown_option")])
    assert read(made, q="5", q__code="dont_know") == (None, [("q", "answer_and_code")])
    assert read(made, q__code="\ud800") == (None, [("q", "unknown_option")])


def test_words_are_composed_and_trimmed() -> None:
    decomposed = unicodedata.normalize("NFD", "  une été à l’île\r\n ")
    assert read(question("text", "q"), q=decomposed) == ("une été à l’île", [])
    assert read(question("text", "q"), q=" \u00a0\n") == (None, [])


def test_length_is_counted_in_characters_after_composing() -> None:
    made = question("text", "q", at_most=4)
    assert read(made, q=unicodedata.normalize("NFD", "éééé"))[0] == "éééé"
    assert read(made, q="🙂🙂🙂🙂")[0] == "🙂🙂🙂🙂"
    assert read(made, q="ééééé") == (None, [("q", "too_long")])


@pytest.mark.parametrize("typed", ["a\x00b", "a\ud800", "a\x1bb", "a\x85b", "\uffff"])
def test_words_that_cannot_be_kept_are_a_problem(typed: str) -> None:
    assert read(question("text", "q"), q=typed) == (None, [("q", "unprintable")])


def test_a_place_is_of_the_wave_s_set_or_one_of_three_answers() -> None:
    for code in ("north", "unknown", "outside", "no_fixed_address"):
        assert read(question("place", "q"), q=code) == (code, [])
    assert read(question("place", "q"), q="west") == (None, [("q", "unknown_place")])


def test_the_limits_of_a_problem_are_what_a_sentence_needs() -> None:
    (made,) = draft(document(section("s", question("text", "q", at_most=3)))).questions()
    _, (problem,) = reader(made)("q", {"q": ["abcd"]}, PLACES)
    assert problem.code is ProblemCode.too_long
    assert problem.limits == {"most": 3, "length": 4}
