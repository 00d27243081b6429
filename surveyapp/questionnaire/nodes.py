"""Where a part of a draft stands, and the mark that tells whether somebody changed it.

An address names a part by ids, never by position: "" the whole, "sections/home",
"questions/streets" (wherever it stands: its id is unique), "questions/streets/options/good",
"questions/streets/statements/calm", "priorities/housing", "factors/peers", "notice".
"""

import hashlib
import json
from collections.abc import Iterator
from functools import cache
from typing import Any, cast, get_args

from pydantic import BaseModel, TypeAdapter

from surveyapp.questionnaire.model import (
    Draft,
    Node,
    Notice,
    Option,
    Question,
    Section,
    Statement,
    Tag,
)
from surveyapp.questionnaire.text import Text

LISTS = ("sections", "questions", "options", "statements", "factors", "priorities")
# Lists of their own nodes; a question's factors and priorities are ids, and so a setting.
_OWN = {"factors": Draft, "priorities": Draft}
_ALONE = ("notice", "youth", "floors")
MAKERS: dict[str, TypeAdapter[Any]] = {
    "sections": TypeAdapter(Section),
    "questions": TypeAdapter(Question),
    "options": TypeAdapter(Option),
    "statements": TypeAdapter(Statement),
    "factors": TypeAdapter(Tag),
    "priorities": TypeAdapter(Tag),
}


class GoneError(LookupError):
    """There is no such part (any more)."""


def mark(value: object) -> str:
    """Name what a value holds by 16 hexadecimal digits: another mark, another content."""
    dumped = value.model_dump(mode="json", by_alias=True) if isinstance(value, BaseModel) else value
    written = json.dumps(dumped, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def text_mark(text: Text | None) -> str:
    """Mark the wordings of a text; what they were translated from is no change of words."""
    return mark(dict(text.wordings) if text else {})


def order_mark(node: Node, name: str) -> str:
    """Mark the order of a list."""
    return mark(ids_in(node, name))


def options_mark(question: Node) -> str:
    """Mark all options of a question together."""
    options: tuple[Option, ...] = getattr(question, "options", ())
    return mark([one.model_dump(mode="json") for one in options])


@cache
def text_fields(kind: type[Node]) -> tuple[str, ...]:
    """Name the texts of a kind of node."""
    found = kind.model_fields.items()
    return tuple(
        name for name, one in found if one.annotation is Text or Text in get_args(one.annotation)
    )


def is_optional(node: Node, name: str) -> bool:
    """Tell whether a text of a node can be left out."""
    return type(None) in get_args(type(node).model_fields[name].annotation)


def list_names(node: Node) -> tuple[str, ...]:
    """Name the lists of nodes that a node holds."""
    held = type(node).model_fields
    return tuple(
        name for name in LISTS if name in held and isinstance(node, _OWN.get(name, BaseModel))
    )


def settings(node: Node) -> dict[str, Any]:
    """Return what of a node is neither its id, nor words, nor other nodes; as JSON values."""
    # Whether a survey is for young people is a setting of the whole; for whom, its own node.
    apart = {"id", "kind", "format", "version", "notice", "floors", *list_names(node)}
    names = set(type(node).model_fields) - apart - set(text_fields(type(node)))
    return node.model_dump(mode="json", by_alias=True, include=names)


def ids_in(node: Node, name: str) -> tuple[str, ...]:
    """List the ids of the nodes in a list, in order."""
    return tuple(part.id for part in getattr(node, name))


def holder_of(draft: Draft, question_id: str) -> Section:
    """Find the section of a question.

    :raise GoneError: if there is no such question.
    """
    for section in draft.sections:
        if any(one.id == question_id for one in section.questions):
            return section
    raise GoneError(f"questions/{question_id}")


def child(where: str, name: str, node_id: str) -> str:
    """Return the address of a node in a list of the node at ``where``."""
    return f"{where}/{name}/{node_id}" if name in ("options", "statements") else f"{name}/{node_id}"


def parent(draft: Draft, where: str) -> tuple[str, str]:
    """Return the address that holds a node, and the name of the list it stands in.

    :raise GoneError: if the node stands in no list.
    """
    match where.split("/"):
        case ["questions", question_id]:
            return f"sections/{holder_of(draft, question_id).id}", "questions"
        case ["questions", question_id, name, _part]:
            return f"questions/{question_id}", name
        case [name, _part]:
            return "", name
    raise GoneError(where)


def _among(nodes: tuple[Any, ...], node_id: str, where: str) -> Node:
    for node in nodes:
        if node.id == node_id:
            return cast(Node, node)
    raise GoneError(where)


def find(draft: Draft, where: str) -> Node:
    """Return the node at an address; a notice that is not there yet is an empty one.

    :raise GoneError: if it is not there.
    """
    if not where:
        return draft
    if where in _ALONE:
        alone = getattr(draft, where)
        if alone is None and where == "notice":
            return Notice(authority=Text(), purpose=Text())
        if alone is None:
            raise GoneError(where)
        return cast(Node, alone)
    holder, name = parent(draft, where)
    found = find(draft, holder)
    if name not in list_names(found):
        raise GoneError(where)
    return _among(getattr(found, name), where.rpartition("/")[2], where)


def put(draft: Draft, where: str, node: Node) -> Draft:
    """Return the draft with another node at an address.

    :raise GoneError: if nothing is there.
    """
    if not where:
        return cast(Draft, node)
    if where in _ALONE:
        return draft.model_copy(update={where: node})
    holder, name = parent(draft, where)
    node_id = where.rpartition("/")[2]
    held = getattr(find(draft, holder), name)
    return put_list(draft, holder, name, tuple(node if n.id == node_id else n for n in held))


def put_list(draft: Draft, where: str, name: str, nodes: tuple[Any, ...]) -> Draft:
    """Return the draft with other nodes in a list of the node at an address."""
    return put(draft, where, find(draft, where).model_copy(update={name: nodes}))


def addresses(draft: Draft) -> Iterator[str]:
    """Walk the addresses of everything that has an id."""
    for name in list_names(draft):
        yield from (f"{name}/{one}" for one in ids_in(draft, name))
    for question in draft.questions():
        where = f"questions/{question.id}"
        yield where
        for name in list_names(question):
            yield from (child(where, name, one) for one in ids_in(question, name))
