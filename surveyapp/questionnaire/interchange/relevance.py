"""XLSForm's ``relevant`` to our conditions and back, with the same people asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import inf, isfinite

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
from surveyapp.questionnaire.interchange.expressions import (
    FLIPPED,
    Amount,
    Call,
    ExpressionError,
    Joined,
    Ref,
    Relation,
    Tree,
    Words,
    parse,
)


class Sort(StrEnum):
    """What an answer is, as far as an expression can look at it."""

    one = "one"
    # One choice of several, which is an answer of its own elsewhere.
    tick = "tick"
    several = "several"
    number = "number"
    words = "words"
    place = "place"


@dataclass(frozen=True)
class Asked:
    """A question that conditions may look at: its answer key, and our id of each choice."""

    key: str
    sort: Sort
    codes: Mapping[str, str]


Known = Mapping[str, Asked]

_ALWAYS = frozenset(("", "true()", "true", "yes", "1"))
_COUNTS = frozenset(("count-selected", "string-length"))
# What a count compared with a number says about there being an answer.
_SOME = frozenset(((">", "0"), (">=", "1"), ("!=", "0")))
_NONE = frozenset((("=", "0"), ("<", "1"), ("<=", "0")))


def condition_of(written: str, known: Known) -> Condition | None:
    """Read a ``relevant``; None asks everybody.

    :raise ExpressionError: with the part that is not understood or cannot be kept.
    """
    if written.strip().lower() in _ALWAYS:
        return None
    return _condition(parse(written), known)


def _condition(tree: Tree, known: Known) -> Condition:
    match tree:
        case Joined("and", parts):
            return All(all=tuple(_condition(part, known) for part in parts))
        case Joined("or", parts):
            return _any([_condition(part, known) for part in parts])
        case Call("not", (inner,)):
            return Not(not_=_condition(inner, known))
        case Call("selected", (Ref(name), Words(choice) | Amount(choice))):
            asked = _asked(name, known)
            return AnyOf(question=asked.key, any_of=(_code(asked, choice),))
        case Relation(how, Words() | Amount() as left, right):
            return _relation(FLIPPED.get(how, how), right, left, known)
        case Relation(how, left, right):
            return _relation(how, left, right, known)
    raise ExpressionError(_told(tree))


def _any(parts: list[Condition]) -> Condition:
    """Join parts; several options of one question are one part."""
    looked_at = {part.question if isinstance(part, AnyOf) else "" for part in parts}
    if len(looked_at) == 1 and "" not in looked_at:
        chosen = [code for part in parts if isinstance(part, AnyOf) for code in part.any_of]
        return AnyOf(question=looked_at.pop(), any_of=tuple(dict.fromkeys(chosen)))
    return AnyPart(any=tuple(parts))


def _relation(how: str, left: Tree, right: Tree, known: Known) -> Condition:
    match left, right:
        case Call(name, (Ref(question),)), Amount(limit) if name in _COUNTS:
            answered = _answered(_asked(question, known))
            if (how, limit) in _SOME:
                return answered
            if (how, limit) in _NONE:
                return Not(not_=answered)
        case Ref(question), Words(value) | Amount(value):
            return _compared(how, _asked(question, known), value)
    raise ExpressionError(_told(Relation(how, left, right)))


def _compared(how: str, asked: Asked, value: str) -> Condition:
    if how not in ("=", "!="):
        return Comparison(question=asked.key, is_=Comparator(how), value=_number(asked, value))
    equal: Condition
    if value == "":
        equal = Not(not_=_answered(asked))
        return equal.not_ if how == "!=" else equal
    if asked.sort is Sort.number and value not in asked.codes:
        equal = Comparison(question=asked.key, is_=Comparator.equal, value=_number(asked, value))
    elif asked.sort is Sort.several:
        # "= 'a'" says a and nothing else, which no condition of ours says.
        raise ExpressionError(f"{asked.key} {how} '{value}'")
    else:
        equal = AnyOf(question=asked.key, any_of=(_code(asked, value),))
    # XPath's "!=" also holds while there is no answer; so does "not".
    return Not(not_=equal) if how == "!=" else equal


def _answered(asked: Asked) -> Condition:
    if asked.sort is Sort.tick:
        return AnyOf(question=asked.key, any_of=tuple(asked.codes.values()))
    return Answered(question=asked.key, answered=True)


def _asked(name: str, known: Known) -> Asked:
    if name not in known:
        raise ExpressionError(f"${{{name}}}")
    return known[name]


def _code(asked: Asked, choice: str) -> str:
    if asked.sort is Sort.place and choice.strip():
        return choice
    if choice not in asked.codes:
        raise ExpressionError(f"{asked.key}: '{choice}'")
    return asked.codes[choice]


def _number(asked: Asked, value: str) -> float:
    if asked.sort is not Sort.number:
        raise ExpressionError(f"{asked.key}: {value}")
    try:
        number = float(value)
    except ValueError:
        number = inf
    if not isfinite(number):
        raise ExpressionError(f"{asked.key}: '{value[:40]}'")
    return number


def _told(tree: Tree) -> str:
    match tree:
        case Call(name, _):
            return f"{name}()"
        case Ref(name):
            return f"${{{name}}}"
        case Words(text) | Amount(text):
            return text
        case Relation(how, left, right):
            return f"{_told(left)} {how} {_told(right)}"
        case Joined(word, parts):
            return f" {word} ".join(_told(part) for part in parts)
    return "."


def numeral(value: float) -> str:
    """Write a number as XPath reads it: no exponent, no ".0"."""
    plain = format(Decimal(str(value)), "f")
    return plain.rstrip("0").removesuffix(".") if "." in plain else plain


def quoted(text: str) -> str:
    """Put a text between quotes that it does not hold.

    :raise ExpressionError: if it holds both kinds: XPath has no way to write that.
    """
    for mark in ("'", '"'):
        if mark not in text:
            return f"{mark}{text}{mark}"
    raise ExpressionError(text)


def expression_of(condition: Condition, known: Known) -> str:
    """Write a condition as a ``relevant``.

    :raise ExpressionError: if it looks at an unknown question, or XPath cannot write it.
    """
    match condition:
        case All():
            return " and ".join(_inside(part, known) for part in condition.all)
        case AnyPart():
            return " or ".join(_inside(part, known) for part in condition.any)
        case Not():
            return f"not({expression_of(condition.not_, known)})"
        case AnyOf():
            return _chosen(condition.question, condition.any_of, known)
        case NoneOf():
            none = _chosen(condition.question, condition.none_of, known)
            return f"{_some(condition.question, known)} and not({none})"
        case Answered():
            return _some(condition.question, known)
        case Comparison():
            asked = _asked(condition.question, known)
            written = f"${{{asked.key}}} {condition.is_.value} {numeral(condition.value)}"
            # A blank is unequal to any number for XPath, and compares with nothing for us.
            unequal = condition.is_ is Comparator.unequal
            return f"{_some(asked.key, known)} and {written}" if unequal else written


def _inside(part: Condition, known: Known) -> str:
    simple = isinstance(part, Not | Answered) or (isinstance(part, AnyOf) and len(part.any_of) == 1)
    written = expression_of(part, known)
    return written if simple else f"({written})"


def _chosen(key: str, codes: tuple[str, ...], known: Known) -> str:
    if _asked(key, known).sort is Sort.several:
        return " or ".join(f"selected(${{{key}}}, {quoted(code)})" for code in codes)
    return " or ".join(f"${{{key}}} = {quoted(code)}" for code in codes)


def _some(key: str, known: Known) -> str:
    asked = _asked(key, known)
    count = "count-selected" if asked.sort is Sort.several else "string-length"
    return f"{count}(${{{key}}}) > 0"
