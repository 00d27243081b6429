"""Those who sign in: their roles, and the municipalities their work is limited to."""

import secrets
import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, delete, exists, insert, select, update

from surveyapp.storage.audit import Action, record
from surveyapp.storage.connection import IntegrityError, reading, writing
from surveyapp.storage.tables import StaffMunicipalityRow, StaffRow


class Role(StrEnum):
    """What someone may do."""

    designer = "designer"
    translator = "translator"
    publisher = "publisher"
    analyst = "analyst"
    administrator = "administrator"


class EmailError(ValueError):
    """That is no e-mail address."""


class EmailTakenError(Exception):
    """Someone signs in with that address already."""


class LastAdministratorError(Exception):
    """Nobody would be left who can let others in everywhere."""


@dataclass(frozen=True)
class Staff:
    """Someone who signs in.

    ``stamp`` is held by each of their sessions: a new one ends them all. Without
    ``municipality_ids`` their work is not limited. ``password_hash`` is empty until they set one.
    """

    id: int
    email: str
    role: Role
    password_hash: str
    stamp: str
    is_demo: bool
    municipality_ids: tuple[int, ...] = ()
    switched_off_at: datetime | None = None

    @property
    def may_sign_in(self) -> bool:
        """Whether a right password lets them in."""
        return bool(self.password_hash) and self.switched_off_at is None


def normalized(email: str) -> str:
    """Write an address in the one way it is kept and looked up.

    :raise EmailError: if it cannot be one.
    """
    address = unicodedata.normalize("NFC", email).strip().lower()
    name, mark, host = address.partition("@")
    printable = address.isprintable() and not any(letter.isspace() for letter in address)
    if not (name and mark and host) or "@" in host or not printable or len(address) > 254:
        raise EmailError(email)
    return address


def _found(row: Any) -> Staff:
    limits = select(StaffMunicipalityRow.municipality_id).where(
        StaffMunicipalityRow.staff_id == row.id
    )
    ids = reading().execute(limits.order_by(StaffMunicipalityRow.municipality_id)).scalars()
    return Staff(
        id=row.id,
        email=row.email,
        role=Role(row.role),
        password_hash=row.password_hash,
        stamp=row.stamp,
        is_demo=row.is_demo,
        municipality_ids=tuple(ids),
        switched_off_at=row.switched_off_at,
    )


def staff_member(staff_id: int) -> Staff | None:
    """Find someone by their number."""
    row = reading().execute(select(StaffRow).where(StaffRow.id == staff_id)).first()
    return _found(row) if row else None


def staff_by_email(email: str) -> Staff | None:
    """Find someone by their address, however it is written."""
    try:
        address = normalized(email)
    except EmailError:
        return None
    row = reading().execute(select(StaffRow).where(StaffRow.email == address)).first()
    return _found(row) if row else None


def list_staff() -> tuple[Staff, ...]:
    """List everyone by address."""
    rows = reading().execute(select(StaffRow).order_by(StaffRow.email)).all()
    return tuple(_found(row) for row in rows)


def has_real_staff() -> bool:
    """Tell whether anyone but the demo's people works here: the demo keeps out then."""
    query = select(StaffRow.id).where(StaffRow.is_demo.is_(False)).limit(1)
    return reading().execute(query).first() is not None


def _limit(connection: Connection, staff_id: int, municipality_ids: Collection[int]) -> None:
    mine = StaffMunicipalityRow.staff_id == staff_id
    connection.execute(delete(StaffMunicipalityRow).where(mine))
    rows = [{"staff_id": staff_id, "municipality_id": one} for one in set(municipality_ids)]
    if rows:
        connection.execute(insert(StaffMunicipalityRow), rows)


def add_staff(
    email: str,
    role: Role,
    password_hash: str,
    *,
    by: str,
    now: datetime,
    municipality_ids: Collection[int] = (),
    is_demo: bool = False,
) -> Staff:
    """Let someone in, with an empty ``password_hash`` once a link gave them a password.

    :raise EmailError: if that is no address.
    :raise EmailTakenError: if someone has it.
    """
    address = normalized(email)
    row = {
        "email": address,
        "role": role.value,
        "password_hash": password_hash,
        "stamp": secrets.token_hex(16),
        "is_demo": is_demo,
    }
    try:
        with writing() as connection:
            made = connection.execute(insert(StaffRow).values(**row))
            staff_id = int(made.inserted_primary_key[0])  # type: ignore[index]
            _limit(connection, staff_id, municipality_ids)
            record(connection, by, Action.staff_added, f"{address}: {role.value}", now)
    except IntegrityError as error:
        if staff_by_email(address) is None:
            raise
        raise EmailTakenError(address) from error
    added = staff_member(staff_id)
    assert added is not None
    return added


def _administrators_left(connection: Connection) -> int:
    """Count who can let others in everywhere; the rows wait for whoever is changing one."""
    limited = exists().where(StaffMunicipalityRow.staff_id == StaffRow.id)
    query = select(StaffRow.id).where(
        StaffRow.role == Role.administrator.value,
        StaffRow.switched_off_at.is_(None),
        StaffRow.password_hash != "",
        ~limited,
    )
    return len(connection.execute(query.with_for_update()).all())


@contextmanager
def _changing(staff_id: int) -> Iterator[tuple[Connection, str]]:
    """Hold somebody's row while it changes; give their address.

    :raise LookupError: if there is no such person.
    :raise LastAdministratorError: if nobody would be left who can let others in.
    """
    with writing() as connection:
        before = _administrators_left(connection)
        query = select(StaffRow.email).where(StaffRow.id == staff_id).with_for_update()
        email = connection.execute(query).scalar()
        if email is None:
            raise LookupError(staff_id)
        yield connection, email
        if before and not _administrators_left(connection):
            raise LastAdministratorError(email)


def _set(connection: Connection, staff_id: int, **values: Any) -> None:
    """Change columns of somebody, and end every session of theirs."""
    fresh = {**values, "stamp": secrets.token_hex(16)}
    connection.execute(update(StaffRow).where(StaffRow.id == staff_id).values(**fresh))


def change_staff(
    staff_id: int,
    *,
    by: str,
    now: datetime,
    role: Role | None = None,
    password_hash: str | None = None,
    municipality_ids: Collection[int] | None = None,
) -> None:
    """Change what is given, and end every session of theirs.

    :raise LookupError: if there is no such person.
    :raise LastAdministratorError: if nobody would be left who can let others in.
    """
    values = {"role": role.value} if role else {}
    values |= {"password_hash": password_hash} if password_hash else {}
    told = [f"role {role.value}"] if role else []
    told += ["password"] if password_hash else []
    with _changing(staff_id) as (connection, email):
        _set(connection, staff_id, **values)
        if municipality_ids is not None:
            _limit(connection, staff_id, municipality_ids)
            told.append(f"municipalities {len(set(municipality_ids)) or 'all'}")
        record(connection, by, Action.staff_changed, f"{email}: {', '.join(told)}", now)


def switch(staff_id: int, *, on: bool, by: str, now: datetime) -> None:
    """Let somebody sign in again, or no more; their sessions end either way.

    :raise LookupError: if there is no such person.
    :raise LastAdministratorError: if nobody would be left who can let others in.
    """
    action = Action.staff_switched_on if on else Action.staff_switched_off
    with _changing(staff_id) as (connection, email):
        _set(connection, staff_id, switched_off_at=None if on else now)
        record(connection, by, action, email, now)


def set_password(connection: Connection, staff_id: int, password_hash: str) -> None:
    """Store a new password inside ``writing()``, and end every session of theirs."""
    _set(connection, staff_id, password_hash=password_hash)


def change_password(staff: Staff, password_hash: str, now: datetime) -> None:
    """Store the password that somebody chose for themselves, and end every session of theirs."""
    with writing() as connection:
        set_password(connection, staff.id, password_hash)
        record(connection, staff.email, Action.password_changed, "", now)


def keep_password_hash(staff_id: int, password_hash: str) -> None:
    """Store the same password under newer parameters; sessions go on."""
    with writing() as connection:
        connection.execute(
            update(StaffRow).where(StaffRow.id == staff_id).values(password_hash=password_hash)
        )


def end_sessions(staff: Staff, *, by: str, now: datetime) -> None:
    """Sign somebody out everywhere."""
    with writing() as connection:
        _set(connection, staff.id)
        record(connection, by, Action.sessions_ended, staff.email, now)
