"""What residents send: visits while they answer, then responses and their submissions."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.extensions import Base
from surveyapp.storage.columns import Instant, Json


class VisitRow(Base):
    """Unfinished answers, saved at every page and deleted when they are sent.

    Its key is the hash of its random token: a row number would be given again once the visit is
    gone, and a late page would land among another person's answers.

    ``saved`` holds, for each section, the counter of its newest save. ``typed`` holds what was
    typed but not yet accepted, by section. ``signs`` were noticed at the start.
    A code to come back with is kept as a hash, and the token sealed under the code.
    """

    __tablename__ = "visit"
    __table_args__ = (
        CheckConstraint("counter >= 0", "counter_not_negative"),
        CheckConstraint("length(token_hash) = 64", "token_is_hashed"),
        CheckConstraint("expires_at > started_at", "expires_after_it_started"),
        CheckConstraint(
            "(resume_hash IS NULL) = (sealed_token IS NULL)"
            " AND (resume_hash IS NULL) = (resume_until IS NULL)",
            "code_seals_its_token",
        ),
    )

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    collector_id: Mapped[int] = mapped_column(ForeignKey("collector.id"))
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    profile_id: Mapped[int] = mapped_column(ForeignKey("profile.id"))
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitation.id"))
    language: Mapped[str]
    answers: Mapped[Any] = mapped_column(Json)
    typed: Mapped[Any] = mapped_column(Json)
    saved: Mapped[Any] = mapped_column(Json)
    counter: Mapped[int] = mapped_column(default=0)
    furthest: Mapped[str | None]
    signs: Mapped[Any] = mapped_column(Json, server_default="[]")
    resume_hash: Mapped[str | None] = mapped_column(unique=True)
    sealed_token: Mapped[str | None]
    resume_until: Mapped[datetime | None] = mapped_column(Instant)
    started_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class ResponseRow(Base):
    """One person's answers. No time of day, no address, nothing that came with the request.

    ``signs`` that it was not thought about are for an analyst to weigh.
    """

    __tablename__ = "response"
    __table_args__ = (
        UniqueConstraint("wave_id", "change_no"),
        CheckConstraint("minutes BETWEEN 0 AND 120", "minutes_are_capped"),
        CheckConstraint("length(id) = 32", "id_is_random"),
        CheckConstraint("change_no >= 1", "changes_count_from_one"),
        CheckConstraint("base_weight > 0", "weight_above_zero"),
        ForeignKeyConstraint(
            ("collector_id", "wave_id", "sample_id"),
            ("collector.id", "collector.wave_id", "collector.sample_id"),
            "fk_response_in_the_wave_and_sample_of_its_collector",
        ),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"))
    change_no: Mapped[int]
    sample_id: Mapped[int]
    collector_id: Mapped[int]
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"))
    profile_id: Mapped[int] = mapped_column(ForeignKey("profile.id"))
    language: Mapped[str]
    submitted_on: Mapped[date]
    minutes: Mapped[int]
    stratum: Mapped[str | None]
    base_weight: Mapped[float | None]
    signs: Mapped[Any] = mapped_column(Json, server_default="[]")
    answers: Mapped[str] = mapped_column(LongText)


class SubmissionRow(Base):
    """That something was sent under a key; it outlives the visit, so that a replay is known.

    Hashes only: of the key, of the receipt and of the content.
    """

    __tablename__ = "submission"
    __table_args__ = (
        CheckConstraint("state IN ('accepted', 'withdrawn')", "known_state"),
        CheckConstraint(
            "(state = 'accepted') = (response_id IS NOT NULL)",
            "accepted_while_its_response_is_kept",
        ),
        CheckConstraint(
            "length(key_hash) = 64 AND length(receipt_hash) = 64 AND length(content_hash) = 64",
            "hashes_only",
        ),
    )

    key_hash: Mapped[str] = mapped_column(primary_key=True)
    receipt_hash: Mapped[str] = mapped_column(unique=True)
    content_hash: Mapped[str]
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"))
    response_id: Mapped[str | None] = mapped_column(ForeignKey("response.id"), unique=True)
    state: Mapped[str]


class WithdrawalRow(Base):
    """That the response of a change number was taken back, itself a numbered change."""

    __tablename__ = "withdrawal"
    __table_args__ = (
        UniqueConstraint("wave_id", "of_change_no"),
        CheckConstraint("change_no > of_change_no", "after_what_it_withdraws"),
    )

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    change_no: Mapped[int] = mapped_column(primary_key=True)
    of_change_no: Mapped[int]


class FieldworkCountRow(Base):
    """How many visits ended on a day, how and where; added to once for each visit."""

    __tablename__ = "fieldwork_count"
    __table_args__ = (
        CheckConstraint("outcome IN ('submitted', 'left')", "known_outcome"),
        CheckConstraint("visits > 0", "counts_something"),
    )

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    collector_id: Mapped[int] = mapped_column(ForeignKey("collector.id"), primary_key=True)
    ended_on: Mapped[date] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    last_page: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[str] = mapped_column(primary_key=True)
    visits: Mapped[int]
