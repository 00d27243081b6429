"""An invitation is used by the answers it brought, and never linked to them."""

import pytest
from sqlalchemy import insert, select

from surveyapp.storage.collected.responses import (
    Sending,
    submit,
)
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.field.fielding import Fielding
from surveyapp.storage.field.waves import wave
from surveyapp.storage.tables import (
    InvitationRow,
    ResponseRow,
    SubmissionRow,
)
from tests.storage.collected.test_responses import answered, count
from tests.storage.making import NOW, fielded

pytestmark = pytest.mark.usefixtures("context")


def invited(field: Fielding) -> int:
    """Store an invitation; return its number."""
    values = {"code_hash": "h", "stratum": "north", "base_weight": 40.5}
    with writing() as connection:
        made = connection.execute(
            insert(InvitationRow).values(collector_id=field.collector.id, **values)
        )
        return int(made.inserted_primary_key[0])


def test_an_invitation_is_used_when_the_answers_are_sent() -> None:
    field = fielded()
    token = answered(field, invitation_id=invited(field))
    used = select(InvitationRow.used)
    assert reading().execute(used).scalar_one() is False
    submit(token, NOW)
    assert reading().execute(used).scalar_one() is True
    row = reading().execute(select(ResponseRow)).one()
    assert (row.stratum, row.base_weight) == ("north", 40.5)


def test_an_invitation_is_used_once() -> None:
    field = fielded()
    invitation = invited(field)
    first, second = (answered(field, invitation_id=invitation) for _ in range(2))
    assert submit(first, NOW).outcome is Sending.accepted
    assert submit(second, NOW).outcome is Sending.used
    assert count(ResponseRow) == 1
    assert wave(field.wave.id).last_change == 1
    assert submit(first, NOW).outcome is Sending.replayed


def test_no_column_links_an_invitation_to_a_response() -> None:
    links = {
        key.column.table.name
        for table in (ResponseRow, SubmissionRow)
        for key in table.__table__.foreign_keys
    }
    assert "invitation" not in links
