"""Wording is advised on in both languages, and plain wording is left alone."""

import pytest

from surveyapp.questionnaire.findings import Code
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.reviewing.review import review
from surveyapp.questionnaire.reviewing.wording import is_hard, joins_two, leaning, reading_levels
from surveyapp.questionnaire.shipped import shipped
from tests.questionnaire.making import document, draft, node, question, section, text

WORDING = (Code.leaning, Code.two_in_one, Code.hard_to_read)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Don’t you agree that streets should be lit?"),
        ("en", "Wouldn't it be better to have more patrols?"),
        ("en", "Do you agree that crime is rising?"),
        ("en", "Should the county, as everyone knows it must, build homes?"),
        ("en", "How safe are you, of course, at home?"),
        ("fr", "N’êtes-vous pas d’accord que les rues devraient être éclairées?"),
        ("fr", "Ne croyez-vous pas que la criminalité augmente?"),
        ("fr", "Êtes-vous d’accord que la criminalité augmente?"),
        ("fr", "Bien sûr, vous vous sentez en sécurité?"),
        ("fr", "Comme chacun sait, les loyers montent. Qu’en pensez-vous?"),
    ],
)
def test_a_leaning_phrase_is_quoted(language: str, words: str) -> None:
    assert leaning(words, language)
    assert leaning(words, language).lower() in words.lower()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Do you agree that crime is rising, or do you disagree?"),
        ("en", "How much do you agree or disagree?"),
        ("en", "Is the street clearly lit?".replace("clearly ", "")),
        ("en", "How safe do you feel?"),
        ("fr", "Êtes-vous d’accord ou en désaccord que la criminalité augmente?"),
        ("fr", "Dans quelle mesure vous sentez-vous en sécurité?"),
        ("fr", "Avez-vous un chez-vous sûr?"),
        ("ar", "Of course"),
    ],
)
def test_a_balanced_question_does_not_lean(language: str, words: str) -> None:
    assert leaning(words, language) == ""


@pytest.mark.parametrize(
    ("language", "words", "rated", "found"),
    [
        ("en", "Police are fair and quick to come.", True, True),
        ("fr", "La police est juste et arrive vite.", True, True),
        ("en", "Police are fair and quick to come.", False, False),
        ("en", "Were you hurt? Did you tell anyone?", False, True),
        ("fr", "Avez-vous été blessé? L’avez-vous dit?", False, True),
        ("en", "Parks and recreation are close to my home.", True, False),
        ("fr", "Je me sens en sécurité entre chez moi et le travail.", True, False),
        ("en", "The community safety and well-being plan is known here.", True, False),
        ("fr", "Je suis satisfait ou satisfaite de mon quartier.", True, False),
        ("en", "My neighbourhood is candy-coloured.", True, False),
    ],
)
def test_two_things_with_one_answer_are_told(
    language: str, words: str, rated: bool, found: bool
) -> None:
    assert joins_two(words, language, rated=rated) is found


def test_what_is_harder_than_school_is_told_and_short_texts_never_are() -> None:
    hard = (
        "To what extent do multidimensional institutional interventions appropriately"
        " facilitate intersectoral collaboration in your municipality?"
    )
    assert is_hard(hard, "en")
    assert not is_hard("Is intersectoral institutionalization facilitated?", "en")
    assert not is_hard(hard, "ar")
    assert is_hard(
        "Dans quelle mesure les interventions institutionnelles multidimensionnelles"
        " facilitent-elles adéquatement la collaboration intersectorielle municipale?",
        "fr",
    )


def bent(english: str, french: str, kind: str = "scale") -> Draft:
    made = document(section("a", question("place", "p"), question(kind, "q")))
    node(made, "q")["text"] = text(english, french)
    return draft(made)


def test_each_finding_names_its_text_and_its_language() -> None:
    made = bent("Don’t you feel safe and well?", "Vous sentez-vous en sécurité?")
    found = [one for one in review(made).advice if one.code in WORDING]
    assert [(one.code, one.node, one.language) for one in found] == [
        (Code.leaning, "a/q/text", "en"),
        (Code.two_in_one, "a/q/text", "en"),
    ]
    assert found[0].limits == {"phrase": "Don’t you feel safe and well"}


def test_statements_of_a_battery_are_read_one_by_one() -> None:
    made = document(section("a", question("place", "p"), question("battery", "b")))
    node(made, "b")["text"] = text("How good and how close are these?", "Qu’en pensez-vous?")
    node(made, "b")["statements"][1]["text"] = text("Clean and calm", "Propre")
    found = [one for one in review(draft(made)).advice if one.code in WORDING]
    assert [(one.code, one.node) for one in found] == [(Code.two_in_one, "a/b/clean/text")]


def test_a_note_may_say_what_it_has_to() -> None:
    made = bent("Of course, you can stop. Do you want to? Say so.", "Bien sûr.", kind="note")
    assert not [one for one in review(made).advice if one.code in WORDING]


@pytest.mark.parametrize("name", ["community_safety", "tell_us"])
def test_nothing_is_said_of_the_wording_of_what_is_shipped(name: str) -> None:
    assert [one for one in review(shipped(name)).advice if one.code in WORDING] == []


def test_the_shipped_survey_is_advised_on_what_is_so() -> None:
    found = [(one.code.value, one.node) for one in review(shipped()).advice]
    assert found == [
        ("identifying", "about/tenure"),
        ("may_not_apply", "safety/walking"),
        ("may_not_apply", "safety/home_alone"),
        ("may_not_apply", "safety/transit"),
    ]


def test_levels_are_told_for_languages_that_have_a_formula() -> None:
    levels = reading_levels(shipped())
    assert set(levels) == {"en", "fr"}
    assert levels["en"] < 8
    assert levels["fr"] > 60
    assert reading_levels(draft(document(languages=["ar"]))) == {}
