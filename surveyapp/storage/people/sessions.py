"""Browsers that staff are signed in on: each ends by itself, by its person, or with all others."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select

from surveyapp.storage.codes import new_token, token_hash
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.people.staff import Staff, staff_member
from surveyapp.storage.tables import StaffRow, StaffSessionRow

# A working day.
LONGEST = timedelta(hours=12)


def begin(staff: Staff, now: datetime) -> str:
    """Begin a session; return its token, which is kept as a hash only."""
    token = new_token()
    row = {"staff_id": staff.id, "stamp": staff.stamp, "began_at": now}
    with writing() as connection:
        connection.execute(insert(StaffSessionRow).values(token_hash=token_hash(token), **row))
    return token


def find(token: str, now: datetime) -> Staff | None:
    """Return whose session it is, while it lasts and they may sign in."""
    query = select(StaffSessionRow).where(StaffSessionRow.token_hash == token_hash(token))
    row = reading().execute(query).first()
    if row is None or row.began_at <= now - LONGEST:
        return None
    staff = staff_member(row.staff_id)
    return staff if staff and staff.stamp == row.stamp and staff.may_sign_in else None


def end(token: str) -> None:
    """End a session, whoever else kept its token."""
    with writing() as connection:
        connection.execute(
            delete(StaffSessionRow).where(StaffSessionRow.token_hash == token_hash(token))
        )


def count(staff: Staff, now: datetime) -> int:
    """Count the browsers that somebody is signed in on."""
    mine = (StaffSessionRow.staff_id == staff.id, StaffSessionRow.stamp == staff.stamp)
    lasting = StaffSessionRow.began_at > now - LONGEST
    query = select(func.count()).select_from(StaffSessionRow).where(*mine, lasting)
    return int(reading().execute(query).scalar_one())


def drop_old(now: datetime) -> int:
    """Delete sessions that ended; return how many."""
    ended = StaffSessionRow.began_at <= now - LONGEST
    live = select(StaffRow.stamp).where(StaffRow.id == StaffSessionRow.staff_id).scalar_subquery()
    with writing() as connection:
        old = delete(StaffSessionRow).where(ended | (StaffSessionRow.stamp != live))
        gone = connection.execute(old.execution_options(synchronize_session=False))
    return gone.rowcount
