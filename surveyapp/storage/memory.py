"""What never changes once read, kept by each process: editions, profiles, place sets."""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from flask import current_app

T = TypeVar("T")


def remembered(subject: str, key: Hashable, read: Callable[[], T]) -> T:
    """Return what was read before under a key, or read it now. For immutable rows only."""
    memory = current_app.extensions.setdefault("surveyapp_memory", {})
    found = memory.get((subject, key))
    if found is None:
        found = read()
        # What is not there yet may come: only what exists never changes.
        if found is not None:
            memory[subject, key] = found
    return cast(T, found)
