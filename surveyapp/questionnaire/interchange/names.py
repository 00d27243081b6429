"""Names of other programs as ids of ours: lower case, and each one once."""

import re
import unicodedata
from collections.abc import Collection

MOST = 40
# A section is a page, and its id may be a question's too; in a form every name is one question's.
PAGE = "page-"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_SLUG = re.compile(r"^[a-z][a-z0-9_]{0,39}$")


def slug(name: str, taken: Collection[str] = (), otherwise: str = "q") -> str:
    """Return an id for a name that is not taken; the name itself if it is one."""
    made = name if _SLUG.match(name) else _made(name, otherwise)
    number, one = 1, made
    while one in taken:
        number += 1
        one = f"{made[: MOST - len(str(number)) - 1]}_{number}"
    return one


def _made(name: str, otherwise: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    words = _NOT_SLUG.sub("_", plain).strip("_")
    if not words or not words[0].isalpha():
        words = f"{otherwise}_{words}".rstrip("_")
    return words[:MOST].rstrip("_")
