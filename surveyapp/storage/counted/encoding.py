"""Responses to any edition of a survey as columns of one matrix."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Row

from surveyapp.questionnaire.columns import (
    NOT_ASKED,
    Column,
    ColumnKind,
    column_plan,
    grown,
    place_codes,
)
from surveyapp.questionnaire.quality import BITS, Sign
from surveyapp.storage.counted.segments import FACTS, Array, Segment, encoded
from surveyapp.storage.drafting.surveys import edition

EPOCH = date(1970, 1, 1)
CodeMaps = dict[str, tuple[str, ...]]


def _facts(rows: Sequence[Row[*tuple[Any, ...]]], codes: CodeMaps) -> dict[str, Array]:
    languages = {code: number for number, code in enumerate(codes["#language"])}
    strata = {code: number for number, code in enumerate(codes["#stratum"])}
    values: dict[str, list[Any]] = {
        "#change": [row.change_no for row in rows],
        "#sample": [row.sample_id for row in rows],
        "#collector": [row.collector_id for row in rows],
        "#edition": [row.edition_id for row in rows],
        "#day": [(row.submitted_on - EPOCH).days for row in rows],
        "#minutes": [row.minutes for row in rows],
        "#language": [languages[row.language] for row in rows],
        "#stratum": [-1 if row.stratum is None else strata[row.stratum] for row in rows],
        "#signs": [sum(BITS[Sign(sign)] for sign in row.signs) for row in rows],
        "#base_weight": [np.nan if row.base_weight is None else row.base_weight for row in rows],
    }
    return {name: np.array(values[name], dtype=FACTS[name]) for name in FACTS}


def _grow_facts(codes: CodeMaps, rows: Sequence[Row[*tuple[Any, ...]]]) -> None:
    for name, found in (
        ("#language", {row.language for row in rows}),
        ("#stratum", {row.stratum for row in rows if row.stratum is not None}),
    ):
        before = codes.get(name, ())
        codes[name] = (*before, *sorted(found - set(before)))


def _grow_codes(codes: CodeMaps, plan: Sequence[Column], places: Sequence[str]) -> None:
    codes.update(grown(codes, (tuple(plan),)))
    named = place_codes(places)
    codes.update({column.name: named for column in plan if column.kind is ColumnKind.place})


def encode(
    rows: Sequence[Row[*tuple[Any, ...]]], codes: CodeMaps, places: Sequence[str]
) -> dict[str, Array]:
    """Encode responses to several editions; ``codes`` grows by what is new in them.

    What an edition does not have was not asked of those who answered it.
    """
    _grow_facts(codes, rows)
    by_edition: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        by_edition[row.edition_id].append(number)
    columns = _facts(rows, codes)
    for edition_id, numbers in sorted(by_edition.items()):
        plan = column_plan(edition(edition_id).questionnaire)
        _grow_codes(codes, plan, places)
        answers = [json.loads(rows[number].answers) for number in numbers]
        kinds = {column.name: column.kind for column in plan}
        for name, values in encoded(plan, codes, answers).items():
            columns[name] = _placed(columns.get(name), kinds[name], values, numbers, len(rows))
    return columns


def _placed(
    before: Array | None, kind: ColumnKind, values: Array, numbers: Sequence[int], length: int
) -> Array:
    if before is None:
        before = np.full(length, _unasked(kind), dtype=values.dtype)
    if before.dtype != values.dtype:
        before = before.astype(np.promote_types(before.dtype, values.dtype))
    before[list(numbers)] = values
    return before


def _unasked(kind: ColumnKind) -> float:
    if kind is ColumnKind.number:
        return float("nan")
    return 0 if kind in (ColumnKind.bits, ColumnKind.rank) else NOT_ASKED


def _unasked_like(values: Array, name: str, codes: Mapping[str, object]) -> float:
    """Return what stands for *not asked* in a column that a segment does not have."""
    if values.dtype.kind == "f":
        return float("nan")
    # A rank's column has a dot like a battery's, but no code map of its own.
    is_rank = "." in name and name not in codes and not name.endswith("#")
    return 0 if values.dtype.kind == "u" or is_rank else NOT_ASKED


def joined(found: Sequence[Segment], codes: Mapping[str, object]) -> dict[str, Array]:
    """Put segments together; a column that one of them lacks was not asked there."""
    result = {}
    for name in sorted({name for one in found for name in one.columns}):
        like = next(one.columns[name] for one in found if name in one.columns)
        filler = _unasked_like(like, name, codes)
        parts = [
            one.columns.get(name, np.full(len(one), filler, dtype=like.dtype)) for one in found
        ]
        result[name] = parts[0] if len(parts) == 1 else np.concatenate(parts)
    return result
