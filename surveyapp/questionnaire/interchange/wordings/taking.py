"""Each row that came back, judged against the draft as it stands: taken whole or not at all."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from surveyapp.questionnaire.drafting.commands import MOST_CHARACTERS, Write
from surveyapp.questionnaire.interchange.wordings.units import Row, seal
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.nodes import text_mark
from surveyapp.questionnaire.rewording import Piece, pieces
from surveyapp.questionnaire.text import Text, TranslationState, plain
from surveyapp.questionnaire.translation import places

# What a page fills in, a link's or a paragraph's marks: the same ones, as often, in any order.
_PLACEHOLDERS = re.compile(r"\$?\{[^{}\s]{1,60}\}|%\(\w+\)[a-z]|%[sd]\b|</?[A-Za-z][^<>]*>")


class Verdict(StrEnum):
    """What became of a row; the first three are not refused."""

    taken = "taken"
    confirmed = "confirmed"
    unchanged = "unchanged"
    empty = "empty"
    unknown_id = "unknown_id"
    twice = "twice"
    other_language = "other_language"
    source_changed = "source_changed"
    translation_changed = "translation_changed"
    placeholders = "placeholders"
    partial = "partial"
    markup = "markup"
    too_long = "too_long"
    unprintable = "unprintable"
    changed_meanwhile = "changed_meanwhile"
    not_yours = "not_yours"

    @property
    def is_refused(self) -> bool:
        """Whether nothing of the row was taken, though it says something."""
        return self not in tuple(Verdict)[:4]


@dataclass(frozen=True)
class Judged:
    """A row with its verdict, where it belongs, what it changes or why it cannot be.

    ``pieces`` show what changed: in the translation when it is taken, in the source or in the
    translation since the file was made when that is why it is refused.
    """

    row: Row
    verdict: Verdict
    where: str = ""
    name: str = ""
    pieces: tuple[Piece, ...] = ()
    language: str = ""
    command: Write | None = None


def _bare(words: str) -> str:
    return plain(words).strip()


def _source_of(row: Row, text: Text, languages: Sequence[str]) -> str:
    """Return the language a row is from; a PO file does not say, so its words do."""
    others = [one for one in languages if one != row.target_language]
    if row.source_language:
        return row.source_language
    words = _bare(row.source)
    return next((one for one in others if _bare(text.get(one)) == words), (*others, "")[0])


def _fault(row: Row, words: str) -> Verdict | None:
    """Tell why words cannot be taken, whatever the draft says."""
    if row.is_partial:
        return Verdict.partial
    if row.has_markup:
        return Verdict.markup
    held = [sorted(_PLACEHOLDERS.findall(one)) for one in (_bare(row.source), words)]
    if held[0] != held[1]:
        return Verdict.placeholders
    return Verdict.too_long if len(words) > MOST_CHARACTERS else None


def _against(row: Row, text: Text, seen: str, languages: Sequence[str], at: Judged) -> Judged:
    """Judge a row whose text is there."""
    source, target = _source_of(row, text, languages), row.target_language
    there, words = _bare(text.get(target)), _bare(row.target)
    if source not in languages or target not in languages or source == target:
        return _as(at, Verdict.other_language)
    if _bare(row.source).split() != _bare(text.get(source)).split():
        changed = pieces(_bare(row.source), _bare(text.get(source)))
        return _as(at, Verdict.source_changed, changed, source)
    if _bare(row.source) != _bare(text.get(source)) and words.split() == there.split():
        # A program that folded the lines of the source did the same to a translation.
        words = there
    if not words:
        return _as(at, Verdict.unchanged if not there else Verdict.empty)
    write = {"where": at.where, "text": at.name, "seen": text_mark(text), "made_from": source}
    if words == there:
        is_confirmed = row.is_done and text.state(target) is TranslationState.stale
        command = Write.model_validate(write | {"holds": (target,)}) if is_confirmed else None
        return _as(at, Verdict.confirmed if command else Verdict.unchanged, command=command)
    if seen != seal(text.get(source), text.get(target)):
        return _as(at, Verdict.translation_changed, pieces(words, there), target)
    fault = _fault(row, words)
    if fault:
        return _as(at, fault)
    command = Write.model_validate(write | {"wordings": {target: words}})
    return _as(at, Verdict.taken, pieces(there, words), target, command)


def _as(
    at: Judged,
    verdict: Verdict,
    shown: tuple[Piece, ...] = (),
    language: str = "",
    command: Write | None = None,
) -> Judged:
    return Judged(at.row, verdict, at.where, at.name, shown, language, command)


def _judged(
    row: Row, known: Mapping[tuple[str, str], Text], repeated: bool, languages: Sequence[str]
) -> Judged:
    where, name, seen = ("", "", "", *row.id.rsplit(":", 2))[-3:]
    text = known.get((where, name))
    if text is None or row.id.count(":") != 2:
        return Judged(row, Verdict.unknown_id)
    at = Judged(row, Verdict.unchanged, where, name)
    if repeated:
        return _as(at, Verdict.twice)
    try:
        return _against(row, text, seen, languages, at)
    except ValueError:
        return _as(at, Verdict.unprintable)


def judge(draft: Draft, rows: Sequence[Row]) -> Iterator[Judged]:
    """Walk what becomes of each row; nothing is changed yet."""
    known = {(one.where, one.name): one.text for one in places(draft, "")}
    # The same text under two marks, or twice under one: nobody can tell which is meant.
    times = Counter((row.id.rpartition(":")[0], row.target_language) for row in rows)
    for row in rows:
        repeated = times[row.id.rpartition(":")[0], row.target_language] > 1
        yield _judged(row, known, repeated, draft.languages)
