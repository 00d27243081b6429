"""The one way from raw figures to public ones (counting rules, section 5)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import StringIO
from typing import Any

import numpy as np
import pandas as pd

from surveyapp.questionnaire.model import Multiple, Sensitivity
from surveyapp.statistics import tables
from surveyapp.statistics.composition import composition_rows
from surveyapp.statistics.counts import Ledger
from surveyapp.statistics.floors import (
    CAUTION_UNDER,
    LEAST_DIFFERENT,
    LEAST_POPULATION,
    UNRELIABLE_UNDER,
    Gauge,
    Policy,
    most_sensitive,
)
from surveyapp.statistics.links import candidates, populations_asked, residents_asked
from surveyapp.statistics.residuals import settled
from surveyapp.statistics.results import RawResults
from surveyapp.statistics.scores import AreaLedger
from surveyapp.statistics.splits import splitting
from surveyapp.statistics.tables import Flags, Ints, PublicTable
from surveyapp.statistics.tree import Tree

PROTECTED = "protected"
UNRELIABLE = "unreliable"
BY_AGREEMENT = "by_agreement"
WHOLE_UNDER_100 = (
    "pct",
    "ci_low",
    "ci_high",
    "index",
    "top_share",
    "n_eff",
    "index_ci_low",
    "index_ci_high",
    "favourable_pct",
    "favourable_ci_low",
    "favourable_ci_high",
)
# What an unreliable row still says: how many it would have rested on.
BASES = ("base_n", "base_definition", "asked_n", "blank_n", "dont_know_n", "prefer_not_n", "n_eff")


@dataclass(frozen=True)
class PublicResults:
    """What anybody may see of one sample."""

    items: PublicTable
    areas: PublicTable
    composition: PublicTable


@dataclass(frozen=True)
class Patterns:
    """Which nodes are published: for everything, for each item, for each area."""

    everything: Flags
    items: Mapping[str, Flags]
    areas: Mapping[str, Flags]


def _base_gauge(raw: RawResults, policy: Policy) -> Gauge:
    return _people_gauge(raw.respondents, raw.tree, policy)


def places_shown(people: Ints, tree: Tree, policy: Policy) -> Flags:
    """Return the nodes whose number of respondents may be told, out of nodes by respondents."""
    every = np.ones(len(tree.codes), dtype=bool)
    return settled(tree, _people_gauge(people, tree, policy), every)


def _people_gauge(people: Ints, tree: Tree, policy: Policy) -> Gauge:
    return Gauge(
        people=people,
        base=people,
        patterns=np.zeros((len(people), 0), dtype=np.int64),
        splits=None,
        populations=tree.populations,
        floor=policy.floor(Sensitivity.general),
        least_different=0,
        least_population=LEAST_POPULATION[Sensitivity.general],
        zero_tells=True,
    )


def _splits(ledger: Ledger) -> Ints | None:
    """Return the published options that must have many people on both sides."""
    if ledger.sensitivity is not Sensitivity.sensitive:
        return None
    groups = splitting(ledger, ledger.groups)
    columns = [ledger.options[:, list(group)].sum(axis=1) for group in groups]
    return np.stack([np.zeros_like(ledger.answered), *columns], axis=1)[:, 1:]


def _everybody_ticked(ledger: Ledger) -> Ints:
    """Count, in each option of a multiple, those who ticked it: a pattern that all may share."""
    if not isinstance(ledger.item.question, Multiple):
        return np.zeros((len(ledger.answered), 0), dtype=np.int64)
    answers = ledger.options[:, ledger.substantive]
    return np.minimum(answers, ledger.answered[:, None])


def item_gauge(ledger: Ledger, raw: RawResults, policy: Policy) -> Gauge:
    """Return what judges one item: whole distributions, floors, sameness and splits."""
    sensitivity = ledger.sensitivity
    homes = residents_asked(ledger.item, raw.questionnaire, raw.tree) or ()
    return Gauge(
        people=ledger.asked,
        base=ledger.answered,
        patterns=np.concatenate([ledger.patterns, _everybody_ticked(ledger)], axis=1),
        splits=_splits(ledger),
        populations=populations_asked(raw.tree, homes),
        floor=policy.floor(sensitivity),
        least_different=LEAST_DIFFERENT[sensitivity],
        least_population=LEAST_POPULATION[sensitivity],
    )


def area_gauge(ledger: AreaLedger, raw: RawResults, policy: Policy) -> Gauge:
    """Return what judges one area: its most sensitive item's floors, and its own sameness."""
    sensitivity = most_sensitive(item.question.sensitivity for item in ledger.items)
    return Gauge(
        people=raw.respondents,
        base=ledger.n,
        patterns=ledger.patterns,
        splits=None,
        populations=raw.tree.populations,
        floor=policy.floor(sensitivity),
        least_different=LEAST_DIFFERENT[sensitivity],
        least_population=LEAST_POPULATION[sensitivity],
    )


def _can_be_averaged(ledger: Ledger) -> bool:
    """Tell whether an index may hold an item: it would split answers that are shown as one."""
    return ledger.is_whole


def patterns(raw: RawResults, policy: Policy) -> Patterns:
    """Settle what is published where.

    First the places by how many answered at all: the number asked is the same unknown in every
    item asked of everyone, so each item hides at least the same places, with the same siblings.
    An item asked on a condition is shown only where what it depends on is; an area only where
    all its items are, answer by answer.
    """
    nodes = np.ones(len(raw.tree.codes), dtype=bool)
    everything = settled(raw.tree, _base_gauge(raw, policy), nodes)
    items: dict[str, Flags] = {}
    counted = {ledger.item.key: ledger for ledger in raw.ledgers}
    for key, ledger in counted.items():
        nodes = candidates(ledger, raw.questionnaire, raw.tree, everything, items, counted)
        items[key] = settled(raw.tree, item_gauge(ledger, raw, policy), nodes)
    areas: dict[str, Flags] = {}
    for area in raw.area_ledgers:
        nodes = everything.copy()
        for item in area.items:
            nodes &= items[item.key] & _can_be_averaged(counted[item.key])
        areas[area.area.value] = settled(raw.tree, area_gauge(area, raw, policy), nodes)
    return Patterns(everything, items, areas)


def _blanked(frame: pd.DataFrame, rows: Any, columns: tuple[str, ...]) -> None:
    for name in columns:
        empty: Any = "" if frame[name].dtype == object or frame[name].dtype == "str" else pd.NA
        if frame[name].dtype == np.float64:
            empty = np.nan
        frame.loc[rows, name] = empty


def _rounded(frame: pd.DataFrame, n: "pd.Series[Any]") -> None:
    small = (n.fillna(0) < CAUTION_UNDER).to_numpy(dtype=bool)
    for name in frame.columns:
        if name not in WHOLE_UNDER_100 and name not in ("mean", "se"):
            continue
        values = frame[name].to_numpy(dtype=float)
        decimals = np.where(small & (name in WHOLE_UNDER_100), 0, 2 if name == "mean" else 1)
        scale = 10.0**decimals
        # Half away from zero, as readers round; the nudge undoes binary noise such as 2.4999999.
        frame[name] = np.sign(values) * np.floor(np.abs(values) * scale + 0.5 + 1e-9) / scale


def _answered_n_eff(frame: pd.DataFrame) -> Any:
    """Return what the distribution rests on that each row is a part of."""
    if "base_definition" not in frame.columns or frame.empty:
        return frame["n_eff"].to_numpy(dtype=float)
    inside = frame["base_definition"] != "asked"
    least = frame["n_eff"].where(inside & (frame["row_kind"] == "option"))
    smallest = least.groupby([frame["item_code"], frame["geo_id"]]).transform("min")
    return smallest.to_numpy(dtype=float)


def _masked(
    frame: pd.DataFrame, shown: Flags, agreed: Flags, values: tuple[str, ...], base: str
) -> pd.DataFrame:
    """Blank what may not be seen, and say why."""
    frame = frame.copy()
    n = frame[base].astype("Float64")
    answered = _answered_n_eff(frame)
    # Don't know and prefer not are shares of those asked: they are no more reliable for it.
    n_eff = np.fmin(frame["n_eff"].to_numpy(dtype=float), answered)
    unreliable = shown & (n_eff < UNRELIABLE_UNDER)
    caution = shown & ~unreliable & (n_eff < CAUTION_UNDER)
    _rounded(frame, n)
    kept = tuple(one for one in values if one in BASES)
    kept += ("n",) if base == "n" else ()
    _blanked(frame, unreliable, tuple(one for one in values if one not in kept))
    if base != "n":
        summaries = unreliable & (frame["row_kind"] == "summary").to_numpy()
        frame.loc[summaries, "n"] = frame.loc[summaries, "base_n"]
        # Beside the answers, the scored ones would tell how many said that it does not apply.
        scored = (frame["base_definition"] == "scored").to_numpy()
        split = summaries & scored & (answered < UNRELIABLE_UNDER)
        _blanked(frame, split, ("n", "base_n", "n_eff"))
    _blanked(frame, ~shown, values)
    frame["suppressed"] = ~shown | unreliable
    reasons = np.where(~shown, np.where(agreed, BY_AGREEMENT, PROTECTED), "")
    frame["suppression_reason"] = np.where(unreliable, UNRELIABLE, reasons)
    frame["quality_flag"] = np.where(caution, "caution", "")
    return frame


def _by_row(frame: pd.DataFrame, key: str, found: Mapping[str, Flags], codes: Any) -> Flags:
    number = {code: node for node, code in enumerate(codes)}
    pairs = zip(frame[key], frame["geo_id"], strict=True)
    return np.array([bool(found[one][number[place]]) for one, place in pairs], dtype=bool)


def _agreed(frame: pd.DataFrame, raw: RawResults) -> Flags:
    named = dict(zip(raw.tree.codes, raw.tree.by_agreement, strict=True))
    return np.array([bool(named[place]) for place in frame["geo_id"]], dtype=bool)


def _composition(raw: RawResults, found: Patterns, policy: Policy) -> pd.DataFrame:
    """Tell what the indices are made of, where they are shown for all respondents."""
    told = []
    for area in raw.area_ledgers:
        shown, few = bool(found.areas[area.area.value][0]), area.n[0] < UNRELIABLE_UNDER
        gauge = area_gauge(area, raw, policy)
        sensitive = gauge.least_different == LEAST_DIFFERENT[Sensitivity.sensitive]
        spread = replace(
            gauge.figures(0), patterns=area.spread, splits=area.spread if sensitive else None
        )
        hidden = PROTECTED if not shown else UNRELIABLE if few else ""
        told.append((area, hidden, "" if gauge.is_publishable(spread) else PROTECTED))
    frame = composition_rows(told)
    bases = {one.area.value: int(one.n[0]) for one in raw.area_ledgers}
    _rounded(frame, frame["area_code"].map(bases))
    return frame


def release(raw: RawResults, policy: Policy) -> PublicResults:
    """Make the public tables of a sample: the only door from raw to public."""
    found = patterns(raw, policy)
    items, areas = raw.items.frame, raw.areas.frame
    codes = raw.tree.codes
    shown_items = _by_row(items, "item_code", found.items, codes)
    shown_areas = _by_row(areas, "area_code", found.areas, codes)
    public_items = _masked(items, shown_items, _agreed(items, raw), tables.ITEM_VALUES, "base_n")
    public_areas = _masked(areas, shown_areas, _agreed(areas, raw), tables.AREA_VALUES, "n")
    return PublicResults(
        items=PublicTable(public_items, tables._RELEASED),
        areas=PublicTable(public_areas, tables._RELEASED),
        composition=PublicTable(_composition(raw, found, policy), tables._RELEASED),
    )


def reopen(data: bytes, sha256: str) -> PublicTable:
    """Restore a table from the bytes that were released: codes as text, figures as numbers.

    :raise ValueError: if they are not the bytes of that hash.
    """
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ValueError("these are not the released bytes")
    words = StringIO(data.decode("utf-8-sig"), newline="")
    # A place's code can look like a number: only what is known to be a figure becomes one.
    frame = pd.read_csv(words, dtype=str, keep_default_na=False)
    for name in frame.columns.intersection(list(tables.NUMBERS)):
        frame[name] = pd.to_numeric(frame[name].replace("", None), errors="coerce").astype(float)
    frame["suppressed"] = frame["suppressed"] == "true"
    return PublicTable(frame, tables._RELEASED)
