"""Edits of words: each writes, mends, approves or puts back one text of one node."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, cast

from surveyapp.questionnaire.drafting.commands import (
    Approve,
    Command,
    ConflictError,
    EditRefusedError,
    Refusal,
    Restore,
    Typeset,
    Write,
)
from surveyapp.questionnaire.model import Draft, Node
from surveyapp.questionnaire.nodes import find, is_optional, put, text_fields, text_mark
from surveyapp.questionnaire.text import Text
from surveyapp.questionnaire.translation import rewritten, typeset


@dataclass(frozen=True)
class Edited:
    """What came of a command: the draft, what takes it back, and the address of the node."""

    draft: Draft
    command: Command
    inverse: Command
    where: str


def expect(command: Command, seen: str, now: Any) -> None:
    """Refuse to change what somebody else changed.

    :raise ConflictError: if what the author of the command saw is not what is there.
    """
    if command.seen != seen:
        raise ConflictError(command, now)


def text_at(node: Node, name: str, where: str) -> Text | None:
    """Return a text of a node.

    :raise EditRefusedError: if its kind has none of that name.
    """
    if name not in text_fields(type(node)):
        raise EditRefusedError(Refusal.not_possible, where)
    return cast(Text | None, getattr(node, name))


def _reword(draft: Draft, command: Write | Restore | Typeset, text: Text | None) -> Edited:
    node, name = find(draft, command.where), command.text
    before = text_at(node, name, command.where)
    expect(command, text_mark(before), before)
    inverse = Restore(where=command.where, text=name, words=before, seen=text_mark(text))
    made = node.model_copy(update={name: text})
    return Edited(put(draft, command.where, made), command, inverse, command.where)


def _write(draft: Draft, command: Write, _published: Collection[str]) -> Edited:
    node = find(draft, command.where)
    before = text_at(node, command.text, command.where)
    try:
        text = rewritten(before or Text(), command.wordings, command.holds, command.made_from)
    except ValueError as error:
        raise EditRefusedError(Refusal.unprintable, command.where) from error
    empty = not text.wordings and is_optional(node, command.text)
    return _reword(draft, command, None if empty else text)


def _restore(draft: Draft, command: Restore, _published: Collection[str]) -> Edited:
    if command.words is None and not is_optional(find(draft, command.where), command.text):
        raise EditRefusedError(Refusal.not_possible, command.where)
    return _reword(draft, command, command.words)


def _typeset(draft: Draft, command: Typeset, _published: Collection[str]) -> Edited:
    before = text_at(find(draft, command.where), command.text, command.where)
    return _reword(draft, command, typeset(before) if before else None)


def _approve(draft: Draft, command: Approve, _published: Collection[str]) -> Edited:
    node, name = find(draft, command.where), command.text
    before = text_at(node, name, command.where)
    expect(command, text_mark(before), before)
    if before is None:
        raise EditRefusedError(Refusal.not_possible, command.where)
    text, deed = before, Text.withdrawn if command.withdrawn else Text.approved
    for language in command.languages:
        text = deed(text, language)
    inverse = command.model_copy(update={"withdrawn": not command.withdrawn})
    made = put(draft, command.where, node.model_copy(update={name: text}))
    return Edited(made, command, inverse, command.where)


WORD_DEEDS: dict[str, Callable[[Draft, Any, Collection[str]], Edited]] = {
    "write": _write,
    "restore": _restore,
    "typeset": _typeset,
    "approve": _approve,
}
