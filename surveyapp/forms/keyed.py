"""What is typed from paper or during a call: printed numbers become what a form posts.

The number of an option is that of its box on paper. Whatever cannot be read is passed on as it
was typed, so that ``accept`` refuses it as it refuses anything else.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from surveyapp.forms.codes import PLACE_CODES
from surveyapp.forms.paper import MOST_PLACES
from surveyapp.questionnaire.answers import keys_of
from surveyapp.questionnaire.model import (
    Battery,
    Draft,
    Kind,
    Multiple,
    Number,
    Option,
    Place,
    PlaceCode,
    Question,
    Rank,
    Role,
    Scale,
    Single,
    TextQuestion,
)

# The same keys on English and on Canadian French keyboards, and no digit that a box could have.
UNSURE, SILENT = "?", "-"
_ROLES = {UNSURE: Role.dont_know, SILENT: Role.prefer_not}
_BETWEEN = re.compile(r"[\s,;.+/]+")
# Above this, two digits may be one number.
MOST_RUN_TOGETHER = 9

Pieces = dict[str, list[str]]


@dataclass(frozen=True)
class Keypad:
    """The places in the order that paper numbers them in a language, and their names by code."""

    places: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def numbered(self) -> tuple[str, ...]:
        """What the numbers 1, 2, ... of a place question stand for."""
        fits = len(self.places) <= MOST_PLACES
        return (*(self.places if fits else ()), *(code.value for code in PLACE_CODES))

    def number_of(self, code: str) -> str:
        """Return the number that a place is printed with, or its name where it has none."""
        numbered = self.numbered
        return str(numbered.index(code) + 1) if code in numbered else self.names[code]


def _numbered(codes: Sequence[str], token: str) -> str | None:
    """Return the code of a printed number; None if there is no such number."""
    if not (token.isascii() and token.isdigit() and len(token) < 5):
        return None
    return codes[int(token) - 1] if 1 <= int(token) <= len(codes) else None


def _code(options: Sequence[Option], token: str) -> str:
    role = _ROLES.get(token)
    by_role = next((one.id for one in options if role and one.role is role), None)
    return by_role or _numbered([one.id for one in options], token) or token


def _tokens(typed: str) -> list[str]:
    return [one for one in _BETWEEN.split(typed.strip()) if one]


def _run(typed: str, most: int) -> list[str]:
    """Split what was typed into numbers: "1 3 5", "1,3,5" or, while it can only be that, "135"."""
    tokens = _tokens(typed)
    if len(tokens) == 1 and tokens[0].isdigit() and most <= MOST_RUN_TOGETHER:
        return list(tokens[0])
    return tokens


def _one(question: Single | Scale | Battery, key: str, typed: str, _pad: Keypad) -> Pieces:
    return {key: [_code(question.options, typed)]}


def _many(question: Multiple, key: str, typed: str, _pad: Keypad) -> Pieces:
    tokens = _run(typed, len(question.options))
    return {key: [_code(question.options, token) for token in tokens]}


def _rank(question: Rank, key: str, typed: str, _pad: Keypad) -> Pieces:
    """Take the numbers of the options in order, what matters most first."""
    known = [option.id for option in question.options]
    codes = [_code(question.options, token) for token in _run(typed, len(known))]
    readable = set(codes) <= set(known) and len(set(codes)) == len(codes)
    if not readable:
        return {f"{key}.{known[0]}": [typed]}
    return {f"{key}.{code}": [str(place)] for place, code in enumerate(codes, 1)}


def _written(question: Number | TextQuestion, key: str, typed: str, _pad: Keypad) -> Pieces:
    if typed == UNSURE and question.dont_know:
        return {f"{key}.code": [Role.dont_know.value]}
    if typed == SILENT and question.prefer_not:
        return {f"{key}.code": [Role.prefer_not.value]}
    return {key: [typed]}


def letters(words: str) -> str:
    """Write a name as it is looked for: no case, no accent, single spaces, plain hyphens."""
    bare = unicodedata.normalize("NFD", words.casefold())
    plain = "".join(one for one in bare if not unicodedata.combining(one))
    return " ".join(plain.replace("’", "'").replace("-", " ").split())


def _named(pad: Keypad, typed: str) -> str | None:
    """Return the one place whose name is, or begins with, what was typed."""
    wanted = letters(typed)
    exact = [code for code in pad.places if letters(pad.names[code]) == wanted]
    begun = [code for code in pad.places if letters(pad.names[code]).startswith(wanted)]
    found = exact or begun
    return found[0] if wanted and len(found) == 1 else None


def _place(_question: Place, key: str, typed: str, pad: Keypad) -> Pieces:
    if typed == UNSURE:
        return {key: [PlaceCode.unknown.value]}
    return {key: [_numbered(pad.numbered, typed) or _named(pad, typed) or typed]}


def _note(_question: Question, _key: str, _typed: str, _pad: Keypad) -> Pieces:
    return {}


KEYED_FOR: dict[Kind, Callable[[Any, str, str, Keypad], Pieces]] = {
    Kind.single: _one,
    Kind.scale: _one,
    Kind.battery: _one,
    Kind.multiple: _many,
    Kind.rank: _rank,
    Kind.number: _written,
    Kind.text: _written,
    Kind.place: _place,
    Kind.note: _note,
}


def keyed(question: Question, key: str, typed: Mapping[str, str], pad: Keypad) -> Pieces:
    """Read what was typed under one answer key, and the words of its "other"."""
    given = typed.get(key, "").strip()
    pieces = KEYED_FOR[question.kind](question, key, given, pad) if given else {}
    other = typed.get(f"{key}.other", "").strip()
    return {**pieces, f"{key}.other": [other]} if other else pieces


def all_keyed(draft: Draft, typed: Mapping[str, str], pad: Keypad) -> Pieces:
    """Read a whole sheet into what a form posts."""
    found: Pieces = {}
    for question in draft.questions():
        for key in keys_of(question):
            found |= keyed(question, key, typed, pad)
    return found


def in_other_language(
    draft: Draft, typed: Mapping[str, str], before: Keypad, after: Keypad
) -> dict[str, str]:
    """Keep what was typed when the language changes: places are numbered by their names."""
    changed = dict(typed)
    for question in draft.questions():
        if isinstance(question, Place) and typed.get(question.id, "").strip():
            code = keyed(question, question.id, typed, before)[question.id][0]
            if code in (*before.numbered, *before.places):
                changed[question.id] = after.number_of(code)
    return changed
