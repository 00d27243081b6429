"""A map to choose a place on: the set's own outlines, few enough bytes for a slow connection."""

import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from surveyapp.press.borders import Point, Ring, simplified

# The longer side of the map in steps of its grid: 25 m a step where it is 100 km.
GRID = 4_000
# Tolerances in steps, tried until the map is small enough to send.
TOLERANCES = (1.0, 2.0, 4.0, 8.0, 14.0, 24.0, 40.0)
MOST_BYTES = 22_000


@dataclass(frozen=True)
class Outlines:
    """A drawing of places: its size in steps, and the path of each place by code."""

    width: int
    height: int
    paths: Mapping[str, str]

    @property
    def size(self) -> int:
        """How many bytes the paths take when compressed."""
        return len(zlib.compress("".join(self.paths.values()).encode(), 4))


def _rings(geometry: Mapping[str, Any]) -> Iterator[Sequence[Sequence[float]]]:
    """Yield the rings of a Polygon or a MultiPolygon: both are what a place may be stored as."""
    parts = geometry["coordinates"]
    for polygon in [parts] if geometry.get("type") == "Polygon" else parts:
        yield from polygon


def _projected(
    geometries: Mapping[str, Mapping[str, Any]],
) -> tuple[dict[str, list[Ring]], Point]:
    """Lay outlines on the grid, degrees of longitude shortened by the cosine of the latitude.

    Points are taken to the nearest step: borders that all but touch in the file then do. A ring
    smaller than a step becomes a small square, so that its place can still be seen.
    """
    every = [point for one in geometries.values() for ring in _rings(one) for point in ring]
    west, east = min(x for x, _ in every), max(x for x, _ in every)
    south, north = min(y for _, y in every), max(y for _, y in every)
    shorter = math.cos(math.radians((south + north) / 2))
    step = max((east - west) * shorter, north - south) / GRID or 1

    def placed(point: Sequence[float]) -> Point:
        return round((point[0] - west) * shorter / step), round((north - point[1]) / step)

    def laid(geometry: Mapping[str, Any]) -> list[Ring]:
        found = [_without_repeats([placed(one) for one in ring]) for ring in _rings(geometry)]
        return [ring for ring in found if len(set(ring)) > 2] or [_square(found[0][0])]

    size = round((east - west) * shorter / step), round((north - south) / step)
    return {code: laid(one) for code, one in geometries.items()}, size


def _without_repeats(points: Sequence[Point]) -> Ring:
    kept = [after for before, after in pairwise(points) if before != after]
    return tuple(kept or points[:1])


def _square(at: Point) -> Ring:
    x, y = at
    return (x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)


def _number(value: int) -> str:
    return f" {value}" if value >= 0 else str(value)


def _path(rings: Sequence[Ring]) -> str:
    """Write rings as an SVG path of small relative steps, the shortest that compresses well."""
    words = []
    at: Point = (0, 0)
    for ring in rings:
        steps = "".join(
            _number(x - before_x) + _number(y - before_y)
            for (before_x, before_y), (x, y) in pairwise(ring)
        )
        words.append(f"m{ring[0][0] - at[0]}{_number(ring[0][1] - at[1])}l{steps.lstrip()}z")
        at = ring[0]
    return "".join(words)


def _drawn(laid: Mapping[str, Sequence[Ring]], size: Point, tolerance: float) -> Outlines:
    simple = iter(simplified([ring for rings in laid.values() for ring in rings], tolerance))
    paths = {code: _path([next(simple) for _ in rings]) for code, rings in laid.items()}
    return Outlines(*size, paths)


def outlines(geometries: Mapping[str, Mapping[str, Any]]) -> Outlines | None:
    """Draw places as simply as it takes to send them in ``MOST_BYTES``.

    ``geometries`` are GeoJSON outlines in degrees (WGS 84) by code. None: there are none,
    or so many that even the simplest drawing is too large.
    """
    if not geometries:
        return None
    laid, size = _projected(geometries)
    for tolerance in TOLERANCES:
        drawn = _drawn(laid, size, tolerance)
        if drawn.size <= MOST_BYTES:
            return drawn
    return None
