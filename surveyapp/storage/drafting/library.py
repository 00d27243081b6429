"""A municipality's own questions, kept from its drafts for its next surveys."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update

from surveyapp.questionnaire.model import Question
from surveyapp.questionnaire.nodes import MAKERS
from surveyapp.storage.audit import Action, record
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.drafting.drafts import STRUCTURE, NotAllowedError
from surveyapp.storage.people.staff import Staff
from surveyapp.storage.tables import LibraryItemRow


@dataclass(frozen=True)
class OwnItem:
    """A question that a municipality keeps."""

    id: int
    question: Question


def keep(municipality_id: int, question: Question, by: Staff, now: datetime) -> int:
    """Keep a question for a municipality; return its number.

    :raise NotAllowedError: if their role may not write questionnaires.
    """
    if by.role not in STRUCTURE:
        raise NotAllowedError(by.role)
    written = question.model_dump(mode="json", by_alias=True)
    row = {"municipality_id": municipality_id, "question": written}
    with writing() as connection:
        made = connection.execute(
            insert(LibraryItemRow).values(**row, kept_at=now, kept_by=by.email)
        )
        record(connection, by.email, Action.library_changed, f"kept {question.id}", now)
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def own_items(municipality_id: int) -> tuple[OwnItem, ...]:
    """List what a municipality keeps, the newest first."""
    rows = reading().execute(
        select(LibraryItemRow.id, LibraryItemRow.question)
        .where(
            LibraryItemRow.municipality_id == municipality_id, LibraryItemRow.removed_at.is_(None)
        )
        .order_by(LibraryItemRow.id.desc())
    )
    make = MAKERS["questions"].validate_python
    return tuple(OwnItem(row.id, make(row.question)) for row in rows)


def remove(municipality_id: int, item_id: int, by: Staff, now: datetime) -> None:
    """Take a question out of a municipality's library; drafts that have it keep it.

    :raise LookupError: if it keeps no such question.
    :raise NotAllowedError: if their role may not write questionnaires.
    """
    _mark(municipality_id, item_id, by, now, removed_at=now)


def bring_back(municipality_id: int, item_id: int, by: Staff, now: datetime) -> None:
    """Undo ``remove``."""
    _mark(municipality_id, item_id, by, now, removed_at=None)


def _mark(
    municipality_id: int, item_id: int, by: Staff, now: datetime, removed_at: datetime | None
) -> None:
    if by.role not in STRUCTURE:
        raise NotAllowedError(by.role)
    mine = (LibraryItemRow.municipality_id == municipality_id, LibraryItemRow.id == item_id)
    if reading().execute(select(LibraryItemRow.id).where(*mine)).first() is None:
        raise LookupError(item_id)
    with writing() as connection:
        values = {"removed_at": removed_at}
        connection.execute(update(LibraryItemRow).where(*mine).values(**values))
        deed = "removed" if removed_at else "brought back"
        record(connection, by.email, Action.library_changed, f"{deed} item {item_id}", now)
