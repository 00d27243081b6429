"""A rewritten wording knows what it was made from; either language can be the source."""

import pytest

from surveyapp.questionnaire.text import Text, TranslationState
from surveyapp.questionnaire.translation import places, progress, rewritten
from tests.questionnaire.making import document, draft, question, section

BOTH = Text(wordings={"en": "Hello", "fr": "Bonjour"})


def states(text: Text) -> dict[str, str]:
    return {code: text.state(code).value for code in ("en", "fr")}


@pytest.mark.parametrize(("source", "other"), [("en", "fr"), ("fr", "en")])
def test_either_language_can_be_the_source(source: str, other: str) -> None:
    text = rewritten(rewritten(Text(), {source: "One"}), {other: "Two"})
    assert set(states(text).values()) == {"current"}
    text = rewritten(text, {source: "Three"})
    assert states(text) == {source: "current", other: "stale"}
    text = rewritten(text, {other: "Four"})
    assert set(states(text).values()) == {"current"}


def test_words_of_before_anybody_kept_count_become_stale_too() -> None:
    assert states(rewritten(BOTH, {"en": "Good day"})) == {"en": "current", "fr": "stale"}
    assert states(rewritten(BOTH, {"fr": "Salut"})) == {"fr": "current", "en": "stale"}


def test_mending_a_translation_leaves_its_source_alone() -> None:
    text = rewritten(rewritten(Text(), {"en": "One"}), {"fr": "Un"})
    assert states(rewritten(text, {"fr": "Une"})) == {"en": "current", "fr": "current"}


def test_both_written_at_once_are_both_current_and_the_first_is_the_source() -> None:
    text = rewritten(BOTH, {"en": "Good day", "fr": "Bonne journée"})
    assert states(text) == {"en": "current", "fr": "current"}
    assert states(rewritten(text, {"en": "Good night"})) == {"en": "current", "fr": "stale"}


def test_a_translation_that_still_holds_is_current_again() -> None:
    stale = rewritten(BOTH, {"en": "Hello!"})
    text = rewritten(stale, {}, holds=("fr",))
    assert states(text) == {"en": "current", "fr": "current"}
    assert text.get("fr") == "Bonjour"
    assert states(rewritten(BOTH, {"en": "Hello!"}, holds=("fr",)))["fr"] == "current"


def test_nothing_changes_when_nothing_does() -> None:
    assert rewritten(BOTH, {"en": " Hello ", "fr": "Bonjour"}) == BOTH


def test_an_emptied_source_leaves_no_trace() -> None:
    text = rewritten(rewritten(Text(), {"en": "One"}), {"fr": "Un"})
    assert rewritten(text, {"en": ""}) == Text(wordings={"fr": "Un"})


def test_a_stale_translation_of_three_is_known_for_each() -> None:
    text = Text(wordings={"en": "One", "fr": "Un", "ar": "واحد"})
    text = rewritten(text, {"en": "Two"})
    assert [text.state(code).value for code in ("en", "fr", "ar")] == ["current", "stale", "stale"]


def test_what_is_left_to_translate_is_counted_with_its_words() -> None:
    made = draft(document(section("home", question("text", "why", text={"en": "Why is it so?"}))))
    english, french = progress(made, "en"), progress(made, "fr")
    assert (english.missing, french.missing) == (0, 1)
    assert english.total == french.total == len(tuple(places(made, "en")))
    assert (english.words, french.words) == (12, 13)
    missing = [one.path for one in places(made, "fr") if one.state is TranslationState.missing]
    assert missing == ["home/why/text"]
