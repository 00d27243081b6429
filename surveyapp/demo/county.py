"""Larkspur, a county that does not exist: its towns, its neighbourhoods and its census.

Every name and number is invented. ``neighbourhoods.csv`` holds what sets each neighbourhood
apart; ``scripts/draw_county.py`` drew the map in ``county.geojson`` from its codes.
"""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from surveyapp.demo.census import Counts, census, total
from surveyapp.storage.municipal.places import Place

FOLDER = Path(__file__).resolve().parent
PLACE_SET = "larkspur-1"
COUNTY = "larkspur"
COUNTY_NAMES = {"en": "Larkspur County (fictional)", "fr": "Comté de Larkspur (fictif)"}


@dataclass(frozen=True)
class Town:
    """A municipality of the county. ``share`` is its part of a probability sample."""

    code: str
    en: str
    fr: str
    share: float


@dataclass(frozen=True)
class Neighbourhood:
    """A neighbourhood and what sets it apart.

    ``safety``, ``ties`` and ``help`` move its residents' opinions, in standard deviations.
    ``renters`` and ``francophones`` are shares; ``age`` tilts its ages from young (-1) to old (1).
    ``most_answers`` keeps a hamlet small in each sample, however many answers are wanted.
    """

    code: str
    town: str
    en: str
    fr: str
    population: int
    safety: float
    ties: float
    help: float
    renters: float
    francophones: float
    age: float
    most_answers: int | None
    agreement_required: bool


TOWNS = (
    Town("alderbrook", "City of Alderbrook", "Ville d’Alderbrook", 0.48),
    Town("pointe-aux-songes", "Town of Pointe-aux-Songes", "Ville de Pointe-aux-Songes", 0.29),
    Town("far-meadows", "Township of Far Meadows", "Canton de Far Meadows", 0.23),
)


def _neighbourhood(row: Mapping[str, str]) -> Neighbourhood:
    most = row["most_answers"]
    return Neighbourhood(
        code=row["code"],
        town=row["town"],
        en=row["en"],
        fr=row["fr"],
        population=int(row["population"]),
        safety=float(row["safety"]),
        ties=float(row["ties"]),
        help=float(row["help"]),
        renters=float(row["renters"]),
        francophones=float(row["francophones"]),
        age=float(row["age"]),
        most_answers=int(most) if most else None,
        agreement_required=row["agreement_required"] == "1",
    )


@cache
def neighbourhoods() -> tuple[Neighbourhood, ...]:
    """Read the neighbourhoods, in the order of their towns."""
    with (FOLDER / "neighbourhoods.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_neighbourhood(row) for row in csv.DictReader(file))


def town_numbers() -> tuple[int, ...]:
    """Return the number of each neighbourhood's town among the towns."""
    codes = [town.code for town in TOWNS]
    return tuple(codes.index(one.town) for one in neighbourhoods())


def outlines() -> Mapping[str, Any]:
    """Return the geometry of every place by its code, in longitude and latitude (WGS 84)."""
    features = json.loads((FOLDER / "county.geojson").read_text(encoding="utf-8"))["features"]
    return {one["properties"]["code"]: one["geometry"] for one in features}


def neighbourhood_census(one: Neighbourhood) -> Counts:
    """Return the census of a neighbourhood."""
    return census(one.population, one.age, one.renters, one.francophones)


def places() -> tuple[Place, ...]:
    """Return the county, its towns and their neighbourhoods; margins add up at each level."""
    drawn = outlines()
    below = [
        Place(
            code=one.code,
            level="neighbourhood",
            names={"en": one.en, "fr": one.fr},
            parent=one.town,
            population=one.population,
            margins=neighbourhood_census(one),
            agreement_required=one.agreement_required,
            geometry=drawn[one.code],
        )
        for one in neighbourhoods()
    ]
    towns = [
        Place(
            code=town.code,
            level="municipality",
            names={"en": town.en, "fr": town.fr},
            parent=COUNTY,
            population=sum(one.population for one in neighbourhoods() if one.town == town.code),
            margins=total([place.margins or {} for place in below if place.parent == town.code]),
            geometry=drawn[town.code],
        )
        for town in TOWNS
    ]
    county = Place(
        code=COUNTY,
        level="region",
        names=COUNTY_NAMES,
        population=sum(one.population for one in neighbourhoods()),
        margins=total([town.margins or {} for town in towns]),
        geometry=drawn[COUNTY],
    )
    return (county, *towns, *below)
