"""A map that is small enough to send, and in which neighbours still touch."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from surveyapp.press.outlines import GRID, MOST_BYTES, Outlines, outlines

OTTAWA = Path(__file__).parents[2].parent / "shared/samples/places/ottawa_neighbourhoods.geojson"


def square(x: float, y: float, side: float = 1, **more: Any) -> dict[str, Any]:
    """Give a square with its south-western corner at a position."""
    ring = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return {"type": "MultiPolygon", "coordinates": [[ring]], **more}


def points(path: str) -> list[set[tuple[int, int]]]:
    """Read a path of relative steps: the points of each ring."""
    rings: list[set[tuple[int, int]]] = []
    start = (0, 0)
    for words in re.findall(r"m([^z]*)z", path):
        numbers = [int(one) for one in re.findall(r"-?\d+", words)]
        steps = list(zip(numbers[::2], numbers[1::2], strict=True))
        start = (start[0] + steps[0][0], start[1] + steps[0][1])
        at, ring = start, {start}
        for x, y in steps[1:]:
            at = (at[0] + x, at[1] + y)
            ring.add(at)
        rings.append(ring)
    return rings


def drawn(geometries: dict[str, Any]) -> Outlines:
    """Draw what can be drawn."""
    found = outlines(geometries)
    assert found is not None
    return found


def test_north_is_up_and_degrees_of_longitude_are_shortened() -> None:
    found = drawn({"south": square(-76, 45), "north": square(-76, 46)})
    # Two degrees of latitude high, one degree of longitude wide: cos 46° = 0.695.
    assert (found.width, found.height) == (round(GRID / 2 * 0.6947), GRID)
    (north,), (south,) = points(found.paths["north"]), points(found.paths["south"])
    assert min(y for _, y in north) == 0
    assert max(y for _, y in south) == GRID


def test_neighbours_share_the_points_of_their_border() -> None:
    found = drawn({"west": square(0, 0), "east": square(1, 0)})
    (west,), (east,) = points(found.paths["west"]), points(found.paths["east"])
    assert len(west & east) == 2


def test_a_hole_and_a_second_part_are_drawn_too() -> None:
    outer, inner = square(0, 0, 10)["coordinates"][0][0], square(4, 4)["coordinates"][0][0]
    island = square(20, 0)["coordinates"][0]
    made = {"type": "MultiPolygon", "coordinates": [[outer, inner], island]}
    assert len(points(drawn({"a": made}).paths["a"])) == 3


def test_a_polygon_is_drawn_as_the_same_polygon_of_one_part() -> None:
    parts = {code: square(x, 0) for code, x in (("a", 0), ("b", 1))}
    polygons = {
        code: {"type": "Polygon", "coordinates": one["coordinates"][0]}
        for code, one in parts.items()
    }
    assert drawn(polygons) == drawn(parts)


def test_a_place_too_small_for_the_grid_is_still_there() -> None:
    found = drawn({"whole": square(0, 0, 10), "speck": square(5, 5, 0.000_01)})
    (speck,) = points(found.paths["speck"])
    assert len(speck) >= 3


def test_one_part_or_several_is_the_same() -> None:
    several = square(0, 0)
    one = {"type": "Polygon", "coordinates": several["coordinates"][0]}
    assert drawn({"a": one}) == drawn({"a": several})


def test_without_outlines_there_is_no_map() -> None:
    assert outlines({}) is None


def test_what_cannot_be_made_small_enough_is_no_map() -> None:
    many = {f"{x}-{y}": square(x / 7, y / 11, 0.1) for x in range(90) for y in range(90)}
    assert outlines(many) is None


def test_the_neighbourhoods_of_ottawa_fit_and_stay_together() -> None:
    if not OTTAWA.exists() and os.environ.get("CI") != "true":
        pytest.skip("the sample places are not here")
    features = json.loads(OTTAWA.read_text("utf-8"))["features"]
    geometries = {}
    for feature in features:
        geometries[str(feature["properties"]["ONS_ID"])] = feature["geometry"]
    found = drawn(geometries)
    assert len(found.paths) == 116
    assert found.size <= MOST_BYTES
    rings = [ring for path in found.paths.values() for ring in points(path)]
    shared = [one for ring in rings for one in ring]
    # Nearly every point of an inner border belongs to two places: nothing came apart.
    assert len(set(shared)) < 0.75 * len(shared)
