"""Small questionnaires, matrices and place trees to count."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from surveyapp.questionnaire.columns import ColumnKind, column_plan, encoder, grown
from surveyapp.questionnaire.document import read_draft
from surveyapp.questionnaire.model import Draft
from surveyapp.statistics.tables import Hierarchy, Matrix


def text(words: str) -> dict[str, str]:
    return {"en": words, "fr": f"{words} (fr)"}


def option(code: str, score: float | None = None, **more: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"id": code, "label": text(code), **more}
    if score is not None:
        made |= {"role": "scored", "score": score, "favourable": score > 60}
    return made


def scale(code: str, scores: Sequence[float], **more: Any) -> dict[str, Any]:
    options = [option(f"o{number}", score) for number, score in enumerate(scores, 1)]
    return {"kind": "scale", "id": code, "text": text(code), "options": options} | more


def questionnaire(*questions: dict[str, Any]) -> Draft:
    section = {"id": "page", "title": text("Page"), "questions": list(questions)}
    return read_draft({"sections": [section]})


def hierarchy(
    places: Sequence[tuple[str, str, int]],
    populations: Sequence[int | None] | None = None,
    by_agreement: Sequence[bool] | None = None,
) -> Hierarchy:
    """Make a hierarchy from (code, level, parent index) triples."""
    return Hierarchy(
        codes=tuple(code for code, _level, _parent in places),
        levels=tuple(level for _code, level, _parent in places),
        parents=tuple(parent for _code, _level, parent in places),
        populations=tuple(populations or [5000] * len(places)),
        by_agreement=tuple(by_agreement or [False] * len(places)),
    )


def flat(*codes: str) -> Hierarchy:
    return hierarchy([(code, "neighbourhood", -1) for code in codes])


def matrix(draft: Draft, answers: Sequence[dict[str, Any]], places: Sequence[int]) -> Matrix:
    """Encode answers as the snapshot does."""
    plan = column_plan(draft)
    codes = grown({}, (plan,))
    dtypes = {ColumnKind.number: "float64", ColumnKind.bits: "uint64"}
    columns = {
        column.name: np.array(
            [encoder(column, codes)(one) for one in answers], dtype=dtypes.get(column.kind, "int16")
        )
        for column in plan
    }
    return Matrix(columns, codes, np.array(places, dtype=np.int64))


def repeated(key: str, counts: dict[str | None, int]) -> list[dict[str, Any]]:
    """Make so many responses with each answer to one question."""
    return [{key: code} for code, number in counts.items() for _ in range(number)]
