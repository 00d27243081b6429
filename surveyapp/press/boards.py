"""Public tables as a page lays them out: a row a place, a column an area."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from surveyapp.press.csv import unguarded
from surveyapp.press.rows import ALL, records
from surveyapp.questionnaire.framework import Area
from surveyapp.statistics.floors import CAUTION_UNDER
from surveyapp.statistics.tables import PublicTable
from surveyapp.storage.municipal.places import collation

LEVELS = ("neighbourhood", "municipality", "region")


@dataclass(frozen=True)
class Figure:
    """One published figure, or the reason why there is none.

    ``low`` and ``high`` are None without an interval. ``whole``: it is published without
    decimals. ``hidden`` is empty for a figure that is shown.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int | None
    hidden: str
    caution: bool
    favourable: float | None = None

    @property
    def whole(self) -> bool:
        """Whether so few answered that decimals would claim too much."""
        return (self.n or 0) < CAUTION_UNDER


@dataclass(frozen=True)
class Line:
    """A place, or everybody, with a figure for each area that has an index."""

    code: str
    level: str
    names: Mapping[str, str]
    population: int | None
    figures: Mapping[str, Figure]


@dataclass(frozen=True)
class Board:
    """One sample's neighbourhood-by-area table."""

    areas: tuple[Area, ...]
    everybody: Line
    places: tuple[Line, ...]
    method: str

    @property
    def levels(self) -> tuple[str, ...]:
        """The levels that places are at, the smallest first."""
        found = {line.level for line in self.places}
        return tuple(one for one in LEVELS if one in found)

    def at(self, level: str) -> tuple[Line, ...]:
        """Return the places of a level."""
        return tuple(line for line in self.places if line.level == level)


def whole_number(value: Any) -> int | None:
    """Return a count, or None for an empty cell."""
    return None if value is None else int(value)


def _figure(row: Mapping[str, Any]) -> Figure:
    return Figure(
        value=row["index"],
        low=row["index_ci_low"],
        high=row["index_ci_high"],
        n=whole_number(row["n"]),
        hidden=row["suppression_reason"],
        caution=row["quality_flag"] == "caution",
        favourable=row["favourable_pct"],
    )


def of_sample(table: PublicTable, sample: str) -> pd.DataFrame:
    """Return the rows of one sample: results are never pooled."""
    return table.where(sample_id=sample)


def names_in(row: Mapping[str, Any]) -> dict[str, str]:
    """Return the names of a row's place."""
    return {code: unguarded(row[f"geo_name_{code}"]) for code in ("en", "fr")}


def _lines(frame: pd.DataFrame) -> Iterator[Line]:
    by_place: dict[str, list[dict[str, Any]]] = {}
    for row in records(frame):
        by_place.setdefault(row["geo_id"], []).append(row)
    for code, rows in by_place.items():
        yield Line(
            code=unguarded(code),
            level=rows[0]["geo_level"],
            names=names_in(rows[0]),
            population=whole_number(rows[0]["population"]),
            figures={row["area_code"]: _figure(row) for row in rows},
        )


def board(table: PublicTable, sample: str) -> Board | None:
    """Lay out one sample's areas; None where no area has three questions to go by."""
    frame = of_sample(table, sample)
    if frame.empty:
        return None
    lines = list(_lines(frame))
    shown = set(frame["area_code"])
    return Board(
        areas=tuple(area for area in Area if area.value in shown),
        everybody=next(line for line in lines if line.level == ALL),
        places=tuple(line for line in lines if line.level != ALL),
        method=str(frame["index_ci_method"].iloc[0]),
    )


def ordered(lines: tuple[Line, ...], sort: str, language: str, down: bool) -> tuple[Line, ...]:
    """Order places by name, by population or by an area's index.

    Places without a figure come last and by name: their order must tell nothing.
    """
    named = sorted(lines, key=lambda line: collation(line.names[language]))
    if sort == "name":
        return tuple(reversed(named) if down else named)

    def value(line: Line) -> float | None:
        if sort == "population":
            return line.population
        figure = line.figures.get(sort)
        return figure.value if figure else None

    known = [line for line in named if value(line) is not None]
    unknown = [line for line in named if value(line) is None]
    known.sort(key=lambda line: value(line) or 0.0, reverse=down)
    return (*known, *unknown)
