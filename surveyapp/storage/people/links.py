"""Links with which invited staff, or those who forgot, set a password: once, and for some days."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from surveyapp.storage.audit import Action, record
from surveyapp.storage.codes import new_token, token_hash
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.people.staff import Staff, set_password, staff_member
from surveyapp.storage.tables import StaffLinkRow

LASTS = timedelta(days=7)


class LinkUsedError(Exception):
    """The link was used, replaced or ran out meanwhile."""


def make_link(staff: Staff, *, by: str, now: datetime) -> str:
    """Make somebody's link, in the place of an older one; return its token, told once."""
    token = new_token()
    mine = StaffLinkRow.staff_id == staff.id
    row = {"staff_id": staff.id, "token_hash": token_hash(token), "expires_at": now + LASTS}
    with writing() as connection:
        connection.execute(delete(StaffLinkRow).where(mine))
        connection.execute(insert(StaffLinkRow).values(**row))
        record(connection, by, Action.link_made, staff.email, now)
    return token


def holder(token: str, now: datetime) -> Staff | None:
    """Return whose link it is, while it can be used."""
    query = select(StaffLinkRow).where(StaffLinkRow.token_hash == token_hash(token))
    row = reading().execute(query).first()
    if row is None or row.expires_at <= now:
        return None
    staff = staff_member(row.staff_id)
    return staff if staff and staff.switched_off_at is None else None


def use_link(token: str, password_hash: str, now: datetime) -> Staff:
    """Set the password of whoever holds the link, and end the link and all their sessions.

    :raise LinkUsedError: if it cannot be used any more.
    """
    staff = holder(token, now)
    if staff is None:
        raise LinkUsedError
    with writing() as connection:
        link = delete(StaffLinkRow).where(StaffLinkRow.token_hash == token_hash(token))
        if connection.execute(link).rowcount == 0:
            raise LinkUsedError
        set_password(connection, staff.id, password_hash)
        record(connection, staff.email, Action.password_set, "", now)
    found = staff_member(staff.id)
    assert found is not None
    return found


def waits_until(staff: Staff, now: datetime) -> datetime | None:
    """Return until when somebody's link can be used, or nothing if there is none."""
    query = select(StaffLinkRow.expires_at).where(
        StaffLinkRow.staff_id == staff.id, StaffLinkRow.expires_at > now
    )
    return reading().execute(query).scalar()


def drop_old(now: datetime) -> int:
    """Delete links that ran out; return how many."""
    with writing() as connection:
        gone = connection.execute(delete(StaffLinkRow).where(StaffLinkRow.expires_at <= now))
    return gone.rowcount
