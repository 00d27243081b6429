"""A questionnaire as it stands on paper: numbered questions, boxes, and when to skip, in words.

Plain values for the press. Every option keeps the number of its place in the document: it is
printed small beside the box, and is what the entry screen is typed from.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from surveyapp.forms.codes import CODES, PLACE_CODES, offered
from surveyapp.forms.conditions import Naming, answer_only_if, labels_of, numbered
from surveyapp.questionnaire.document import Questionnaire
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
    Section,
    TextQuestion,
)

# More names than this are a page of their own: one line to write on is quicker to fill and to read.
MOST_PLACES = 60
LINES_TO_WRITE = 4


@dataclass(frozen=True)
class Box:
    """Something to tick. ``number`` is 1 for the first option; ``specify`` opens a line."""

    number: int
    label: str
    specify: bool = False
    exclusive: bool = False


@dataclass(frozen=True)
class Line:
    """A statement of a battery: its letter, its words."""

    letter: str
    words: str


@dataclass(frozen=True)
class PlaceGroup:
    """Places under the one that holds them; an empty label is no heading."""

    label: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class PaperQuestion:
    """A question on paper. ``code`` is its id, printed small for the entry screen."""

    number: str
    code: str
    kind: Kind
    words: str
    hints: tuple[str, ...]
    skip: str
    boxes: tuple[Box, ...] = ()
    lines: tuple[Line, ...] = ()
    places: tuple[PlaceGroup, ...] = ()
    unit: str = ""
    rows: int = 0
    content_note: bool = False


@dataclass(frozen=True)
class PaperSection:
    """A section on paper."""

    title: str
    intro: str
    questions: tuple[PaperQuestion, ...]


@dataclass(frozen=True)
class PlaceNames:
    """The places of a wave: in groups for ticking, by code for conditions and local questions."""

    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    by_code: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Setting:
    language: str
    numbers: Mapping[str, str]
    naming: Naming
    places: PlaceNames


def _boxes(options: Sequence[Option], language: str) -> tuple[Box, ...]:
    return tuple(
        Box(number, option.label[language], option.specify, option.exclusive)
        for number, option in enumerate(options, 1)
    )


def _codes(question: Number | TextQuestion) -> tuple[Box, ...]:
    return tuple(Box(n, str(CODES[role])) for n, role in enumerate(offered(question), 1))


def _choose_one(question: Any, setting: _Setting) -> dict[str, Any]:
    return {
        "boxes": _boxes(question.options, setting.language),
        "hints": (_("Choose one answer."),),
    }


def _choose_many(question: Multiple, setting: _Setting) -> dict[str, Any]:
    most = question.at_most
    said = (
        ngettext("Choose at most %(num)s.", "Choose at most %(num)s.", most)
        if most
        else _("Choose all that apply.")
    )
    return {"boxes": _boxes(question.options, setting.language), "hints": (said,)}


def _battery(question: Battery, setting: _Setting) -> dict[str, Any]:
    lines = tuple(
        Line(letter, one.text[setting.language])
        for letter, one in zip(_letters(), question.statements, strict=False)
    )
    boxes = _boxes(question.options, setting.language)
    return {"boxes": boxes, "lines": lines, "hints": (_("Choose one answer on each line."),)}


def _rank(question: Rank, setting: _Setting) -> dict[str, Any]:
    most = question.at_most or len(question.options)
    said = _(
        "Write 1 beside what matters most to you, then 2, and so on up to %(most)s.", most=most
    )
    return {"boxes": _boxes(question.options, setting.language), "hints": (said,)}


def _number(question: Number, setting: _Setting) -> dict[str, Any]:
    unit = question.unit[setting.language] if question.unit else ""
    return {"boxes": _codes(question), "unit": unit, "hints": (_("Write a number."),)}


def _text(question: TextQuestion, _setting: _Setting) -> dict[str, Any]:
    return {"boxes": _codes(question), "rows": LINES_TO_WRITE if question.long else 1}


def _place(_question: Place, setting: _Setting) -> dict[str, Any]:
    count = sum(len(names) for _label, names in setting.places.groups)
    fits = 0 < count <= MOST_PLACES
    number = 0
    groups = []
    for label, names in setting.places.groups if fits else ():
        boxes = tuple(Box(number + place, name) for place, name in enumerate(names, 1))
        number += len(names)
        groups.append(PlaceGroup(label, boxes))
    others = enumerate(PLACE_CODES.values(), number + 1)
    boxes = tuple(Box(place, str(words)) for place, words in others)
    hint = (
        _("Choose one answer.") if fits else _("Write the name of the place, or choose one answer.")
    )
    return {"boxes": boxes, "places": tuple(groups), "rows": 0 if fits else 1, "hints": (hint,)}


def _note(question: Note, _setting: _Setting) -> dict[str, Any]:
    return {"content_note": question.content_note}


ON_PAPER: dict[Kind, Callable[[Any, _Setting], dict[str, Any]]] = {
    Kind.single: _choose_one,
    Kind.scale: _choose_one,
    Kind.multiple: _choose_many,
    Kind.battery: _battery,
    Kind.rank: _rank,
    Kind.number: _number,
    Kind.text: _text,
    Kind.place: _place,
    Kind.note: _note,
}


def _letters() -> tuple[str, ...]:
    return (*ascii_lowercase, *(f"{a}{b}" for a in ascii_lowercase for b in ascii_lowercase))


def numbers_on_paper(questionnaire: Questionnaire) -> dict[str, str]:
    """Number the answer keys as paper does: 1, 2, 3a, 3b; notes have no number."""
    found: dict[str, str] = {}
    number = 0
    for question in questionnaire.questions():
        if isinstance(question, Note):
            continue
        number += 1
        found[question.id] = str(number)
        for letter, line in zip(_letters(), getattr(question, "statements", ()), strict=False):
            found[f"{question.id}.{line.id}"] = f"{number}{letter}"
    return found


def _skip(question: Question, setting: _Setting) -> str:
    said = []
    if question.only_for:
        names = [setting.places.by_code.get(code, code) for code in question.only_for]
        said.append(
            _("Answer this question only if you live here: %(places)s.", places=", ".join(names))
        )
    if question.asked_if is not None:
        said.append(answer_only_if(question.asked_if, setting.naming))
    return " ".join(said)


def _hints(own: str, ours: tuple[str, ...]) -> tuple[str, ...]:
    """Join the question's own hint and ours, unless it says the same."""
    return tuple(one for one in (own, *(said for said in ours if said not in own)) if one)


def _question(question: Question, setting: _Setting) -> PaperQuestion:
    shown = ON_PAPER[question.kind](question, setting)
    own = question.hint[setting.language] if question.hint else ""
    return PaperQuestion(
        number=setting.numbers.get(question.id, ""),
        code=question.id,
        kind=question.kind,
        words=question.text[setting.language],
        skip=_skip(question, setting),
        **{**shown, "hints": _hints(own, shown.get("hints", ()))},
    )


def _section(section: Section, setting: _Setting) -> PaperSection:
    return PaperSection(
        section.title[setting.language],
        section.intro[setting.language] if section.intro else "",
        tuple(_question(question, setting) for question in section.questions),
    )


def on_paper(
    questionnaire: Questionnaire, language: str, places: PlaceNames
) -> tuple[PaperSection, ...]:
    """Lay a questionnaire out for paper, in a language that the interface speaks now."""
    numbers = numbers_on_paper(questionnaire)
    naming = Naming(
        lambda key: numbered(numbers.get(key, key)),
        labels_of(questionnaire, language),
        places.by_code,
    )
    setting = _Setting(language, numbers, naming, places)
    return tuple(_section(section, setting) for section in questionnaire.sections)
