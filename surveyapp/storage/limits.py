"""How often something may be tried: counted per hour or so under a hash that changes daily."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, select, text

from surveyapp.storage.codes import keyed
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.prepared import Prepared
from surveyapp.storage.tables import RateLimitRow

KEPT = timedelta(days=2)
# Both databases read this; counting and telling are one statement, so no try slips between.
_COUNT = Prepared(
    text(
        "INSERT INTO rate_limit (bucket, key_hash, window_at, uses)"
        " VALUES (:bucket, :key_hash, :window_at, 1)"
        " ON CONFLICT (bucket, key_hash, window_at) DO UPDATE SET uses = rate_limit.uses + 1"
        " RETURNING uses"
    )
)


def _key_hash(bucket: str, key: str, now: datetime) -> str:
    """Hash an address or a name so that it cannot be followed from one day to the next."""
    day = now.astimezone(UTC).date().isoformat()
    return keyed(f"limit {bucket} {day}", key)


def _window(now: datetime, window: timedelta) -> datetime:
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)


def allow(bucket: str, key: str, limit: int, window: timedelta, now: datetime) -> bool:
    """Count one try; tell whether it is within the limit of its window.

    ``window`` is at most a day: the hash that tries are counted under changes daily.
    """
    with writing() as connection:
        return within(connection, bucket, key, limit, window, now)


def within(
    connection: Connection, bucket: str, key: str, limit: int, window: timedelta, now: datetime
) -> bool:
    """Count one try inside ``writing()``, as ``allow`` does."""
    values = {
        "bucket": bucket,
        "key_hash": _key_hash(bucket, key, now),
        "window_at": int(_window(now, window).timestamp()),
    }
    return int(_COUNT.one(connection, values)[0]) <= limit


def is_spent(bucket: str, key: str, limit: int, window: timedelta, now: datetime) -> bool:
    """Tell, without counting, whether a window's tries are used up."""
    uses = select(RateLimitRow.uses).where(
        RateLimitRow.bucket == bucket,
        RateLimitRow.key_hash == _key_hash(bucket, key, now),
        RateLimitRow.window_at == _window(now, window),
    )
    return (reading().execute(uses).scalar() or 0) >= limit


def forget(bucket: str, key: str, now: datetime) -> None:
    """Forget today's tries, as after a right password."""
    with writing() as connection:
        connection.execute(
            delete(RateLimitRow).where(
                RateLimitRow.bucket == bucket,
                RateLimitRow.key_hash == _key_hash(bucket, key, now),
            )
        )


def drop_old(now: datetime) -> int:
    """Delete what no window needs any more; return how many rows went."""
    with writing() as connection:
        gone = connection.execute(delete(RateLimitRow).where(RateLimitRow.window_at < now - KEPT))
    return gone.rowcount
