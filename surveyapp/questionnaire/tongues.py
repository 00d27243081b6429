"""Words in another language than the ones around them: marked where they are made.

A survey can speak more languages than the program and a municipality do. Where words are not
there in the reader's language, they stand in English between marks, and whoever makes a page or
a sheet of them says so there (``lang`` and ``dir``). The marks are code points that no text has.
"""

import re
from typing import Protocol

OPEN, BEGIN, CLOSE = "\ufdd0", "\ufdd1", "\ufdd2"
# Marks and the words between two of them; a language is missing where only order is at stake.
MARKS = re.compile(f"{OPEN}([a-z]{{0,3}}){BEGIN}|{CLOSE}")
# Isolates keep the order of words where no element can (Unicode annex 9).
ISOLATES = {"ltr": "\u2066", "rtl": "\u2067", "": "\u2068"}
END_OF_ISOLATE = "\u2069"
# What every word of the program and of a municipality is there in.
BESIDE = "en"
RIGHT_TO_LEFT = frozenset(
    ("ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi")
)


class Worded(Protocol):
    """Words by language: a text, or the names of a place."""

    def get(self, language: str, /) -> str | None:
        """Return the words in a language, if there are any."""
        ...


def direction(language: str) -> str:
    """Return which way a language is written, as HTML says it: ``rtl`` or ``ltr``."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def marked(words: str, language: str = "") -> str:
    """Put words between marks: of a language, or words that only keep their own order."""
    return f"{OPEN}{language}{BEGIN}{words}{CLOSE}"


def bare(words: str) -> str:
    """Take the marks away."""
    return MARKS.sub("", words) if OPEN in words else words


def said(words: Worded, language: str) -> str:
    """Return words in a language; where there are none, the English ones, marked."""
    return words.get(language) or marked(words.get(BESIDE) or "", BESIDE)


def isolated(words: str) -> str:
    """Keep the order of marked words by invisible signs; which language they are is lost."""
    if OPEN not in words:
        return words

    def sign(mark: re.Match[str]) -> str:
        if mark[0] == CLOSE:
            return END_OF_ISOLATE
        return ISOLATES[direction(mark[1]) if mark[1] else ""]

    return MARKS.sub(sign, words)


def one_deep(words: str) -> str:
    """Keep the outer marks only, for what can mark words once: what is inside keeps its order."""
    if OPEN not in words:
        return words
    made, depth, rest = "", 0, words
    while mark := MARKS.search(rest):
        before, rest = rest[: mark.start()], rest[mark.end() :]
        made += before
        opens = mark[0] != CLOSE
        depth += 1 if opens else -1
        sign = isolated(mark[0]) if opens else END_OF_ISOLATE
        outer = depth == (1 if opens else 0)
        if outer and opens:
            made += f"{OPEN}{mark[1]}{BEGIN}{sign}"
        else:
            made += sign + (CLOSE if outer else "")
    return made + rest
