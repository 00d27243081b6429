"""What an index is made of, as rows of a file and as a page shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from surveyapp.press.boards import Figure, whole_number
from surveyapp.press.csv import unguarded
from surveyapp.press.rows import LABELS, Heading, item_text, records
from surveyapp.questionnaire.framework import AREA_NAMES, Area
from surveyapp.questionnaire.model import Draft, items
from surveyapp.statistics.composition import AGREEMENT, CLASS, ITEM, LEFT_OUT
from surveyapp.statistics.tables import PublicTable


@dataclass(frozen=True)
class Part:
    """A question that informs an area."""

    code: str
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Span:
    """A class of an index, from ``low`` to ``high`` points, with the share of people in it."""

    low: int
    high: int
    share: Figure


@dataclass(frozen=True)
class Composition:
    """What one sample's index of an area is made of.

    ``alpha`` is Cronbach's over ``complete`` respondents, None where it is not told.
    """

    parts: tuple[Part, ...]
    left_out: tuple[Part, ...]
    spans: tuple[Span, ...]
    hidden: str
    alpha: float | None
    complete: int | None


def composition_file_rows(
    frame: pd.DataFrame, heading: Heading, questionnaire: Draft, cut_off: datetime
) -> Iterator[dict[str, Any]]:
    """Label the rows that tell what indices are made of."""
    by_key = {item.key: item for item in items(questionnaire)}
    same = {**asdict(heading), "generated_at": cut_off}
    for record in records(frame):
        names, item = AREA_NAMES[Area(record["area_code"])], by_key.get(record["item_code"])
        labels = {f"area_name_{one}": names[one] for one in LABELS}
        labels |= {f"item_text_{one}": item_text(item, one) if item else "" for one in LABELS}
        yield {**same, **record, **labels}


def _parts(rows: list[dict[str, Any]], kind: str) -> tuple[Part, ...]:
    return tuple(
        Part(row["item_code"], {one: unguarded(row[f"item_text_{one}"]) for one in LABELS})
        for row in rows
        if row["row_kind"] == kind
    )


def _span(row: Mapping[str, Any], whole: int) -> Span:
    share = Figure(row["pct"], None, None, whole, row["suppression_reason"], caution=False)
    return Span(int(row["class_low"]), int(row["class_high"]), share)


def composition(table: PublicTable | None, sample: str, area: str) -> Composition | None:
    """Read what an index is made of; None where it is not told, as in older releases."""
    rows = list(records(table.where(sample_id=sample, area_code=area))) if table is not None else []
    if not rows:
        return None
    classes = [row for row in rows if row["row_kind"] == CLASS]
    agreement = next(row for row in rows if row["row_kind"] == AGREEMENT)
    whole = sum(whole_number(row["n"]) or 0 for row in classes)
    return Composition(
        parts=_parts(rows, ITEM),
        left_out=_parts(rows, LEFT_OUT),
        spans=tuple(_span(row, whole) for row in classes),
        hidden=classes[0]["suppression_reason"],
        alpha=agreement["alpha"],
        complete=whole_number(agreement["n"]),
    )
