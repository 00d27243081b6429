"""A condition as a sentence in the reader's language, for paper and for those who design.

Negation is carried to the leaves first (not all is any not), so that every clause is a whole one
with its own translation and nobody reads "it is not so that".
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce

from babel.lists import format_list
from flask_babel import format_decimal, get_locale
from flask_babel import gettext as _

from surveyapp.forms.codes import CODES, PLACE_CODES
from surveyapp.questionnaire.conditions import (
    All,
    Answered,
    AnyOf,
    AnyPart,
    Comparator,
    Comparison,
    Condition,
    NoneOf,
    Not,
)
from surveyapp.questionnaire.model import Draft, items

_FIXED = {**CODES, **PLACE_CODES}
_OPPOSITE = {
    Comparator.equal: Comparator.unequal,
    Comparator.unequal: Comparator.equal,
    Comparator.less: Comparator.at_least,
    Comparator.at_least: Comparator.less,
    Comparator.more: Comparator.at_most,
    Comparator.at_most: Comparator.more,
}


@dataclass(frozen=True)
class Naming:
    """How a sentence names questions and answers.

    ``question`` puts an answer key into words ("question 7", or its quoted text); ``labels`` are
    the options by key and code; ``places`` the names of places by code.
    """

    question: Callable[[str], str]
    labels: Mapping[tuple[str, str], str]
    places: Mapping[str, str] = field(default_factory=dict)


def quoted(words: str) -> str:
    """Put words between the quotation marks of the reader's language."""
    return _("“%(words)s”", words=words)


def numbered(number: str) -> str:
    """Name a question by its number."""
    return _("question %(number)s", number=number)


def labels_of(draft: Draft, language: str) -> dict[tuple[str, str], str]:
    """Return the label of every option by answer key and code; drafts may lack some."""
    found = {}
    for item in items(draft):
        for option in item.options:
            found[item.key, option.id] = option.label.get(language) or option.id
    return found


def by_text(draft: Draft, language: str, places: Mapping[str, str] | None = None) -> Naming:
    """Name questions by their quoted text, as an editor does."""
    texts = {
        item.key: (item.statement or item.question).text.get(language) or item.key
        for item in items(draft)
    }
    return Naming(lambda key: quoted(texts.get(key, key)), labels_of(draft, language), places or {})


def _answer(naming: Naming, key: str, code: str) -> str:
    label = naming.labels.get((key, code)) or naming.places.get(code) or _FIXED.get(code) or code
    return quoted(str(label))


def _answers(naming: Naming, key: str, codes: Sequence[str]) -> str:
    words = [_answer(naming, key, code) for code in codes]
    return format_list(words, style="or", locale=get_locale())


def _any_of(naming: Naming, leaf: AnyOf, denied: bool) -> str:
    names = {
        "question": naming.question(leaf.question),
        "answers": _answers(naming, leaf.question, leaf.any_of),
    }
    if denied:
        return _("the answer to %(question)s is not %(answers)s", **names)
    return _("the answer to %(question)s is %(answers)s", **names)


def _none_of(naming: Naming, leaf: NoneOf, denied: bool) -> str:
    names = {
        "question": naming.question(leaf.question),
        "answers": _answers(naming, leaf.question, leaf.none_of),
    }
    if denied:
        return _("%(question)s has no answer, or its answer is %(answers)s", **names)
    return _("%(question)s has an answer other than %(answers)s", **names)


def _answered(naming: Naming, leaf: Answered, denied: bool) -> str:
    question = naming.question(leaf.question)
    if denied:
        return _("%(question)s has no answer", question=question)
    return _("%(question)s has an answer", question=question)


def _comparison(naming: Naming, leaf: Comparison, denied: bool) -> str:
    names = {
        "question": naming.question(leaf.question),
        "number": format_decimal(leaf.value),
    }
    if denied:
        # Also true of a blank and of "I don't know", which compare with nothing.
        opposite = _compared(_OPPOSITE[leaf.is_], names)
        return _(
            "%(question)s has no number for an answer, or %(opposite)s",
            question=names["question"],
            opposite=opposite,
        )
    return _compared(leaf.is_, names)


def _compared(comparator: Comparator, names: Mapping[str, str]) -> str:
    match comparator:
        case Comparator.equal:
            return _("the answer to %(question)s is %(number)s", **names)
        case Comparator.unequal:
            return _("the answer to %(question)s is not %(number)s", **names)
        case Comparator.less:
            return _("the answer to %(question)s is less than %(number)s", **names)
        case Comparator.at_most:
            return _("the answer to %(question)s is %(number)s or less", **names)
        case Comparator.more:
            return _("the answer to %(question)s is more than %(number)s", **names)
        case Comparator.at_least:
            return _("the answer to %(question)s is %(number)s or more", **names)


def _and(first: str, second: str) -> str:
    return _("%(first)s and %(second)s", first=first, second=second)


def _or(first: str, second: str) -> str:
    return _("%(first)s or %(second)s", first=first, second=second)


def _joins_several(part: Condition) -> bool:
    """Tell whether a part needs brackets among others: a group of one reads as that one."""
    match part:
        case Not():
            return _joins_several(part.not_)
        case All():
            return len(part.all) > 1 or _joins_several(part.all[0])
        case AnyPart():
            return len(part.any) > 1 or _joins_several(part.any[0])
    return False


def _group(naming: Naming, parts: Sequence[Condition], every: bool, denied: bool) -> str:
    join = _and if every is not denied else _or
    words = []
    for part in parts:
        said = clause(part, naming, denied=denied)
        grouped = len(parts) > 1 and _joins_several(part)
        words.append(f"({said})" if grouped else said)
    return reduce(join, words)


def clause(condition: Condition, naming: Naming, *, denied: bool = False) -> str:
    """Put a condition into a clause that can follow "if" / « si »."""
    match condition:
        case All():
            return _group(naming, condition.all, True, denied)
        case AnyPart():
            return _group(naming, condition.any, False, denied)
        case Not():
            return clause(condition.not_, naming, denied=not denied)
        case AnyOf():
            return _any_of(naming, condition, denied)
        case NoneOf():
            return _none_of(naming, condition, denied)
        case Answered():
            return _answered(naming, condition, denied)
        case Comparison():
            return _comparison(naming, condition, denied)


def asked_if(condition: Condition, naming: Naming) -> str:
    """Say when a question is asked, as an editor shows it."""
    return _("Asked if %(condition)s.", condition=clause(condition, naming))


def answer_only_if(condition: Condition, naming: Naming) -> str:
    """Tell whoever holds a paper questionnaire when to answer a question."""
    return _("Answer this question only if %(condition)s.", condition=clause(condition, naming))
