"""What an area's index is made of: its items, how people lie on it, how well its items agree.

Counting rules, section 3: the index is a composite, so its items come first, and its distribution
and reliability are shown. For all respondents only: nothing here is cut by place.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from surveyapp.statistics.floors import UNRELIABLE_UNDER
from surveyapp.statistics.scores import CLASSES, AreaLedger

ITEM, LEFT_OUT, CLASS, AGREEMENT = "item", "left_out", "class", "reliability"
COMPOSITION_KEYS = ("area_code", "row_kind", "item_code", "class_low", "class_high")
COMPOSITION_VALUES = ("n", "pct", "alpha")
COMPOSITION_MARKS = ("suppressed", "suppression_reason")
COMPOSITION_COLUMNS = COMPOSITION_KEYS + COMPOSITION_VALUES + COMPOSITION_MARKS


def _rows(ledger: AreaLedger, hidden: str, classes_hidden: str) -> Iterator[dict[str, Any]]:
    same = {"area_code": ledger.area.value, "item_code": ""}
    if not hidden:
        for kind, items in ((ITEM, ledger.items), (LEFT_OUT, ledger.left_out)):
            for item in items:
                yield {**same, "row_kind": kind, "item_code": item.key, "suppression_reason": ""}
    edges = np.linspace(0, 100, CLASSES + 1)
    for low, high, n in zip(edges, edges[1:], ledger.spread, strict=False):
        row = {**same, "row_kind": CLASS, "class_low": low, "class_high": high}
        row |= {"suppression_reason": hidden or classes_hidden}
        if not row["suppression_reason"]:
            row |= {"n": n, "pct": 100 * n / ledger.n[0]}
        yield row
    few = "unreliable" if ledger.complete < UNRELIABLE_UNDER else ""
    row = {**same, "row_kind": AGREEMENT, "suppression_reason": hidden or few}
    if not row["suppression_reason"]:
        row |= {"n": ledger.complete, "alpha": np.round(ledger.alpha, 2)}
    yield row


def composition_rows(found: Iterable[tuple[AreaLedger, str, str]]) -> pd.DataFrame:
    """Lay out what areas are made of.

    ``found`` has with each area why its index is hidden for all respondents, and why its
    distribution is; nothing where they are shown. ``pct`` is not rounded yet.
    """
    frame = pd.DataFrame([row for one in found for row in _rows(*one)])
    frame = frame.reindex(columns=list(COMPOSITION_COLUMNS))
    frame["n"] = frame["n"].astype("Int64")
    for name in ("class_low", "class_high", "pct", "alpha"):
        frame[name] = frame[name].astype(float)
    frame["suppressed"] = frame["suppression_reason"] != ""
    return frame
