"""What goes to a translator, one unit a text, and what comes back, one row a unit."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.nodes import mark
from surveyapp.questionnaire.text import TranslationState
from surveyapp.questionnaire.translation import Place, places

MOST_ROWS = 20_000


@dataclass(frozen=True)
class Unit:
    """A text on its way out. ``note`` says what it belongs to, in the source language."""

    id: str
    source_language: str
    target_language: str
    source: str
    target: str
    state: TranslationState
    note: str

    @property
    def where(self) -> str:
        """The address of the node that the text belongs to."""
        return self.id.partition(":")[0]


@dataclass(frozen=True)
class Row:
    """A text on its way back. ``number`` is its line or its place in the file, from 1.

    ``is_done``: the file says that the translator looked at it. ``has_markup``: it holds
    elements that no text of ours has. ``is_partial``: some of its segments have no translation.
    """

    number: int
    id: str
    source_language: str
    target_language: str
    source: str
    target: str
    is_done: bool = False
    has_markup: bool = False
    is_partial: bool = False


class Fault(StrEnum):
    """Why a whole file is refused."""

    unknown_ending = "unknown_ending"
    working_file = "working_file"
    not_utf8 = "not_utf8"
    no_column = "no_column"
    not_csv = "not_csv"
    not_xml = "not_xml"
    entities = "entities"
    not_xliff = "not_xliff"
    xliff_version = "xliff_version"
    not_po = "not_po"
    no_language = "no_language"
    too_many_rows = "too_many_rows"
    no_rows = "no_rows"


@dataclass
class TranslationFileError(ValueError):
    """A file that cannot be read as it should; ``limits`` say where and what."""

    fault: Fault
    limits: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        """Name the fault."""
        return f"{self.fault} {dict(self.limits)}"


def seal(source: str, target: str) -> str:
    """Mark both wordings as they went out: whatever is changed meanwhile shows."""
    return mark([source, target])


def decoded(data: bytes) -> str:
    """Read bytes as UTF-8, with or without a byte order mark, or as UTF-16 with one.

    :raise TranslationFileError: if they are something else, such as a workbook.
    """
    wide = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise TranslationFileError(Fault.not_utf8) from error


def _notes(draft: Draft, language: str) -> Iterator[tuple[str, str]]:
    for section in draft.sections:
        for question in section.questions:
            yield f"questions/{question.id}", section.title.get(language)
            for name in ("options", "statements"):
                for one in getattr(question, name, ()):
                    yield f"questions/{question.id}/{name}/{one.id}", question.text.get(language)


def _unit(place: Place, source: str, target: str, note: str) -> Unit:
    words, there = place.text.get(source), place.text.get(target)
    key = f"{place.where}:{place.name}:{seal(words, there)}"
    return Unit(key, source, target, words, there, place.state, note)


def units(draft: Draft, source: str, target: str, *, only_left: bool = False) -> tuple[Unit, ...]:
    """Return the texts that have words in the source language; or those left to translate."""
    notes = dict(_notes(draft, source))
    return tuple(
        _unit(one, source, target, " ".join(notes.get(one.where, "").split()))
        for one in places(draft, target)
        if one.text.get(source).strip() and not (only_left and one.state.is_current)
    )
