"""Which passwords are good enough: long, and not what many people or a thief would think of first.

The rules are those of NIST SP 800-63B-4, section 3.1.1.2 (docs/decisions/0021): a length, a list,
and nothing about kinds of letters. A password is compared as a whole, so that several common words
after one another are a good one.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cache
from pathlib import Path

LEAST_LENGTH = 15
MOST_LENGTH = 200
# What this program is about: nobody guesses long who knows which page they are on.
SITE = frozenset(
    ("surveyapp", "community", "safety", "wellbeing", "well", "being", "survey", "surveys", "staff")
    + ("municipality", "municipal", "sondage", "sondages", "securite", "bienetre", "bien", "etre")
    + ("communaute", "municipalite", "personnel")
)
LEAST_DIFFERENT = 5
# As long a run of neighbours is no word of anybody's.
ROWS = (
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789",
    "qwertyuiopasdfghjklzxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
)
_LIKE_LETTERS = str.maketrans("013457@$!", "oieastasi")
_LIST = Path(__file__).with_name("common_passwords.txt")


class Weakness(StrEnum):
    """Why a password is not taken."""

    too_short = "too_short"
    too_long = "too_long"
    common = "common"
    about_you = "about_you"
    a_pattern = "a_pattern"


def normalized(password: str) -> str:
    """Write a password in one way (NFKC), whichever keyboard it was typed on."""
    return unicodedata.normalize("NFKC", password)


@cache
def _common() -> frozenset[str]:
    lines = _LIST.read_text("utf-8").splitlines()
    return frozenset(one for one in lines if one and not one.startswith("#"))


def _folded(password: str) -> str:
    """Leave out what people vary first: capitals, accents and spaces."""
    plain = unicodedata.normalize("NFKD", password.casefold())
    return "".join(one for one in plain if not unicodedata.combining(one) and not one.isspace())


def _unit(text: str) -> str:
    """Return the shortest beginning that a text is nothing but repetitions of."""
    place = (text + text).find(text, 1)
    return text[:place]


def _derived_from(password: str) -> set[str]:
    """Return what a password may have been made from, its ends and its repetitions left off."""
    whole = _folded(password)
    bare = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", whole)
    found = {whole, bare, re.sub(r"[\W_]+", "", whole)}
    found |= {one.translate(_LIKE_LETTERS) for one in found}
    return {_unit(one) for one in found if one} | found - {""}


def _is_pattern(password: str) -> bool:
    whole = _folded(password)
    runs = [row * 3 for row in ROWS]
    runs += [row[::-1] for row in runs]
    return len(set(whole)) < LEAST_DIFFERENT or any(_unit(whole) in run for run in runs)


def _words_about(*texts: str) -> set[str]:
    return {one for text in texts for one in re.split(r"[\W\d_]+", _folded(text)) if len(one) > 2}


def _is_made_of(password: str, known: Iterable[str]) -> bool:
    """Tell whether all letters of a password are words that are known of its person or place."""
    letters = re.sub(r"[\W\d_]+", "", _folded(password))
    words = sorted(map(re.escape, known), key=len, reverse=True)
    return bool(letters) and re.fullmatch(f"(?:{'|'.join(words)})+", letters) is not None


def weakness(password: str, email: str = "", host: str = "") -> Weakness | None:
    """Say what is wrong with a password that somebody chooses, or nothing.

    ``email`` is their own and ``host`` that of the pages. Lengths are in characters, after
    normalizing.
    """
    chosen = normalized(password)
    if len(chosen) < LEAST_LENGTH:
        return Weakness.too_short
    if len(chosen) > MOST_LENGTH:
        return Weakness.too_long
    if _is_pattern(chosen):
        return Weakness.a_pattern
    if _derived_from(chosen) & _common():
        return Weakness.common
    if _is_made_of(chosen, {*SITE, *_words_about(email, host)}):
        return Weakness.about_you
    return None
