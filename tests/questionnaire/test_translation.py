"""A rewritten wording knows what it was made from; either language can be the source."""

import pytest

from surveyapp.questionnaire.nodes import find
from surveyapp.questionnaire.text import Text, TranslationState
from surveyapp.questionnaire.translation import count_words, places, progress, rewritten, typeset
from tests.questionnaire.making import document, draft, question, section, whole

BOTH = Text(wordings={"en": "Hello", "fr": "Bonjour"})


def states(text: Text) -> dict[str, str]:
    return {code: text.state(code).value for code in ("en", "fr")}


@pytest.mark.parametrize(("source", "other"), [("en", "fr"), ("fr", "en")])
def test_either_language_can_be_the_source(source: str, other: str) -> None:
    text = rewritten(rewritten(Text(), {source: "One"}), {other: "Two"})
    assert states(text) == {source: "original", other: "draft"}
    text = rewritten(text, {source: "Three"})
    assert states(text) == {source: "original", other: "stale"}
    text = rewritten(text, {other: "Four"})
    assert states(text) == {source: "original", other: "draft"}


def test_words_of_before_anybody_kept_count_become_stale_too() -> None:
    assert states(rewritten(BOTH, {"en": "Good day"})) == {"en": "original", "fr": "stale"}
    assert states(rewritten(BOTH, {"fr": "Salut"})) == {"fr": "original", "en": "stale"}


def test_mending_a_translation_leaves_its_source_alone() -> None:
    text = rewritten(rewritten(Text(), {"en": "One"}), {"fr": "Un"})
    assert states(rewritten(text, {"fr": "Une"})) == {"en": "original", "fr": "draft"}


def test_both_written_at_once_are_both_current_and_the_first_is_the_source() -> None:
    text = rewritten(BOTH, {"en": "Good day", "fr": "Bonne journée"})
    assert states(text) == {"en": "original", "fr": "draft"}
    assert states(rewritten(text, {"en": "Good night"})) == {"en": "original", "fr": "stale"}


def test_a_translation_that_still_holds_is_current_again() -> None:
    stale = rewritten(BOTH, {"en": "Hello!"})
    text = rewritten(stale, {}, holds=("fr",))
    assert states(text) == {"en": "original", "fr": "draft"}
    assert text.get("fr") == "Bonjour"
    assert states(rewritten(BOTH, {"en": "Hello!"}, holds=("fr",)))["fr"] == "draft"


def test_nothing_changes_when_nothing_does() -> None:
    assert rewritten(BOTH, {"en": " Hello ", "fr": "Bonjour"}) == BOTH


def test_an_emptied_source_leaves_no_trace() -> None:
    text = rewritten(rewritten(Text(), {"en": "One"}), {"fr": "Un"})
    assert rewritten(text, {"en": ""}) == Text(wordings={"fr": "Un"})


def test_a_stale_translation_of_three_is_known_for_each() -> None:
    text = Text(wordings={"en": "One", "fr": "Un", "ar": "واحد"})
    text = rewritten(text, {"en": "Two"})
    assert [text.state(code).value for code in ("en", "fr", "ar")] == ["original", "stale", "stale"]


def test_what_is_left_to_translate_is_counted_with_its_words() -> None:
    made = draft(document(section("home", question("text", "why", text={"en": "Why is it so?"}))))
    english, french = progress(made, "en"), progress(made, "fr")
    assert (english.missing, french.missing) == (0, 1)
    assert english.total == french.total == len(tuple(places(made, "en")))
    assert (english.words, french.words) == (12, 13)
    assert (english.words_left, french.words_left) == (0, 4)
    found = [one for one in places(made, "fr") if one.state is TranslationState.missing]
    assert [(one.where, one.name) for one in found] == [("questions/why", "text")]


def approved() -> Text:
    return rewritten(rewritten(Text(), {"en": "One"}), {"fr": "Un"}).approved("fr")


def test_only_a_draft_is_approved() -> None:
    assert states(approved()) == {"en": "original", "fr": "approved"}
    assert BOTH.approved("fr") == BOTH
    assert BOTH.approved("oj") == BOTH
    stale = rewritten(approved(), {"en": "Two"})
    assert stale.approved("fr") == stale


@pytest.mark.parametrize(
    ("wordings", "holds", "state"),
    [
        ({"fr": "Une"}, (), "draft"),
        ({"en": "Two"}, (), "stale"),
        ({"en": "Two"}, ("fr",), "draft"),
        ({"fr": ""}, (), "missing"),
        ({"fr": " Un "}, (), "approved"),
    ],
)
def test_other_words_are_approved_anew(
    wordings: dict[str, str], holds: tuple[str, ...], state: str
) -> None:
    assert rewritten(approved(), wordings, holds).state("fr").value == state


def test_an_approval_can_be_withdrawn_and_is_kept_in_the_document() -> None:
    assert states(approved().withdrawn("fr"))["fr"] == "draft"
    assert BOTH.withdrawn("fr") == BOTH
    assert Text.model_validate(approved().model_dump()) == approved()


def test_mended_typography_makes_nothing_stale_and_keeps_approval() -> None:
    text = rewritten(rewritten(Text(), {"fr": "Sécurité : l'été"}), {"en": "Safety: summer"})
    text = typeset(text.approved("en"))
    assert text.get("fr") == "Sécurité\N{NO-BREAK SPACE}: l’été"
    assert states(text) == {"fr": "original", "en": "approved"}
    text = rewritten(rewritten(Text(), {"en": "Why?"}), {"fr": "Pourquoi ?"}).approved("fr")
    assert states(typeset(text)) == {"en": "original", "fr": "approved"}
    assert typeset(Text(wordings={"en": "Why ?"})) == Text(wordings={"en": "Why ?"})


def test_a_stale_translation_stays_stale_when_its_french_source_is_mended() -> None:
    text = rewritten(rewritten(Text(), {"fr": "Un"}), {"en": "One"})
    assert states(typeset(rewritten(text, {"fr": "L'été"})))["en"] == "stale"


def test_every_text_is_found_where_it_is_edited() -> None:
    made = draft(whole() | {"youth": {"least_age": 12, "words": {"en": "Ask"}}})
    found = list(places(made, "en"))
    assert len({(one.where, one.name) for one in found}) == len(found)
    for one in found:
        assert getattr(find(made, one.where), one.name) == one.text
    names = [one.where for one in found]
    assert names.index("notice") < names.index("sections/home") < names.index("questions/streets")


@pytest.mark.parametrize(
    ("words", "count"),
    [("", 0), ("Why is it so?", 4), ("« Oui » – non : 12 %", 3), ("l’été, peut-être", 2)],
)
def test_signs_that_stand_alone_are_no_words(words: str, count: int) -> None:
    assert count_words(words) == count


def test_a_translation_is_made_from_the_language_that_is_named() -> None:
    text = rewritten(BOTH, {"ar": "مرحبا"}, source="fr")
    assert text.sources["ar"].language == "fr"
    assert rewritten(text, {"en": "Hi", "fr": "Bonjour"}).state("ar").value == "draft"
    assert rewritten(text, {"fr": "Salut"}).state("ar").value == "stale"
    assert rewritten(BOTH, {"ar": "مرحبا"}, source="oj").sources == {}
    assert rewritten(rewritten(text, {"ar": "أهلا"}), {}).sources["ar"].language == "fr"


def test_mending_a_third_language_ages_neither_of_two_originals() -> None:
    text = rewritten(BOTH, {"ar": "مرحبا"}, source="fr")
    mended = rewritten(text, {"ar": "أهلا"}, source="fr")
    assert [mended.state(code).value for code in ("en", "fr", "ar")] == [
        "original",
        "original",
        "draft",
    ]
