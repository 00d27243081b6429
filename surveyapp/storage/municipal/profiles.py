"""What residents are told of a municipality: versioned, and shown beside every survey."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from sqlalchemy import insert, select

from surveyapp.questionnaire.text import Text
from surveyapp.storage.audit import Action, record
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.memory import remembered
from surveyapp.storage.tables import MunicipalityRow, ProfileRow

REQUIRED_LANGUAGES = ("en", "fr")


def _in_both(text: Text) -> Text:
    missing = [language for language in REQUIRED_LANGUAGES if not text.get(language).strip()]
    if missing:
        raise ValueError(f"missing in {', '.join(missing)}")
    return text


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("unknown time zone")
    return name


Both = Annotated[Text, AfterValidator(_in_both)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Officer(_Part):
    """Who answers questions about the collection (MFIPPA, s. 29(2)(c)): a title, not a person."""

    title: Both
    address: Both
    telephone: str = Field(min_length=3)


class HelpLine(_Part):
    """A number to call or text, and for whom."""

    name: Both
    telephone: str = Field(min_length=3)
    note: Both | None = None


class Logo(_Part):
    """A municipality's picture by the hash of its bytes, and its size in pixels."""

    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    width: int = Field(ge=1)
    height: int = Field(ge=1)


class ProfileChangedError(Exception):
    """Somebody else saved the profile meanwhile: look at theirs first."""


class Profile(_Part):
    """One municipality's own words. ``notice`` adds to the survey's notice of collection."""

    names: Both
    plan_name: Both
    officer: Officer
    help_lines: tuple[HelpLine, ...] = Field(min_length=1)
    website: str | None = None
    notice: Both | None = None
    logo: Logo | None = None
    time_zone: Annotated[str, AfterValidator(_known_zone)] = "America/Toronto"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that days are counted in."""
        return ZoneInfo(self.time_zone)


@dataclass(frozen=True)
class StoredProfile:
    """A version of a profile, and whose it is."""

    id: int
    municipality_id: int
    version: int
    content: Profile


@dataclass(frozen=True)
class Municipality:
    """A municipality by its slug."""

    id: int
    slug: str


def municipality(slug: str) -> Municipality | None:
    """Find a municipality."""
    found = reading().execute(select(MunicipalityRow).where(MunicipalityRow.slug == slug)).first()
    return Municipality(found.id, found.slug) if found else None


def save_profile(
    slug: str,
    profile: Profile,
    now: datetime,
    *,
    by: str = "",
    after: int | None = None,
) -> StoredProfile:
    """Store the next version of a municipality's profile; the municipality is made if new.

    ``after`` is the version that was changed, where somebody changed one.

    :raise ProfileChangedError: if there is a newer one than that; nothing is stored.
    """
    with writing() as connection:
        found = connection.execute(
            select(MunicipalityRow.id).where(MunicipalityRow.slug == slug)
        ).scalar()
        if found is None:
            made = connection.execute(insert(MunicipalityRow).values(slug=slug))
            found = made.inserted_primary_key[0]  # type: ignore[index]
        versions = select(ProfileRow.version).where(ProfileRow.municipality_id == found)
        version = max(connection.execute(versions).scalars(), default=0) + 1
        if after is not None and version != after + 1:
            raise ProfileChangedError(slug)
        made = connection.execute(
            insert(ProfileRow).values(
                municipality_id=found,
                version=version,
                content=profile.model_dump(mode="json"),
                created_at=now,
            )
        )
        if by:
            record(connection, by, Action.profile_saved, f"{slug}, version {version}", now)
        return StoredProfile(made.inserted_primary_key[0], found, version, profile)  # type: ignore[index]


def _read(profile_id: int) -> StoredProfile:
    row = reading().execute(select(ProfileRow).where(ProfileRow.id == profile_id)).one()
    content = Profile.model_validate(row.content)
    return StoredProfile(row.id, row.municipality_id, row.version, content)


def profile(profile_id: int) -> StoredProfile:
    """Return a version of a profile."""
    return remembered("profile", profile_id, lambda: _read(profile_id))


def newest_profile(municipality_id: int) -> StoredProfile:
    """Return the profile that new visits are shown.

    :raise LookupError: if the municipality has none.
    """
    newest = (
        select(ProfileRow.id)
        .where(ProfileRow.municipality_id == municipality_id)
        .order_by(ProfileRow.version.desc())
        .limit(1)
    )
    found = reading().execute(newest).scalar()
    if found is None:
        raise LookupError("the municipality has no profile")
    return profile(found)


def only_municipality() -> Municipality | None:
    """Return the municipality of a deployment that has just one."""
    found = reading().execute(select(MunicipalityRow).limit(2)).all()
    return Municipality(found[0].id, found[0].slug) if len(found) == 1 else None


def municipality_name(municipality_id: int, spoken: str) -> str:
    """Return what a municipality is called in a language of the interface.

    :raise LookupError: if it has no profile.
    """
    return newest_profile(municipality_id).content.names[spoken]
