"""XLSForm's ``constraint`` to the limits of a question and back."""

from dataclasses import dataclass

from surveyapp.questionnaire.interchange.expressions import (
    FLIPPED,
    Amount,
    Call,
    ExpressionError,
    Here,
    Joined,
    Relation,
    Tree,
    Words,
    parse,
)
from surveyapp.questionnaire.interchange.relevance import numeral, quoted
from surveyapp.questionnaire.kinds import Kind
from surveyapp.questionnaire.model import Multiple, Number, Question, TextQuestion


@dataclass(frozen=True)
class Limits:
    """What a constraint says: bounds, a longest length or most ticks, choices that stand alone."""

    minimum: float | None = None
    maximum: float | None = None
    at_most: int | None = None
    alone: tuple[str, ...] = ()


def limits_of(written: str, kind: Kind, *, whole: bool = True) -> Limits:
    """Read a constraint on a question of a kind; ``whole`` numbers have a next one.

    :raise ExpressionError: with the part that no limit of ours expresses.
    """
    if not written.strip():
        return Limits()
    found = Limits()
    for part in _parts(parse(written)):
        found = _both(found, _limit(part, kind, whole=whole))
    return found


def _parts(tree: Tree) -> tuple[Tree, ...]:
    if isinstance(tree, Joined) and tree.word == "and":
        return tuple(inner for part in tree.parts for inner in _parts(part))
    return (tree,)


def _both(one: Limits, other: Limits) -> Limits:
    lows = [low for low in (one.minimum, other.minimum) if low is not None]
    highs = [high for high in (one.maximum, other.maximum) if high is not None]
    most = [count for count in (one.at_most, other.at_most) if count is not None]
    return Limits(
        max(lows, default=None),
        min(highs, default=None),
        min(most, default=None),
        (*one.alone, *other.alone),
    )


def _limit(tree: Tree, kind: Kind, *, whole: bool) -> Limits:
    match tree:
        case Relation(how, Amount() as left, right):
            return _limit(Relation(FLIPPED.get(how, how), right, left), kind, whole=whole)
        case Relation(how, Here(), Amount(bound)) if kind is Kind.number:
            return _bound(how, float(bound), whole=whole)
        case Relation(how, Call("string-length", (Here(),)), Amount(n)) if kind is Kind.text:
            return Limits(at_most=_most(how, n))
        case Relation(how, Call("count-selected", (Here(),)), Amount(n)) if kind is Kind.multiple:
            return Limits(at_most=_most(how, n))
        case Call("not", (Joined("and", parts),)) if kind is Kind.multiple:
            return Limits(alone=(_alone(parts),))
    raise ExpressionError(type(tree).__name__.lower())


def _bound(how: str, bound: float, *, whole: bool) -> Limits:
    if how == ">=":
        return Limits(minimum=bound)
    if how == "<=":
        return Limits(maximum=bound)
    if whole and bound.is_integer() and how in ("<", ">"):
        return Limits(minimum=bound + 1) if how == ">" else Limits(maximum=bound - 1)
    raise ExpressionError(f". {how} {numeral(bound)}")


def _most(how: str, count: str) -> int:
    number = float(count)
    if how == "<=" and number.is_integer():
        return int(number)
    if how == "<" and number.is_integer():
        return int(number) - 1
    raise ExpressionError(f"{how} {count}")


def _alone(parts: tuple[Tree, ...]) -> str:
    """Read "this choice with any other": what a choice that stands alone forbids."""
    match sorted(parts, key=lambda part: isinstance(part, Relation)):
        case [
            Call("selected", (Here(), Words(choice) | Amount(choice))),
            Relation(how, Call("count-selected", (Here(),)), Amount(count)),
        ] if (how, count) in ((">", "1"), (">=", "2")):
            return choice
    raise ExpressionError("not()")


def constraint_of(question: Question) -> str:
    """Write the limits of a question; empty if it has none that XLSForm can check."""
    return " and ".join(_written(question))


def _written(question: Question) -> list[str]:
    if isinstance(question, Number):
        bounds = ((">=", question.minimum), ("<=", question.maximum))
        return [f". {how} {numeral(bound)}" for how, bound in bounds if bound is not None]
    if isinstance(question, TextQuestion):
        return [f"string-length(.) <= {question.at_most}"]
    if isinstance(question, Multiple):
        most = [] if question.at_most is None else [f"count-selected(.) <= {question.at_most}"]
        return most + [
            f"not(selected(., {quoted(option.id)}) and count-selected(.) > 1)"
            for option in question.options
            if option.stands_alone
        ]
    return []
