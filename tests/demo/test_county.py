"""The county is whole: a map without gaps, a census that adds up, names in both languages."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from surveyapp.demo.census import AGES, apportioned, census, total
from surveyapp.demo.county import COUNTY, FOLDER, TOWNS, neighbourhoods, outlines, places
from surveyapp.storage.municipal.place_files import Fields, read_places

Edge = tuple[tuple[float, float], tuple[float, float]]
PLACES = {one.code: one for one in places()}


def rings(geometry: dict[str, Any]) -> Iterator[list[tuple[float, float]]]:
    """Walk the rings of a polygon or of several."""
    many = geometry["type"] == "MultiPolygon"
    for polygon in geometry["coordinates"] if many else [geometry["coordinates"]]:
        for ring in polygon:
            yield [tuple(point) for point in ring]


def edges(code: str) -> list[Edge]:
    """List the edges of a place, land on their left."""
    return [pair for ring in rings(outlines()[code]) for pair in zip(ring, ring[1:], strict=False)]


def area(code: str) -> float:
    """Return the area of a place in square degrees."""
    return sum(a * d - b * c for (a, b), (c, d) in edges(code)) / 2


@pytest.mark.parametrize("whole", [COUNTY, *(town.code for town in TOWNS)])
def test_neighbourhoods_tile_what_holds_them(whole: str) -> None:
    inside = [one.code for one in neighbourhoods() if whole in (COUNTY, one.town)]
    found = Counter(edge for code in inside for edge in edges(code))
    assert set(found.values()) == {1}
    outer = {edge for edge in found if edge[::-1] not in found}
    assert outer == set(edges(whole))
    assert sum(map(area, inside)) == pytest.approx(area(whole))


def test_every_ring_is_closed_and_never_crosses_a_point_twice() -> None:
    for geometry in outlines().values():
        for ring in rings(dict(geometry)):
            assert ring[0] == ring[-1]
            assert len(set(ring)) == len(ring) - 1 >= 3


def test_neighbourhoods_differ_in_size_as_towns_and_farms_do() -> None:
    sizes = sorted(area(one.code) for one in neighbourhoods())
    assert sizes[0] > 0
    assert sizes[-1] > 20 * sizes[0]


def test_the_map_is_a_file_that_the_program_itself_would_import() -> None:
    data = json.loads((FOLDER / "county.geojson").read_text(encoding="utf-8"))
    codes = {one.code for one in neighbourhoods()}
    data["features"] = [one for one in data["features"] if one["properties"]["code"] in codes]
    fields = Fields(level="neighbourhood", code="code", name="code")
    read = read_places(json.dumps(data).encode(), "county.geojson", fields, "larkspur-1")
    assert {one.code for one in read if one.level == "neighbourhood"} == codes


def test_there_are_three_towns_and_about_two_dozen_neighbourhoods() -> None:
    assert len(TOWNS) == 3
    assert 22 <= len(neighbourhoods()) <= 26
    assert len(PLACES) == 1 + len(TOWNS) + len(neighbourhoods())


def test_every_place_has_a_name_in_both_languages() -> None:
    for place in PLACES.values():
        assert set(place.names) == {"en", "fr"}
        assert all(name.strip() for name in place.names.values())


def test_the_county_says_that_it_is_fictional() -> None:
    assert "fictional" in PLACES[COUNTY].name("en")
    assert "fictif" in PLACES[COUNTY].name("fr")


def test_some_place_needs_an_agreement() -> None:
    assert [one.code for one in PLACES.values() if one.agreement_required] == [
        "demonstration-nation"
    ]


def leaves(margin: dict[str, Any]) -> Iterator[int]:
    """Walk the counts of a margin."""
    for value in margin.values():
        if isinstance(value, dict):
            yield from leaves(value)
        else:
            yield value


@pytest.mark.parametrize("code", list(PLACES))
def test_each_margin_adds_up_to_the_population(code: str) -> None:
    place = PLACES[code]
    assert place.margins is not None
    assert set(place.margins) == {"age_gender", "tenure", "language"}
    for margin in place.margins.values():
        assert sum(leaves(margin)) == place.population
        assert min(leaves(margin)) >= 0


@pytest.mark.parametrize("code", [COUNTY, *(town.code for town in TOWNS)])
def test_populations_and_margins_add_up_over_the_tree(code: str) -> None:
    below = [one for one in PLACES.values() if one.parent == code]
    assert PLACES[code].population == sum(one.population or 0 for one in below)
    assert PLACES[code].margins == total([one.margins or {} for one in below])


def test_an_old_place_has_more_old_people() -> None:
    young, old = (census(10_000, age, 0.3, 0.1)["age_gender"] for age in (-1.0, 1.0))
    assert sum(old[AGES[-1]].values()) > 2 * sum(young[AGES[-1]].values())


def test_whole_numbers_add_up_whatever_the_shares() -> None:
    assert apportioned(7, [1, 1, 1]) == [3, 2, 2]
    assert apportioned(0, [0.2, 0.8]) == [0, 0]
    assert sum(apportioned(997, [0.123, 0.456, 0.421])) == 997
