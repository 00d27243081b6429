"""Whoever has written the right password and has yet to write a code: for some minutes."""

from datetime import UTC, datetime, timedelta

from flask import session

from surveyapp.storage.people.staff import Staff, staff_member

KEY = "second_step"
LASTS = timedelta(minutes=10)


def remember(staff: Staff, now: datetime) -> None:
    """Keep in the signed cookie who it is; the stamp ends it when their account changes."""
    session.pop("csrf_token", None)
    session[KEY] = [staff.id, staff.stamp, int(now.timestamp())]


def forget() -> None:
    """Wait for nobody any more."""
    session.pop(KEY, None)


def who_waits(now: datetime) -> Staff | None:
    """Return who is to write a code."""
    kept = session.get(KEY)
    if not isinstance(kept, list) or len(kept) != 3:
        return None
    number, stamp, began = kept
    if now > datetime.fromtimestamp(began, UTC) + LASTS:
        return None
    found = staff_member(number)
    return found if found and found.stamp == stamp and found.may_sign_in else None
