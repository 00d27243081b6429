"""Edits as data: each changes one node, and carries the mark of what its author saw of it."""

from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from surveyapp.questionnaire.text import Language, Text

MOST_CHARACTERS = 5_000
Wording = Annotated[str, Field(max_length=MOST_CHARACTERS)]


class _Command(BaseModel):
    """An edit of the node at ``where``; ``seen`` is the mark of what it changes, as it was seen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    where: str = ""
    seen: str = ""


class Write(_Command):
    """Write a text in some languages; ``holds`` names translations that still say the same.

    ``seen`` marks the text alone: whoever changes a setting of its node is not in the way.
    ``made_from`` is the language they were translated from, when that is known.
    """

    do: Literal["write"] = "write"
    text: str
    wordings: dict[Language, Wording] = {}
    holds: tuple[Language, ...] = ()
    made_from: Language | None = None


class Restore(_Command):
    """Put a text back as it was, with what each wording was translated from."""

    do: Literal["restore"] = "restore"
    text: str
    words: Text | None


class Typeset(_Command):
    """Mend the typography of a text's French: nothing else is said, so that nothing is stale."""

    do: Literal["typeset"] = "typeset"
    text: str


class Approve(_Command):
    """Approve translations of a text as they stand; not a matter of words, but of who says so."""

    do: Literal["approve"] = "approve"
    text: str
    languages: tuple[Language, ...]
    withdrawn: bool = False


class Set(_Command):
    """Change settings of a node; ``seen`` marks its settings, not its words or what it holds."""

    do: Literal["set"] = "set"
    values: dict[str, Any]


class Add(_Command):
    """Put a node into a list of the node at ``where``, before another one or at the end.

    Nothing that somebody wrote is changed, so that no mark is asked for. A node without an id
    is given a fresh one, which begins with ``stem`` if there is one.
    """

    do: Literal["add"] = "add"
    into: Literal["sections", "questions", "options", "statements", "factors", "priorities"]
    node: dict[str, Any]
    before: str = ""
    stem: str = Field(default="", max_length=34, pattern=r"^([a-z][a-z0-9_]*)?$")


class Copy(_Command):
    """Put a copy of a node after it, with fresh ids."""

    do: Literal["copy"] = "copy"


class Move(_Command):
    """Move a node before another one of a list, or to its end; ``seen`` marks the order it left.

    ``to`` is the address of another section for a question; empty: where it stands.
    """

    do: Literal["move"] = "move"
    to: str = ""
    before: str = ""


class Remove(_Command):
    """Take a node away with all it holds; ``seen`` marks all of it."""

    do: Literal["remove"] = "remove"


class Fill(_Command):
    """Give a question other options, as a ready-made scale does; ``seen`` marks all of them."""

    do: Literal["fill"] = "fill"
    options: tuple[dict[str, Any], ...]


Command = Annotated[
    Write | Restore | Typeset | Approve | Set | Add | Copy | Move | Remove | Fill,
    Field(discriminator="do"),
]
COMMANDS: TypeAdapter[tuple[Command, ...]] = TypeAdapter(tuple[Command, ...])


def only_words(command: Command) -> bool:
    """Tell whether a command changes words alone, as translators may."""
    return isinstance(command, Write | Restore | Typeset)


class Refusal(StrEnum):
    """Why an edit cannot be made."""

    gone = "gone"
    id_taken = "id_taken"
    too_many = "too_many"
    not_possible = "not_possible"
    unprintable = "unprintable"
    not_yours = "not_yours"


class EditRefusedError(ValueError):
    """The edit makes no sense, or its node is gone; ``refusal`` says why."""

    def __init__(self, refusal: Refusal, where: str) -> None:
        super().__init__(f"{refusal} at {where or '/'}")
        self.refusal = refusal
        self.where = where


class ConflictError(Exception):
    """Somebody else changed the node since; ``now`` is what of it the command would change."""

    def __init__(self, command: Command, now: Any) -> None:
        super().__init__(f"changed meanwhile: {command.where or '/'}")
        self.command = command
        self.now = now
