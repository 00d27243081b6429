"""The municipalities of a joint plan side by side: what all were asked, from public tables."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from surveyapp.press.boards import Board, Figure, Line, board
from surveyapp.press.csv import table
from surveyapp.press.fields import Field, Type
from surveyapp.press.item_boards import ItemBoard, ItemLine, item_boards
from surveyapp.press.published import Published
from surveyapp.press.rows import ALL, ALL_NAMES
from surveyapp.questionnaire.framework import AREA_NAMES

LEVEL = "municipality"
LEAST = 2


@dataclass(frozen=True)
class Column:
    """A municipality, or everybody."""

    code: str
    names: Mapping[str, str]


@dataclass(frozen=True)
class Compared:
    """One sample's core figures; ``columns`` begin with everybody and are ordered as places are.

    ``items`` are those that everybody was asked; ``local`` are the others, each left out.
    """

    columns: tuple[Column, ...]
    areas: Board | None
    items: tuple[ItemBoard, ...]
    local: tuple[ItemBoard, ...]

    def of_areas(self, area: str) -> tuple[Figure | None, ...]:
        """Return an area's index in each column."""
        lines = _by_code((self.areas.everybody, *self.areas.places)) if self.areas else {}
        return tuple(
            lines[one.code].figures.get(area) if one.code in lines else None for one in self.columns
        )

    def of_item(self, item: ItemBoard) -> tuple[ItemLine | None, ...]:
        """Return an item's distribution in each column."""
        lines = _by_code((item.everybody, *item.places))
        return tuple(lines.get(one.code) for one in self.columns)


def _by_code(lines: Sequence[Any]) -> dict[str, Any]:
    return {one.code: one for one in lines}


def _columns(items: Sequence[ItemBoard], areas: Board | None) -> tuple[Column, ...]:
    found: dict[str, Column] = {ALL: Column(ALL, ALL_NAMES)}
    lines: list[Line | ItemLine] = [*(areas.places if areas else ())]
    lines += [line for item in items for line in item.places]
    for line in lines:
        if line.level == LEVEL:
            found.setdefault(line.code, Column(line.code, line.names))
    return tuple(found.values())


def compared(found: Published, sample: str, local: Mapping[str, Any]) -> Compared | None:
    """Lay out the municipalities of one sample beside each other; None if there are not two.

    ``local`` has the keys of items that only some places were asked.
    """
    boards = item_boards(found.items, sample, (ALL, LEVEL))
    areas = board(found.areas, sample)
    columns = _columns(boards, areas)
    if len(columns) <= LEAST:
        return None
    core = tuple(one for one in boards if one.code not in local)
    return Compared(columns, areas, core, tuple(one for one in boards if one.code in local))


def _fields(columns: Sequence[Column]) -> tuple[Field, ...]:
    """Return the columns of the file: what a line is about, then five for each municipality."""
    words = ("text_en", "text_fr", "option_label_en", "option_label_fr")
    heads = [Field(one) for one in ("survey_code", "wave", "sample_id", "row_kind", "code")]
    heads += [Field("option_code"), *(Field(one, is_text=True) for one in words)]
    for one in columns:
        heads += [Field(f"{one.code}_{name}", Type.number) for name in ("value", "low", "high")]
        heads += [Field(f"{one.code}_base", Type.integer), Field(f"{one.code}_reason")]
    return tuple(heads)


def _cells(column: Column, figure: Figure | None) -> dict[str, Any]:
    values = (None, None, None, None, "")
    if figure is not None:
        values = (figure.value, figure.low, figure.high, figure.n, figure.hidden)  # type: ignore[assignment]
    names = ("value", "low", "high", "base", "reason")
    return {f"{column.code}_{name}": value for name, value in zip(names, values, strict=True)}


def _rows(shown: Compared) -> Iterator[dict[str, Any]]:
    blank = {"option_code": "", "option_label_en": "", "option_label_fr": ""}
    for area in shown.areas.areas if shown.areas else ():
        row = {"row_kind": "area", "code": area.value, **blank}
        row |= {f"text_{one}": AREA_NAMES[area][one] for one in ("en", "fr")}
        for column, figure in zip(shown.columns, shown.of_areas(area.value), strict=True):
            row |= _cells(column, figure)
        yield row
    for item in shown.items:
        lines = shown.of_item(item)
        for place, choice in enumerate(item.choices):
            row = {"row_kind": "option", "code": item.code, "option_code": choice.code}
            row |= {f"text_{one}": item.texts[one] for one in ("en", "fr")}
            row |= {f"option_label_{one}": choice.labels[one] for one in ("en", "fr")}
            for column, line in zip(shown.columns, lines, strict=True):
                row |= _cells(column, line.shares[place] if line else None)
            yield row


def comparison_file(shown: Compared, survey: str, wave: str, sample: str) -> bytes:
    """Write the comparison as CSV: a line an area or an answer, five columns a municipality."""
    same = {"survey_code": survey, "wave": wave, "sample_id": sample}
    return table(_fields(shown.columns), (same | row for row in _rows(shown)))
