"""Places in versioned sets: a tree of region, municipalities and neighbourhoods."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import insert, select

from surveyapp.questionnaire.tongues import bare, said
from surveyapp.storage.connection import IntegrityError, reading, writing
from surveyapp.storage.memory import remembered
from surveyapp.storage.tables import PlaceRow, PlaceSetRow

LEVELS = ("region", "municipality", "neighbourhood")


class PlaceSetTakenError(Exception):
    """A place set of that code exists: a changed set is a new set."""


@dataclass(frozen=True)
class Place:
    """One place as it is stored. ``names`` is by language; ``parent`` a code of the same set."""

    code: str
    level: str
    names: Mapping[str, str]
    parent: str | None = None
    population: int | None = None
    margins: Mapping[str, Any] | None = None
    agreement_required: bool = False
    geometry: Mapping[str, Any] | None = None

    def name(self, language: str) -> str:
        """Return the name in a language; the English one, marked, where it has none there."""
        return said(self.names, language)


def collation(text: str) -> tuple[str, str]:
    """Order words as a French or English reader expects: letters first, accents second."""
    letters = unicodedata.normalize("NFD", text.casefold())
    return "".join(one for one in letters if not unicodedata.combining(one)), letters


@dataclass(frozen=True)
class PlaceTree:
    """A place set, without its outlines, in the order it was imported."""

    id: int
    code: str
    places: tuple[Place, ...]

    @cached_property
    def by_code(self) -> Mapping[str, Place]:
        """Places by code."""
        return {place.code: place for place in self.places}

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every code, in the order that the snapshot numbers them."""
        return tuple(place.code for place in self.places)

    @cached_property
    def lineages(self) -> Mapping[str, tuple[str, ...]]:
        """Each place's own code, then its parent's, and so on up."""
        return {code: self._lineage(code) for code in self.codes}

    def _lineage(self, code: str) -> tuple[str, ...]:
        line: list[str] = []
        step: str | None = code
        while step is not None and step not in line:
            line.append(step)
            step = self.by_code[step].parent
        return tuple(line)

    def names(self, language: str) -> dict[str, str]:
        """Return each place's name in a language, by its code."""
        return {place.code: place.name(language) for place in self.places}

    def at(self, level: str) -> tuple[Place, ...]:
        """Return the places of a level."""
        return tuple(place for place in self.places if place.level == level)

    def children(self, code: str) -> tuple[Place, ...]:
        """Return the places directly inside a place."""
        return tuple(place for place in self.places if place.parent == code)

    def printed(self, level: str, language: str) -> tuple[tuple[str, tuple[Place, ...]], ...]:
        """Return the places of a level as paper lists and numbers them, under their holders.

        A place set without that level gives its municipalities. A label is empty where there is
        one holder only, or none.
        """
        wanted = self.at(level) or self.at("municipality")
        parents = {place.parent for place in wanted}
        holders = self.sorted_by_name([one for one in self.places if one.code in parents], language)
        groups = [
            (
                holder.name(language) if len(holders) > 1 else "",
                self.sorted_by_name([one for one in wanted if one.parent == holder.code], language),
            )
            for holder in holders
        ]
        loose = [one for one in wanted if one.parent is None]
        return (*groups, ("", self.sorted_by_name(loose, language))) if loose else tuple(groups)

    def sorted_by_name(self, places: Sequence[Place], language: str) -> tuple[Place, ...]:
        """Order places by their name in a language."""
        return tuple(sorted(places, key=lambda place: collation(bare(place.name(language)))))


def import_places(code: str, places: Sequence[Place]) -> int:
    """Store a new place set; return how many places it has.

    :raise PlaceSetTakenError: if there is a set of that code.
    """
    try:
        with writing() as connection:
            made = connection.execute(insert(PlaceSetRow).values(code=code))
            set_id = made.inserted_primary_key[0]  # type: ignore[index]
            rows = [
                {
                    "place_set_id": set_id,
                    "code": place.code,
                    "parent_code": place.parent,
                    "level": place.level,
                    "names": dict(place.names),
                    "population": place.population,
                    "margins": place.margins,
                    "agreement_required": place.agreement_required,
                    "geometry": place.geometry,
                }
                for place in places
            ]
            connection.execute(insert(PlaceRow), rows)
    except IntegrityError as error:
        raise PlaceSetTakenError(code) from error
    return len(places)


def _read(place_set_id: int) -> PlaceTree:
    code = select(PlaceSetRow.code).where(PlaceSetRow.id == place_set_id)
    columns = [getattr(PlaceRow, name) for name in PlaceRow.__table__.columns.keys()]  # noqa: SIM118
    wanted = [column for column in columns if column.key not in ("geometry", "place_set_id")]
    rows = reading().execute(
        select(*wanted).where(PlaceRow.place_set_id == place_set_id).order_by(PlaceRow.id)
    )
    places = tuple(
        Place(
            code=row.code,
            level=row.level,
            names=row.names,
            parent=row.parent_code,
            population=row.population,
            margins=row.margins,
            agreement_required=row.agreement_required,
        )
        for row in rows
    )
    return PlaceTree(place_set_id, str(reading().execute(code).scalar_one()), places)


def place_tree(place_set_id: int) -> PlaceTree:
    """Return a place set, read once by each process: it never changes."""
    return remembered("places", place_set_id, lambda: _read(place_set_id))


def place_set_id(code: str) -> int | None:
    """Find a place set by its code."""
    return reading().execute(select(PlaceSetRow.id).where(PlaceSetRow.code == code)).scalar()


def outlines(place_set_id: int) -> dict[str, Any]:
    """Return the GeoJSON geometries of a set by place code, where it has any."""
    query = select(PlaceRow.code, PlaceRow.geometry).where(PlaceRow.place_set_id == place_set_id)
    rows = reading().execute(query.order_by(PlaceRow.id))
    return {row.code: row.geometry for row in rows if row.geometry is not None}


def list_place_sets() -> tuple[str, ...]:
    """List the codes of the sets that residents could choose from, the newest first."""
    query = select(PlaceSetRow.code).order_by(PlaceSetRow.id.desc())
    return tuple(reading().execute(query).scalars())


def known_places() -> frozenset[str]:
    """Return the codes of every place of every set: a survey can be fielded over any of them."""
    return frozenset(reading().execute(select(PlaceRow.code).distinct()).scalars())
