"""Codes that people read and hashes that are kept instead of them."""

import hashlib
import hmac
import secrets as random_source

from flask import current_app

# No vowels, so no words; nothing that looks like something else on paper.
ALPHABET = "CDFGHJKMNPQRTVWXY34679"


def new_token() -> str:
    """Make an unguessable token of 192 bits."""
    return random_source.token_urlsafe(24)


def new_code(length: int) -> str:
    """Make a random code that can be read aloud."""
    return "".join(random_source.choice(ALPHABET) for _ in range(length))


def token_hash(token: str) -> str:
    """Hash a random token. It needs no key: it cannot be found by trying."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def keyed(purpose: str, value: str) -> str:
    """Hash a value under the program's secret, for one purpose only."""
    key = str(current_app.config["SECRET_KEY"]).encode()
    message = f"{purpose}\0{value}".encode("utf-8", "replace")
    return hmac.digest(key, message, "sha256").hex()


def keyed_code(purpose: str, value: str, length: int) -> str:
    """Derive a readable code from a value: the same value gives the same code again."""
    number = int(keyed(purpose, value), 16)
    letters = []
    for _ in range(length):
        number, place = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[place])
    return "".join(letters)


def grouped(code: str, size: int = 4) -> str:
    """Write a code in groups, as people copy it."""
    return "-".join(code[start : start + size] for start in range(0, len(code), size))


def ungrouped(typed: str) -> str:
    """Read a code as people type it."""
    return "".join(letter for letter in typed.upper() if letter in ALPHABET)
