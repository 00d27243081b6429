"""Texts in equal languages: normal form, missing and stale translations, no fallback."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from surveyapp.questionnaire.text import Text, TranslationState, plain, text_hash

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=20).filter(
    lambda words: not {"\ufffe", "\uffff"} & set(words)
)


@pytest.mark.parametrize(
    "code", [*range(0x00, 0x09), *range(0x0E, 0x20), 0x0B, 0x0C, 0x7F, 0x85, 0xD800, 0xDFFF, 0xFFFF]
)
def test_control_characters_and_lone_surrogates_are_refused(code: int) -> None:
    with pytest.raises(ValueError, match="control character"):
        plain(f"a{chr(code)}b")


def test_tabs_and_line_ends_stay_and_are_of_one_sort() -> None:
    assert plain("a\tb\r\nc\rd\ne") == "a\tb\nc\nd\ne"


@given(WORDS)
def test_plain_text_is_composed_and_stays_as_it_is(words: str) -> None:
    assert plain(words) == plain(plain(words)) == unicodedata.normalize("NFC", words)
    assert plain(unicodedata.normalize("NFD", words)) == plain(words)
    assert text_hash(unicodedata.normalize("NFD", words)) == text_hash(words)


def test_a_text_is_written_as_it_was_read() -> None:
    folded = {
        "en": "Water",
        "fr": "Eau",
        "sources": {"fr": {"language": "en", "hash": text_hash("Water")}},
    }
    assert Text.model_validate(folded).model_dump() == folded
    assert Text.model_validate({"fr": "Eau", "en": "Water"}).model_dump() == {
        "en": "Water",
        "fr": "Eau",
    }


@pytest.mark.parametrize(
    "document",
    [
        {"default": "Water"},
        {"en-CA": "Water"},
        {"en": 3},
        {"en": "Water\x00"},
        {"en": "Water", "sources": {"fr": {"language": "en"}}},
        {"en": "Water", "sources": "en"},
        "Water",
        None,
    ],
)
def test_what_is_no_text_is_refused(document: object) -> None:
    with pytest.raises(ValidationError):
        Text.model_validate(document)


def test_there_is_no_fallback_to_another_language() -> None:
    only_english = Text.model_validate({"en": "Water"})
    assert only_english["en"] == "Water"
    assert only_english.get("fr") == ""
    with pytest.raises(KeyError):
        only_english["fr"]


def test_a_blank_translation_is_missing() -> None:
    text = Text.model_validate({"en": "Water", "fr": " \u00a0\n"})
    assert text.state("fr") is TranslationState.missing
    assert text.state("oj") is TranslationState.missing
    assert not text.complete(("en", "fr"))


@pytest.mark.parametrize(("source", "target"), [("en", "fr"), ("fr", "en")])
def test_a_translation_goes_stale_when_its_source_changes(source: str, target: str) -> None:
    text = Text.model_validate({source: "One"}).translated(target, "Two", source)
    assert text.state(target) is TranslationState.draft
    assert text.state(source) is TranslationState.original
    assert text.complete((source, target))

    changed = text.model_copy(update={"wordings": {**text.wordings, source: "Another"}})
    assert changed.state(target) is TranslationState.stale
    assert changed.state(source) is TranslationState.original
    assert not changed.complete((source, target))

    again = changed.translated(target, "Three", source)
    assert again.state(target) is TranslationState.draft
    assert again[target] == "Three"


def test_the_way_a_source_is_composed_makes_no_translation_stale() -> None:
    text = Text.model_validate({"fr": "e\u0301te\u0301"}).translated("en", "summer", "fr")
    assert Text.model_validate(text.model_dump()).state("en") is TranslationState.draft
    assert text["fr"] == "\u00e9t\u00e9"
