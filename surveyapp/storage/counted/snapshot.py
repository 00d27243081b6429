"""The answers of a wave as a matrix, kept beside the database and never instead of it."""

import fcntl
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from flask import current_app
from sqlalchemy import Row, select

from surveyapp.questionnaire.model import Place
from surveyapp.storage.connection import reading
from surveyapp.storage.counted.encoding import CodeMaps, encode, joined
from surveyapp.storage.counted.segments import (
    FACTS,
    Array,
    Segment,
    clear,
    how_many,
    last_change,
    segments,
    tidy,
    write,
)
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.waves import wave
from surveyapp.storage.municipal.places import place_tree
from surveyapp.storage.tables import ResponseRow, WaveRow, WithdrawalRow

FORMAT = 2
# Rows read and encoded at a time: bounds the memory that a million responses take.
CHUNK = 50_000
# More segments than this are read slower than they are joined.
MOST_SEGMENTS = 24


@dataclass(frozen=True)
class Snapshot:
    """A wave up to a change number.

    ``columns``: those of every edition's column plan, and facts of the response under names that
    begin with ``#`` (``#sample``, ``#collector``, ``#edition``, ``#day`` since 1970, ``#minutes``,
    ``#language``, ``#stratum``, ``#base_weight``, ``#signs`` with a bit for each sign).
    Withdrawn responses are already left out.
    ``place`` is the answer key of the place question. ``codes`` name what code columns hold.
    """

    wave_id: int
    change_no: int
    place: str
    columns: Mapping[str, Array]
    codes: Mapping[str, tuple[str, ...]]
    editions: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.columns["#change"])


def _folder(wave_id: int) -> Path:
    return Path(current_app.config["DATA_FOLDER"]) / "snapshots" / f"wave-{wave_id}"


def forget(wave_id: int) -> None:
    """Delete what was derived from a wave: after retention, and after a purge."""
    with _locked(wave_id):
        clear(_folder(wave_id))


@contextmanager
def _locked(wave_id: int) -> Iterator[Path]:
    """Hold the wave's lock between processes. The lock file outlives the folder it guards."""
    folder = _folder(wave_id)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"wave-{wave_id}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder.mkdir(parents=True, exist_ok=True)
        yield folder


def _read_codes(folder: Path, fingerprint: str) -> CodeMaps:
    """Read the code maps; begin anew if the files belong to another wave or an older format."""
    file = folder / "codes.json"
    if file.exists():
        kept = json.loads(file.read_text())
        if kept["format"] == FORMAT and kept["wave"] == fingerprint:
            return {name: tuple(codes) for name, codes in kept["codes"].items()}
    clear(folder)
    folder.mkdir(parents=True, exist_ok=True)
    return {}


def _write_codes(folder: Path, fingerprint: str, codes: CodeMaps) -> None:
    aside = folder / "codes.new"
    aside.write_text(json.dumps({"format": FORMAT, "wave": fingerprint, "codes": codes}))
    aside.rename(folder / "codes.json")


def _fingerprint(wave_id: int) -> str:
    """Tell this database's wave from another's of the same number: by its first response."""
    query = select(ResponseRow.id).where(ResponseRow.wave_id == wave_id)
    first = reading().execute(query.order_by(ResponseRow.change_no).limit(1)).scalar()
    return f"{wave_id}:{first or ''}"


def _chunks(wave_id: int, after: int, upto: int) -> Iterator[Sequence[Row[*tuple[Any, ...]]]]:
    query = (
        select(
            ResponseRow.change_no,
            ResponseRow.sample_id,
            ResponseRow.collector_id,
            ResponseRow.edition_id,
            ResponseRow.submitted_on,
            ResponseRow.minutes,
            ResponseRow.language,
            ResponseRow.base_weight,
            ResponseRow.stratum,
            ResponseRow.signs,
            ResponseRow.answers,
        )
        .where(ResponseRow.wave_id == wave_id)
        .order_by(ResponseRow.change_no)
        .limit(CHUNK)
    )
    while after < upto:
        bounded = query.where(ResponseRow.change_no > after, ResponseRow.change_no <= upto)
        rows = reading().execute(bounded).all()
        if not rows:
            return
        yield rows
        after = rows[-1].change_no


def _refreshed(
    wave_id: int, upto: int, only: Collection[str] | None
) -> tuple[CodeMaps, tuple[Segment, ...]]:
    """Add the responses that are not in the files yet, then read the files.

    Read under the lock too: a file that another process deletes stays readable once mapped.
    """
    fingerprint = _fingerprint(wave_id)
    places = place_tree(wave(wave_id).place_set_id).codes
    with _locked(wave_id) as folder:
        codes = _read_codes(folder, fingerprint)
        tidy(folder)
        after = last_change(folder)
        for rows in _chunks(wave_id, after, upto):
            columns = encode(rows, codes, places)
            # Codes first: a segment must never hold a number that has no name.
            _write_codes(folder, fingerprint, codes)
            write(folder, after + 1, rows[-1].change_no, columns)
            after = rows[-1].change_no
        if how_many(folder) > MOST_SEGMENTS:
            known = segments(folder)
            write(folder, known[0].first, known[-1].last, joined(known, codes))
            tidy(folder)
        return codes, segments(folder, only if only is None else {*only, *_always(folder)})


def _always(folder: Path) -> set[str]:
    """Name the columns without which a snapshot tells nothing: changes, editions, places."""
    editions = {
        int(one) for part in segments(folder, {"#edition"}) for one in _editions(part.columns)
    }
    return {"#change", "#edition", *(_place_key([one]) for one in editions)}


def _alive(wave_id: int, upto: int, changes: Array) -> Array:
    """Return which responses were there at a change number, and not withdrawn up to it."""
    query = select(WithdrawalRow.of_change_no).where(
        WithdrawalRow.wave_id == wave_id, WithdrawalRow.change_no <= upto
    )
    withdrawn = reading().execute(query).scalars().all()
    return (changes <= upto) & ~np.isin(changes, np.array(withdrawn, dtype=np.int64))


def _kept(columns: Mapping[str, Array], mask: Array) -> dict[str, Array]:
    """Return the rows that a mask keeps. Numbers of rows are taken faster than a mask is read."""
    if mask.all():
        return dict(columns)
    rows = np.flatnonzero(mask)
    return {name: values.take(rows) for name, values in columns.items()}


def change_of(wave_id: int) -> int:
    """Return the number of the last change to a wave: what was counted at it is still right."""
    query = select(WaveRow.last_change).where(WaveRow.id == wave_id)
    return int(reading().execute(query).scalar_one())


def snapshot(wave_id: int, only: Collection[str] | None = None) -> Snapshot:
    """Return a wave as it stands, after bringing the files up to date from the database.

    ``only`` names the columns that are wanted, for those who count few of many; changes, editions
    and places are read all the same.
    """
    upto = change_of(wave_id)
    codes, known = _refreshed(wave_id, upto, only)
    if not known:
        return _empty(wave_id, upto, codes)
    columns = joined(known, codes)
    columns = _kept(columns, _alive(wave_id, upto, columns["#change"]))
    editions = _editions(columns)
    return Snapshot(wave_id, upto, _place_key(editions), columns, codes, editions)


def _editions(columns: Mapping[str, Array]) -> tuple[int, ...]:
    """Return the editions that were answered. Ids are small: counting them is no sorting."""
    return tuple(int(one) for one in np.flatnonzero(np.bincount(columns["#edition"])))


def _empty(wave_id: int, upto: int, codes: CodeMaps) -> Snapshot:
    columns = {name: np.zeros(0, dtype=dtype) for name, dtype in FACTS.items()}
    return Snapshot(wave_id, upto, "", columns, codes, ())


def _place_key(editions: Sequence[int]) -> str:
    """Return the key of the place question; its id is frozen at first publication."""
    for edition_id in reversed(editions):
        for question in edition(edition_id).questionnaire.questions():
            if isinstance(question, Place):
                return question.id
    return ""


def place_indices(found: Snapshot, codes: Sequence[str]) -> Array:
    """Return each response's place as an index into codes; -1 for none of them."""
    if not found.place or found.place not in found.columns:
        return np.full(len(found), -1, dtype=np.int64)
    wanted = {code: number for number, code in enumerate(codes)}
    names = found.codes[found.place]
    numbers = np.array([*(wanted.get(code, -1) for code in names), -1, -1], dtype=np.int64)
    # The two sentinels, -1 and -2, find the two entries at the end.
    return numbers[found.columns[found.place].astype(np.int64)]


def without_signs(found: Snapshot, bits: int) -> Snapshot:
    """Return the responses that show none of some signs (a sum of ``quality.BITS``)."""
    return replace(found, columns=_kept(found.columns, (found.columns["#signs"] & bits) == 0))


def sample_of(found: Snapshot, sample_id: int) -> Snapshot:
    """Return the responses of one sample."""
    return replace(found, columns=_kept(found.columns, found.columns["#sample"] == sample_id))
