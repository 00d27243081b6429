"""The rows of the survey sheet as a tree of groups."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from surveyapp.questionnaire.interchange.headers import Line
from surveyapp.questionnaire.interchange.report import Code, Log
from surveyapp.questionnaire.interchange.types import Type, read_type

MOST_DEEP = 20


@dataclass(frozen=True)
class Leaf:
    """A row that is no group."""

    line: Line
    type: Type


@dataclass
class Branch:
    """A group: the row that begins it, and what stands in it."""

    line: Line
    inside: "list[Leaf | Branch]" = field(default_factory=list)

    @property
    def appearances(self) -> frozenset[str]:
        """The words of the group's appearance."""
        return frozenset(self.line.get("appearance").lower().split())

    def leaves(self) -> Iterator[Leaf]:
        """Walk the rows inside that are no group."""
        return (one for one in self.inside if isinstance(one, Leaf))

    def is_battery(self) -> bool:
        """Tell whether the group shows its questions as one table of statements."""
        if any(isinstance(one, Branch) for one in self.inside):
            return False
        if "table-list" in self.appearances:
            return True
        looks = [frozenset(leaf.line.get("appearance").lower().split()) for leaf in self.leaves()]
        return len(looks) > 1 and all(look & {"label", "list-nolabel"} for look in looks)


Stem = Leaf | Branch
_YES = frozenset(("yes", "true", "true()", "1"))


def is_yes(cell: str) -> bool:
    """Tell whether a cell says yes, in any of XLSForm's ways."""
    return cell.lower() in _YES


def grow(lines: Iterable[Line], log: Log) -> list[Stem]:
    """Put the rows into their groups by their type; a repeat is refused, and read as a group."""
    top: list[Stem] = []
    open_: list[Branch] = []
    for line in lines:
        if is_yes(line.get("disabled")):
            log.left(Code.value_left, line.number, line.named("disabled"), value="disabled")
            continue
        kind = read_type(line.get("type"))
        here = open_[-1].inside if open_ else top
        match kind.base:
            case "":
                _without_type(line, log)
            case "begin group" | "begin repeat":
                _begin(line, kind, here, open_, log)
            case "end group" | "end repeat":
                if open_:
                    open_.pop()
                else:
                    log.refused(Code.group_not_open, line.number, line.named("type"))
            case _:
                here.append(Leaf(line, kind))
    for branch in open_:
        log.refused(Code.group_not_closed, branch.line.number, branch.line.named("type"))
    return top


def _without_type(line: Line, log: Log) -> None:
    """Pass over a comment; a row that is named or says something was meant to be asked."""
    if line.get("name") or any(line.texts.values()):
        log.refused(Code.no_type, line.number, "type")


def _begin(line: Line, kind: Type, here: list[Stem], open_: list[Branch], log: Log) -> None:
    if kind.base == "begin repeat":
        log.refused(Code.type_not_supported, line.number, line.named("type"), type="repeat")
    branch = Branch(line)
    here.append(branch)
    open_.append(branch)
    if len(open_) > MOST_DEEP:
        log.refused(Code.group_not_closed, line.number, line.named("type"))
        log.stop_if_refused()
