"""A text in several equal languages that knows what each translation was made from."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

LANGUAGE_PATTERN = r"^[a-z]{2,3}$"
# Control characters that no person types, lone surrogates, and the two code points that XML and
# some databases refuse; tab and line feed are kept for long texts.
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

Language = Annotated[str, Field(pattern=LANGUAGE_PATTERN)]


def plain(text: str) -> str:
    """Normalise a text to NFC with LF line ends.

    :raise ValueError: if it holds NUL, another control character or a lone surrogate.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if UNPRINTABLE.search(text):
        raise ValueError("control character or lone surrogate")
    return unicodedata.normalize("NFC", text)


def printable(text: str) -> str:
    """Leave out of a text what ``plain`` refuses: nobody sees it, so nobody can correct it."""
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def text_hash(wording: str) -> str:
    """Name a source wording by 16 hexadecimal digits of its SHA-256."""
    return hashlib.sha256(plain(wording).encode()).hexdigest()[:16]


Wording = Annotated[str, AfterValidator(plain)]


class TranslationState(StrEnum):
    """How a text stands in one language; an original was translated from none."""

    missing = "missing"
    stale = "stale"
    draft = "draft"
    approved = "approved"
    original = "original"

    @property
    def is_current(self) -> bool:
        """Whether the words say what the other languages do."""
        return self not in (TranslationState.missing, TranslationState.stale)


class Source(BaseModel):
    """The language and the hash of the wording that a translation was made from.

    ``approved`` is the hash of the translation as somebody approved it; other words, or words
    made from another wording, are a draft again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    language: Language
    hash: str
    approved: str = ""


class Text(BaseModel):
    """One text: ``{"en": ..., "fr": ..., "sources": {"fr": {"language": "en", "hash": ...}}}``.

    There is no default language: asking for a language that is not there is a KeyError, so
    that a page can never fall back to the other language unnoticed. ``sources`` belongs to the
    draft; a published text has none.
    """

    model_config = ConfigDict(frozen=True)

    wordings: dict[Language, Wording] = {}
    sources: dict[Language, Source] = {}

    @model_validator(mode="before")
    @classmethod
    def _unfold(cls, value: Any) -> Any:
        if isinstance(value, dict) and "wordings" not in value:
            wordings = {key: wording for key, wording in value.items() if key != "sources"}
            return {"wordings": wordings, "sources": value.get("sources", {})}
        return value

    @model_serializer
    def _fold(self) -> dict[str, Any]:
        folded: dict[str, Any] = dict(sorted(self.wordings.items()))
        if self.sources:
            folded["sources"] = {
                language: source.model_dump(exclude_defaults=True)
                for language, source in sorted(self.sources.items())
            }
        return folded

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        source = {
            "type": "object",
            "properties": {
                "language": {"type": "string"},
                "hash": {"type": "string"},
                "approved": {"type": "string"},
            },
            "required": ["language", "hash"],
            "additionalProperties": False,
        }
        return {
            "type": "object",
            "description": "Wordings by language code; sources tell what a translation was made of",
            "properties": {"sources": {"type": "object", "additionalProperties": source}},
            "patternProperties": {LANGUAGE_PATTERN: {"type": "string"}},
            "additionalProperties": False,
        }

    def __getitem__(self, language: str) -> str:
        return self.wordings[language]

    def get(self, language: str) -> str:
        """Return the wording in a language, or an empty string."""
        return self.wordings.get(language, "")

    def in_any(self, language: str) -> str:
        """Return the wording in a language, or in another one where that is not written."""
        return self.get(language) or next((one for one in self.wordings.values() if one), "")

    def state(self, language: str) -> TranslationState:
        """Tell whether the wording is missing, older than its source, or not approved yet."""
        words = self.get(language)
        if not words.strip():
            return TranslationState.missing
        source = self.sources.get(language)
        if source is None:
            return TranslationState.original
        if text_hash(self.get(source.language)) != source.hash:
            return TranslationState.stale
        is_approved = source.approved and source.approved == text_hash(words)
        return TranslationState.approved if is_approved else TranslationState.draft

    def translated(self, language: str, wording: str, source: str) -> Self:
        """Return the text with a wording that was made from the source language as it stands."""
        made_from = Source(language=source, hash=text_hash(self.get(source)))
        return self.model_copy(
            update={
                "wordings": {**self.wordings, language: plain(wording)},
                "sources": {**self.sources, language: made_from},
            }
        )

    def approved(self, language: str) -> Self:
        """Return the text with a translation approved as it stands; others are left alone."""
        if self.state(language) is not TranslationState.draft:
            return self
        return self._marked(language, text_hash(self.get(language)))

    def withdrawn(self, language: str) -> Self:
        """Return the text with a translation that nobody has approved."""
        return self._marked(language, "") if language in self.sources else self

    def _marked(self, language: str, approved: str) -> Self:
        marked = self.sources[language].model_copy(update={"approved": approved})
        return self.model_copy(update={"sources": {**self.sources, language: marked}})

    def complete(self, languages: Iterable[str]) -> bool:
        """Tell whether every language has a current wording."""
        return all(self.state(language).is_current for language in languages)
