"""A questionnaire on paper has every kind, every number once, and its skips in words."""

import pytest
from flask import Flask
from flask_babel import force_locale

from surveyapp.forms.paper import (
    MOST_PLACES,
    ON_PAPER,
    PaperQuestion,
    PlaceNames,
    numbers_on_paper,
    on_paper,
)
from surveyapp.questionnaire.model import Kind
from tests.questionnaire.making import questionnaire

PLACES = PlaceNames((("North", ("Elm", "Oak")), ("South", ("Ash",))), {"island": "The Island"})


@pytest.fixture
def printed(app: Flask) -> dict[str, PaperQuestion]:
    """Every question of the whole questionnaire, by id."""
    with app.test_request_context(), force_locale("en_CA"):
        sections = on_paper(questionnaire(), "en", PLACES)
    return {one.code: one for section in sections for one in section.questions}


def test_every_kind_can_be_put_on_paper(printed: dict[str, PaperQuestion]) -> None:
    assert set(ON_PAPER) == set(Kind)
    assert {one.kind for one in printed.values()} == set(Kind)


def test_questions_are_numbered_in_order_and_notes_are_not(
    printed: dict[str, PaperQuestion],
) -> None:
    numbers = [one.number for one in printed.values() if one.kind is not Kind.note]
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert printed["warning"].number == ""
    assert printed["warning"].content_note


def test_statements_have_letters_that_conditions_use(printed: dict[str, PaperQuestion]) -> None:
    assert [line.letter for line in printed["streets"].lines] == ["a", "b", "c"]
    assert numbers_on_paper(questionnaire())["streets.lit"] == "2c"
    assert printed["why"].skip == (
        "Answer this question only if the answer to question 2a is “Poor”."
    )


def test_local_questions_say_where(printed: dict[str, PaperQuestion]) -> None:
    assert printed["ferry"].skip == ("Answer this question only if you live here: The Island.")


def test_boxes_are_numbered_as_options_stand_in_the_document(
    printed: dict[str, PaperQuestion],
) -> None:
    options = {
        one.id: one.options for one in questionnaire().questions() if hasattr(one, "options")
    }
    for code, known in options.items():
        boxes = printed[code].boxes
        assert [box.number for box in boxes] == list(range(1, len(known) + 1))
        assert [box.label for box in boxes] == [option.label["en"] for option in known]
    assert [box.specify for box in printed["helped"].boxes][-1]
    assert [box.exclusive for box in printed["helped"].boxes] == [False] * 3 + [True, False]


def test_places_are_numbered_through_their_groups(printed: dict[str, PaperQuestion]) -> None:
    place = printed["place"]
    assert [group.label for group in place.places] == ["North", "South"]
    ticks = [box.number for group in place.places for box in group.boxes]
    assert ticks + [box.number for box in place.boxes] == [1, 2, 3, 4, 5, 6]
    assert place.boxes[1].label == "I live outside this area"


def test_many_places_are_written_not_ticked(app: Flask) -> None:
    many = PlaceNames((("", tuple(f"Place {n}" for n in range(MOST_PLACES + 1))),))
    with app.test_request_context(), force_locale("fr_CA"):
        place = on_paper(questionnaire(), "fr", many)[0].questions[0]
    assert place.places == ()
    assert place.rows == 1
    assert place.hints == ("Écrivez le nom de l’endroit ou choisissez une réponse.",)


def test_a_hint_that_says_it_already_is_not_said_again(app: Flask) -> None:
    made = questionnaire()
    ranked = next(one for one in made.questions() if one.id == "priorities")
    with app.test_request_context(), force_locale("en_CA"):
        printed = on_paper(made, "en", PLACES)[-1].questions[0]
    assert ranked.hint is None
    assert len(printed.hints) == 1


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("overall", "Choose one answer."),
        ("helped", "Choose at most 2."),
        ("streets", "Choose one answer on each line."),
        ("priorities", "Write 1 beside what matters most to you, then 2, and so on up to 2."),
        ("times", "Write a number."),
    ],
)
def test_each_kind_says_how_to_answer(
    printed: dict[str, PaperQuestion], code: str, hint: str
) -> None:
    assert printed[code].hints[-1] == hint
