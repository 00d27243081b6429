"""What helps to find one's place, sent after the page and kept by the browser for good."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, Response, abort, url_for
from flask.typing import ResponseReturnValue

from surveyapp.press.outlines import outlines as drawn
from surveyapp.storage.columns import compact
from surveyapp.storage.memory import remembered
from surveyapp.storage.municipal.places import Place, PlaceTree, outlines, place_tree
from surveyapp.storage.municipal.prefixes import PrefixTable, prefix_table

bp = Blueprint("finding", __name__, url_prefix="/places/<int(max=2147483647):place_set_id>/<level>")
# The address carries the content's digest: what it leads to never changes.
FOR_GOOD = "public, max-age=31536000, immutable"
# So many outlines cannot be told apart on a telephone, nor sent in what a page may take.
MOST_OUTLINES = 1_500


@dataclass(frozen=True)
class Sendable:
    """A JSON document with the digest that its address carries."""

    digest: str
    body: str


def offered(tree: PlaceTree, level: str) -> tuple[Place, ...]:
    """Return the places of a question's level; a set without neighbourhoods has municipalities."""
    return tree.at(level) or tree.at("municipality")


def _sendable(content: object) -> Sendable:
    body = compact(content)
    return Sendable(hashlib.sha256(body.encode()).hexdigest()[:16], body)


def _draw(place_set_id: int, level: str) -> Sendable | None:
    """Draw the outlines of the places of a level, if it has any that can be sent."""
    known = outlines(place_set_id)
    if not known:
        return None
    codes = [place.code for place in offered(place_tree(place_set_id), level)]
    wanted = {code: known[code] for code in codes if code in known}
    map_ = drawn(wanted) if len(wanted) <= MOST_OUTLINES else None
    if map_ is None:
        return None
    return _sendable({"width": map_.width, "height": map_.height, "paths": map_.paths})


def _map(place_set_id: int, level: str) -> Sendable | None:
    return remembered("map", (place_set_id, level), lambda: _draw(place_set_id, level))


def places_at(tree: PlaceTree, table: PrefixTable, level: str) -> Mapping[str, tuple[str, ...]]:
    """Return a level's places by prefix: the table may name places inside them."""
    codes = {place.code for place in offered(tree, level)}
    return {
        prefix: tuple(
            dict.fromkeys(up for one in found for up in tree.lineages[one] if up in codes)
        )
        for prefix, found in table.places.items()
    }


def _prefixes(place_set_id: int, level: str) -> Sendable | None:
    table = prefix_table(place_set_id)
    if table is None:
        return None

    def write() -> Sendable:
        return _sendable(places_at(place_tree(place_set_id), table, level))

    return remembered("prefixes_sent", (place_set_id, table.digest, level), write)


def outlines_address(place_set_id: int, level: str) -> str:
    """Return the address of a level's map; empty where there is none."""
    return _address("outlines", _map(place_set_id, level), place_set_id, level)


def prefixes_address(place_set_id: int, level: str) -> str:
    """Return the address of a level's postal prefixes; empty where there are none."""
    return _address("prefixes", _prefixes(place_set_id, level), place_set_id, level)


def _address(name: str, found: Sendable | None, place_set_id: int, level: str) -> str:
    if found is None:
        return ""
    return url_for(
        f"finding.send_{name}", place_set_id=place_set_id, level=level, digest=found.digest
    )


def _sent(found: Sendable | None, digest: str) -> ResponseReturnValue:
    if found is None or found.digest != digest:
        abort(404)
    response = Response(found.body, mimetype="application/json")
    response.headers["Cache-Control"] = FOR_GOOD
    return response


@bp.get("/outlines-<digest>.json")
def send_outlines(place_set_id: int, level: str, digest: str) -> ResponseReturnValue:
    """Send the map of a place set."""
    return _sent(_map(place_set_id, level), digest)


@bp.get("/prefixes-<digest>.json")
def send_prefixes(place_set_id: int, level: str, digest: str) -> ResponseReturnValue:
    """Send which places lie where postal codes begin with a prefix."""
    return _sent(_prefixes(place_set_id, level), digest)
