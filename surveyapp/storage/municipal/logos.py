"""Logos of municipalities: bytes under their own hash, never changed."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import insert, select

from surveyapp.storage.connection import IntegrityError, reading, writing
from surveyapp.storage.tables import LogoRow


@dataclass(frozen=True)
class Picture:
    """A picture that was made anew from what somebody sent. Sizes are in pixels."""

    media_type: str
    content: bytes
    width: int
    height: int

    @property
    def digest(self) -> str:
        """The SHA-256 of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


def keep_logo(picture: Picture) -> None:
    """Store a picture; one that is there already stays."""
    if logo(picture.digest) is not None:
        return
    row = {"digest": picture.digest, "media_type": picture.media_type, "content": picture.content}
    try:
        with writing() as connection:
            connection.execute(insert(LogoRow).values(**row))
    except IntegrityError:
        return  # somebody else kept the same bytes meanwhile


def logo(digest: str) -> tuple[str, bytes] | None:
    """Return the media type and the bytes of a picture."""
    query = select(LogoRow.media_type, LogoRow.content).where(LogoRow.digest == digest)
    row = reading().execute(query).first()
    return (row.media_type, bytes(row.content)) if row else None
