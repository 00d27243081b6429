"""Files of places, GeoJSON or CSV: read whole, or refused whole with every reason."""

import csv
import io
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveyapp.questionnaire.kinds import PlaceCode
from surveyapp.questionnaire.text import plain
from surveyapp.storage.municipal.places import Place

MOST_PLACES = 20_000
MOST_BYTES = 200_000_000
MOST_PROBLEMS = 50
MOST_NAMED = 10
# What residents answer instead of a place, and what files of results call everybody.
RESERVED = frozenset((*PlaceCode, "all"))
# Six decimals of a degree are a tenth of a metre: more is noise of the program that wrote it.
DECIMALS = 6
WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326", "WGS84")


@dataclass(frozen=True)
class Fields:
    """Which property of a feature, or column of a row, holds what."""

    level: str
    code: str
    name: str
    name_fr: str = ""
    parent: str = ""
    population: str = ""


class PlaceFileError(Exception):
    """A file that was refused; ``problems`` name the feature and the reason."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class _Row:
    label: str
    values: Mapping[str, Any]
    geometry: Any = None


def _numbers(point: Any) -> bool:
    return (
        isinstance(point, list)
        and len(point) >= 2
        and all(
            isinstance(one, int | float) and not isinstance(one, bool) and math.isfinite(one)
            for one in point[:2]
        )
    )


def _ring_problem(ring: Any) -> str:
    if not isinstance(ring, list) or len(ring) < 4 or not all(_numbers(one) for one in ring):
        return "a ring of its outline has fewer than four points, or a point that is no position"
    if ring[0][:2] != ring[-1][:2]:
        return "a ring of its outline is not closed"
    if any(abs(point[0]) > 180 or abs(point[1]) > 90 for point in ring):
        return (
            "its coordinates are not longitudes and latitudes: the file is in a projected"
            " coordinate system; save it again as WGS 84 (EPSG:4326)"
        )
    return ""


def _polygons(geometry: Any) -> Any:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind == "Polygon":
        return [geometry.get("coordinates")]
    return geometry.get("coordinates") if kind == "MultiPolygon" else None


def _geometry_problem(geometry: Any) -> str:
    if geometry is None:
        return "it has no outline"
    polygons = _polygons(geometry)
    if not isinstance(polygons, list) or not polygons:
        return "its outline is neither a Polygon nor a MultiPolygon"
    for polygon in polygons:
        if not isinstance(polygon, list) or not polygon:
            return "its outline has an empty polygon"
        for ring in polygon:
            problem = _ring_problem(ring)
            if problem:
                return problem
    return ""


def _rounded(geometry: Any) -> dict[str, Any]:
    polygons = [
        [[[round(x, DECIMALS) for x in point[:2]] for point in ring] for ring in polygon]
        for polygon in _polygons(geometry)
    ]
    return {"type": "MultiPolygon", "coordinates": polygons}


def _crs_problem(document: Mapping[str, Any]) -> str:
    crs = document.get("crs")
    if not crs:
        return ""
    name = str(crs.get("properties", {}).get("name", "")) if isinstance(crs, dict) else str(crs)
    if any(known in name for known in WGS84):
        return ""
    return (
        f"the file names the coordinate system {name or 'unknown'}; save it as WGS 84 (EPSG:4326)"
    )


def _features(document: Any) -> Iterator[_Row]:
    if not isinstance(document, dict) or document.get("type") != "FeatureCollection":
        raise PlaceFileError(["the file is not a GeoJSON FeatureCollection"])
    problem = _crs_problem(document)
    features = document.get("features")
    if problem or not isinstance(features, list) or not features:
        raise PlaceFileError([problem or "the file has no features"])
    for number, feature in enumerate(features, 1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            raise PlaceFileError([f"feature {number}: it has no properties"])
        yield _Row(f"feature {number}", properties, feature.get("geometry"))


def _rows(text: str) -> Iterator[_Row]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    for row in reader:
        yield _Row(f"line {reader.line_num}", {key: value for key, value in row.items() if key})


def _opened(data: bytes, name: str) -> list[_Row]:
    if len(data) > MOST_BYTES:
        raise PlaceFileError([f"the file is larger than {MOST_BYTES // 1_000_000} MB"])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PlaceFileError(["the file is not UTF-8 text"]) from error
    if name.lower().endswith(".csv"):
        return list(_rows(text))
    try:
        return list(_features(json.loads(text)))
    except (json.JSONDecodeError, RecursionError) as error:
        raise PlaceFileError(["the file is not JSON"]) from error


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    try:
        return plain(str(value)).strip() if isinstance(value, str | int | float) else ""
    except ValueError:
        return ""


def _unreadable(value: Any) -> str:
    """Say why a value has no words, or nothing when it has some."""
    if value is None or not str(value).strip():
        return "is empty"
    return "" if _words(value) else "is no text that can be kept"


def _population(value: Any) -> int | None:
    """Read a whole number of people; -1 for what is not one."""
    words = _words(value).replace(" ", "").replace(",", "")
    if not words:
        return None
    return int(words) if words.isascii() and words.isdigit() and len(words) < 10 else -1


def _row_problems(row: _Row, fields: Fields) -> Iterator[str]:
    wanted = (fields.code, fields.name, fields.name_fr, fields.parent, fields.population)
    missing = [field for field in wanted if field and field not in row.values]
    if missing:
        yield f"it has no field {', '.join(missing)}"
        return
    for field in (fields.code, fields.name, fields.parent):
        unreadable = _unreadable(row.values[field]) if field else ""
        if unreadable:
            yield f"its {field} {unreadable}"
    if _words(row.values[fields.code]) in RESERVED:
        yield f"its {fields.code} means something else here: give it another"
    if fields.population and _population(row.values[fields.population]) == -1:
        yield f"its {fields.population} is not a whole number of people"


def _problems(rows: Sequence[_Row], fields: Fields, outlined: bool) -> Iterator[str]:
    if not rows:
        yield "the file has no places"
    if len(rows) > MOST_PLACES:
        yield f"the file has more than {MOST_PLACES} places"
    for row in rows:
        known = _words(row.values.get(fields.code)) or _words(row.values.get(fields.name))
        label = f"{row.label} ({known})" if known else row.label
        found = list(_row_problems(row, fields))
        if outlined:
            found += [problem for problem in (_geometry_problem(row.geometry),) if problem]
        yield from (f"{label}: {problem}" for problem in found)
    alike: dict[str, list[str]] = {}
    for row in rows:
        alike.setdefault(_words(row.values.get(fields.code)), []).append(row.label)
    yield from (
        f"{fields.code} {code} is used by {len(labels)} features: {', '.join(labels[:MOST_NAMED])}"
        for code, labels in alike.items()
        if code and len(labels) > 1
    )


def _place(row: _Row, fields: Fields, parent: str) -> Place:
    name = _words(row.values[fields.name])
    french = _words(row.values[fields.name_fr]) if fields.name_fr else ""
    return Place(
        code=_words(row.values[fields.code]),
        level=fields.level,
        names={"en": name, "fr": french or name},
        parent=parent,
        population=_population(row.values[fields.population]) if fields.population else None,
        geometry=_rounded(row.geometry) if row.geometry else None,
    )


def _holder(code: str, level: str, name: str, inside: Sequence[Place], parent: str | None) -> Place:
    people = [place.population for place in inside]
    known = None if None in people else sum(one for one in people if one is not None)
    return Place(code, level, {"en": name, "fr": name}, parent, known)


def read_places(data: bytes, file_name: str, fields: Fields, set_name: str) -> tuple[Place, ...]:
    """Read a file of places of one level under one root, the set itself.

    With a parent field its values become the municipalities between root and places.

    :raise PlaceFileError: if anything is wrong, naming every feature and reason.
    """
    rows = _opened(data, file_name)
    found = list(_problems(rows, fields, outlined=not file_name.lower().endswith(".csv")))
    if found:
        more = len(found) - MOST_PROBLEMS
        raise PlaceFileError(found[:MOST_PROBLEMS] + ([f"and {more} more"] if more > 0 else []))
    root = f"{set_name}-all"
    parents = {_words(row.values[fields.parent]) for row in rows} if fields.parent else set()
    places = [
        _place(row, fields, f"m-{_words(row.values[fields.parent])}" if fields.parent else root)
        for row in rows
    ]
    holders = [
        _holder(
            f"m-{name}",
            "municipality",
            name,
            [place for place in places if place.parent == f"m-{name}"],
            root,
        )
        for name in sorted(parents)
    ]
    whole = _holder(root, "region", set_name, places, None)
    return (whole, *holders, *places)
