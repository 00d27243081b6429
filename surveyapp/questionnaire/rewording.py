"""What changed between two wordings, word by word: some stayed, some were struck, some added."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word with its apostrophes and hyphens, a sign, or the spaces between.
_TOKENS = re.compile(r"\w+(?:['’‑-]\w+)*|[^\w\s]|\s+")
# Comparing takes the product of both lengths at worst; beyond, all between is struck and added.
_MOST = 250_000


class Fate(StrEnum):
    """What became of some words."""

    kept = "kept"
    struck = "struck"
    added = "added"


@dataclass(frozen=True)
class Piece:
    """Words that stand together, and what became of them."""

    fate: Fate
    words: str


def _shared(before: Sequence[str], after: Sequence[str]) -> int:
    """Count how many tokens at the beginning are the same."""
    most = min(len(before), len(after))
    return next((n for n in range(most) if before[n] != after[n]), most)


def _runs(before: list[str], after: list[str]) -> Iterator[tuple[str, str, str]]:
    """Walk what stayed, was struck and was added; spaces between two changes belong to both."""
    if len(before) * len(after) > _MOST:
        yield "", "".join(before), "".join(after)
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    struck = added = ""
    for tag, i, j, m, n in matcher.get_opcodes():
        old, new = "".join(before[i:j]), "".join(after[m:n])
        if tag == "equal" and (old.strip() or not (struck or added)):
            yield "", struck, added
            yield old, "", ""
            struck = added = ""
        else:
            struck, added = struck + old, added + new
    yield "", struck, added


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return one wording and another as one text: joined, what is not struck is ``after``."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    first = _shared(old, new)
    last = _shared(old[first:][::-1], new[first:][::-1])
    middle = _runs(old[first : len(old) - last], new[first : len(new) - last])
    runs = [("".join(new[:first]), "", ""), *middle, ("".join(new[len(new) - last :]), "", "")]
    named = (zip(Fate, run, strict=True) for run in runs)
    return tuple(Piece(fate, words) for run in named for fate, words in run if words)
