"""Importing places: whole, or refused whole with the feature and the reason."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from surveyapp.storage.connection import reading

SQUARE = [[[-75.0, 45.0], [-75.0, 45.1], [-74.9, 45.1], [-75.0, 45.0]]]
METRES = [
    [[445000.0, 5028000.0], [445000.0, 5029000.0], [446000.0, 5029000.0], [445000.0, 5028000.0]]
]


def feature(code: Any, name: Any = "Name", ring: Any = SQUARE, **more: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"code": code, "name": name, **more},
        "geometry": {"type": "Polygon", "coordinates": ring},
    }


def collection(*features: Any, **more: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)} | more)


def run(app: Flask, folder: Path, text: str, *more: str, name: str = "places.geojson") -> Result:
    (folder / name).write_text(text, "utf-8")
    words = ("places", "import", str(folder / name), "--set", "one", "--level", "neighbourhood")
    fields = ("--code", "code", "--name", "name")
    return app.test_cli_runner().invoke(args=[*words, *fields, *more])


def stored(app: Flask) -> int:
    with app.app_context():
        return int(reading().exec_driver_sql("SELECT count(*) FROM place").scalar_one())


def test_good_places_are_counted(app: Flask, tmp_path: Path) -> None:
    done = run(app, tmp_path, collection(feature("a"), feature(2)))
    assert (done.exit_code, done.stdout) == (0, "2\n")
    assert stored(app) == 3
    again = run(app, tmp_path, collection(feature("c")))
    assert again.exit_code == 1
    assert "place set one exists" in again.output


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("not json", ["the file is not JSON"]),
        ("[]", ["not a GeoJSON FeatureCollection"]),
        ('{"type": "Feature"}', ["not a GeoJSON FeatureCollection"]),
        (collection(), ["the file has no features"]),
        (collection(feature("a"), feature("b", ring=METRES)), ["feature 2 (b)", "projected"]),
        (
            collection(feature("a"), crs={"properties": {"name": "urn:ogc:def:crs:EPSG::26918"}}),
            ["26918", "WGS 84"],
        ),
        (collection(feature("a"), feature("a")), ["code a is used by 2 features: feature 1, feat"]),
        (collection(feature("outside")), ["feature 1 (outside)", "means something else here"]),
        (collection(feature("all")), ["feature 1 (all)", "means something else here"]),
        (collection(feature("\x00")), ["feature 1 (Name)", "is no text that can be kept"]),
        (collection(feature("a"), feature("")), ["feature 2 (Name)", "its code is empty"]),
        (collection(feature("a", ring=[])), ["feature 1 (a)", "empty polygon"]),
        (collection(feature("a", ring=[SQUARE[0][:3]])), ["fewer than four points"]),
        (collection(feature("a", ring=[[*SQUARE[0][:3], [1, 1]]])), ["is not closed"]),
        (collection(feature("a") | {"geometry": None}), ["it has no outline"]),
        (collection(feature("a") | {"properties": None}), ["feature 1", "no properties"]),
        (
            collection(feature("a"), feature("b") | {"geometry": {"type": "Point"}}),
            ["feature 2 (b)", "neither a Polygon nor a MultiPolygon"],
        ),
    ],
)
def test_a_bad_file_is_refused_whole(
    app: Flask, tmp_path: Path, text: str, reasons: list[str]
) -> None:
    done = run(app, tmp_path, text)
    assert done.exit_code == 1
    for reason in reasons:
        assert reason in done.output
    assert stored(app) == 0


def test_a_field_that_is_not_there_is_named_with_its_feature(app: Flask, tmp_path: Path) -> None:
    good = feature("a", pop=100)
    done = run(app, tmp_path, collection(good, feature("b")), "--population", "pop")
    assert done.exit_code == 1
    assert "feature 2 (b): it has no field pop" in done.output
    assert stored(app) == 0


def test_a_table_of_places_is_read_too(app: Flask, tmp_path: Path) -> None:
    text = "code,name,town\n1,Été,East\n2,Two,West\n"
    done = run(app, tmp_path, text, "--parent", "town", name="places.csv")
    assert (done.exit_code, done.stdout) == (0, "2\n")
    assert stored(app) == 5
