"""Passwords: hashed with Argon2id, and checked in the same time whether or not anybody is there."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from surveyapp.accounts.password_rules import MOST_LENGTH, normalized

# OWASP's second configuration: 19 MiB, so that a flood of tries does not fill a small server.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)


def hashed(password: str) -> str:
    """Hash a password for keeping."""
    return _HASHER.hash(normalized(password))


@cache
def _nobody() -> str:
    return hashed("nobody signs in with this")


def matches(password: str, kept: str | None) -> bool:
    """Tell whether a password is the one kept; where none is kept it takes as long, in vain."""
    try:
        _HASHER.verify(kept or _nobody(), normalized(password[:MOST_LENGTH]))
    except (VerificationError, InvalidHashError):
        return False
    return bool(kept)


def is_outdated(kept: str) -> bool:
    """Tell whether a hash was made under weaker parameters than today's."""
    return _HASHER.check_needs_rehash(kept)
