"""When a question is asked: conditions on earlier answers, as data and never as code."""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

Answer = Any  # str, list[str], float, {"code": ...} or None, as in the answers table of the design
Answers = Mapping[str, Answer]


class _Node(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False
    )


class All(_Node):
    """Every part holds."""

    all: tuple["Condition", ...] = Field(min_length=1)


class AnyPart(_Node):
    """At least one part holds."""

    any: tuple["Condition", ...] = Field(min_length=1)


class Not(_Node):
    """The part does not hold; also true while its question is blank or not asked."""

    not_: "Condition" = Field(alias="not")


class AnyOf(_Node):
    """The answer is, or holds, one of these options or places. A blank holds none."""

    question: str
    any_of: tuple[str, ...] = Field(min_length=1)


class NoneOf(_Node):
    """There is an answer, and it holds none of these options."""

    question: str
    none_of: tuple[str, ...] = Field(min_length=1)


class Answered(_Node):
    """There is an answer, a don't-know or a prefer-not included; a blank is none."""

    question: str
    answered: Literal[True]


class Comparator(StrEnum):
    """How a number is compared."""

    equal = "="
    unequal = "!="
    less = "<"
    at_most = "<="
    more = ">"
    at_least = ">="


class Comparison(_Node):
    """The answer is a number and compares so; don't know and prefer not compare with nothing."""

    question: str
    is_: Comparator = Field(alias="is")
    value: float


_TAGS = ("all", "any", "not", "any_of", "none_of", "answered", "is")


def _tag(value: Any) -> str | None:
    names = value if isinstance(value, dict) else getattr(type(value), "model_fields", ())
    keys = {str(name).rstrip("_") for name in names}
    return next((tag for tag in _TAGS if tag in keys), None)


Condition = Annotated[
    Annotated[All, Tag("all")]
    | Annotated[AnyPart, Tag("any")]
    | Annotated[Not, Tag("not")]
    | Annotated[AnyOf, Tag("any_of")]
    | Annotated[NoneOf, Tag("none_of")]
    | Annotated[Answered, Tag("answered")]
    | Annotated[Comparison, Tag("is")],
    Discriminator(_tag),
]

for _model in (All, AnyPart, Not):
    _model.model_rebuild()


def _chosen(answer: Answer) -> frozenset[str]:
    if isinstance(answer, str):
        return frozenset((answer,))
    if isinstance(answer, list | tuple):
        return frozenset(answer)
    if isinstance(answer, Mapping):
        return frozenset((answer["code"],))
    return frozenset()


def is_answer(answer: Answer) -> bool:
    """Tell whether there is an answer: a don't-know and a prefer-not are, a blank is not."""
    return answer is not None and answer not in ("", [], ())


def _compare(answer: Answer, comparator: Comparator, value: float) -> bool:
    if isinstance(answer, bool) or not isinstance(answer, int | float):
        return False
    return {
        Comparator.equal: answer == value,
        Comparator.unequal: answer != value,
        Comparator.less: answer < value,
        Comparator.at_most: answer <= value,
        Comparator.more: answer > value,
        Comparator.at_least: answer >= value,
    }[comparator]


def holds(condition: Condition, answers: Answers) -> bool:
    """Tell whether a condition holds; an absent key and a null are both *no answer*."""
    match condition:
        case All():
            return all(holds(part, answers) for part in condition.all)
        case AnyPart():
            return any(holds(part, answers) for part in condition.any)
        case Not():
            return not holds(condition.not_, answers)
        case AnyOf():
            return not _chosen(answers.get(condition.question)).isdisjoint(condition.any_of)
        case NoneOf():
            answer = answers.get(condition.question)
            return is_answer(answer) and _chosen(answer).isdisjoint(condition.none_of)
        case Answered():
            return is_answer(answers.get(condition.question))
        case Comparison():
            return _compare(answers.get(condition.question), condition.is_, condition.value)


def _left_of(
    parts: tuple[Condition, ...], answers: Answers, undecided: Collection[str], settles: bool
) -> tuple[Condition, ...] | bool:
    """Return the parts that still matter, or a verdict; one part that ``settles`` decides all."""
    left = [remaining(part, answers, undecided) for part in parts]
    if any(part is settles for part in left):
        return settles
    return tuple(part for part in left if not isinstance(part, bool)) or not settles


def remaining(
    condition: Condition, answers: Answers, undecided: Collection[str]
) -> Condition | bool:
    """Return what a condition still asks of the undecided answers, or its verdict if nothing.

    Whatever the undecided answers become, the result holds exactly where the condition does.
    """
    match condition:
        case All():
            left = _left_of(condition.all, answers, undecided, settles=False)
            return left if isinstance(left, bool) else All(all=left)
        case AnyPart():
            left = _left_of(condition.any, answers, undecided, settles=True)
            return left if isinstance(left, bool) else AnyPart(any=left)
        case Not():
            part = remaining(condition.not_, answers, undecided)
            return not part if isinstance(part, bool) else Not(not_=part)
        case _ if condition.question in undecided:
            return condition
        case _:
            return holds(condition, answers)


def leaves(condition: Condition) -> Iterator[AnyOf | NoneOf | Answered | Comparison]:
    """Walk the parts of a condition that look at a question."""
    match condition:
        case All():
            for part in condition.all:
                yield from leaves(part)
        case AnyPart():
            for part in condition.any:
                yield from leaves(part)
        case Not():
            yield from leaves(condition.not_)
        case _:
            yield condition


def questions_of(condition: Condition) -> frozenset[str]:
    """Name the answers a condition looks at."""
    return frozenset(leaf.question for leaf in leaves(condition))
