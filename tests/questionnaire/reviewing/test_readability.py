"""The two formulas agree with what was counted by hand and printed elsewhere."""

import pytest

from surveyapp.questionnaire.reviewing.readability import (
    english_syllables,
    flesch_kincaid,
    french_syllables,
    kandel_moles,
    sentences_in,
    words_in,
)

# Counted from dictionaries' divisions.
ENGLISH = {
    1: ["the", "used", "homes", "here", "where", "care"],
    2: ["people", "safety", "police", "victim", "needed", "places", "quiet", "being"],
    3: [
        "area",
        "services",
        "violence",
        "neighbourhood",
        "idea",
        "created",
        "satisfied",
        "serious",
        "platypus",
    ],
    4: ["community", "experience", "information", "situation", "isolation", "responsible"],
    5: ["discrimination"],
    6: ["municipality"],
}
FRENCH = {
    1: ["chat", "quelle", "soir", "nuit", "jeunes", "aide", "êtes"],
    2: [
        "quartier",
        "mesure",
        "personnes",
        "police",
        "famille",
        "santé",
        "mentale",
        "pays",
        "théâtre",
        "avez",
        "réseau",
    ],
    3: ["logement", "pauvreté", "réagir", "habitants"],
    4: ["sécurité", "communauté", "intervention", "itinérance", "appartenance"],
    5: ["collectivité", "criminalité", "discrimination"],
    6: ["municipalité"],
}


@pytest.mark.parametrize("number", sorted(ENGLISH))
def test_english_syllables_are_counted_as_said(number: int) -> None:
    assert {one: english_syllables(one) for one in ENGLISH[number]} == dict.fromkeys(
        ENGLISH[number], number
    )


@pytest.mark.parametrize("number", sorted(FRENCH))
def test_french_syllables_are_counted_as_said(number: int) -> None:
    assert {one: french_syllables(one) for one in FRENCH[number]} == dict.fromkeys(
        FRENCH[number], number
    )


def test_what_is_elided_belongs_to_the_next_word() -> None:
    assert [french_syllables(one) for one in ("l’aide", "d’accord", "qu’elle")] == [1, 2, 1]
    assert words_in("Êtes-vous d’accord avec 9-1-1?") == ["Êtes-vous", "d’accord", "avec"]


def test_a_sentence_that_is_not_ended_counts() -> None:
    assert [sentences_in(one) for one in ("", "One", "One. Two", "One? Two!", "Ends… so")] == [
        1,
        1,
        2,
        2,
        2,
    ]


def test_flesch_kincaid_is_as_printed() -> None:
    # The encyclopedia's example: 13 words and 24 syllables in one sentence are grade 11.3.
    platypus = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    assert flesch_kincaid(platypus) == pytest.approx(11.3, abs=0.05)
    # Six words of one syllable: below the first grade.
    assert flesch_kincaid("The cat sat on the mat.") == pytest.approx(-1.45)


def test_kandel_moles_is_the_formula_by_hand() -> None:
    # Six words, seven syllables: le chat est sur le ta-pis.
    assert kandel_moles("Le chat est sur le tapis.") == pytest.approx(207 - 6.09 - 73.6 * 7 / 6)
    hard = (
        "L’intersectorialité institutionnelle conditionne la multidimensionnalité des"
        " interventions communautaires."
    )
    assert kandel_moles(hard) < 0 < kandel_moles("Dans quel quartier habitez-vous?")


def test_nothing_to_read_is_no_trouble() -> None:
    assert flesch_kincaid("") == pytest.approx(-15.59)
    assert kandel_moles("9-1-1") == 207
