"""A survey in the field: waves, samples, collectors and invitations."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.extensions import Base
from surveyapp.storage.columns import Instant, Json


class WaveRow(Base):
    """One fielding of a survey over one set of places.

    ``last_change`` numbers every submission and withdrawal; its row is the lock that orders them.
    ``results_on``: the day by which its results are promised, in its time zone.
    """

    __tablename__ = "wave"
    __table_args__ = (
        UniqueConstraint("survey_id", "code"),
        CheckConstraint("closes_at IS NULL OR closes_at > opens_at", "closes_after_it_opens"),
        CheckConstraint("last_change >= 0", "changes_not_negative"),
        Index(
            "uq_wave_one_open_a_survey",
            "survey_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    code: Mapped[str]
    place_set_id: Mapped[int] = mapped_column(ForeignKey("place_set.id"))
    time_zone: Mapped[str]
    opens_at: Mapped[datetime] = mapped_column(Instant)
    closes_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    last_change: Mapped[int] = mapped_column(default=0)
    results_on: Mapped[date | None]


class SampleRow(Base):
    """Who was asked: a probability sample, or an open one. Never pooled."""

    __tablename__ = "sample"
    __table_args__ = (
        UniqueConstraint("wave_id", "code"),
        UniqueConstraint("id", "wave_id", name="uq_sample_with_its_wave"),
        CheckConstraint("invited >= 0", "invited_not_negative"),
        CheckConstraint("type IN ('probability', 'open')", "probability_or_open"),
        CheckConstraint("invited IS NULL OR type = 'probability'", "only_a_probability_invites"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"))
    code: Mapped[str]
    type: Mapped[str]
    names: Mapped[Any] = mapped_column(Json)
    invited: Mapped[int | None]


class CollectorRow(Base):
    """A way in: its sample, its mode, and whose residents it greets.

    ``double_entry``: paper that counts only once two people have typed the same. ``label``: where
    it is used, for staff to tell two of a kind apart.
    """

    __tablename__ = "collector"
    __table_args__ = (
        CheckConstraint(
            "kind IN ('open_link', 'invitation', 'qr', 'kiosk', 'paper', 'phone')", "known_kind"
        ),
        CheckConstraint("mode IN ('web', 'kiosk', 'paper', 'phone')", "known_mode"),
        CheckConstraint("kind = 'paper' OR NOT double_entry", "only_paper_is_entered_twice"),
        UniqueConstraint("id", "wave_id", "sample_id", name="uq_collector_with_its_sample"),
        ForeignKeyConstraint(
            ("sample_id", "wave_id"),
            ("sample.id", "sample.wave_id"),
            "fk_collector_in_the_wave_of_its_sample",
        ),
        Index(
            "uq_collector_one_default_a_wave",
            "wave_id",
            unique=True,
            sqlite_where=text("is_default"),
            postgresql_where=text("is_default"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"))
    sample_id: Mapped[int]
    kind: Mapped[str]
    mode: Mapped[str]
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"))
    is_default: Mapped[bool] = mapped_column(default=False)
    double_entry: Mapped[bool] = mapped_column(default=False, server_default=false())
    label: Mapped[str] = mapped_column(default="", server_default="")


class InvitationRow(Base):
    """A personal way in, used once. Nothing links it to a response."""

    __tablename__ = "invitation"
    __table_args__ = (CheckConstraint("base_weight > 0", "weight_above_zero"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    collector_id: Mapped[int] = mapped_column(ForeignKey("collector.id"))
    code_hash: Mapped[str] = mapped_column(unique=True)
    stratum: Mapped[str]
    base_weight: Mapped[float]
    used: Mapped[bool] = mapped_column(default=False)
