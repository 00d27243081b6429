"""What goes in and what comes out: matrices, place trees, and tables raw or public by type."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[Any]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

ITEM_KEYS = ("item_code", "geo_level", "geo_id", "row_kind", "option_code")
ITEM_VALUES = (
    "n",
    "base_n",
    "base_definition",
    "asked_n",
    "blank_n",
    "dont_know_n",
    "prefer_not_n",
    "pct",
    "ci_low",
    "ci_high",
    "ci_method",
    "mean",
    "index",
    "top_share",
    "se",
    "n_eff",
    "diff_from_rest",
    "diff_call",
    "wave_diff",
    "wave_diff_call",
)
AREA_KEYS = ("geo_level", "geo_id", "population", "area_code")
AREA_VALUES = (
    "items",
    "n",
    "n_eff",
    "index",
    "index_ci_low",
    "index_ci_high",
    "index_ci_method",
    "favourable_pct",
    "favourable_ci_low",
    "favourable_ci_high",
    "favourable_ci_method",
    "diff_from_rest",
    "diff_call",
    "wave_diff",
    "wave_diff_call",
)
MARKS = ("suppressed", "suppression_reason", "quality_flag")
_WORDS = ("_definition", "_method", "_call")
NUMBERS = (
    "population",
    "class_low",
    "class_high",
    "alpha",
    *(name for name in dict.fromkeys(ITEM_VALUES + AREA_VALUES) if not name.endswith(_WORDS)),
)
ITEM_COLUMNS = ITEM_KEYS + ITEM_VALUES + MARKS
AREA_COLUMNS = AREA_KEYS + AREA_VALUES + MARKS


@dataclass(frozen=True)
class Matrix:
    """The responses of one sample, a column an answer.

    ``columns`` and ``codes`` are those of the questionnaire's column plan. ``places`` holds, for
    each response, the index of its place in the hierarchy, or -1: no place, or none of the set.
    """

    columns: Mapping[str, Array]
    codes: Mapping[str, tuple[str, ...]]
    places: Ints

    def __len__(self) -> int:
        return len(self.places)


@dataclass(frozen=True)
class Hierarchy:
    """Places, each with the index of its parent (-1: directly in the whole).

    ``populations`` are None where unknown. ``by_agreement`` marks places of which nothing is
    published without a recorded agreement.
    """

    codes: tuple[str, ...]
    levels: tuple[str, ...]
    parents: tuple[int, ...]
    populations: tuple[int | None, ...]
    by_agreement: tuple[bool, ...]


@dataclass(frozen=True)
class RawTable:
    """Figures as they are. They stay inside: nothing that is rendered takes this type."""

    frame: pd.DataFrame


_RELEASED = object()


class PublicTable:
    """Figures that may be seen by anybody. Only disclosure control makes them."""

    __slots__ = ("_frame",)

    def __init__(self, frame: pd.DataFrame, permission: object) -> None:
        if permission is not _RELEASED:
            raise TypeError("only disclosure control makes a public table")
        self._frame = frame

    @property
    def frame(self) -> pd.DataFrame:
        """A copy of the rows: changing it changes no published figure."""
        return self._frame.copy()

    def where(self, **values: str) -> pd.DataFrame:
        """Return a copy of the rows that have some values, by column."""
        wanted = np.ones(len(self._frame), dtype=bool)
        for name, value in values.items():
            wanted &= (self._frame[name] == value).to_numpy(dtype=bool)
        return self._frame[wanted].copy()

    def among(self, name: str, values: Collection[str]) -> "PublicTable":
        """Return the rows with some values in a column: what may be seen by anybody still may."""
        wanted = self._frame[name].isin(list(values)).to_numpy(dtype=bool)
        return PublicTable(self._frame[wanted].copy(), _RELEASED)
