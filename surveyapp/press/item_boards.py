"""Public tables of items as a page lays them out: whole distributions, by place."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from surveyapp.press.boards import Figure, names_in, whole_number
from surveyapp.press.csv import unguarded
from surveyapp.press.rows import ALL, records
from surveyapp.statistics.tables import PublicTable


@dataclass(frozen=True)
class Choice:
    """An answer that can be given. ``base`` names what its share is a share of."""

    code: str
    labels: Mapping[str, str]
    role: str
    base: str


@dataclass(frozen=True)
class ItemLine:
    """A place, or everybody: the whole distribution, or the reason why there is none."""

    code: str
    level: str
    names: Mapping[str, str]
    shares: tuple[Figure, ...]
    asked: int | None
    blank: int | None
    base: int | None
    index: float | None
    hidden: str


@dataclass(frozen=True)
class ItemBoard:
    """One item of one sample."""

    code: str
    texts: Mapping[str, str]
    type: str
    areas: tuple[str, ...]
    choices: tuple[Choice, ...]
    everybody: ItemLine
    places: tuple[ItemLine, ...]


def _share(row: Mapping[str, Any]) -> Figure:
    return Figure(
        value=row["pct"],
        low=row["ci_low"],
        high=row["ci_high"],
        n=whole_number(row["base_n"]),
        hidden=row["suppression_reason"],
        caution=row["quality_flag"] == "caution",
    )


def _labels(row: Mapping[str, Any], name: str) -> dict[str, str]:
    return {code: unguarded(row[f"{name}_{code}"]) for code in ("en", "fr")}


def _line(rows: list[dict[str, Any]]) -> ItemLine:
    options = [row for row in rows if row["row_kind"] == "option"]
    summary = next(row for row in rows if row["row_kind"] == "summary")
    # Don't know and prefer not are shares of those asked; the base is that of the answers.
    inside = [row for row in options if row["base_definition"] not in ("asked", "")]
    return ItemLine(
        code=unguarded(summary["geo_id"]),
        level=summary["geo_level"],
        names=names_in(summary),
        shares=tuple(_share(row) for row in options),
        asked=whole_number(summary["asked_n"]),
        blank=whole_number(summary["blank_n"]),
        base=whole_number((inside or [summary])[0]["base_n"]),
        index=summary["index"],
        hidden=next((row["suppression_reason"] for row in options), ""),
    )


def _choices(rows: list[dict[str, Any]]) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            unguarded(row["option_code"]),
            _labels(row, "option_label"),
            row["option_role"],
            row["base_definition"],
        )
        for row in rows
        if row["row_kind"] == "option"
    )


def _board(code: str, rows: Iterable[dict[str, Any]]) -> ItemBoard:
    by_place: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_place.setdefault(row["geo_id"], []).append(row)
    lines = [_line(one) for one in by_place.values()]
    first = next(iter(by_place.values()))
    return ItemBoard(
        code=code,
        texts=_labels(first[0], "item_text"),
        type=first[0]["item_type"],
        areas=tuple(str(first[0]["area_codes"]).split()),
        choices=_choices(first),
        everybody=next(line for line in lines if line.level == ALL),
        places=tuple(line for line in lines if line.level != ALL),
    )


def item_board(table: PublicTable, sample: str, code: str) -> ItemBoard | None:
    """Lay out one item for every place; None if the sample has no such item."""
    frame = table.where(sample_id=sample, item_code=code)
    return None if frame.empty else _board(code, records(frame))


def item_boards(
    table: PublicTable, sample: str, levels: Collection[str] = (ALL,)
) -> tuple[ItemBoard, ...]:
    """Lay out every item for everybody, and for places of more levels, in the survey's order."""
    by_item: dict[str, list[dict[str, Any]]] = {}
    for row in records(table.among("geo_level", levels).where(sample_id=sample)):
        by_item.setdefault(row["item_code"], []).append(row)
    return tuple(_board(code, rows) for code, rows in by_item.items())
