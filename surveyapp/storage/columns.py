"""Column types that hold the same bytes on SQLite and on PostgreSQL."""

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Dialect, Text
from sqlalchemy.types import TypeDecorator

_WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def compact(value: Any) -> str:
    """Write JSON in one fixed way: short, UTF-8, in the order given."""
    return _WRITER.encode(value)


class Json(TypeDecorator[Any]):
    """A JSON document as text, so that both databases keep what was written."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write a document; None stays NULL."""
        return None if value is None else compact(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Read a document."""
        return None if value is None else json.loads(value)


class Instant(TypeDecorator[datetime]):
    """An instant as whole seconds since 1970: no time zone to lose on the way."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """Write an instant.

        :raise ValueError: if it has no time zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """Read an instant in UTC."""
        return None if value is None else datetime.fromtimestamp(value, UTC)
