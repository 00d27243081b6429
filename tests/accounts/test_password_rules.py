"""A password is long and not well known; nothing is asked about kinds of letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.accounts.password_rules import (
    LEAST_LENGTH,
    MOST_LENGTH,
    Weakness,
    normalized,
    weakness,
)
from surveyapp.accounts.passwords import hashed, matches

EMAIL = "robin.heron@larkspur.example"
HOST = "surveys.larkspur.example"


@pytest.mark.parametrize(
    "password",
    [
        "four herons cross the lake",
        "correct lake battery heron",
        "ᐊᓂᔑᓈᐯᒧᐎᓐ ᑲᓂᑲᓂᒃ ᒥᐢᑯ",
        "all lower case and no digit",
        "8301 7466 2950 1183",
        "x" + "é🙂ab c" * 12,
        " spaces at both ends are kept ",
    ],
)
def test_a_long_password_of_any_letters_is_taken(password: str) -> None:
    assert weakness(password, EMAIL, HOST) is None


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", Weakness.too_short),
        ("a heron at sea"[: LEAST_LENGTH - 1], Weakness.too_short),
        ("four herons " * 30, Weakness.too_long),
        ("passwordpassword", Weakness.common),
        ("Password!Password!", Weakness.common),
        ("P@ssw0rd2026!!!!!", Weakness.common),
        ("correct horse battery staple", Weakness.common),
        ("Bienvenue 2026 !!!", Weakness.common),
        ("Décembre 2026 2026", Weakness.common),
        ("aaaaaaaaaaaaaaaaa", Weakness.a_pattern),
        ("abababababababab", Weakness.a_pattern),
        ("123456789012345", Weakness.a_pattern),
        ("98765432109876543", Weakness.a_pattern),
        ("qwertyuiopasdfgh", Weakness.a_pattern),
        ("azertyuiopqsdfghj", Weakness.a_pattern),
        ("surveyapp-survey-2026", Weakness.about_you),
        ("Robin.Heron-Larkspur", Weakness.about_you),
        ("Larkspur2026Larkspur2026", Weakness.about_you),
        ("sécurité et bien-être"[0:8] + " sondage", Weakness.about_you),
    ],
)
def test_a_password_that_a_thief_tries_first_is_refused(password: str, why: Weakness) -> None:
    assert weakness(password, EMAIL, HOST) is why


def test_at_least_64_characters_are_allowed_and_all_of_them_count() -> None:
    long = "lake heron " * 8
    assert len(long) > 64
    assert MOST_LENGTH >= 64
    assert weakness(long + "x", EMAIL, HOST) is None
    assert not matches(long[:-1], hashed(long))


def test_a_password_is_the_same_from_any_keyboard() -> None:
    composed, decomposed = "un été au bord du lac", "un e\u0301te\u0301 au bord du lac"
    assert matches(decomposed, hashed(composed))
    assert matches("ｆｏｕｒ herons cross", hashed("four herons cross"))
    assert normalized("①") == "1"


def test_where_no_password_is_kept_none_is_right() -> None:
    assert not matches("", "")
    assert not matches("nobody signs in with this", "")


@given(st.text(max_size=300), st.emails())
def test_any_text_is_judged(password: str, email: str) -> None:
    found = weakness(password, email)
    assert found is None or found in Weakness
    if len(normalized(password)) < LEAST_LENGTH:
        assert found is Weakness.too_short
