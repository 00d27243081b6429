"""Answers taken back by their receipt, until the wave closes."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, delete, insert, select, update

from surveyapp.storage.codes import grouped, ungrouped
from surveyapp.storage.collected.responses import next_change, receipt_hash
from surveyapp.storage.connection import writing
from surveyapp.storage.field.waves import WaveState, wave
from surveyapp.storage.tables import ResponseRow, SubmissionRow, WaveRow, WithdrawalRow


class Withdrawing(StrEnum):
    """What became of a receipt that somebody wrote down again."""

    withdrawn = "withdrawn"
    already = "already"
    closed = "closed"  # the wave is closed: its figures may be published
    unknown = "unknown"


def _withdraw(connection: Connection, response_id: str, wave_id: int) -> None:
    """Put the withdrawal on record, then delete the response: the snapshot masks what it read."""
    query = select(ResponseRow.change_no).where(ResponseRow.id == response_id)
    of_change_no = connection.execute(query).scalar_one()
    change_no = next_change(connection, wave_id)
    connection.execute(
        insert(WithdrawalRow).values(
            wave_id=wave_id, change_no=change_no, of_change_no=of_change_no
        )
    )
    connection.execute(
        update(SubmissionRow)
        .where(SubmissionRow.response_id == response_id)
        .values(state="withdrawn", response_id=None)
    )
    connection.execute(delete(ResponseRow).where(ResponseRow.id == response_id))


def withdraw(typed: str, survey_id: int, now: datetime) -> Withdrawing:
    """Take a response of a survey back by its receipt, as somebody types it.

    Its answers are deleted at once; that a submission was made and withdrawn stays, so that a
    late page of the same visit cannot send them again.
    """
    code = receipt_hash(grouped(ungrouped(typed)))
    query = (
        select(SubmissionRow.response_id, SubmissionRow.wave_id)
        .join(WaveRow, WaveRow.id == SubmissionRow.wave_id)
        .where(SubmissionRow.receipt_hash == code, WaveRow.survey_id == survey_id)
    )
    with writing() as connection:
        found = connection.execute(query).first()
        if found is None:
            return Withdrawing.unknown
        # The wave's lock first: closing the wave, or another withdrawal, waits or is seen.
        next_change(connection, found.wave_id, 0)
        kept = connection.execute(query).one().response_id
        if kept is None:
            return Withdrawing.already
        if wave(found.wave_id).state(now) is WaveState.closed:
            return Withdrawing.closed
        _withdraw(connection, kept, found.wave_id)
    return Withdrawing.withdrawn
