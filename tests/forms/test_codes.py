"""What no questionnaire words itself has the same words on a screen, on paper and in a summary."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask_babel import force_locale

from surveyapp.forms.codes import PLACE_CODES, offered
from surveyapp.forms.conditions import by_text, clause
from surveyapp.forms.entry_view import Filled, screen
from surveyapp.forms.fields import Shown, view
from surveyapp.forms.keyed import SILENT, UNSURE, Keypad
from surveyapp.forms.paper import PlaceNames, on_paper
from surveyapp.forms.summary import line
from surveyapp.questionnaire.conditions import AnyOf
from surveyapp.questionnaire.model import Item, Kind, items
from tests.questionnaire.making import questionnaire

WHOLE = questionnaire()
PLACES = {
    "en": ("I don’t know", "I live outside this area", "I have no fixed address"),
    "fr": (
        "Je ne sais pas",
        "J’habite à l’extérieur de ce territoire",
        "Je n’ai pas d’adresse fixe",
    ),
}
CODES = {
    "en": ("I don’t know", "I prefer not to say"),
    "fr": ("Je ne sais pas", "Je préfère ne pas répondre"),
}


@pytest.fixture(params=["en", "fr"])
def reader(request: pytest.FixtureRequest, app: Flask) -> Iterator[str]:
    """A language, spoken."""
    with app.test_request_context(), force_locale(f"{request.param}_CA"):
        yield request.param


def first(kind: Kind) -> Item:
    return next(one for one in items(WHOLE) if one.question.kind is kind)


def offered_by_us(item: Item, reader: str) -> list[tuple[str, ...]]:
    """List what a question offers besides its own answers: on a screen, on paper, to be typed."""
    papers = on_paper(WHOLE, reader, PlaceNames())
    parts = screen(WHOLE, papers, Keypad(), Filled({}, {}))
    typed = next(one for part in parts for one in part.asked if one.paper.code == item.question.id)
    shown = view(item.question, Shown(reader, {}, {}, {})).fields[0].choices
    return [
        tuple(one.label for one in shown),
        tuple(one.label for one in typed.paper.boxes),
        tuple(key.label for group in typed.groups for key in group.keys),
    ]


def test_no_place_of_the_list_has_one_name(reader: str) -> None:
    asked = first(Kind.place)
    assert offered_by_us(asked, reader) == [PLACES[reader]] * 3
    summed = [line(asked, {asked.key: code.value}, reader, {}).words for code in PLACE_CODES]
    assert summed == [(one,) for one in PLACES[reader]]


def test_what_is_given_instead_of_a_number_has_one_name(reader: str) -> None:
    asked = first(Kind.number)
    assert offered_by_us(asked, reader) == [CODES[reader]] * 3
    codes = [{"code": one.value} for one in offered(asked.question)]  # type: ignore[arg-type]
    summed = [line(asked, {asked.key: one}, reader, {}).words for one in codes]
    assert summed == [(one,) for one in CODES[reader]]


def test_a_condition_names_them_alike(reader: str) -> None:
    asked = first(Kind.place)
    for code, words in zip(PLACE_CODES, PLACES[reader], strict=True):
        leaf = AnyOf(question=asked.key, any_of=(code.value,))
        assert words in clause(leaf, by_text(WHOLE, reader))


def test_the_keys_of_an_interviewer_mean_what_stands_beside_them(reader: str) -> None:
    papers = on_paper(WHOLE, reader, PlaceNames())
    parts = screen(WHOLE, papers, Keypad(), Filled({}, {}))
    numbers = [one for part in parts for one in part.asked if one.paper.kind is Kind.number]
    keys = [(key.mark, key.label, key.also) for key in numbers[0].groups[0].keys]
    marks = zip((UNSURE, SILENT), CODES[reader], strict=True)
    assert keys == [(mark, words, mark) for mark, words in marks]
