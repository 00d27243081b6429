"""What lets staff in beside their password: sessions, links, second steps and recovery codes."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.extensions import Base
from surveyapp.storage.columns import Instant


class StaffSessionRow(Base):
    """A browser that somebody is signed in on. It ends when it goes, or when ``stamp`` is old."""

    __tablename__ = "staff_session"
    __table_args__ = (CheckConstraint("length(token_hash) = 64", "token_is_hashed"),)

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    stamp: Mapped[str]
    began_at: Mapped[datetime] = mapped_column(Instant)


class StaffLinkRow(Base):
    """A link with which one person sets a password, once. A newer one takes its place."""

    __tablename__ = "staff_link"
    __table_args__ = (CheckConstraint("length(token_hash) = 64", "token_is_hashed"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class SecondStepRow(Base):
    """A secret shared with somebody's telephone, sealed. Without ``last_step`` it is being set up.

    ``last_step`` numbers the half minute of the last code that was taken: none is taken twice.
    """

    __tablename__ = "second_step"

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    sealed: Mapped[str]
    last_step: Mapped[int | None]


class RecoveryCodeRow(Base):
    """A code for who has lost the telephone. It goes when it is used."""

    __tablename__ = "recovery_code"
    __table_args__ = (CheckConstraint("length(code_hash) = 64", "code_is_hashed"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    code_hash: Mapped[str] = mapped_column(primary_key=True)
