"""Whether conditions and places point at something a resident has answered before."""

from collections.abc import Iterator, Mapping

from surveyapp.questionnaire.conditions import AnyOf, Comparison, Condition, NoneOf, leaves
from surveyapp.questionnaire.findings import Code, Finding, under
from surveyapp.questionnaire.model import Draft, Number, Place, Question, Role, items

_NUMBER_CODES = frozenset((Role.dont_know.value, Role.prefer_not.value))


def codes_of(question: Question) -> frozenset[str] | None:
    """Return the codes an answer can hold; None for a place, whose codes the wave knows.

    A text has none: whatever it says, it is words.
    """
    if isinstance(question, Place):
        return None
    if isinstance(question, Number):
        return _NUMBER_CODES
    return frozenset(option.id for option in getattr(question, "options", ()))


def _leaf_gaps(
    question: Question, leaf: AnyOf | NoneOf | Comparison | object, looked_at: Question
) -> Iterator[Finding]:
    wanted = leaf.any_of if isinstance(leaf, AnyOf) else ()
    wanted = leaf.none_of if isinstance(leaf, NoneOf) else wanted
    known = codes_of(looked_at)
    for option in wanted:
        if known is not None and option not in known:
            yield Finding(Code.condition_unknown_option, question.id, limits={"option": option})
    if isinstance(leaf, Comparison) and not isinstance(looked_at, Number):
        yield Finding(Code.condition_not_a_number, question.id)


def _condition_gaps(
    question: Question, condition: Condition, earlier: Mapping[str, Question], later: frozenset[str]
) -> Iterator[Finding]:
    for leaf in leaves(condition):
        looked_at = earlier.get(leaf.question)
        if looked_at is not None:
            yield from _leaf_gaps(question, leaf, looked_at)
            continue
        unknown = leaf.question not in later
        code = Code.condition_unknown_question if unknown else Code.condition_later_question
        yield Finding(code, question.id, limits={"question": leaf.question})


def reference_gaps(draft: Draft) -> Iterator[Finding]:
    """Walk what points nowhere, or at an answer that is still to come."""
    keys: dict[str, list[str]] = {}
    for item in items(draft):
        keys.setdefault(item.question.id, []).append(item.key)
    later = {key for group in keys.values() for key in group}
    earlier: dict[str, Question] = {}
    place_asked = False
    for section in draft.sections:
        for question in section.questions:
            if question.asked_if is not None:
                found = _condition_gaps(question, question.asked_if, earlier, frozenset(later))
                yield from under(section.id, found)
            if question.only_for and not place_asked:
                yield Finding(Code.only_for_before_place, f"{section.id}/{question.id}")
            place_asked = place_asked or isinstance(question, Place)
            earlier |= dict.fromkeys(keys.get(question.id, ()), question)
            later -= set(keys.get(question.id, ()))
