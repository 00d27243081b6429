"""Those who work here and what they publish: staff, audit, limits, counts and releases."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.extensions import Base
from surveyapp.storage.columns import Instant, Json


class StaffRow(Base):
    """Someone who signs in. ``stamp`` changes when all their sessions must end.

    ``password_hash`` is empty until an invited person sets a password.
    """

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint(
            "role IN ('designer', 'translator', 'publisher', 'analyst', 'administrator')",
            "known_role",
        ),
        CheckConstraint("email = lower(email)", "email_in_lower_case"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    password_hash: Mapped[str]
    stamp: Mapped[str]
    is_demo: Mapped[bool] = mapped_column(default=False)
    switched_off_at: Mapped[datetime | None] = mapped_column(Instant)


class StaffMunicipalityRow(Base):
    """A municipality that someone's work is limited to; no row is no limit."""

    __tablename__ = "staff_municipality"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), primary_key=True)


class AuditRow(Base):
    """Who did what, and when. Never changed."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(index=True)
    action: Mapped[str]
    subject: Mapped[str]


class RateLimitRow(Base):
    """How often a keyed hash was seen in a window of time."""

    __tablename__ = "rate_limit"

    bucket: Mapped[str] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(primary_key=True)
    window_at: Mapped[datetime] = mapped_column(Instant, primary_key=True)
    uses: Mapped[int]


class ReleaseRow(Base):
    """Numbered public results of a wave, bytes and all. Never changed."""

    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("wave_id", "number"),
        CheckConstraint("number >= 1", "numbered_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"))
    number: Mapped[int]
    change_no: Mapped[int]
    cut_off_at: Mapped[datetime] = mapped_column(Instant)
    manifest: Mapped[Any] = mapped_column(Json)
    bundle: Mapped[bytes] = mapped_column(LargeBinary)


class InterimRow(Base):
    """A count of a wave in the field that staff were shown. Never changed."""

    __tablename__ = "interim"
    __table_args__ = (
        UniqueConstraint("wave_id", "number"),
        CheckConstraint("number >= 1", "numbered_from_one"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"))
    number: Mapped[int]
    change_no: Mapped[int]
    cut_off_at: Mapped[datetime] = mapped_column(Instant)
    bundle: Mapped[bytes] = mapped_column(LargeBinary)
