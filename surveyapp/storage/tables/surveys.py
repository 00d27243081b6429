"""What is asked, by whom, and where: surveys, editions, municipalities and places."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    LargeBinary,
    UniqueConstraint,
)
from sqlalchemy import Text as LongText
from sqlalchemy.orm import Mapped, mapped_column

from surveyapp.extensions import Base
from surveyapp.storage.columns import Instant, Json


class MunicipalityRow(Base):
    """A county, city or township that owns surveys or takes part in one."""

    __tablename__ = "municipality"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)


class ProfileRow(Base):
    """One version of what residents are told of a municipality. Never changed."""

    __tablename__ = "profile"
    __table_args__ = (UniqueConstraint("municipality_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    version: Mapped[int]
    content: Mapped[Any] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(Instant)


class LogoRow(Base):
    """A municipality's picture, made anew from what was sent, under the hash of its bytes."""

    __tablename__ = "logo"
    __table_args__ = (
        CheckConstraint("media_type IN ('image/png', 'image/svg+xml')", "known_picture"),
        CheckConstraint("length(digest) = 64", "digest_is_sha256"),
    )

    digest: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class SurveyRow(Base):
    """A survey: its owner and the draft of its next edition."""

    __tablename__ = "survey"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    owner_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"))
    draft: Mapped[str] = mapped_column(LongText)
    revision: Mapped[str]


class PartnerRow(Base):
    """A municipality that takes part in a survey of another: a joint plan has several."""

    __tablename__ = "partner"

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), primary_key=True)


class DraftOriginRow(Base):
    """The file that a draft began with, and what became of it. Never changed.

    ``key`` names one sending of a form: sent again, it is the same questionnaire.
    """

    __tablename__ = "draft_origin"
    __table_args__ = (CheckConstraint("length(key) = 64", "key_is_sha256"),)

    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    file_name: Mapped[str]
    taken_at: Mapped[datetime] = mapped_column(Instant)
    taken_by: Mapped[str]
    remarks: Mapped[Any] = mapped_column(Json)
    unlisted: Mapped[int]


class DraftEditRow(Base):
    """What somebody changed in a draft, and what takes it back; the oldest are let go."""

    __tablename__ = "draft_edit"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    made_by: Mapped[str]
    commands: Mapped[Any] = mapped_column(Json)
    inverse: Mapped[Any] = mapped_column(Json)


class LibraryItemRow(Base):
    """A question that a municipality keeps for its next surveys; hidden once it is removed."""

    __tablename__ = "library_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipality.id"), index=True)
    question: Mapped[Any] = mapped_column(Json)
    kept_at: Mapped[datetime] = mapped_column(Instant)
    kept_by: Mapped[str]
    removed_at: Mapped[datetime | None] = mapped_column(Instant)


class EditionRow(Base):
    """A published questionnaire. Never changed: answers point to it."""

    __tablename__ = "edition"
    __table_args__ = (
        UniqueConstraint("survey_id", "number"),
        CheckConstraint("number >= 1", "numbered_from_one"),
        CheckConstraint("length(fingerprint) = 64", "fingerprint_is_sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"))
    number: Mapped[int]
    document: Mapped[str] = mapped_column(LongText)
    fingerprint: Mapped[str]
    acceptances: Mapped[Any] = mapped_column(Json)
    published_at: Mapped[datetime] = mapped_column(Instant)
    published_by: Mapped[str]


class PlaceSetRow(Base):
    """One version of a set of boundaries.

    ``prefix_digest`` names the content of its postal prefixes; NULL: it has none.
    """

    __tablename__ = "place_set"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    prefix_digest: Mapped[str | None]


class PlaceRow(Base):
    """A region, municipality or neighbourhood of a set."""

    __tablename__ = "place"
    __table_args__ = (
        UniqueConstraint("place_set_id", "code"),
        CheckConstraint("level IN ('region', 'municipality', 'neighbourhood')", "known_level"),
        CheckConstraint("population IS NULL OR population >= 0", "population_not_negative"),
        CheckConstraint("parent_code IS NULL OR parent_code <> code", "no_place_holds_itself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    place_set_id: Mapped[int] = mapped_column(ForeignKey("place_set.id"))
    code: Mapped[str]
    parent_code: Mapped[str | None]
    level: Mapped[str]
    names: Mapped[Any] = mapped_column(Json)
    population: Mapped[int | None]
    margins: Mapped[Any] = mapped_column(Json, nullable=True)
    agreement_required: Mapped[bool] = mapped_column(default=False)
    geometry: Mapped[Any] = mapped_column(Json, nullable=True)


class PlacePrefixRow(Base):
    """A place that lies, at least in part, where postal codes begin with a prefix.

    Public knowledge about places: what a resident types is compared with it and never kept.
    """

    __tablename__ = "place_prefix"
    __table_args__ = (
        ForeignKeyConstraint(
            ("place_set_id", "place_code"),
            ("place.place_set_id", "place.code"),
            "fk_place_prefix_of_a_place_of_its_set",
        ),
        CheckConstraint("length(prefix) IN (3, 4)", "three_characters_or_four"),
        CheckConstraint("prefix = upper(prefix)", "prefix_in_upper_case"),
    )

    place_set_id: Mapped[int] = mapped_column(primary_key=True)
    prefix: Mapped[str] = mapped_column(primary_key=True)
    place_code: Mapped[str] = mapped_column(primary_key=True)
