"""Beginnings of postal codes that narrow a list of places: known about places, kept of nobody."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlalchemy import bindparam, delete, insert, select, update

from surveyapp.storage.columns import compact
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.memory import remembered
from surveyapp.storage.prepared import Prepared
from surveyapp.storage.tables import PlacePrefixRow, PlaceSetRow

# Canada Post uses neither D F I O Q U anywhere, nor W and Z at the beginning.
_BEGINNING = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z]\d?", re.ASCII)
LONGEST = 4
_DIGEST = Prepared(
    select(PlaceSetRow.prefix_digest).where(PlaceSetRow.id == bindparam("place_set"))
)


@dataclass(frozen=True)
class PrefixTable:
    """The places of a set by postal prefix: three characters, or the first four."""

    digest: str
    places: Mapping[str, tuple[str, ...]]

    def find(self, prefix: str) -> tuple[str, ...]:
        """Return the codes of the places where postal codes begin so; none when it is unknown.

        Four characters that the table does not know are looked for by their first three.
        """
        for shorter in (prefix, prefix[:3]):
            known = [codes for one, codes in self.places.items() if one.startswith(shorter)]
            if known:
                return tuple(dict.fromkeys(chain.from_iterable(known)))
        return ()


def prefix_of(typed: str) -> str:
    """Return the first characters of what may be a whole postal code; empty: it is none.

    What follows the fourth character names a street side: it is dropped before anything else.
    """
    found = re.sub(r"[\s-]", "", typed[:20]).upper()[:LONGEST]
    return found if _BEGINNING.fullmatch(found) else ""


def load_prefixes(place_set_id: int, places: Mapping[str, Sequence[str]]) -> int:
    """Put a table in the place of the one there was; return how many prefixes it has.

    It narrows what is shown and changes no answer: so it may change while a wave is open.

    :raise IntegrityError: if a place is not of the set.
    """
    rows = [
        {"place_set_id": place_set_id, "prefix": prefix, "place_code": code}
        for prefix in sorted(places)
        for code in places[prefix]
    ]
    digest = hashlib.sha256(compact(rows).encode()).hexdigest()[:16] if rows else None
    own = PlacePrefixRow.place_set_id == place_set_id
    with writing() as connection:
        connection.execute(delete(PlacePrefixRow).where(own))
        if rows:
            connection.execute(insert(PlacePrefixRow), rows)
        connection.execute(
            update(PlaceSetRow).where(PlaceSetRow.id == place_set_id).values(prefix_digest=digest)
        )
    return len(places)


def _read(place_set_id: int, digest: str) -> PrefixTable:
    rows = reading().execute(
        select(PlacePrefixRow.prefix, PlacePrefixRow.place_code)
        .where(PlacePrefixRow.place_set_id == place_set_id)
        .order_by(PlacePrefixRow.prefix, PlacePrefixRow.place_code)
    )
    places: dict[str, tuple[str, ...]] = {}
    for prefix, code in rows:
        places[prefix] = (*places.get(prefix, ()), code)
    return PrefixTable(digest, places)


def prefix_table(place_set_id: int) -> PrefixTable | None:
    """Return the postal prefixes of a place set, read again only when they changed."""
    (digest,) = _DIGEST.first(reading(), {"place_set": place_set_id}) or (None,)
    if digest is None:
        return None
    return remembered("prefixes", (place_set_id, digest), lambda: _read(place_set_id, digest))
