"""From what was posted to answers: not asked, left blank and answered stay three things."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from surveyapp.questionnaire.model import Draft, Question, Section
from surveyapp.questionnaire.parsing import Problem, ProblemCode, Raw, posted
from surveyapp.questionnaire.walk import Given, Lineages, Stop, Walk, keys_of, walk_of

__all__ = [
    "Accepted",
    "Given",
    "Lineages",
    "Problem",
    "ProblemCode",
    "Raw",
    "accept",
    "asked",
    "is_for_everybody",
    "is_visited",
    "keys_of",
    "route",
    "settle",
]


@dataclass(frozen=True)
class Accepted:
    """Settled answers, and what is wrong with what was posted.

    An answer with a problem is not in ``answers``; what was accepted under its key before still
    is. ``opened`` names the sections, this one or others passed before, in which these answers
    led to a question that nobody has seen yet: the resident goes there next.
    """

    answers: dict[str, Any]
    problems: tuple[Problem, ...] = ()
    opened: tuple[str, ...] = ()


def asked(
    draft: Draft, answers: Given, section: Section, places: Lineages | None = None
) -> tuple[Question, ...]:
    """Return the questions of a section that these answers lead to, notes included."""
    walk = walk_of(draft)
    return walk.page(section.id).asked(answers, walk.residence(answers, places or {}))


def is_visited(
    draft: Draft, answers: Given, section: Section, places: Lineages | None = None
) -> bool:
    """Tell whether a section has anything to answer; one of notes alone is read too."""
    walk = walk_of(draft)
    return walk.page(section.id).is_visited(answers, walk.residence(answers, places or {}))


def is_for_everybody(draft: Draft, section: Section) -> bool:
    """Tell whether a section has something to answer, whatever was answered before."""
    return walk_of(draft).page(section.id).for_everybody


def route(draft: Draft, answers: Given, places: Lineages | None = None) -> tuple[Section, ...]:
    """Return the sections that these answers lead through, in order."""
    walk = walk_of(draft)
    lived_in = walk.residence(answers, places or {})
    return tuple(
        section
        for section, page in zip(draft.sections, walk.pages, strict=True)
        if page.is_visited(answers, lived_in)
    )


def settle(
    draft: Draft, answers: Given, places: Lineages | None = None, through: str | None = None
) -> dict[str, Any]:
    """Keep what is asked and drop what is not, in one walk down the questionnaire.

    One walk is enough because conditions look at earlier questions only. A question that was
    asked and has no answer becomes None; ``through`` names the last section that was reached,
    beyond which nothing counts as left blank. None is the whole questionnaire.

    :raise KeyError: if there is no such section.
    """
    walk = walk_of(draft)
    last = len(walk.pages) if through is None else walk.numbers[through]
    settled: dict[str, Any] = {}
    lived_in: Collection[str] = ()
    for number, page in enumerate(walk.pages):
        for stop in page.stops:
            if not (stop.always or stop.is_asked(settled, lived_in)):
                continue
            for key in stop.keys:
                if number <= last or key in answers:
                    settled[key] = answers.get(key)
                if stop.specify:
                    _keep_specified(stop, key, answers, settled)
            if stop.is_place:
                lived_in = walk.residence(settled, places or {})
    return settled


def _opens_a_text(stop: Stop, value: Any) -> bool:
    return value is not None and not stop.specify.isdisjoint(
        value if isinstance(value, list) else (value,)
    )


def _keep_specified(stop: Stop, key: str, answers: Given, settled: dict[str, Any]) -> None:
    """Keep the words of "other, please specify" only beside their option."""
    other = answers.get(f"{key}.other")
    if other is not None and _opens_a_text(stop, settled.get(key)):
        settled[f"{key}.other"] = other


def _specified(stop: Stop, key: str, raw: Raw, answers: dict[str, Any]) -> tuple[Problem, ...]:
    """Take the words beside an option; words beside another option go with the change of mind."""
    words, problems = posted(f"{key}.other", raw)
    if words and answers[key] is None:
        return (Problem(f"{key}.other", ProblemCode.specify_without_choice),)
    if not _opens_a_text(stop, answers[key]):
        return ()
    if not problems:
        answers[f"{key}.other"] = words or None
    return problems


def _take(stop: Stop, raw: Raw, answers: dict[str, Any], places: Lineages) -> Iterator[Problem]:
    """Put what was posted for a question among the answers; yield what is wrong with it."""
    for key in stop.keys:
        value, problems = stop.read(key, raw, places)
        if value is None and not problems and stop.question.required:
            problems = (Problem(key, ProblemCode.required),)
        if problems:
            yield from problems
            continue
        answers[key] = value
        if stop.specify:
            yield from _specified(stop, key, raw, answers)


def accept(
    draft: Draft,
    raw: Raw,
    *,
    section: str | None = None,
    earlier: Given | None = None,
    places: Lineages | None = None,
) -> Accepted:
    """Accept what was posted for one section, or for all, over the answers given before.

    ``raw`` maps answer keys to the strings posted under them: a position under
    ``<question>.<option>`` for a ranking, a code under ``<question>.code`` for a number or a
    text, the words of "other" under ``<question>.other``. The result is settled: whatever an
    answer changed here makes unasked is gone. Nothing that is posted raises.

    :raise KeyError: if there is no such section.
    """
    walk, places, earlier = walk_of(draft), places or {}, earlier or {}
    answers = dict(earlier)
    problems: list[Problem] = []
    lived_in = walk.residence(answers, places)
    for page in walk.pages if section is None else (walk.page(section),):
        for stop in page.stops:
            if stop.always or stop.is_asked(answers, lived_in):
                problems += _take(stop, raw, answers, places)
            else:
                # What hangs on this question must not be judged by an answer that is going.
                for key in stop.keys:
                    answers.pop(key, None)
            if stop.is_place:
                lived_in = walk.residence(answers, places)
    last = len(walk.pages) - 1 if section is None else _furthest(walk, section, answers)
    settled = settle(draft, answers, places, walk.pages[last].id if walk.pages else None)
    opened = _opened(walk, last, raw, (earlier, settled), places)
    return Accepted(settled, tuple(problems), tuple(opened))


def _furthest(walk: Walk, section: str, answers: Given) -> int:
    """Return the number of the last page with an answer, a blank included, or of this one."""
    posted_to = walk.numbers[section]
    for number in range(len(walk.pages) - 1, posted_to, -1):
        if not walk.pages[number].keys.isdisjoint(answers):
            return number
    return posted_to


def _opened(
    walk: Walk, last: int, raw: Raw, turn: tuple[Given, Given], places: Lineages
) -> Iterator[str]:
    before, after = turn
    lived_in_before, lived_in = walk.residence(before, places), walk.residence(after, places)
    for page in walk.pages[: last + 1]:
        for stop in page.conditional:
            if (
                stop.is_asked(after, lived_in)
                and not stop.is_asked(before, lived_in_before)
                # A script may have shown it already: the page then posts its id, answered or not.
                and stop.question.id not in raw
                and all(after.get(key) is None and key not in raw for key in stop.keys)
            ):
                yield page.id
                break
