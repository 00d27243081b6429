"""Signs that a response was not thought about: for an analyst to weigh, never to delete by."""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any

from surveyapp.questionnaire.model import Battery, Draft, Question

# Nobody reads faster: Zhang and Conrad (2014), Speeding in Web Surveys, Survey Research
# Methods 8(2), take 300 milliseconds a word as the limit of what can have been read.
SECONDS_A_WORD = 0.3
# Fewer statements answered alike are easily somebody's honest view.
LEAST_ALIKE = 6


class Sign(StrEnum):
    """What was noticed. The order is that of the bits in the snapshot: only ever added to."""

    trap = "trap"  # a field that no person sees was filled in
    hurried_start = "hurried_start"  # the notice was sent back faster than it can be looked at
    fast = "fast"  # faster than the questions can be read
    straight = "straight"  # many statements, in each list one and the same answer


# The bit of each sign in the snapshot.
BITS = {sign: 1 << place for place, sign in enumerate(Sign)}


def _words_of(question: Question, language: str) -> int:
    texts = [question.text, question.hint]
    texts += [one.text for one in getattr(question, "statements", ())]
    texts += [one.label for one in getattr(question, "options", ())]
    return sum(len(text.get(language).split()) for text in texts if text)


def words_to_read(draft: Draft, language: str) -> dict[str, int]:
    """Count the words of each question, its statements and options included."""
    return {one.id: _words_of(one, language) for one in draft.questions()}


def is_fast(words: Mapping[str, int], asked: Collection[str], seconds: float) -> bool:
    """Tell whether the questions asked (their ids) can have been read in so many seconds."""
    return seconds < SECONDS_A_WORD * sum(words.get(one, 0) for one in asked)


def is_straight(draft: Draft, answers: Mapping[str, Any]) -> bool:
    """Tell whether at least six statements were answered alike, list by list."""
    lists = [
        [answers.get(f"{one.id}.{line.id}") for line in one.statements]
        for one in draft.questions()
        if isinstance(one, Battery)
    ]
    given = [[value for value in one if value is not None] for one in lists]
    alike = all(len(set(one)) <= 1 for one in given)
    return alike and sum(len(one) for one in given if len(one) > 1) >= LEAST_ALIKE


def signs(
    draft: Draft, answers: Mapping[str, Any], words: Mapping[str, int], seconds: float
) -> tuple[Sign, ...]:
    """Return what settled answers, and the time they took, give away.

    ``words`` are those of ``words_to_read`` in the language that was answered in.
    """
    asked = {key.partition(".")[0] for key in answers}
    found = {
        Sign.fast: is_fast(words, asked, seconds),
        Sign.straight: is_straight(draft, answers),
    }
    return tuple(sign for sign, seen in found.items() if seen)
