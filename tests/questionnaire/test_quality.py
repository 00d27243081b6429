"""Signs of answers that were not thought about, and of those that only look like it."""

import pytest

from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.quality import (
    SECONDS_A_WORD,
    Sign,
    is_fast,
    is_straight,
    signs,
    words_to_read,
)
from tests.questionnaire.making import document, draft, option, question, section, text


def lists(*sizes: int) -> Draft:
    """Make a questionnaire with lists of statements."""
    made = [
        question(
            "battery",
            f"list{number}",
            statements=[{"id": f"s{line}", "text": text("It is so")} for line in range(size)],
        )
        for number, size in enumerate(sizes)
    ]
    return draft(document(section("page", *made)))


def alike(made: Draft, code: str = "good") -> dict[str, str]:
    """Answer every statement of every list alike."""
    return {
        f"{one.id}.{line.id}": code
        for one in made.questions()
        for line in getattr(one, "statements", ())
    }


def test_words_are_those_of_the_question_its_statements_and_its_options() -> None:
    one = question("single", "safe", hint=text("Think of your street"))
    one["text"] = text("Do you feel safe?", "Vous sentez-vous en sécurité ici?")
    one["options"] = [option("yes"), option("no")]
    for label in one["options"]:
        label["label"] = text("Yes indeed", "Oui")
    made = draft(document(section("page", one)))
    assert words_to_read(made, "en") == {"safe": 4 + 4 + 2 + 2}
    assert words_to_read(made, "fr")["safe"] == 5 + 5 + 1 + 1


def test_faster_than_anybody_reads_is_fast() -> None:
    words = {"a": 100, "b": 100}
    limit = SECONDS_A_WORD * 100
    assert is_fast(words, {"a"}, limit - 1)
    assert not is_fast(words, {"a"}, limit)
    assert is_fast(words, {"a", "b"}, limit)


def test_only_what_was_asked_has_to_be_read() -> None:
    made = lists(3, 3)
    words = words_to_read(made, "en")
    needed = SECONDS_A_WORD * words["list0"]
    answers = {f"list0.s{line}": value for line, value in enumerate(("good", "fair", None))}
    assert signs(made, answers, words, needed) == ()
    assert signs(made, answers, words, needed - 0.1) == (Sign.fast,)


@pytest.mark.parametrize("sizes", [(6,), (3, 3), (2, 4)])
def test_six_statements_alike_are_straight(sizes: tuple[int, ...]) -> None:
    made = lists(*sizes)
    assert is_straight(made, alike(made))
    assert Sign.straight in signs(made, alike(made), {}, 0)


def test_lists_answered_differently_from_one_another_are_still_straight() -> None:
    made = lists(3, 3)
    answers = alike(made) | {f"list1.s{line}": "poor" for line in range(3)}
    assert is_straight(made, answers)


def test_one_other_answer_in_any_list_is_not_straight() -> None:
    made = lists(3, 4)
    assert not is_straight(made, alike(made) | {"list1.s3": "poor"})


def test_few_statements_alike_are_a_view() -> None:
    made = lists(3, 2)
    assert not is_straight(made, alike(made))


def test_lists_of_one_prove_nothing() -> None:
    made = lists(*[1] * 8)
    assert not is_straight(made, alike(made))


def test_blanks_are_not_answers_alike() -> None:
    made = lists(4, 4)
    blank = dict.fromkeys(alike(made))
    assert not is_straight(made, blank)
    assert not is_straight(made, {})
