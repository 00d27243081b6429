"""A condition as lists of parts that are joined, and the changes somebody makes to one.

A part is named by where it stands: "1" is the second of the list, "1.0" the first of the group
that stands second, "" the list itself. What is not touched stays exactly as it was, however deep
it lies.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from surveyapp.questionnaire.conditions import All, AnyPart, Condition, Not, leaves

# Far beyond what anybody can keep in mind; a bound for what is posted, not advice.
MOST_PARTS = 40


class Join(StrEnum):
    """How many parts of a list must hold."""

    all = "all"
    any = "any"
    none = "none"
    not_all = "not_all"


class NoSuchPartError(LookupError):
    """Nothing stands there (any more)."""


@dataclass(frozen=True)
class Group:
    """A list of parts and how they are joined; empty is no condition."""

    join: Join = Join.all
    parts: tuple[Condition, ...] = ()


def is_group(condition: Condition) -> bool:
    """Tell whether a condition is a list of others, rather than about one answer."""
    return isinstance(condition, All | AnyPart) or (
        isinstance(condition, Not) and isinstance(condition.not_, All | AnyPart)
    )


def opened(condition: Condition | None) -> Group:
    """Return a condition as a list; what is about one answer is the only part of it."""
    match condition:
        case None:
            return Group()
        case All():
            return Group(Join.all, condition.all)
        case AnyPart():
            return Group(Join.any, condition.any)
        case Not(not_=AnyPart() as inner):
            return Group(Join.none, inner.any)
        case Not(not_=All() as inner):
            return Group(Join.not_all, inner.all)
    return Group(Join.all, (condition,))


def closed(group: Group) -> Condition | None:
    """Return a list as a condition; None when nothing is left in it."""
    if not group.parts:
        return None
    match group.join:
        case Join.all:
            return All(all=group.parts)
        case Join.any:
            return AnyPart(any=group.parts)
        case Join.none:
            return Not(not_=AnyPart(any=group.parts))
        case Join.not_all:
            return Not(not_=All(all=group.parts))


def _whole(group: Group) -> Condition | None:
    """Close the outermost list: a part that stands alone needs no list around it."""
    if len(group.parts) == 1 and group.join in (Join.all, Join.any):
        return group.parts[0]
    return closed(group)


def steps(where: str) -> tuple[int, ...]:
    """Read where a part stands.

    :raise NoSuchPartError: if it is no such name.
    """
    if where == "":
        return ()
    written = where.split(".")
    if not all(one.isascii() and one.isdigit() and len(one) < 4 for one in written):
        raise NoSuchPartError(where)
    return tuple(int(one) for one in written)


def _part(group: Group, step: int) -> Condition:
    if step >= len(group.parts):
        raise NoSuchPartError(step)
    return group.parts[step]


def part_at(condition: Condition | None, where: str) -> Condition:
    """Return the part that stands somewhere; the whole for the empty name.

    :raise NoSuchPartError: if nothing does.
    """
    found = condition
    for step in steps(where):
        found = _part(opened(found), step)
    if found is None:
        raise NoSuchPartError(where)
    return found


def _put(group: Group, path: tuple[int, ...], made: tuple[Condition, ...]) -> Group:
    """Put parts in the place of one; a group that nothing is left in goes as well."""
    step = path[0]
    part = _part(group, step)
    if len(path) > 1:
        if not is_group(part):
            raise NoSuchPartError(path)
        left = closed(_put(opened(part), path[1:], made))
        made = () if left is None else (left,)
    return Group(group.join, (*group.parts[:step], *made, *group.parts[step + 1 :]))


def _list_at(condition: Condition | None, where: str) -> Group:
    if where and not is_group(part_at(condition, where)):
        raise NoSuchPartError(where)
    return opened(part_at(condition, where)) if where else opened(condition)


def _with_list(condition: Condition | None, where: str, group: Group) -> Condition | None:
    if not where:
        return _whole(group)
    made = closed(group)
    kept = () if made is None else (made,)
    return _whole(_put(opened(condition), steps(where), kept))


def added(condition: Condition | None, where: str, part: Condition) -> Condition | None:
    """Put a part at the end of a list.

    :raise NoSuchPartError: if no list stands there.
    """
    group = _list_at(condition, where)
    return _with_list(condition, where, Group(group.join, (*group.parts, part)))


def dropped(condition: Condition | None, where: str) -> Condition | None:
    """Take a part away.

    :raise NoSuchPartError: if nothing stands there.
    """
    path = steps(where)
    return _whole(_put(opened(condition), path, ())) if path else None


def joined(condition: Condition | None, where: str, join: Join) -> Condition | None:
    """Join the parts of a list otherwise.

    :raise NoSuchPartError: if no list stands there.
    """
    return _with_list(condition, where, Group(join, _list_at(condition, where).parts))


def grouped(condition: Condition | None, where: str) -> Condition | None:
    """Make a group of one part, so that others can be joined to it.

    :raise NoSuchPartError: if nothing stands there.
    """
    made = All(all=(part_at(condition, where),))
    return _whole(_put(opened(condition), steps(where), (made,)))


def lists(condition: Condition | None, deep: int, where: str = "") -> Iterator[tuple[str, Group]]:
    """Walk the lists of a condition, the outermost first, no deeper than ``deep``."""
    group = opened(condition)
    yield where, group
    if deep > 1:
        for step, part in enumerate(group.parts):
            if is_group(part):
                yield from lists(part, deep - 1, f"{where}.{step}".lstrip("."))


def is_long(condition: Condition) -> bool:
    """Tell whether a condition has more parts than there can be."""
    return sum(1 for _ in leaves(condition)) > MOST_PARTS
