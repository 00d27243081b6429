"""The way through a questionnaire, made ready once: every page save walks it."""

import weakref
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from surveyapp.questionnaire.conditions import Condition, holds
from surveyapp.questionnaire.model import Draft, Note, Place, Question, Section
from surveyapp.questionnaire.parsing import Reader, reader

# Place codes of a wave, each with itself and the places that hold it.
Lineages = Mapping[str, Collection[str]]
Given = Mapping[str, Any]


def keys_of(question: Question) -> tuple[str, ...]:
    """Return the answer keys of a question: one for each statement, none for a note."""
    if isinstance(question, Note):
        return ()
    statements = getattr(question, "statements", None)
    if statements is None:
        return (question.id,)
    return tuple(f"{question.id}.{statement.id}" for statement in statements)


@dataclass(frozen=True, slots=True)
class Stop:
    """A question on the way. ``specify`` are the options that open a text."""

    question: Question
    keys: tuple[str, ...]
    read: Reader
    asked_if: Condition | None
    only_for: frozenset[str]
    specify: frozenset[str]
    always: bool
    is_place: bool

    def is_asked(self, answers: Given, lived_in: Collection[str]) -> bool:
        """Tell whether these answers, and the places one lives in, lead to this question."""
        if self.always:
            return True
        if self.only_for and self.only_for.isdisjoint(lived_in):
            return False
        return self.asked_if is None or holds(self.asked_if, answers)


@dataclass(frozen=True, slots=True)
class Page:
    """A section on the way: its questions, those not asked of everyone, and their answer keys.

    ``for_everybody``: something is there to be answered whatever was answered before.
    """

    id: str
    stops: tuple[Stop, ...]
    conditional: tuple[Stop, ...]
    keys: frozenset[str]
    notes_only: bool
    for_everybody: bool

    def asked(self, answers: Given, lived_in: Collection[str]) -> tuple[Question, ...]:
        """Return the questions that these answers lead to, notes included."""
        return tuple(stop.question for stop in self.stops if stop.is_asked(answers, lived_in))

    def is_visited(self, answers: Given, lived_in: Collection[str]) -> bool:
        """Tell whether there is anything to answer; a page of notes alone is read too."""
        if self.for_everybody:
            return True
        shown = self.asked(answers, lived_in)
        return bool(shown) if self.notes_only else any(not isinstance(one, Note) for one in shown)


@dataclass(frozen=True, slots=True)
class Walk:
    """All pages in order, the number of each, and the key of the place question."""

    pages: tuple[Page, ...]
    numbers: Mapping[str, int]
    place: str | None

    def page(self, section: str) -> Page:
        """Return the page of a section; KeyError if there is none."""
        return self.pages[self.numbers[section]]

    def residence(self, answers: Given, places: Lineages) -> Collection[str]:
        """Return the codes of the place one lives in and of those that hold it."""
        answer = answers.get(self.place) if self.place else None
        return places.get(answer, ()) if isinstance(answer, str) else ()


def _stop(question: Question) -> Stop:
    options = getattr(question, "options", ())
    return Stop(
        question=question,
        keys=keys_of(question),
        read=reader(question),
        asked_if=question.asked_if,
        only_for=frozenset(question.only_for),
        specify=frozenset(option.id for option in options if option.specify),
        always=question.asked_if is None and not question.only_for,
        is_place=isinstance(question, Place),
    )


def _page(section: Section) -> Page:
    stops = tuple(_stop(question) for question in section.questions)
    return Page(
        id=section.id,
        stops=stops,
        conditional=tuple(stop for stop in stops if not stop.always),
        keys=frozenset(key for question in section.questions for key in keys_of(question)),
        notes_only=all(isinstance(question, Note) for question in section.questions),
        for_everybody=any(stop.always and not isinstance(stop.question, Note) for stop in stops),
    )


def _walk(draft: Draft) -> Walk:
    places = (question.id for question in draft.questions() if isinstance(question, Place))
    return Walk(
        pages=tuple(_page(section) for section in draft.sections),
        numbers={section.id: number for number, section in enumerate(draft.sections)},
        place=next(places, None),
    )


# By identity, because equal documents are rare and comparing them costs more than the walk.
_WALKS: dict[int, tuple[weakref.ref[Draft], Walk]] = {}


def walk_of(draft: Draft) -> Walk:
    """Return the way through a questionnaire, made at the first call and kept while it lives."""
    number = id(draft)
    kept = _WALKS.get(number)
    if kept is not None and kept[0]() is draft:
        return kept[1]
    made = _walk(draft)
    _WALKS[number] = (weakref.ref(draft, lambda _gone: _WALKS.pop(number, None)), made)
    return made
