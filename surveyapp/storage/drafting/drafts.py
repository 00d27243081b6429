"""Edits of stored drafts: read, check, change and written in one transaction, and taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from surveyapp.questionnaire.document import read_draft, to_keep
from surveyapp.questionnaire.drafting.commands import (
    COMMANDS,
    Command,
    ConflictError,
    EditRefusedError,
    Refusal,
    only_words,
)
from surveyapp.questionnaire.drafting.editing import edit, is_made
from surveyapp.questionnaire.drafting.wordwork import Edited
from surveyapp.questionnaire.local import Part, keeps_core
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.nodes import addresses
from surveyapp.questionnaire.text import text_hash
from surveyapp.storage.audit import Action, note, record
from surveyapp.storage.connection import IntegrityError, reading, writing
from surveyapp.storage.drafting.origins import (
    Origin,
    TakenBeforeError,
    keep_origin,
    slug_taken_from,
)
from surveyapp.storage.drafting.partners import own_part, reach_of
from surveyapp.storage.drafting.surveys import SlugTakenError, Survey, editions_of, survey_by_slug
from surveyapp.storage.people.staff import Role, Staff
from surveyapp.storage.tables import DraftEditRow, SurveyRow

# As far as anybody goes back; older edits are in the editions that came of them.
MOST_KEPT = 500
STRUCTURE = (Role.designer, Role.publisher, Role.administrator)
WORDS = (*STRUCTURE, Role.translator)


class NotAllowedError(Exception):
    """Their role may not make this edit."""


@dataclass(frozen=True)
class Outcome:
    """What came of a change: ``made`` are the edits, the others stand where they were.

    ``edit_id`` names what ``take_back`` undoes; None when nothing changed.
    """

    edit_id: int | None = None
    made: tuple[Edited, ...] = ()
    conflicts: tuple[ConflictError, ...] = ()
    refused: tuple[EditRefusedError, ...] = ()


@dataclass(frozen=True)
class Edit:
    """A change that was made, and what takes it back."""

    id: int
    made_at: datetime
    made_by: str
    commands: tuple[Command, ...]
    inverse: tuple[Command, ...]


def begin(
    slug: str, owner_id: int, draft: Draft, by: Staff, now: datetime, origin: Origin | None = None
) -> None:
    """Begin a survey, with what became of the file that it comes from.

    :raise SlugTakenError: if there is one of that name.
    :raise TakenBeforeError: if the same sending of the file made one.
    """
    if by.role not in STRUCTURE:
        raise NotAllowedError(by.role)
    kept, revision = to_keep(draft)
    values = {"slug": slug, "owner_id": owner_id, "draft": kept, "revision": revision}
    try:
        with writing() as connection:
            made = connection.execute(insert(SurveyRow).values(**values))
            if origin is not None:
                keep_origin(connection, int(made.inserted_primary_key[0]), origin)  # type: ignore[index]
            record(connection, by.email, Action.survey_begun, slug, now)
    except IntegrityError as error:
        if origin is not None and (before := slug_taken_from(origin.key)):
            raise TakenBeforeError(before) from error
        raise SlugTakenError(slug) from error


def allowed(role: Role, commands: Sequence[Command]) -> bool:
    """Tell whether a role may make these edits: translators change words and nothing else."""
    return role in STRUCTURE or (role in WORDS and all(only_words(one) for one in commands))


def published_addresses(survey_id: int) -> frozenset[str]:
    """Return the addresses of everything that was ever published: their ids are frozen."""
    found = editions_of(survey_id)
    return frozenset(where for one in found for where in addresses(one.questionnaire))


def _kept_to(own: Part | None, before: Draft, edited: Edited) -> Edited:
    """Return an edit that changes nothing but what is its author's to change.

    :raise EditRefusedError: if it changes the core, or another municipality's questions.
    """
    if own is not None and not keeps_core(before, edited.draft, own):
        raise EditRefusedError(Refusal.not_yours, edited.command.where)
    return edited


def _tried(
    draft: Draft, commands: Sequence[Command], published: frozenset[str], own: Part | None
) -> Outcome:
    made: list[Edited] = []
    conflicts: list[ConflictError] = []
    refused: list[EditRefusedError] = []
    for command in commands:
        now = made[-1].draft if made else draft
        try:
            made.append(_kept_to(own, now, edit(now, command, published)))
        except ConflictError as error:
            # A page's own script may have saved the same a moment before its button did.
            if not is_made(now, command):
                conflicts.append(error)
        except EditRefusedError as error:
            refused.append(error)
    return Outcome(None, tuple(made), tuple(conflicts), tuple(refused))


def _keep(
    connection: Connection, survey_id: int, made: Sequence[Edited], by: str, now: datetime
) -> int:
    done = COMMANDS.dump_python(tuple(one.command for one in made), mode="json")
    inverse = COMMANDS.dump_python(tuple(one.inverse for one in reversed(made)), mode="json")
    row = {"survey_id": survey_id, "made_at": now, "made_by": by}
    kept = connection.execute(insert(DraftEditRow).values(**row, commands=done, inverse=inverse))
    oldest = (
        select(DraftEditRow.id)
        .where(DraftEditRow.survey_id == survey_id)
        .order_by(DraftEditRow.id.desc())
        .offset(MOST_KEPT)
        .limit(1)
    )
    limit = connection.execute(oldest).scalar()
    if limit is not None:
        old = (DraftEditRow.survey_id == survey_id, DraftEditRow.id <= limit)
        connection.execute(delete(DraftEditRow).where(*old))
    return int(kept.inserted_primary_key[0])  # type: ignore[index]


def _lost(slug: str, outcome: Outcome) -> str:
    """Say for the log what was not done, and where."""
    said = [f"{one.refusal} at {one.where or '/'}" for one in outcome.refused]
    said += [f"changed meanwhile at {one.command.where or '/'}" for one in outcome.conflicts]
    return f"{slug}: {', '.join(dict.fromkeys(said))}"[:500]


def change(slug: str, commands: Sequence[Command], by: Staff, now: datetime) -> Outcome:
    """Make edits of a draft: each that can be made is, whatever becomes of the others.

    What could not be made is logged. Staff of a municipality that takes part change what is its
    own, and the rest is refused.

    :raise LookupError: if there is no such survey.
    :raise NotAllowedError: if their role or municipality may not; the attempt is logged.
    """
    survey = survey_by_slug(slug)
    if survey is None:
        raise LookupError(slug)
    reach, survey_id = reach_of(by, survey), survey.id
    if not reach or not allowed(by.role, commands):
        note(by.email, Action.edit_refused, slug, now)
        raise NotAllowedError(by.role)
    own, published = own_part(reach), published_addresses(survey_id)
    with writing() as connection:
        held = select(SurveyRow.draft).where(SurveyRow.id == survey_id).with_for_update()
        draft = read_draft(connection.execute(held).scalar_one())
        outcome = _tried(draft, commands, published, own)
        if outcome.refused or outcome.conflicts:
            record(connection, by.email, Action.edit_refused, _lost(slug, outcome), now)
        if not outcome.made:
            return outcome
        kept, revision = to_keep(outcome.made[-1].draft)
        values = {"draft": kept, "revision": revision}
        connection.execute(update(SurveyRow).where(SurveyRow.id == survey_id).values(**values))
        edit_id = _keep(connection, survey_id, outcome.made, by.email, now)
        places = ", ".join(dict.fromkeys(one.where or "/" for one in outcome.made))
        record(connection, by.email, Action.draft_edited, f"{slug}: {places}"[:500], now)
    return Outcome(edit_id, outcome.made, outcome.conflicts, outcome.refused)


def take_back(slug: str, edit_id: int, by: Staff, now: datetime) -> Outcome:
    """Undo an edit by its inverse; what somebody changed since is left alone, as a conflict.

    :raise LookupError: if there is no such survey, or no such edit of it (any more).
    """
    survey = survey_by_slug(slug)
    found = edit_of(survey, edit_id) if survey else None
    if found is None:
        raise LookupError(edit_id)
    return change(slug, found.inverse, by, now)


def edit_of(survey: Survey, edit_id: int) -> Edit | None:
    """Find an edit of a survey's draft."""
    wanted = (DraftEditRow.survey_id == survey.id, DraftEditRow.id == edit_id)
    row = reading().execute(select(DraftEditRow).where(*wanted)).first()
    if row is None:
        return None
    commands, inverse = (COMMANDS.validate_python(one) for one in (row.commands, row.inverse))
    return Edit(row.id, row.made_at, row.made_by, commands, inverse)


def former_wordings(survey_id: int) -> dict[str, str]:
    """Return the wordings that were rewritten, by the hash that a translation of each keeps."""
    rows = reading().execute(
        select(DraftEditRow.inverse).where(DraftEditRow.survey_id == survey_id)
    )
    # As they were stored: a file taken in is a thousand commands, and there may be many.
    commands = (one for row in rows for one in row.inverse)
    texts = (one["words"] for one in commands if one["do"] == "restore" and one["words"])
    wordings = (words for text in texts for code, words in text.items() if code != "sources")
    return {text_hash(words): words for words in wordings}
