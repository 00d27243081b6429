"""What a template is given of a question: its controls, its choices and what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from surveyapp.questionnaire.answers import Raw
from surveyapp.questionnaire.model import Kind


@dataclass(frozen=True)
class Choice:
    """A choice of a list. ``specify`` is the name of the text field that it opens.

    ``errors`` are about the words in that field. ``also`` is a name in the other language that
    a search finds the choice by.
    """

    value: str
    label: str
    chosen: bool = False
    exclusive: bool = False
    specify: str = ""
    words: str = ""
    errors: tuple[str, ...] = ()
    also: str = ""

    @property
    def specify_id(self) -> str:
        """The id of the text field in the page."""
        return id_of(self.specify)


@dataclass(frozen=True)
class Group:
    """Choices under a heading; an empty label is no heading."""

    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Field:
    """One control, or one group of choices, under one answer key.

    ``marked`` is a control that is part of what is wrong, though the sentence stands elsewhere.
    """

    name: str
    label: str
    choices: tuple[Choice, ...] = ()
    groups: tuple[Group, ...] = ()
    value: str = ""
    errors: tuple[str, ...] = ()
    marked: bool = False

    @property
    def id(self) -> str:
        """The id of the control in the page; of the first one where there are several."""
        return id_of(self.name)

    @property
    def is_wrong(self) -> bool:
        """Whether the control is shown as wrong."""
        return self.marked or bool(self.errors)


# So many radio buttons are still read at a glance; a longer list is searched.
MOST_RADIOS = 9


@dataclass(frozen=True)
class PlaceList:
    """The places of a place question, and what helps to find one among many.

    ``outlines`` and ``prefixes`` are the addresses of the map and of the postal prefixes, empty
    where there are none. ``notice`` says what narrowing the list came to; ``total`` is how many
    places there are before that.
    """

    groups: tuple[Group, ...] = ()
    outlines: str = ""
    prefixes: str = ""
    notice: str = ""
    narrowed: bool = False
    total: int = 0

    @property
    def is_short(self) -> bool:
        """Whether the whole list fits as radio buttons; a narrowed one keeps its form."""
        return self.total <= MOST_RADIOS and len(self.groups) <= 1


@dataclass(frozen=True)
class QuestionView:
    """A question of a page: its words, and one field for each answer key."""

    id: str
    kind: Kind
    text: str
    hint: str
    fields: tuple[Field, ...]
    required: bool = False
    content_note: bool = False
    decimal: bool = False
    unit: str = ""
    long: bool = False
    limit: int = 0
    most: int = 0
    places: PlaceList = PlaceList()

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """Each sentence with the id of the control that it is about, in the page's order."""
        found = []
        for one in self.fields:
            found += [(one.id, sentence) for sentence in one.errors]
            for choice in one.choices:
                found += [(choice.specify_id, sentence) for sentence in choice.errors]
        return tuple(found)

    def about(self, target: str) -> str:
        """Say what a control is about: its statement, or else the question."""
        if self.kind is not Kind.battery:
            return self.text
        return next((one.label for one in self.fields if one.id == target), self.text)


@dataclass(frozen=True)
class Shown:
    """What a page is drawn from. ``places`` are the lists of its place questions by id."""

    language: str
    raw: Raw
    problems: Mapping[str, Sequence[str]]
    places: Mapping[str, PlaceList] = field(default_factory=dict)


def id_of(name: str) -> str:
    """Return the id of a control: its name, without the dots that selectors stumble over."""
    return name.replace(".", "-")
