"""The entry screen: every question of a sheet with its number, its keys and a field to type in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.forms.codes import offered
from surveyapp.forms.fields import PREFIX
from surveyapp.forms.keyed import SILENT, UNSURE, Keypad
from surveyapp.forms.paper import Box, PaperQuestion, PaperSection
from surveyapp.forms.parts import id_of
from surveyapp.forms.sentences import sentence
from surveyapp.questionnaire.answers import Problem, ProblemCode, keys_of
from surveyapp.questionnaire.model import (
    Draft,
    Kind,
    Number,
    Place,
    Question,
    Role,
    TextQuestion,
)

ALSO = {Role.dont_know: UNSURE, Role.prefer_not: SILENT}
_KINDS_OF_ONE = (Kind.single, Kind.scale, Kind.battery)
# Nothing on paper is required: whoever left a box empty cannot be asked again.
TOLERATED = frozenset((ProblemCode.required,))
SENTENCES: dict[ProblemCode, LazyString] = {
    ProblemCode.unknown_option: _l("Type a number that is printed beside an answer"),
    ProblemCode.unknown_place: _l(
        "Type the number of a place, or letters that only one name begins with"
    ),
    ProblemCode.exclusive: _l("One of these answers stands alone: type it alone, or leave it out"),
    ProblemCode.too_many: _l("Type at most %(most)s numbers; if more are ticked, leave it empty"),
    ProblemCode.not_a_position: _l(
        "Type the numbers of at most %(most)s answers, each once, the first choice first"
    ),
    ProblemCode.specify_without_choice: _l(
        "Type the number of the answer that these words stand beside"
    ),
}


@dataclass(frozen=True)
class Key:
    """What can be typed and what it stands for.

    ``also`` is another key for it, of those that mean the same at every question: an interviewer
    does not read out what has one.
    """

    mark: str
    label: str
    code: str
    also: str = ""


@dataclass(frozen=True)
class KeyGroup:
    """Keys under a heading; an empty label is no heading."""

    label: str
    keys: tuple[Key, ...]


@dataclass(frozen=True)
class Blank:
    """A field to type in. ``beside`` is the code of the option that its words belong to."""

    key: str
    number: str
    words: str
    typed: str
    errors: tuple[str, ...]
    beside: str = ""

    @property
    def name(self) -> str:
        """The name of the control."""
        return f"{PREFIX}{self.key}"

    @property
    def id(self) -> str:
        """The id of the control in the page."""
        return id_of(self.name)


@dataclass(frozen=True)
class Asked:
    """A question of the screen. ``asked_if`` is its condition as JSON, or empty."""

    paper: PaperQuestion
    groups: tuple[KeyGroup, ...]
    blanks: tuple[Blank, ...]
    asked_if: str
    takes: str

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """Each sentence with the id of the field that it is about."""
        return tuple((one.id, said) for one in self.blanks for said in one.errors)


@dataclass(frozen=True)
class Part:
    """A section of the screen."""

    title: str
    intro: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Filled:
    """What was typed by answer key, and what is wrong with it."""

    typed: Mapping[str, str]
    problems: Mapping[str, Sequence[str]]


def worded(problem: Problem) -> str:
    """Put a problem into words for who types; the resident's sentence where it fits."""
    own = SENTENCES.get(problem.code)
    return str(own) % problem.limits if own else sentence(problem)


def _option_keys(question: Question, boxes: Sequence[Box]) -> tuple[Key, ...]:
    options = getattr(question, "options", ())
    return tuple(
        Key(str(box.number), box.label, option.id, ALSO.get(option.role, ""))
        for box, option in zip(boxes, options, strict=True)
    )


def _code_keys(question: Number | TextQuestion, boxes: Sequence[Box]) -> tuple[Key, ...]:
    roles = offered(question)
    return tuple(
        Key(ALSO[role], box.label, role.value, ALSO[role])
        for box, role in zip(boxes, roles, strict=True)
    )


def _groups(question: Question, paper: PaperQuestion, pad: Keypad) -> tuple[KeyGroup, ...]:
    if isinstance(question, Place):
        codes = pad.numbered
        named = [(group.label, group.boxes) for group in paper.places]
        return tuple(
            KeyGroup(
                label,
                tuple(Key(str(box.number), box.label, codes[box.number - 1]) for box in boxes),
            )
            for label, boxes in (*named, ("", paper.boxes))
        )
    if isinstance(question, Number | TextQuestion):
        keys = _code_keys(question, paper.boxes)
    else:
        keys = _option_keys(question, paper.boxes)
    return (KeyGroup("", keys),) if keys else ()


def _blanks(question: Question, paper: PaperQuestion, filled: Filled) -> tuple[Blank, ...]:
    words = [line.words for line in paper.lines] or [""]
    marks = [f"{paper.number}{line.letter}" for line in paper.lines] or [paper.number]
    found: list[Blank] = []
    for key, mark, said in zip(keys_of(question), marks, words, strict=False):
        found.append(_blank(key, mark, said, filled))
        found += [
            _blank(f"{key}.other", mark, box.label, filled, option.id)
            for option, box in zip(getattr(question, "options", ()), paper.boxes, strict=False)
            if option.specify
        ]
    return tuple(found)


def _blank(key: str, mark: str, words: str, filled: Filled, beside: str = "") -> Blank:
    # A ranking may go wrong at any of its positions: the field is one.
    wrong = tuple(dict.fromkeys(filled.problems.get(key, ())))
    return Blank(key, mark, words, filled.typed.get(key, ""), wrong, beside)


def screen(
    draft: Draft, sections: Sequence[PaperSection], pad: Keypad, filled: Filled
) -> tuple[Part, ...]:
    """Lay out the screen from the questionnaire as it stands on paper."""
    return tuple(
        Part(
            paper.title,
            paper.intro,
            tuple(
                _asked(question, one, pad, filled)
                for question, one in zip(section.questions, paper.questions, strict=True)
            ),
        )
        for section, paper in zip(draft.sections, sections, strict=True)
    )


def _asked(question: Question, paper: PaperQuestion, pad: Keypad, filled: Filled) -> Asked:
    condition = question.asked_if
    return Asked(
        paper=paper,
        groups=() if question.kind is Kind.note else _groups(question, paper, pad),
        blanks=_blanks(question, paper, filled),
        asked_if=condition.model_dump_json(by_alias=True) if condition else "",
        takes="one" if question.kind in _KINDS_OF_ONE else question.kind.value,
    )
