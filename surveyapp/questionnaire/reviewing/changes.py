"""What a draft would change in the editions before it, and which changes are refused."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from surveyapp.questionnaire.document import plain_document
from surveyapp.questionnaire.model import (
    Draft,
    Item,
    Multiple,
    Number,
    Option,
    Place,
    Rank,
    Role,
    items,
)


class ChangeKind(StrEnum):
    """How an item differs from the last edition."""

    added = "added"
    reworded = "reworded"
    retired = "retired"
    refused = "refused"


class Reason(StrEnum):
    """What of an item is not as it was.

    The first six are refused, because answers already given would come to mean something else;
    a person can accept the others as leaving the meaning as it was.
    """

    kind = "kind"
    level = "level"
    scale = "scale"
    role = "role"
    score = "score"
    exclusive = "exclusive"
    wording = "wording"
    options = "options"
    limits = "limits"
    base = "base"


REFUSED = frozenset(tuple(Reason)[:6])


@dataclass(frozen=True)
class Change:
    """One difference; ``node`` is the answer key and ``option`` the option it is about, if any.

    A reworded item needs a person's acceptance.
    """

    kind: ChangeKind
    node: str
    reason: Reason | None = None
    option: str = ""


def _scale(item: Item) -> frozenset[str]:
    return frozenset(option.id for option in item.options if option.role is Role.scored)


def _option_refusal(old: Option, new: Option) -> Reason | None:
    if old.role is not new.role:
        return Reason.role
    if (old.score, old.favourable) != (new.score, new.favourable):
        return Reason.score
    return Reason.exclusive if old.exclusive != new.exclusive else None


def _refusal(old: Item, new: Item) -> tuple[Reason, str] | None:
    before, after = old.question, new.question
    if before.kind is not after.kind:
        return Reason.kind, ""
    if isinstance(before, Place) and isinstance(after, Place) and before.level != after.level:
        return Reason.level, ""
    now = {option.id: option for option in new.options}
    for option in old.options:
        reason = _option_refusal(option, now[option.id]) if option.id in now else None
        if reason:
            return reason, option.id
    # A scored option more or less is another scale: 50 of five steps is not 50 of four.
    changed = sorted(_scale(old) ^ _scale(new))
    return (Reason.scale, changed[0]) if changed else None


def _wording(item: Item, languages: Iterable[str]) -> tuple[str, ...]:
    question = item.question
    texts = [question.text, question.hint, getattr(question, "unit", None)]
    texts.append(item.statement.text if item.statement else None)
    texts += [option.label for option in sorted(item.options, key=lambda option: option.id)]
    return tuple(text.get(language) if text else "" for text in texts for language in languages)


def _limits(item: Item) -> tuple[object, ...]:
    question = item.question
    if isinstance(question, Number):
        codes = (question.dont_know, question.prefer_not)
        return (question.minimum, question.maximum, question.decimals, *codes)
    if isinstance(question, Multiple):
        return (question.at_most,)
    return (question.at_most, question.top) if isinstance(question, Rank) else ()


def _rewording(old: Item, new: Item, languages: Iterable[str]) -> Reason | None:
    if [option.id for option in old.options] != [option.id for option in new.options]:
        return Reason.options
    if _wording(old, languages) != _wording(new, languages):
        return Reason.wording
    if _limits(old) != _limits(new):
        return Reason.limits
    before, after = old.question, new.question
    same_base = before.asked_if == after.asked_if and set(before.only_for) == set(after.only_for)
    return None if same_base else Reason.base


def _change(old: Item, new: Item, languages: tuple[str, ...]) -> Change | None:
    refusal = _refusal(old, new)
    if refusal:
        return Change(ChangeKind.refused, new.key, *refusal)
    reason = _rewording(old, new, languages)
    return Change(ChangeKind.reworded, new.key, reason) if reason else None


def newest_items(editions: Iterable[Draft]) -> dict[str, tuple[Item, Draft]]:
    """Return each item there ever was, as the newest of these editions (oldest first) has it."""
    return {item.key: (item, edition) for edition in editions for item in items(edition)}


def changes_between(last: Draft, draft: Draft, older: Iterable[Draft] = ()) -> Iterator[Change]:
    """Name each item that was added, reworded or retired, or may not change as it did.

    ``older`` are the editions before the last, oldest first: an item that comes back after it
    was retired must still mean what it meant.
    """
    known = newest_items((*older, last))
    asked_last = {item.key for item in items(last)}
    new = {item.key: item for item in items(draft)}
    for key, item in new.items():
        if key not in known:
            yield Change(ChangeKind.added, key)
            continue
        old, edition = known[key]
        shared = tuple(code for code in edition.languages if code in draft.languages)
        change = _change(old, item, shared)
        if change:
            yield change
        elif key not in asked_last:
            yield Change(ChangeKind.added, key)
    for item in items(last):
        if item.key not in new:
            yield Change(ChangeKind.retired, item.key)


def _unversioned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _unversioned(one) for key, one in value.items() if key != "version"}
    return [_unversioned(one) for one in value] if isinstance(value, list) else value


def are_alike(draft: Draft, edition: Draft) -> bool:
    """Tell whether a draft says what an edition does; versions are given when one is published."""
    return bool(_unversioned(plain_document(draft)) == _unversioned(plain_document(edition)))
