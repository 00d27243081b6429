"""From what was posted to answers: not asked, left blank and answered stay three things."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from surveyapp.questionnaire.conditions import holds
from surveyapp.questionnaire.model import Draft, Note, Place, Question, Section
from surveyapp.questionnaire.parsing import Problem, ProblemCode, Raw, parse, posted

__all__ = ["Accepted", "Problem", "ProblemCode", "Raw", "accept", "asked", "settle"]

# Place codes of a wave, each with itself and the places that hold it.
Lineages = Mapping[str, Collection[str]]
Given = Mapping[str, Any]


@dataclass(frozen=True)
class Accepted:
    """Settled answers, and what is wrong with what was posted."""

    answers: dict[str, Any]
    problems: tuple[Problem, ...] = field(default=())


def keys_of(question: Question) -> tuple[str, ...]:
    """Return the answer keys of a question: one for each statement, none for a note."""
    if isinstance(question, Note):
        return ()
    statements = getattr(question, "statements", None)
    if statements is None:
        return (question.id,)
    return tuple(f"{question.id}.{statement.id}" for statement in statements)


def _is_asked(question: Question, answers: Given, lived_in: Collection[str]) -> bool:
    if question.only_for and not set(question.only_for) & set(lived_in):
        return False
    return question.asked_if is None or holds(question.asked_if, answers)


def _lived_in(question: Question, answers: Given, places: Lineages) -> Collection[str]:
    answer = answers.get(question.id)
    return places.get(answer, ()) if isinstance(answer, str) else ()


def _residence(draft: Draft, answers: Given, places: Lineages) -> Collection[str]:
    for question in draft.questions():
        if isinstance(question, Place):
            return _lived_in(question, answers, places)
    return ()


def asked(
    draft: Draft, answers: Given, section: Section, places: Lineages | None = None
) -> tuple[Question, ...]:
    """Return the questions of a section that these answers lead to, notes included."""
    lived_in = _residence(draft, answers, places or {})
    return tuple(one for one in section.questions if _is_asked(one, answers, lived_in))


def is_visited(
    draft: Draft, answers: Given, section: Section, places: Lineages | None = None
) -> bool:
    """Tell whether a section has anything to answer; one of notes alone is read too."""
    shown = asked(draft, answers, section, places)
    notes_only = all(isinstance(question, Note) for question in section.questions)
    return bool(shown) if notes_only else any(not isinstance(one, Note) for one in shown)


def route(draft: Draft, answers: Given, places: Lineages | None = None) -> tuple[Section, ...]:
    """Return the sections that these answers lead through, in order."""
    return tuple(
        section for section in draft.sections if is_visited(draft, answers, section, places)
    )


def settle(
    draft: Draft, answers: Given, places: Lineages | None = None, through: str | None = None
) -> dict[str, Any]:
    """Keep what is asked and drop what is not, in one walk down the questionnaire.

    One walk is enough because conditions look at earlier questions only. A question that was
    asked and has no answer becomes None; ``through`` names the last section that was reached,
    beyond which nothing counts as left blank. None is the whole questionnaire.
    """
    places = places or {}
    settled: dict[str, Any] = {}
    lived_in: Collection[str] = ()
    reached = True
    for section in draft.sections:
        for question in section.questions:
            if not _is_asked(question, settled, lived_in):
                continue
            for key in keys_of(question):
                if reached or key in answers:
                    settled[key] = answers.get(key)
                _keep_specified(question, key, answers, settled)
            if isinstance(question, Place):
                lived_in = _lived_in(question, settled, places)
        reached = reached and section.id != through
    return settled


def _keep_specified(question: Question, key: str, answers: Given, settled: dict[str, Any]) -> None:
    """Keep the words of "other, please specify" only beside their option."""
    chosen = settled.get(key)
    other = answers.get(f"{key}.other")
    if other is None or chosen is None:
        return
    ticked = chosen if isinstance(chosen, list) else [chosen]
    if any(option.specify and option.id in ticked for option in getattr(question, "options", ())):
        settled[f"{key}.other"] = other


def _take(
    question: Question,
    raw: Raw,
    answers: dict[str, Any],
    places: Lineages,
) -> tuple[Problem, ...]:
    found: list[Problem] = []
    for key in keys_of(question):
        value, problems = parse(question, key, raw, places)
        found += problems
        answers[key] = value
        other, problems = _specified(question, key, raw, value)
        found += problems
        if other is not None:
            answers[f"{key}.other"] = other
    missing = [key for key in keys_of(question) if answers[key] is None]
    if question.required and missing and not found:
        found.append(Problem(missing[0], ProblemCode.required))
    return tuple(found)


def _specified(
    question: Question, key: str, raw: Raw, value: Any
) -> tuple[str | None, Sequence[Problem]]:
    if not any(option.specify for option in getattr(question, "options", ())):
        return None, ()
    words, problems = posted(f"{key}.other", raw)
    if words and not value and not problems:
        return words, (Problem(key, ProblemCode.specify_without_choice),)
    return words or None, problems


def accept(
    draft: Draft,
    raw: Raw,
    *,
    section: str | None = None,
    earlier: Given | None = None,
    places: Lineages | None = None,
) -> Accepted:
    """Accept what was posted for one section, or for all, over the answers given before.

    ``raw`` maps answer keys to the strings posted under them. The result is settled: whatever
    an answer changed here makes unasked is gone. Nothing that is posted raises.
    """
    places = places or {}
    answers = dict(earlier or {})
    problems: list[Problem] = []
    lived_in: Collection[str] = _residence(draft, answers, places)
    through = section
    for one in draft.sections:
        if section is not None and one.id != section:
            continue
        for question in one.questions:
            for key in keys_of(question):
                answers.pop(key, None)
                answers.pop(f"{key}.other", None)
            if _is_asked(question, answers, lived_in):
                problems += _take(question, raw, answers, places)
            if isinstance(question, Place):
                lived_in = _lived_in(question, answers, places)
    if section is not None:
        through = _furthest(draft, section, answers)
    return Accepted(settle(draft, answers, places, through), tuple(problems))


def _furthest(draft: Draft, section: str, answers: Given) -> str:
    """Return the last section with an answer, a blank included, or this one."""
    furthest = section
    passed = False
    for one in draft.sections:
        passed = passed or one.id == section
        if passed and any(key in answers for q in one.questions for key in keys_of(q)):
            furthest = one.id
    return furthest
