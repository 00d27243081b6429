"""A copy of one's own answers on paper, for whoever wants to keep it."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from surveyapp.press.typesetting import JOINING, PICTURE, typeset_whatever

# Signs that are seen nowhere and that a sheet cannot hold; a line break is none of them.
UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
# A word as long as a line needs places where it may be broken.
LONG_WORD = re.compile(r"\S{40}(?=\S)")
BREAK = "\N{ZERO WIDTH SPACE}"


@dataclass(frozen=True)
class Answer:
    """A question and what was answered, in words; no words: nothing was."""

    question: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A section with its answers."""

    title: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Copy:
    """What a copy says, in one language."""

    language: str
    municipality: str
    heading: str
    title: str
    note: str
    not_provided: str
    parts: Sequence[Part]


def _name(picture: str) -> str:
    return unicodedata.name(picture, f"U+{ord(picture):X}").lower()


def _settable(written: str) -> str:
    """Return what somebody wrote as it can be set, line by line."""
    # No font that comes along has pictures: their names stand for what somebody answered.
    lines = JOINING.sub("", written.replace("\r\n", "\n").replace("\r", "\n"))
    named = PICTURE.sub(lambda found: f"[{_name(found[0])}]", UNSEEN.sub("", lines))
    return LONG_WORD.sub(lambda found: found[0] + BREAK, named)


def own_copy(copy: Copy) -> bytes:
    """Set the copy as a PDF on letter paper."""
    parts = [
        {
            "title": part.title,
            "answers": [
                {"question": one.question, "words": [_settable(words) for words in one.words]}
                for one in part.answers
            ],
        }
        for part in copy.parts
    ]
    return typeset_whatever("answers", {**vars(copy), "parts": parts})
