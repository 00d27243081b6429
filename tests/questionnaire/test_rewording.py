"""What changed between two wordings is shown word by word, and nothing of either is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.questionnaire.rewording import Fate, Piece, pieces

WORDS = st.text(st.sampled_from("ab é’-?:\u00a0\n "), max_size=60)


def told(before: str, after: str) -> str:
    signs = {Fate.kept: "%s", Fate.struck: "[-%s]", Fate.added: "[+%s]"}
    return "".join(signs[one.fate] % one.words for one in pieces(before, after))


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("How safe are you?", "How safe are you?", "How safe are you?"),
        ("Walking alone?", "Walking at night?", "Walking [-alone][+at night]?"),
        ("one two three", "four five six", "[-one two three][+four five six]"),
        ("", "Why", "[+Why]"),
        ("L’été", "L’hiver", "[-L’été][+L’hiver]"),
        ("Raison : x", "Raison\u00a0: x", "Raison[- ][+\u00a0]: x"),
    ],
)
def test_words_are_struck_and_added(before: str, after: str, shown: str) -> None:
    assert told(before, after) == shown


@given(WORDS, WORDS)
def test_both_wordings_can_be_read_back(before: str, after: str) -> None:
    found = pieces(before, after)
    assert "".join(one.words for one in found if one.fate is not Fate.added) == before
    assert "".join(one.words for one in found if one.fate is not Fate.struck) == after


def test_long_texts_without_a_shared_word_are_not_compared_for_ever() -> None:
    before, after = "a b " * 1200, "c d " * 1200
    assert pieces(before, after)[0] == Piece(Fate.struck, before.rstrip())
