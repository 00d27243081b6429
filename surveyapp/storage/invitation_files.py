"""A sampling frame as a CSV file: who is invited, read whole or refused with every reason."""

import csv
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from surveyapp.storage.invitations import MOST_AT_ONCE, Invitee

STRATUM, WEIGHT, REFERENCE = "stratum", "base_weight", "reference"
MOST_LETTERS = 60
# A quote that is never closed makes one field of the rest of the file. The csv module's own limit
# is the whole process's, and another library may have lifted it.
LONGEST_FIELD = 10_000
MOST_PROBLEMS = 20


class Fault(StrEnum):
    """What can be wrong with the file or one of its rows."""

    not_text = "not_text"
    no_column = "no_column"
    no_rows = "no_rows"
    too_many_rows = "too_many_rows"
    stratum_missing = "stratum_missing"
    stratum_too_long = "stratum_too_long"
    weight_not_a_number = "weight_not_a_number"


@dataclass(frozen=True)
class RowFault:
    """A fault, the line of the file it is on (0: the file), and the column."""

    fault: Fault
    line: int = 0
    column: str = ""

    def __str__(self) -> str:
        where = f"line {self.line}" if self.line else "file"
        return f"{where}: {self.fault.value.replace('_', ' ')} {self.column}".rstrip()


class InvitationFileError(ValueError):
    """The file is refused whole; ``faults`` are the first reasons."""

    def __init__(self, faults: tuple[RowFault, ...]) -> None:
        super().__init__("; ".join(str(fault) for fault in faults))
        self.faults = faults


def _decoded(data: bytes) -> str:
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvitationFileError((RowFault(Fault.not_text),)) from error
    if "\0" in words:
        raise InvitationFileError((RowFault(Fault.not_text),))
    return words


def _separator(header: str) -> str:
    # A spreadsheet in French writes semicolons.
    return ";" if header.count(";") > header.count(",") else ","


def _weight(written: str) -> float | None:
    try:
        weight = float(written.strip().replace(",", "."))
    except ValueError:
        return None
    return weight if math.isfinite(weight) and weight > 0 else None


def _of_row(row: Mapping[str, str], line: int) -> Iterator[RowFault | Invitee]:
    stratum = " ".join((row.get(STRATUM) or "").split())
    weight = _weight(row.get(WEIGHT) or "")
    if not stratum:
        yield RowFault(Fault.stratum_missing, line, STRATUM)
    elif len(stratum) > MOST_LETTERS or not stratum.isprintable():
        yield RowFault(Fault.stratum_too_long, line, STRATUM)
    if weight is None:
        yield RowFault(Fault.weight_not_a_number, line, WEIGHT)
    elif stratum:
        yield Invitee(stratum, weight, (row.get(REFERENCE) or "").strip())


def _read_rows(reader: "csv.DictReader[str]") -> list[RowFault | Invitee]:
    found: list[RowFault | Invitee] = []
    try:
        for row in reader:
            if any(len(str(field)) > LONGEST_FIELD for field in row.values()):
                raise InvitationFileError((RowFault(Fault.not_text, reader.line_num),))
            found += _of_row(row, reader.line_num)
            if len(found) > MOST_AT_ONCE:
                raise InvitationFileError((RowFault(Fault.too_many_rows),))
    except csv.Error as error:
        raise InvitationFileError((RowFault(Fault.not_text, reader.line_num),)) from error
    return found


def read_invitees(data: bytes) -> tuple[Invitee, ...]:
    """Read a CSV of ``stratum``, ``base_weight`` and, if given, ``reference``.

    Comma or semicolon, decimal point or comma. Other columns are not read at all: names and
    addresses have no business here.

    :raise InvitationFileError: naming the line and column of the first faults.
    """
    words = _decoded(data)
    header, _mark, _rest = words.partition("\n")
    reader = csv.DictReader(io.StringIO(words, newline=""), delimiter=_separator(header))
    names = [name.strip().lower() for name in reader.fieldnames or ()]
    reader.fieldnames = names
    missing = [name for name in (STRATUM, WEIGHT) if name not in names]
    if missing:
        raise InvitationFileError(tuple(RowFault(Fault.no_column, 1, name) for name in missing))
    found = _read_rows(reader)
    faults = tuple(one for one in found if isinstance(one, RowFault))[:MOST_PROBLEMS]
    if faults or not found:
        raise InvitationFileError(faults or (RowFault(Fault.no_rows),))
    return tuple(one for one in found if isinstance(one, Invitee))
