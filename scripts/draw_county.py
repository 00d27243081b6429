"""Draw the demo's map: prints the GeoJSON that surveyapp/demo/county.geojson holds.

The county lies in the middle of Lake Superior, so that nobody can take it for a place where
people live. Thousands of small Voronoi cells are given to the neighbourhood that reaches them
first; what neighbours share is then the very same line.
"""

import heapq
import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from scipy.spatial import Delaunay, Voronoi

# Where each neighbourhood begins (kilometres) and how far it reaches.
STARTS = {
    "alderbrook": {
        "old-harbour": (26.0, 9.4, 1.0),
        "market-square": (27.2, 11.0, 0.75),
        "mill-district": (24.6, 11.2, 0.9),
        "foundry": (28.9, 10.0, 0.8),
        "station-hill": (26.4, 12.9, 0.9),
        "college-heights": (23.2, 13.6, 1.1),
        "riverbend": (29.3, 12.4, 1.0),
        "westgate": (21.6, 11.0, 1.1),
        "orchard-park": (28.2, 15.2, 1.3),
        "birch-commons": (25.2, 16.2, 1.3),
        "lakeview": (31.9, 10.2, 1.2),
        "north-shore": (18.4, 9.0, 1.3),
    },
    "pointe-aux-songes": {
        "old-village": (46.0, 10.4, 1.2),
        "wharf": (48.2, 8.6, 1.0),
        "fairgrounds": (44.0, 13.4, 1.5),
        "maple-row": (48.6, 13.4, 1.6),
        "lighthouse": (52.4, 9.0, 1.7),
        "sugar-bush": (46.6, 18.2, 2.3),
        "marsh-road": (40.6, 10.6, 1.7),
    },
    "far-meadows": {
        "meadows-village": (27.5, 27.0, 2.6),
        "stone-mills": (13.0, 17.5, 2.7),
        "ridge-farms": (40.5, 30.0, 2.9),
        "otter-creek": (17.5, 33.0, 1.8),
        "demonstration-nation": (8.0, 27.0, 1.6),
        "gull-island": (12.6, 2.4, 9.0),
    },
}
COUNTY = "larkspur"
SEA = "sea"
WIDTH, HEIGHT, MARGIN = 60.0, 42.0, 4.0
ORIGIN = (-88.0, 47.5)
KM_A_DEGREE = 111.32
SEED = 7
Point = tuple[float, float]


def is_land(x: float, y: float) -> bool:
    """Tell land from water: a wavy shore in the south, an island, and a lake inland."""
    shore = 7 + 1.3 * math.sin(x / 4.2) + 0.9 * math.sin(x / 1.9 + 1)
    east = 54 - abs(y - 14) ** 1.5 / 22 + 0.8 * math.sin(y / 1.6)
    west = 4.5 + 1.2 * math.sin(y / 3.1) + 0.5 * math.sin(y / 1.1)
    north = 37.5 + 0.6 * math.sin(x / 2.7) + 1.6 * math.sin(x / 9)
    mainland = shore < y < north and west < x < east
    island = ((x - 12.6) / 1.7) ** 2 + ((y - 2.4) / 0.9) ** 2 < 1
    lake = ((x - 33.5) / 3.4) ** 2 + ((y - 23.4 - 0.25 * (x - 33.5)) / 1.5) ** 2 < 1
    return island or (mainland and not lake)


def spacing(x: float, y: float) -> float:
    """Return how far apart cells are: close where people live close together."""
    town = min(math.hypot(x - 26, y - 12), math.hypot(x - 47, y - 11), math.hypot(x - 12.6, y - 2))
    return 0.38 + 0.045 * max(0.0, town - 3.5)


def cells(chance: np.random.Generator) -> np.ndarray:
    """Return points that keep their distance, by throwing darts."""
    kept: list[Point] = []
    near: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for x, y in chance.uniform((-MARGIN, -MARGIN), (WIDTH, HEIGHT), (90_000, 2)):
        least, column, row = spacing(x, y), int(x // 2), int(y // 2)
        around = (near[column + i, row + j] for i in (-1, 0, 1) for j in (-1, 0, 1))
        if all(math.hypot(x - a, y - b) >= least for some in around for a, b in some):
            kept.append((x, y))
            near[column, row].append((x, y))
    return np.array(kept)


def owners(points: np.ndarray, chance: np.random.Generator) -> list[str]:
    """Give each cell on land to the neighbourhood that reaches it first."""
    land = [is_land(x, y) for x, y in points]
    start, steps = Delaunay(points).vertex_neighbor_vertices
    owner = [SEA] * len(points)
    reach: dict[str, float] = {}
    waiting: list[tuple[float, int, str]] = []
    for one in (item for town in STARTS.values() for item in town.items()):
        code, (x, y, reach[code]) = one
        distance = np.hypot(points[:, 0] - x, points[:, 1] - y) + np.where(land, 0, 1e6)
        waiting.append((0.0, int(distance.argmin()), code))
    heapq.heapify(waiting)
    while waiting:
        time, cell, code = heapq.heappop(waiting)
        if owner[cell] != SEA:
            continue
        owner[cell] = code
        for other in steps[start[cell] : start[cell + 1]]:
            if land[other] and owner[other] == SEA:
                length = float(np.hypot(*(points[cell] - points[other])))
                later = time + length * chance.uniform(0.7, 1.3) / reach[code]
                heapq.heappush(waiting, (later, int(other), code))
    return owner


def rings(edges: Iterable[tuple[int, int]]) -> list[list[int]]:
    """Join directed edges into closed rings of vertices."""
    after: dict[int, list[int]] = defaultdict(list)
    for first, second in edges:
        after[first].append(second)
    found = []
    while after:
        ring = [next(iter(after))]
        while len(ring) == 1 or ring[-1] != ring[0]:
            targets = after[ring[-1]]
            if len(targets) == 1:
                del after[ring[-1]]
            ring.append(targets.pop())
        found.append(ring)
    return found


def area(ring: Sequence[Point]) -> float:
    """Return twice the signed area of a ring: above zero when it runs against the clock."""
    return sum(a * d - b * c for (a, b), (c, d) in zip(ring, ring[1:], strict=False))


def placed(point: Sequence[float]) -> Point:
    """Turn kilometres into longitude and latitude."""
    x, y = point
    latitude = ORIGIN[1] + y / KM_A_DEGREE
    scale = KM_A_DEGREE * math.cos(math.radians(ORIGIN[1] + HEIGHT / 2 / KM_A_DEGREE))
    return round(ORIGIN[0] + x / scale, 5), round(latitude, 5)


def shortened(ring: Sequence[Point]) -> list[Point]:
    """Leave out points that rounding put where the one before is."""
    return [ring[0], *(b for a, b in zip(ring, ring[1:], strict=False) if a != b)]


def outline(voronoi: Voronoi, owner: Sequence[str], codes: frozenset[str]) -> dict[str, object]:
    """Return the geometry of everything that some neighbourhoods own together."""
    edges = []
    for (one, other), (a, b) in zip(voronoi.ridge_points, voronoi.ridge_vertices, strict=True):
        inside = owner[one] in codes
        if inside == (owner[other] in codes):
            continue
        centre = voronoi.points[one if inside else other]
        (ax, ay), (bx, by) = voronoi.vertices[a] - centre, voronoi.vertices[b] - centre
        edges.append((a, b) if ax * by - ay * bx > 0 else (b, a))
    drawn = [shortened([placed(voronoi.vertices[one]) for one in ring]) for ring in rings(edges)]
    outer = sorted((ring for ring in drawn if area(ring) > 0), key=area, reverse=True)
    holes = [ring for ring in drawn if area(ring) < 0]
    polygons = [[outer[0], *holes], *([ring] for ring in outer[1:])]
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def main() -> None:
    """Print the county, its towns and their neighbourhoods."""
    chance = np.random.default_rng(SEED)
    points = cells(chance)
    owner, voronoi = owners(points, chance), Voronoi(points)
    wanted = {COUNTY: frozenset(code for town in STARTS.values() for code in town)}
    wanted |= {town: frozenset(codes) for town, codes in STARTS.items()}
    wanted |= {code: frozenset({code}) for town in STARTS.values() for code in town}
    features = [
        json.dumps(
            {
                "type": "Feature",
                "properties": {"code": code},
                "geometry": outline(voronoi, owner, codes),
            },
            separators=(",", ":"),
        )
        for code, codes in wanted.items()
    ]
    lines = ",\n".join(features)
    sys.stdout.write(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
