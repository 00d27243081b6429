"""Ledgers as rows: a distribution, its summary and its doubt for each place."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from surveyapp.questionnaire.model import Kind, Role
from surveyapp.statistics.counts import Ledger
from surveyapp.statistics.estimates import mean_interval, share_interval, standard_error
from surveyapp.statistics.scores import AreaLedger
from surveyapp.statistics.tables import AREA_COLUMNS, ITEM_COLUMNS, Floats, Ints
from surveyapp.statistics.tree import Tree

COUNTS = ("n", "base_n", "asked_n", "blank_n", "dont_know_n", "prefer_not_n", "items")
NOT_TESTED = "not_tested"


def _ratio(part: Any, whole: Any) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.asarray(whole) > 0, np.asarray(part) / np.asarray(whole), np.nan)


def _shared(ledger: Ledger, tree: Tree, open_sample: bool) -> dict[str, Any]:
    """What every row of an item says, for each node."""
    return {
        "item_code": ledger.item.key,
        "geo_level": np.array(tree.levels),
        "geo_id": np.array(tree.codes),
        "asked_n": ledger.asked,
        "blank_n": ledger.blank,
        "dont_know_n": ledger.dont_know,
        "prefer_not_n": ledger.prefer_not,
        "diff_call": NOT_TESTED if open_sample else "",
    }


def base_name(ledger: Ledger) -> str:
    """Name the base of an item's shares."""
    return "ranked" if ledger.item.question.kind is Kind.rank else "answered"


def _option_rows(
    ledger: Ledger, tree: Tree, columns: tuple[int, ...], open_sample: bool
) -> pd.DataFrame:
    n = ledger.options[:, list(columns)].sum(axis=1)
    roles = {ledger.roles[column] for column in columns}
    # Don't know and prefer not are no part of the base: they are shares of those asked.
    outside = bool(roles & {Role.dont_know, Role.prefer_not})
    base: Ints = ledger.asked if outside else ledger.answered
    pct = _ratio(100 * n, base)
    interval = share_interval(pct, base.astype(float), open_sample)
    return pd.DataFrame(
        {
            **_shared(ledger, tree, open_sample),
            "row_kind": "option",
            "option_code": "+".join(ledger.codes[column] for column in columns),
            "n": n,
            "base_n": base,
            "base_definition": "asked" if outside else base_name(ledger),
            "pct": pct,
            "ci_low": interval.low,
            "ci_high": interval.high,
            "ci_method": interval.method,
            "n_eff": base.astype(float),
        }
    )


def _positions(ledger: Ledger) -> Floats:
    """Number the scored options from 1 (worst) up; equal scores share a number."""
    known = sorted({score for score in ledger.scores if not np.isnan(score)})
    place = {score: number for number, score in enumerate(known, 1)}
    return np.array([place.get(score, np.nan) for score in ledger.scores])


def _scored_summary(ledger: Ledger, open_sample: bool) -> dict[str, Any]:
    scored = ~np.isnan(ledger.scores)
    counts, scores = ledger.options[:, scored], ledger.scores[scored]
    n = ledger.scored
    sums, squares = counts @ scores, counts @ scores**2
    se = standard_error(sums, squares, n)
    index = _ratio(sums, n)
    interval = mean_interval(index, se, n.astype(float), open_sample)
    return {
        "n": n,
        "base_n": n,
        "base_definition": "scored",
        "mean": _ratio(counts @ _positions(ledger)[scored], n),
        "index": index,
        "top_share": _ratio(100 * counts @ ledger.favourable[scored].astype(float), n),
        "se": np.full(len(n), np.nan) if open_sample else se,
        "ci_low": interval.low,
        "ci_high": interval.high,
        "ci_method": interval.method,
        "n_eff": n.astype(float),
    }


def _plain_summary(ledger: Ledger) -> dict[str, Any]:
    has_values = len(ledger.values) > 0
    mean = _ratio(ledger.values[:, 0], ledger.answered) if has_values else np.nan
    return {
        "n": ledger.answered,
        "base_n": ledger.answered,
        "base_definition": base_name(ledger),
        "mean": mean,
        "n_eff": ledger.answered.astype(float),
    }


def _summary_row(ledger: Ledger, tree: Tree, open_sample: bool) -> pd.DataFrame:
    whole = ledger.is_whole
    scored = whole and not np.isnan(ledger.scores).all()
    figures = _scored_summary(ledger, open_sample) if scored else _plain_summary(ledger)
    if not whole:
        figures["mean"] = np.nan
    return pd.DataFrame(
        {
            **_shared(ledger, tree, open_sample),
            "row_kind": "summary",
            "option_code": "",
            **figures,
        }
    )


def _finished(frames: Sequence[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(columns))
    frame = frame.reindex(columns=list(columns))
    for name in COUNTS:
        if name in columns:
            frame[name] = frame[name].astype("Int64")
    words = [one for one in columns if one.endswith(("_call", "_method", "_definition", "_code"))]
    for name in words:
        frame[name] = frame[name].astype(object).where(frame[name].notna(), "").astype(str)
    return frame


def item_rows(counted: Sequence[Ledger], tree: Tree, open_sample: bool) -> pd.DataFrame:
    """Lay out items as rows: for each node, an option a row and then a summary."""
    frames = []
    for ledger in counted:
        frames += [_option_rows(ledger, tree, group, open_sample) for group in ledger.groups]
        frames.append(_summary_row(ledger, tree, open_sample))
    return _finished(frames, ITEM_COLUMNS)


def _area_row(ledger: AreaLedger, tree: Tree, open_sample: bool) -> pd.DataFrame:
    n = ledger.n.astype(float)
    # A centred mean of few can pass the ends of the scale by a little.
    index = np.clip(_ratio(ledger.sums[:, 0], ledger.n), 0, 100)
    share = _ratio(ledger.sums[:, 2], ledger.n)
    of_index = mean_interval(
        index, standard_error(ledger.sums[:, 0], ledger.sums[:, 1], n), n, open_sample
    )
    of_share = mean_interval(
        share, standard_error(ledger.sums[:, 2], ledger.sums[:, 3], n), n, open_sample
    )
    return pd.DataFrame(
        {
            "geo_level": np.array(tree.levels),
            "geo_id": np.array(tree.codes),
            "population": tree.populations,
            "area_code": ledger.area.value,
            "items": len(ledger.items),
            "n": ledger.n,
            "n_eff": n,
            "index": index,
            "index_ci_low": of_index.low,
            "index_ci_high": of_index.high,
            "index_ci_method": of_index.method,
            "favourable_pct": share,
            "favourable_ci_low": of_share.low,
            "favourable_ci_high": of_share.high,
            "favourable_ci_method": of_share.method,
            "diff_call": NOT_TESTED if open_sample else "",
        }
    )


def area_rows(found: Sequence[AreaLedger], tree: Tree, open_sample: bool) -> pd.DataFrame:
    """Lay out area indices as rows, a node each."""
    frame = _finished([_area_row(one, tree, open_sample) for one in found], AREA_COLUMNS)
    frame["population"] = frame["population"].astype("Int64")
    return frame
