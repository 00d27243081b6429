"""Edits of a draft, one node at a time: two people are in each other's way on the same one only.

``edit`` returns the draft with the change, and the commands that take it back. A command whose
mark is not that of the node as it stands is a conflict: the second editor sees what is there now
beside what they wanted, and chooses.
"""

from collections.abc import Callable, Collection, Set
from typing import Any, cast

from pydantic import ValidationError

from surveyapp.questionnaire.drafting.commands import (
    Add,
    Command,
    Copy,
    EditRefusedError,
    Fill,
    Move,
    Refusal,
    Remove,
    Write,
)
from surveyapp.questionnaire.drafting.commands import (
    Set as SetValues,
)
from surveyapp.questionnaire.drafting.copying import copied, fresh
from surveyapp.questionnaire.drafting.wordwork import WORD_DEEDS, Edited, expect, text_at
from surveyapp.questionnaire.model import Draft, Node
from surveyapp.questionnaire.nodes import (
    LISTS,
    MAKERS,
    GoneError,
    addresses,
    child,
    find,
    ids_in,
    list_names,
    mark,
    options_mark,
    order_mark,
    parent,
    put,
    put_list,
    settings,
)
from surveyapp.questionnaire.text import Text

# Far beyond what anybody can answer; a bound for what is posted, not advice.
MOST_NODES = {
    "sections": 100,
    "questions": 200,
    "options": 200,
    "statements": 100,
    "factors": 200,
    "priorities": 200,
}
_STEMS = {"sections": "section", "questions": "question", "options": "option"}
_STEMS |= {"statements": "statement", "factors": "factor", "priorities": "priority"}
# What a node cannot be without; empty until somebody writes it.
_WORDS = {"sections": "title", "questions": "text", "options": "label", "statements": "text"}
_WORDS |= {"factors": "name", "priorities": "name"}


def _set(draft: Draft, command: SetValues, _published: Collection[str]) -> Edited:
    node = find(draft, command.where)
    before = settings(node)
    if not set(command.values) <= set(before):
        raise EditRefusedError(Refusal.not_possible, command.where)
    expect(command, mark(before), before)
    held = {name: getattr(node, name) for name in type(node).model_fields}
    try:
        made = type(node).model_validate(held | command.values)
    except (ValidationError, RecursionError) as error:
        raise EditRefusedError(Refusal.not_possible, command.where) from error
    inverse = SetValues(
        where=command.where,
        values={name: before[name] for name in command.values},
        seen=mark(settings(made)),
    )
    return Edited(put(draft, command.where, made), command, inverse, command.where)


def is_made(draft: Draft, command: Command) -> bool:
    """Tell whether words or settings are already what a command would make of them."""
    node = find(draft, command.where)
    if isinstance(command, Write):
        text = text_at(node, command.text, command.where) or Text()
        return all(text.get(code) == words for code, words in command.wordings.items())
    if isinstance(command, SetValues):
        now = settings(node)
        return all(now.get(name) == value for name, value in command.values.items())
    return False


def _taken(draft: Draft, published: Collection[str], where: str) -> dict[str, Set[str]]:
    """Return the ids that each list may not use again; past ones keep what they meant."""
    known = [one.split("/") for one in {*addresses(draft), *published}]
    taken: dict[str, Set[str]] = {
        name: {parts[1] for parts in known if len(parts) == 2 and parts[0] == name}
        for name in LISTS
    }
    # Options and statements are told apart within their question only.
    for name in ("options", "statements"):
        inside = [*where.split("/"), name]
        taken[name] = {parts[3] for parts in known if len(parts) == 4 and parts[:3] == inside}
    return taken


def _made(draft: Draft, command: Add, published: Collection[str]) -> Node:
    taken = _taken(draft, published, command.where)[command.into]
    given = dict(command.node)
    given.setdefault(_WORDS[command.into], {})
    given["id"] = given.get("id") or fresh(command.stem or _STEMS[command.into], taken)
    try:
        made = cast(Node, MAKERS[command.into].validate_python(given))
    except (ValidationError, RecursionError) as error:
        raise EditRefusedError(Refusal.not_possible, command.where) from error
    there = set(addresses(draft))
    own = [child(command.where, command.into, given["id"])]
    own += [
        f"questions/{one}"
        for name in list_names(made)
        if name == "questions"
        for one in ids_in(made, name)
    ]
    if there & set(own) or len(own) != len(set(own)):
        raise EditRefusedError(Refusal.id_taken, command.where)
    return made


def _insert(draft: Draft, where: str, name: str, node: Any, before: str) -> Draft:
    """Put a node before another one; at the end when that is gone."""
    held = list(getattr(find(draft, where), name))
    if len(held) >= MOST_NODES[name]:
        raise EditRefusedError(Refusal.too_many, where)
    index = next((n for n, one in enumerate(held) if one.id == before), len(held))
    held.insert(index, node)
    return put_list(draft, where, name, tuple(held))


def _check_list(draft: Draft, where: str, name: str) -> None:
    if name not in list_names(find(draft, where)):
        raise EditRefusedError(Refusal.not_possible, where)


def _added(
    draft: Draft, command: Add | Copy, where: str, name: str, node: Node, before: str
) -> Edited:
    own = child(where, name, str(node.id))  # type: ignore[attr-defined]
    made = _insert(draft, where, name, node, before)
    return Edited(made, command, Remove(where=own, seen=mark(node)), own)


def _add(draft: Draft, command: Add, published: Collection[str]) -> Edited:
    _check_list(draft, command.where, command.into)
    made = _made(draft, command, published)
    return _added(draft, command, command.where, command.into, made, command.before)


def _next(draft: Draft, where: str, name: str, node_id: str) -> str:
    ids = (*ids_in(find(draft, where), name), "")
    return ids[ids.index(node_id) + 1]


def _copy(draft: Draft, command: Copy, published: Collection[str]) -> Edited:
    holder, name = parent(draft, command.where)
    node = find(draft, command.where)
    made = copied(node, _taken(draft, published, holder), name)
    after = _next(draft, holder, name, command.where.rpartition("/")[2])
    return _added(draft, command, holder, name, made, after)


def _without(draft: Draft, where: str, name: str, node_id: str) -> Draft:
    left = tuple(one for one in getattr(find(draft, where), name) if one.id != node_id)
    return put_list(draft, where, name, left)


def _move(draft: Draft, command: Move, _published: Collection[str]) -> Edited:
    holder, name = parent(draft, command.where)
    node, node_id = find(draft, command.where), command.where.rpartition("/")[2]
    expect(command, order_mark(find(draft, holder), name), ids_in(find(draft, holder), name))
    to = command.to or holder
    if to != holder:
        _check_list(draft, to, name)
        if name != "questions":
            raise EditRefusedError(Refusal.not_possible, command.where)
    after = _next(draft, holder, name, node_id)
    made = _insert(_without(draft, holder, name, node_id), to, name, node, command.before)
    order = order_mark(find(made, to), name)
    inverse = Move(where=command.where, to=holder, before=after, seen=order)
    return Edited(made, command, inverse, command.where)


def _remove(draft: Draft, command: Remove, _published: Collection[str]) -> Edited:
    holder, name = parent(draft, command.where)
    node, node_id = find(draft, command.where), command.where.rpartition("/")[2]
    expect(command, mark(node), node)
    after = _next(draft, holder, name, node_id)
    whole = node.model_dump(mode="json", by_alias=True)
    inverse = Add(where=holder, into=cast(Any, name), node=whole, before=after)
    return Edited(_without(draft, holder, name, node_id), command, inverse, holder)


def _fill(draft: Draft, command: Fill, _published: Collection[str]) -> Edited:
    _check_list(draft, command.where, "options")
    question = find(draft, command.where)
    before = [one.model_dump(mode="json") for one in getattr(question, "options", ())]
    expect(command, options_mark(question), before)
    if len(command.options) > MOST_NODES["options"]:
        raise EditRefusedError(Refusal.too_many, command.where)
    try:
        options = tuple(MAKERS["options"].validate_python(one) for one in command.options)
    except ValidationError as error:
        raise EditRefusedError(Refusal.not_possible, command.where) from error
    made = put_list(draft, command.where, "options", options)
    now = options_mark(find(made, command.where))
    inverse = Fill(where=command.where, options=tuple(before), seen=now)
    return Edited(made, command, inverse, command.where)


_DEEDS: dict[str, Callable[[Draft, Any, Collection[str]], Edited]] = {
    **WORD_DEEDS,
    "set": _set,
    "add": _add,
    "copy": _copy,
    "move": _move,
    "remove": _remove,
    "fill": _fill,
}


def edit(draft: Draft, command: Command, published: Collection[str] = ()) -> Edited:
    """Make one edit; ``published`` are addresses of any edition, whose ids are not given again.

    :raise ConflictError: if somebody else changed the node since its author saw it.
    :raise EditRefusedError: if the node is gone, or the edit makes no sense.
    """
    try:
        return _DEEDS[command.do](draft, command, published)
    except GoneError as error:
        raise EditRefusedError(Refusal.gone, command.where) from error
