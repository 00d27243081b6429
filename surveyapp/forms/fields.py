"""One question as what a template needs: names, labels, what is chosen and what is wrong."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from surveyapp.forms.codes import CODES, PLACE_CODES, offered
from surveyapp.forms.parts import Choice, Field, Group, PlaceList, QuestionView, Shown
from surveyapp.questionnaire.answers import Problem
from surveyapp.questionnaire.model import (
    Battery,
    Kind,
    Multiple,
    Note,
    Number,
    Option,
    Place,
    Question,
    Rank,
    Scale,
    Single,
    TextQuestion,
)

__all__ = [
    "PREFIX",
    "Choice",
    "Field",
    "Group",
    "PlaceList",
    "QuestionView",
    "Shown",
    "sentences_by_key",
    "view",
]

PREFIX = "q_"


def _errors(shown: Shown, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(shown.problems.get(key, ())))


def _posted(shown: Shown, key: str) -> str:
    return next((value for value in shown.raw.get(key, ()) if value), "")


def _choice(option: Option, key: str, shown: Shown, ticked: bool) -> Choice:
    specify = f"{PREFIX}{key}.other" if option.specify else ""
    return Choice(
        value=option.id,
        label=option.label[shown.language],
        chosen=option.id in shown.raw.get(key, ()),
        # Among radio buttons each stands alone: only ticked boxes need telling apart.
        exclusive=ticked and option.stands_alone,
        specify=specify,
        words=_posted(shown, f"{key}.other") if specify else "",
        errors=_errors(shown, f"{key}.other") if specify else (),
    )


def _chosen_from(
    question: Single | Scale | Multiple | Battery, key: str, label: str, shown: Shown
) -> Field:
    ticked = isinstance(question, Multiple)
    return Field(
        name=f"{PREFIX}{key}",
        label=label,
        choices=tuple(_choice(option, key, shown, ticked) for option in question.options),
        errors=_errors(shown, key),
    )


def _choosing(question: Single | Scale | Multiple, shown: Shown) -> tuple[Field, ...]:
    return (_chosen_from(question, question.id, question.text[shown.language], shown),)


def _battery(question: Battery, shown: Shown) -> tuple[Field, ...]:
    return tuple(
        _chosen_from(question, f"{question.id}.{line.id}", line.text[shown.language], shown)
        for line in question.statements
    )


def _positions(question: Rank) -> int:
    known = len(question.options)
    return min(question.at_most or known, known)


def _misplaced(given: Sequence[str], most: int) -> list[bool]:
    """Tell which positions cannot stand: given twice, or none of the numbers offered."""
    known = {str(number) for number in range(1, most + 1)}
    return [bool(one) and (one not in known or given.count(one) > 1) for one in given]


def _rank(question: Rank, shown: Shown) -> tuple[Field, ...]:
    most = _positions(question)
    names = [f"{question.id}.{option.id}" for option in question.options]
    given = [_posted(shown, name).strip() for name in names]
    errors = _errors(shown, question.id)
    marked = _misplaced(given, most) if errors else [False] * len(given)
    # The sentence leads to the first choice that it is about.
    first = marked.index(True) if any(marked) else 0
    return tuple(
        Field(
            f"{PREFIX}{names[index]}",
            option.label[shown.language],
            tuple(Choice(str(n), str(n), given[index] == str(n)) for n in range(1, most + 1)),
            errors=errors if index == first else (),
            marked=marked[index],
        )
        for index, option in enumerate(question.options)
    )


def _codes(question: Number | TextQuestion, shown: Shown) -> tuple[Choice, ...]:
    key = f"{question.id}.code"
    given = shown.raw.get(key, ())
    return tuple(
        Choice(role.value, str(CODES[role]), role.value in given) for role in offered(question)
    )


def _written(question: Number | TextQuestion, shown: Shown) -> tuple[Field, ...]:
    return (
        Field(
            name=f"{PREFIX}{question.id}",
            label=question.text[shown.language],
            choices=_codes(question, shown),
            value=_posted(shown, question.id),
            errors=_errors(shown, question.id),
        ),
    )


def _place(question: Place, shown: Shown) -> tuple[Field, ...]:
    given = _posted(shown, question.id)
    listed = shown.places.get(question.id, PlaceList()).groups
    groups = tuple(
        Group(group.label, tuple(replace(one, chosen=one.value == given) for one in group.choices))
        for group in listed
    )
    others = tuple(
        Choice(code.value, str(words), code.value == given) for code, words in PLACE_CODES.items()
    )
    return (
        Field(
            name=f"{PREFIX}{question.id}",
            label=question.text[shown.language],
            groups=groups,
            choices=others,
            errors=_errors(shown, question.id),
        ),
    )


def _note(_question: Note, _shown: Shown) -> tuple[Field, ...]:
    return ()


FIELDS_FOR: dict[Kind, Callable[[Any, Shown], tuple[Field, ...]]] = {
    Kind.single: _choosing,
    Kind.scale: _choosing,
    Kind.multiple: _choosing,
    Kind.battery: _battery,
    Kind.rank: _rank,
    Kind.number: _written,
    Kind.text: _written,
    Kind.place: _place,
    Kind.note: _note,
}


def view(question: Question, shown: Shown) -> QuestionView:
    """Prepare a question for its macro."""
    unit = getattr(question, "unit", None)
    most = question.at_most if isinstance(question, Multiple) else None
    if isinstance(question, Rank):
        most = _positions(question)
    return QuestionView(
        id=question.id,
        kind=question.kind,
        text=question.text[shown.language],
        hint=question.hint[shown.language] if question.hint else "",
        fields=FIELDS_FOR[question.kind](question, shown),
        required=question.required,
        content_note=getattr(question, "content_note", False),
        decimal=getattr(question, "decimals", 0) > 0,
        unit=unit[shown.language] if unit else "",
        long=getattr(question, "long", False),
        limit=question.at_most if isinstance(question, TextQuestion) else 0,
        most=most or 0,
        places=shown.places.get(question.id, PlaceList()),
    )


def sentences_by_key(
    problems: Sequence[Problem], worded: Callable[[Problem], str]
) -> dict[str, list[str]]:
    """Put problems into words under their answer keys."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(problem.key, []).append(worded(problem))
    return found
