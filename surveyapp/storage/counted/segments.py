"""Responses as columns of numbers: immutable files, written aside and moved into place whole."""

import json
import os
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import numpy.typing as npt

from surveyapp.questionnaire.columns import Column, ColumnKind, encoder

Array = npt.NDArray[Any]
MOST_CODES_OF_A_BYTE = 120
FACTS: Mapping[str, str] = {
    "#change": "int64",
    "#sample": "int32",
    "#collector": "int32",
    "#edition": "int32",
    "#day": "int32",
    "#minutes": "int16",
    "#language": "int16",
    "#base_weight": "float64",
    "#stratum": "int16",
    "#signs": "int16",
}


@dataclass(frozen=True)
class Segment:
    """The responses of a run of change numbers. ``columns`` are memory-mapped."""

    folder: Path
    first: int
    last: int
    columns: Mapping[str, Array]

    def __len__(self) -> int:
        return len(self.columns["#change"])


def dtype_of(column: Column, codes: Sequence[str]) -> str:
    """Return the smallest type that holds a column, sentinels included."""
    if column.kind is ColumnKind.number:
        return "float64"
    if column.kind is ColumnKind.bits:
        return "uint64"
    if column.kind is ColumnKind.place or len(codes) > MOST_CODES_OF_A_BYTE:
        return "int16"
    return "int8"


def encoded(
    plan: Sequence[Column], codes: Mapping[str, tuple[str, ...]], answers: Sequence[Any]
) -> dict[str, Array]:
    """Turn answers to one edition into columns."""
    return {
        column.name: np.array(
            list(map(encoder(column, codes), answers)),
            dtype=dtype_of(column, codes.get(column.name, ())),
        )
        for column in plan
    }


def _name(first: int, last: int) -> str:
    return f"segment-{first:012d}-{last:012d}"


def write(folder: Path, first: int, last: int, columns: Mapping[str, Array]) -> None:
    """Write a segment beside its place and move it there in one step."""
    aside = folder / f"writing-{uuid4().hex}"
    aside.mkdir(parents=True)
    try:
        names = sorted(columns)
        for number, name in enumerate(names):
            np.save(aside / f"{number}.npy", columns[name], allow_pickle=False)
        (aside / "columns.json").write_text(json.dumps(names))
        for file in aside.iterdir():
            with file.open("rb") as opened:
                os.fsync(opened.fileno())
        aside.rename(folder / _name(first, last))
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise


def _read(folder: Path, only: Collection[str] | None) -> Segment:
    _word, first, last = folder.name.split("-")
    names = json.loads((folder / "columns.json").read_text())
    columns = {
        name: np.load(folder / f"{number}.npy", mmap_mode="r", allow_pickle=False)
        for number, name in enumerate(names)
        if only is None or name in only
    }
    return Segment(folder, int(first), int(last), columns)


def _ranges(folder: Path) -> list[tuple[int, int, Path]]:
    found = []
    for one in folder.glob("segment-*"):
        _word, first, last = one.name.split("-")
        found.append((int(first), int(last), one))
    return sorted(found, key=lambda one: (one[0], -one[1]))


def _outermost(folder: Path) -> list[Path]:
    """List the segments that no other holds: joined ones replace what they were made of."""
    kept: list[Path] = []
    reached = 0
    for _first, last, one in _ranges(folder):
        if last > reached:
            kept.append(one)
            reached = last
    return kept


def segments(folder: Path, only: Collection[str] | None = None) -> tuple[Segment, ...]:
    """Read the segments of a folder in order, each change number in one of them only.

    ``only`` names the columns to read: opening a hundred files a segment costs more than counting.
    """
    return tuple(_read(one, only) for one in _outermost(folder))


def last_change(folder: Path) -> int:
    """Return the last change number that the segments of a folder hold, or 0."""
    return max((last for _first, last, _folder in _ranges(folder)), default=0)


def how_many(folder: Path) -> int:
    """Count the segments of a folder, without opening them."""
    return len(_outermost(folder))


def tidy(folder: Path) -> None:
    """Delete what a stopped process left half-written, and what was joined into another."""
    kept = set(_outermost(folder))
    for one in (*folder.glob("writing-*"), *folder.glob("segment-*")):
        if one not in kept:
            clear(one)


def clear(folder: Path) -> None:
    """Delete a snapshot or a segment: it costs the time to build it again."""
    shutil.rmtree(folder, ignore_errors=True)
