"""A sampling frame as a CSV file: who is invited, read whole or refused with every reason."""

import csv
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from surveyapp.storage.field.invitations import MOST_AT_ONCE, Invitee

STRATUM, WEIGHT, REFERENCE = "stratum", "base_weight", "reference"
# A column is named in either language, with spaces or without.
COLUMNS = {
    STRATUM: STRATUM,
    "strate": STRATUM,
    WEIGHT: WEIGHT,
    "poids_de_base": WEIGHT,
    REFERENCE: REFERENCE,
    "référence": REFERENCE,
}
MOST_LETTERS = 60
# A quote that is never closed makes one field of the rest of the file. The csv module's own limit
# is the whole process's, and another library may have lifted it.
LONGEST_FIELD = 10_000
MOST_PROBLEMS = 20
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Fault(StrEnum):
    """What can be wrong with the file or one of its rows."""

    not_text = "not_text"
    no_column = "no_column"
    column_twice = "column_twice"
    no_rows = "no_rows"
    too_many_rows = "too_many_rows"
    stratum_missing = "stratum_missing"
    stratum_too_long = "stratum_too_long"
    weight_not_a_number = "weight_not_a_number"
    reference_twice = "reference_twice"


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
    """Read UTF-8, or what a spreadsheet writes when it is asked for a plain CSV on Windows."""
    try:
        words = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        words = _of_windows(data)
    if "\0" in words:
        raise InvitationFileError((RowFault(Fault.not_text),))
    return words


def _of_windows(data: bytes) -> str:
    try:
        if data.startswith(UTF_16):
            raise InvitationFileError((RowFault(Fault.not_text),))
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise InvitationFileError((RowFault(Fault.not_text),)) from error


def _separator(header: str) -> str:
    # A spreadsheet in French writes semicolons, and one that is asked for text writes tabs.
    return max(",;\t", key=header.count)


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


def _read_rows(reader: "csv.DictReader[str]") -> Iterator[tuple[int, RowFault | Invitee]]:
    """Walk the rows with their lines; a row of empty fields is none."""
    try:
        for row in reader:
            if any(len(str(field)) > LONGEST_FIELD for field in row.values()):
                raise InvitationFileError((RowFault(Fault.not_text, reader.line_num),))
            if any(str(field or "").strip() for field in row.values()):
                yield from ((reader.line_num, one) for one in _of_row(row, reader.line_num))
    except csv.Error as error:
        raise InvitationFileError((RowFault(Fault.not_text, reader.line_num),)) from error


def _named(fieldnames: Sequence[str]) -> list[str]:
    """Return the columns by our names.

    :raise InvitationFileError: if one of ours is missing, or there twice.
    """
    plain = ("_".join(name.lower().split()) for name in fieldnames)
    names = [COLUMNS.get(name, name) for name in plain]
    faults = [RowFault(Fault.no_column, 1, one) for one in (STRATUM, WEIGHT) if one not in names]
    known = set(COLUMNS.values())
    twice = [one for one in dict.fromkeys(names) if one in known and names.count(one) > 1]
    faults += [RowFault(Fault.column_twice, 1, one) for one in twice]
    if faults:
        raise InvitationFileError(tuple(faults))
    return names


def _twice(found: Sequence[tuple[int, RowFault | Invitee]]) -> Iterator[RowFault]:
    """Tell which people are in the list twice: they would get two codes, and count twice."""
    seen: set[str] = set()
    for line, one in found:
        if isinstance(one, Invitee) and one.reference:
            if one.reference in seen:
                yield RowFault(Fault.reference_twice, line, REFERENCE)
            seen.add(one.reference)


def read_invitees(data: bytes) -> tuple[Invitee, ...]:
    """Read a CSV of ``stratum``, ``base_weight`` and, if given, ``reference``.

    Comma, semicolon or tab, decimal point or comma, UTF-8 or Windows-1252. Other columns are not
    read at all: names and addresses have no business here.

    :raise InvitationFileError: naming the line and column of the first faults.
    """
    words = _decoded(data)
    header, _mark, _rest = words.partition("\n")
    reader = csv.DictReader(io.StringIO(words, newline=""), delimiter=_separator(header))
    reader.fieldnames = _named(reader.fieldnames or ())
    found = []
    for one in _read_rows(reader):
        found.append(one)
        if len(found) > MOST_AT_ONCE:
            raise InvitationFileError((RowFault(Fault.too_many_rows),))
    faults = [one for _line, one in found if isinstance(one, RowFault)]
    faults = sorted([*faults, *_twice(found)], key=lambda one: one.line)[:MOST_PROBLEMS]
    if faults or not found:
        raise InvitationFileError(tuple(faults) or (RowFault(Fault.no_rows),))
    return tuple(one for _line, one in found if isinstance(one, Invitee))
