"""Second steps of signing in: a sealed secret, the last code that was taken, recovery codes."""

from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from surveyapp.storage.audit import Action, record
from surveyapp.storage.codes import keyed, new_code, ungrouped
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.people.staff import Staff
from surveyapp.storage.tables import RecoveryCodeRow, SecondStepRow

RECOVERY_CODES = 10
# 22 letters and digits to choose from: 53 bits, and few tries are allowed.
RECOVERY_LENGTH = 12


def _hashed(staff_id: int, code: str) -> str:
    """Hash a recovery code under the program's secret: a copy of the database tells none."""
    return keyed(f"recovery code {staff_id}", code)


def sealed_secret(staff: Staff, *, confirmed: bool) -> str | None:
    """Return somebody's sealed secret: of the step that is on, or of one being set up."""
    is_on = SecondStepRow.last_step.is_not(None)
    query = select(SecondStepRow.sealed).where(
        SecondStepRow.staff_id == staff.id, is_on if confirmed else ~is_on
    )
    return reading().execute(query).scalar()


def is_on(staff: Staff) -> bool:
    """Tell whether somebody signs in with a second step."""
    return sealed_secret(staff, confirmed=True) is not None


def begin(staff: Staff, sealed: str) -> None:
    """Begin to set a step up with a new secret; one that is on stays as it is."""
    waiting = (SecondStepRow.staff_id == staff.id, SecondStepRow.last_step.is_(None))
    with writing() as connection:
        connection.execute(delete(SecondStepRow).where(*waiting))
        known = select(SecondStepRow.staff_id).where(SecondStepRow.staff_id == staff.id)
        if connection.execute(known).first() is None:
            connection.execute(insert(SecondStepRow).values(staff_id=staff.id, sealed=sealed))


def take(staff: Staff, step: int) -> bool:
    """Take the code of a half minute, unless it or a later one was taken before.

    Asking and taking are one statement: the same code sent twice at once is taken once.
    """
    with writing() as connection:
        return _take(connection, staff.id, step)


def _take(connection: Connection, staff_id: int, step: int) -> bool:
    newer = or_(SecondStepRow.last_step.is_(None), SecondStepRow.last_step < step)
    mine = update(SecondStepRow).where(SecondStepRow.staff_id == staff_id, newer)
    return connection.execute(mine.values(last_step=step)).rowcount == 1


def turn_on(staff: Staff, step: int, now: datetime) -> tuple[str, ...]:
    """Turn a step on with the first code that was right; return recovery codes, told once."""
    with writing() as connection:
        if not _take(connection, staff.id, step):
            return ()
        record(connection, staff.email, Action.second_step_turned_on, "", now)
        return _new_codes(connection, staff.id)


def _new_codes(connection: Connection, staff_id: int) -> tuple[str, ...]:
    _drop_codes(connection, staff_id)
    codes = tuple(new_code(RECOVERY_LENGTH) for _ in range(RECOVERY_CODES))
    rows = [{"staff_id": staff_id, "code_hash": _hashed(staff_id, one)} for one in codes]
    connection.execute(insert(RecoveryCodeRow), rows)
    return codes


def _drop_codes(connection: Connection, staff_id: int) -> None:
    connection.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.staff_id == staff_id))


def new_recovery_codes(staff: Staff, now: datetime) -> tuple[str, ...]:
    """Make new recovery codes in the place of the old ones; they are told once."""
    with writing() as connection:
        record(connection, staff.email, Action.recovery_codes_made, "", now)
        return _new_codes(connection, staff.id)


def use_recovery_code(staff: Staff, typed: str, now: datetime) -> bool:
    """Take a recovery code, however it is written; it is gone then."""
    mine = (
        RecoveryCodeRow.staff_id == staff.id,
        RecoveryCodeRow.code_hash == _hashed(staff.id, ungrouped(typed)),
    )
    with writing() as connection:
        if connection.execute(delete(RecoveryCodeRow).where(*mine)).rowcount == 0:
            return False
        record(connection, staff.email, Action.recovery_code_used, "", now)
    return True


def codes_left(staff: Staff) -> int:
    """Count the recovery codes that were not used."""
    query = select(func.count()).where(RecoveryCodeRow.staff_id == staff.id)
    return int(reading().execute(query).scalar_one())


def turn_off(staff: Staff, *, by: str, now: datetime) -> None:
    """Let somebody sign in with the password alone again."""
    with writing() as connection:
        _drop_codes(connection, staff.id)
        connection.execute(delete(SecondStepRow).where(SecondStepRow.staff_id == staff.id))
        record(connection, by, Action.second_step_turned_off, staff.email, now)


def those_with_one() -> frozenset[int]:
    """Return the numbers of everybody whose second step is on."""
    query = select(SecondStepRow.staff_id).where(SecondStepRow.last_step.is_not(None))
    return frozenset(reading().execute(query).scalars())
