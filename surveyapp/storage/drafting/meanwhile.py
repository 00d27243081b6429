"""What was made of words and settings since somebody opened a page: found by the mark they saw."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from surveyapp.storage.connection import reading
from surveyapp.storage.tables import DraftEditRow

# The address of a node, and the name of a text or, for its settings, nothing.
Part = tuple[str, str]
_DEEDS = ("write", "restore", "typeset", "set")


@dataclass(frozen=True)
class Meanwhile:
    """``before`` are the words by language, or settings by name, that others changed since.

    None when nobody remembers: it was too long ago, or came about in another way. ``by`` and
    ``at`` tell who changed it last.
    """

    before: Mapping[str, Any] | None = None
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True)
class Removal:
    """The edit that took a part away: ``take_back`` brings it back."""

    edit_id: int
    by: str
    at: datetime


def _rows(survey_id: int) -> Iterator[Any]:
    """Walk the edits of a survey, the newest first."""
    wanted = select(DraftEditRow).where(DraftEditRow.survey_id == survey_id)
    yield from reading().execute(wanted.order_by(DraftEditRow.id.desc()))


def _pairs(row: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Walk what an edit did, the last first, each with what takes it back."""
    # As they were stored: a file taken in is a thousand commands, and there may be many.
    yield from zip(reversed(row.commands), row.inverse, strict=True)


def _held(back: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words, or the settings, that an edit changed, as they were before it."""
    if back["do"] == "set":
        return dict(back["values"])
    return {code: words for code, words in (back["words"] or {}).items() if code != "sources"}


def _back_to(now: Meanwhile, row: Any, back: Mapping[str, Any]) -> Meanwhile:
    """Go one edit further back."""
    latest = now if now.at else replace(now, by=row.made_by, at=row.made_at)
    is_set = back["do"] == "set"
    return replace(latest, before={**(now.before or {} if is_set else {}), **_held(back)})


def since(survey_id: int, seen: Mapping[Part, str]) -> dict[Part, Meanwhile]:
    """Tell what parts of a draft were when somebody saw them, by the marks of what they saw."""
    found = dict.fromkeys(seen, Meanwhile())
    left = set(seen)
    for row in _rows(survey_id) if left else ():
        for done, back in _pairs(row):
            part = (done["where"], done.get("text", ""))
            if done["do"] not in _DEEDS or part not in left:
                continue
            found[part] = _back_to(found[part], row, back)
            if done["seen"] == seen[part]:
                left.discard(part)
        if not left:
            break
    return found | {part: replace(found[part], before=None) for part in left}


def removal_of(survey_id: int, where: str) -> Removal | None:
    """Find the edit that took a node away, or what held it."""
    for row in _rows(survey_id):
        for done, back in _pairs(row):
            if done["do"] == "remove" and _held_in(done, back, where):
                return Removal(row.id, row.made_by, row.made_at)
    return None


def _held_in(done: Mapping[str, Any], back: Mapping[str, Any], where: str) -> bool:
    removed = done["where"]
    inside = (f"questions/{one['id']}" for one in back["node"].get("questions", ()))
    return any(f"{where}/".startswith(f"{one}/") for one in (removed, *inside))
