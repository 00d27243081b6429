"""One question as what a template needs: names, labels, what is chosen and what is wrong."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from surveyapp.questionnaire.answers import Problem, Raw
from surveyapp.questionnaire.model import (
    Battery,
    Kind,
    Multiple,
    Note,
    Number,
    Option,
    Place,
    PlaceCode,
    Question,
    Rank,
    Scale,
    Single,
    TextQuestion,
)

PREFIX = "q_"


@dataclass(frozen=True)
class Choice:
    """A choice of a list. ``specify`` is the name of the text field that it opens."""

    value: str
    label: str
    chosen: bool = False
    exclusive: bool = False
    specify: str = ""
    words: str = ""


@dataclass(frozen=True)
class Group:
    """Choices under a heading; an empty label is no heading."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Field:
    """One control, or one group of choices, under one answer key."""

    name: str
    label: str
    choices: tuple[Choice, ...] = ()
    groups: tuple[Group, ...] = ()
    value: str = ""
    errors: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The id of the control in the page."""
        return self.name.replace(".", "-")


@dataclass(frozen=True)
class QuestionView:
    """A question of a page: its words, and one field for each answer key."""

    id: str
    kind: Kind
    text: str
    hint: str
    fields: tuple[Field, ...]
    content_note: bool = False
    decimal: bool = False
    unit: str = ""
    long: bool = False
    limit: int = 0
    most: int = 0


@dataclass(frozen=True)
class Shown:
    """What a page is drawn from. ``places`` are the groups of a place question's list."""

    language: str
    raw: Raw
    problems: Mapping[str, Sequence[str]]
    places: tuple[Group, ...] = ()


def _errors(shown: Shown, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(shown.problems.get(key, ())))


def _posted(shown: Shown, key: str) -> str:
    return next((value for value in shown.raw.get(key, ()) if value), "")


def _choice(option: Option, key: str, shown: Shown) -> Choice:
    specify = f"{PREFIX}{key}.other" if option.specify else ""
    return Choice(
        value=option.id,
        label=option.label[shown.language],
        chosen=option.id in shown.raw.get(key, ()),
        exclusive=option.exclusive,
        specify=specify,
        words=_posted(shown, f"{key}.other") if specify else "",
    )


def _chosen_from(
    question: Single | Scale | Multiple | Battery, key: str, label: str, shown: Shown
) -> Field:
    return Field(
        name=f"{PREFIX}{key}",
        label=label,
        choices=tuple(_choice(option, key, shown) for option in question.options),
        errors=_errors(shown, key) + _errors(shown, f"{key}.other"),
    )


def _choosing(question: Single | Scale | Multiple, shown: Shown) -> tuple[Field, ...]:
    return (_chosen_from(question, question.id, question.text[shown.language], shown),)


def _battery(question: Battery, shown: Shown) -> tuple[Field, ...]:
    return tuple(
        _chosen_from(question, f"{question.id}.{line.id}", line.text[shown.language], shown)
        for line in question.statements
    )


def _rank(question: Rank, shown: Shown) -> tuple[Field, ...]:
    most = question.at_most or len(question.options)
    fields = []
    for index, option in enumerate(question.options):
        key = f"{question.id}.{option.id}"
        given = _posted(shown, key)
        positions = tuple(Choice(str(n), str(n), given == str(n)) for n in range(1, most + 1))
        errors = _errors(shown, question.id) if index == 0 else ()
        label = option.label[shown.language]
        fields.append(Field(f"{PREFIX}{key}", label, positions, errors=errors))
    return tuple(fields)


def _codes(question: Number | TextQuestion, shown: Shown) -> tuple[Choice, ...]:
    key = f"{question.id}.code"
    given = shown.raw.get(key, ())
    offered = []
    if question.dont_know:
        offered.append(Choice("dont_know", _("I don’t know"), "dont_know" in given))
    if question.prefer_not:
        offered.append(Choice("prefer_not", _("I prefer not to say"), "prefer_not" in given))
    return tuple(offered)


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
    groups = tuple(
        Group(
            group.label,
            tuple(Choice(one.value, one.label, one.value == given) for one in group.choices),
        )
        for group in shown.places
    )
    codes = (
        (PlaceCode.unknown, _("I don’t know")),
        (PlaceCode.outside, _("I live outside this area")),
        (PlaceCode.no_fixed_address, _("I have no fixed address")),
    )
    others = tuple(Choice(code.value, label, code.value == given) for code, label in codes)
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
    most = question.at_most if isinstance(question, Multiple | Rank) else None
    return QuestionView(
        id=question.id,
        kind=question.kind,
        text=question.text[shown.language],
        hint=question.hint[shown.language] if question.hint else "",
        fields=FIELDS_FOR[question.kind](question, shown),
        content_note=getattr(question, "content_note", False),
        decimal=getattr(question, "decimals", 0) > 0,
        unit=unit[shown.language] if unit else "",
        long=getattr(question, "long", False),
        limit=question.at_most if isinstance(question, TextQuestion) else 0,
        most=most or 0,
    )


def sentences_by_key(
    problems: Sequence[Problem], worded: Callable[[Problem], str]
) -> dict[str, list[str]]:
    """Put problems into words under their answer keys."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        found.setdefault(problem.key, []).append(worded(problem))
    return found
