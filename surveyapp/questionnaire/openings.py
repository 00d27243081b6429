"""What a page may still ask: questions that hang on another answer of the same page."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from surveyapp.questionnaire.conditions import Condition, remaining
from surveyapp.questionnaire.model import Draft, Question, Section
from surveyapp.questionnaire.walk import Given, Lineages, Stop, walk_of


@dataclass(frozen=True)
class Part:
    """A question of a page. ``hangs_on`` is None if no answer on this page can change ``asked``."""

    question: Question
    asked: bool
    hangs_on: Condition | None = None


def parts(
    draft: Draft, answers: Given, section: Section, places: Lineages | None = None
) -> tuple[Part, ...]:
    """Return the questions a section asks, and those that its own answers may still bring.

    What hangs on the place one lives in is not foretold: the server asks it once that is saved.
    """
    walk = walk_of(draft)
    page, lived_in = walk.page(section.id), walk.residence(answers, places or {})

    def found() -> Iterator[Part]:
        for stop in page.stops:
            asked = stop.is_asked(answers, lived_in)
            hangs_on = _left(stop, answers, page.keys)
            if asked or (hangs_on is not None and _lives_right(stop, lived_in)):
                yield Part(stop.question, asked, hangs_on)

    return tuple(found())


def _left(stop: Stop, answers: Given, undecided: frozenset[str]) -> Condition | None:
    if stop.asked_if is None:
        return None
    left = remaining(stop.asked_if, answers, undecided)
    return None if isinstance(left, bool) else left


def _lives_right(stop: Stop, lived_in: Collection[str]) -> bool:
    return not stop.only_for or not stop.only_for.isdisjoint(lived_in)
