"""A copy on paper says what was sent, and nothing that was written can become mark-up."""

import pytest

from surveyapp.press.printed.copy import Answer, Copy, Part, own_copy
from tests.press.test_typesetting import HOSTILE, is_tagged, read, text


def made(*words: str, language: str = "en") -> bytes:
    """Set a copy with one question."""
    parts = [Part("Home", (Answer("Where?", words), Answer("Since when?", ())))]
    return own_copy(
        Copy(language, "Town", "Your answers", "A survey", "Keep it.", "Nothing", parts)
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_copy_is_tagged_and_in_its_language(language: str) -> None:
    data = made("Here", language=language)
    assert is_tagged(data)
    reader = read(data)
    assert reader.trailer["/Root"]["/Lang"] == f"{language}-CA"
    assert reader.metadata is not None
    assert reader.metadata.title == "Your answers – A survey"
    for wanted in ("Town", "Your answers", "Home", "Where?", "Here", "Since when?", "Nothing"):
        assert wanted in text(data)


def test_the_same_answers_are_the_same_bytes() -> None:
    assert made("Here") == made("Here")


def test_what_people_wrote_is_never_run() -> None:
    assert "*bold* $x$ <label> @ref [x]" in text(made(HOSTILE))
    assert '#panic("run")' in text(made(HOSTILE))


def test_the_lines_of_a_text_stay_lines() -> None:
    (page,) = read(made("one\r\ntwo\n\nthree")).pages
    lines = [line.strip() for line in page.extract_text().splitlines()]
    assert [one for one in lines if one in ("one", "two", "three")] == ["one", "two", "three"]


@pytest.mark.parametrize("word", ["\x07bell", "\ufeffmark", "\x85next", "a\u200bb", "\u202eabc"])
def test_a_sign_that_nobody_sees_breaks_nothing(word: str) -> None:
    assert is_tagged(made(f"before {word} after"))


def test_a_picture_is_named() -> None:
    data = made("thanks 😀👍🏽")
    assert "thanks [grinning face][thumbs up sign]" in text(data)
    assert is_tagged(data)


@pytest.mark.parametrize("word", ["漢字", "ᐃᓄᒃ"])
def test_a_letter_that_no_font_has_stops_nothing(word: str) -> None:
    data = made(f"before {word} after")
    assert "before" in text(data)
    assert "after" in text(data)
    assert read(data).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_word_longer_than_a_line_stays_on_the_paper() -> None:
    (page,) = read(made("x" * 300)).pages
    assert max(len(line) for line in page.extract_text().splitlines()) < 150


def test_many_answers_are_many_pages() -> None:
    assert len(read(made(*["word " * 200] * 20)).pages) > 3
