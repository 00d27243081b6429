"""The questionnaire as a frozen document: sections, questions by kind, options with their role."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from surveyapp.questionnaire.conditions import Condition
from surveyapp.questionnaire.framework import Area
from surveyapp.questionnaire.kinds import Kind as Kind
from surveyapp.questionnaire.kinds import PlaceCode as PlaceCode
from surveyapp.questionnaire.kinds import Role as Role
from surveyapp.questionnaire.kinds import Sensitivity as Sensitivity
from surveyapp.questionnaire.text import Language, Text

# No dot: answer keys are "<question>.<statement>". No upper case: ids are also URL and file words.
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


_NO_ANSWER = frozenset((Role.not_applicable, Role.dont_know, Role.prefer_not))


class Node(BaseModel):
    """A part of the document."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Option(Node):
    """One answer to choose: a code, never a label, is stored.

    ``score`` runs from 0 to 100 with 100 = best and belongs to scored options alone.
    ``exclusive`` stands alone in a multiple choice ("none of these"); ``specify`` opens a text.
    """

    id: Slug
    label: Text
    role: Role = Role.substantive
    score: float | None = Field(default=None, ge=0, le=100)
    favourable: bool | None = None
    exclusive: bool = False
    specify: bool = False

    @property
    def stands_alone(self) -> bool:
        """Whether nothing else can be ticked beside it: exclusive, or no answer to the question."""
        return self.exclusive or self.role in _NO_ANSWER


class Tag(Node):
    """The name of a local priority, or of a factor as the municipality's own plan words it."""

    id: Slug
    name: Text


class _Tagged(Node):
    areas: tuple[Area, ...] = ()
    factors: tuple[Slug, ...] = ()
    priorities: tuple[Slug, ...] = ()


class Statement(_Tagged):
    """One line of a battery; its tags add to those of its question."""

    id: Slug
    text: Text
    version: int = Field(default=1, ge=1)


class _Question(_Tagged):
    """What all kinds share.

    ``version`` counts the published wordings whose meaning a person accepted as the same.
    ``only_for`` names the places (any level) whose residents are asked; empty is everyone.
    """

    id: Slug
    text: Text
    hint: Text | None = None
    asked_if: Condition | None = None
    only_for: tuple[str, ...] = ()
    required: bool = False
    sensitivity: Sensitivity = Sensitivity.general
    version: int = Field(default=1, ge=1)


class Single(_Question):
    """Choose one option."""

    kind: Literal[Kind.single] = Kind.single
    options: tuple[Option, ...] = ()


class Scale(_Question):
    """Choose one option of an ordered scale."""

    kind: Literal[Kind.scale] = Kind.scale
    options: tuple[Option, ...] = ()


class Multiple(_Question):
    """Choose any options, ``at_most`` some number; an exclusive option stands alone."""

    kind: Literal[Kind.multiple] = Kind.multiple
    options: tuple[Option, ...] = ()
    at_most: int | None = Field(default=None, ge=1)


class Battery(_Question):
    """Several statements answered on one scale."""

    kind: Literal[Kind.battery] = Kind.battery
    statements: tuple[Statement, ...] = ()
    options: tuple[Option, ...] = ()


class Rank(_Question):
    """Put options in order, ``at_most`` some number; ``top`` is what is reported."""

    kind: Literal[Kind.rank] = Kind.rank
    options: tuple[Option, ...] = ()
    at_most: int | None = Field(default=None, ge=1)
    top: int = Field(default=3, ge=1)


class _Coded(_Question):
    dont_know: bool = False
    prefer_not: bool = False


class Number(_Coded):
    """A number from ``minimum`` to ``maximum`` with ``decimals`` places.

    ``bands`` are the lower edges of the classes it is reported in; without them nothing is public.
    """

    kind: Literal[Kind.number] = Kind.number
    minimum: float | None = None
    maximum: float | None = None
    decimals: int = Field(default=0, ge=0, le=6)
    unit: Text | None = None
    bands: tuple[float, ...] = ()


class TextQuestion(_Coded):
    """Words of one's own: a line, or a paragraph when ``long``; ``at_most`` characters."""

    kind: Literal[Kind.text] = Kind.text
    long: bool = False
    at_most: int = Field(default=300, ge=1, le=20_000)


class Place(_Question):
    """A place of the wave's place set, at the most ``level``; or one of the three codes."""

    kind: Literal[Kind.place] = Kind.place
    level: Literal["neighbourhood", "municipality"] = "neighbourhood"


class Note(_Question):
    """Words to read; a content note warns before hard questions."""

    kind: Literal[Kind.note] = Kind.note
    content_note: bool = False


Question = Annotated[
    Single | Scale | Multiple | Battery | Rank | Number | TextQuestion | Place | Note,
    Field(discriminator="kind"),
]


class Section(Node):
    """A page of the questionnaire."""

    id: Slug
    title: Text
    intro: Text | None = None
    questions: tuple[Question, ...] = ()


class Notice(Node):
    """The notice of collection (MFIPPA, s. 29(2)); the officer stands in the municipal profile."""

    authority: Text
    purpose: Text


class Youth(Node):
    """For whom a survey of young people is, as its notice says before anything is collected.

    ``ask_adult``: they are told to ask a parent or another adult first; otherwise, that they can
    decide by themselves. ``words`` are the municipality's own, such as where to find support.
    """

    least_age: int = Field(ge=5, le=30)
    most_age: int | None = Field(default=None, ge=5, le=30)
    ask_adult: bool = False
    words: Text | None = None


class Floors(Node):
    """Smallest bases that may be published: a survey can raise them, never lower them."""

    general: int = Field(default=12, ge=12)
    mixed: int = Field(default=15, ge=15)
    sensitive: int = Field(default=20, ge=20)


class Draft(Node):
    """A questionnaire being written: only its structure is sure.

    ``standing`` questionnaires are answered at any time: their wave never closes.
    """

    format: Literal[1] = 1
    languages: tuple[Language, ...] = ("en", "fr")
    title: Text = Text()
    summary: Text = Text()
    minutes: int | None = Field(default=None, ge=1, le=120)
    notice: Notice | None = None
    youth: Youth | None = None
    thanks: Text | None = None
    sensitive: bool = False
    standing: bool = False
    retention_months: int = Field(default=24, ge=1, le=120)
    floors: Floors = Floors()
    factors: tuple[Tag, ...] = ()
    priorities: tuple[Tag, ...] = ()
    sections: tuple[Section, ...] = ()

    def questions(self) -> Iterator[Question]:
        """Walk the questions in the order they are asked."""
        for section in self.sections:
            yield from section.questions


@dataclass(frozen=True)
class Item:
    """What is counted: a question, or one statement of a battery.

    ``key`` is the answer key. ``statement`` is None but for batteries. Tags are joined.
    """

    key: str
    question: Question
    statement: Statement | None
    areas: tuple[Area, ...]
    factors: tuple[str, ...]
    priorities: tuple[str, ...]

    @property
    def version(self) -> int:
        """The version of the wording that is counted."""
        return (self.statement or self.question).version

    @property
    def options(self) -> tuple[Option, ...]:
        """The options of the question; none for numbers, texts, places and notes."""
        return getattr(self.question, "options", ())


def _joined(question: _Question, statement: Statement | None, name: str) -> tuple[str, ...]:
    own = getattr(statement, name) if statement else ()
    return tuple(dict.fromkeys((*getattr(question, name), *own)))


def items(draft: Draft) -> Iterator[Item]:
    """Walk everything that can be answered, in order; a note cannot."""
    for question in draft.questions():
        if isinstance(question, Note):
            continue
        lines = question.statements if isinstance(question, Battery) else (None,)
        for line in lines:
            yield Item(
                key=f"{question.id}.{line.id}" if line else question.id,
                question=question,
                statement=line,
                areas=tuple(Area(area) for area in _joined(question, line, "areas")),
                factors=_joined(question, line, "factors"),
                priorities=_joined(question, line, "priorities"),
            )
