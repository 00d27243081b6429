"""A sampling frame is read whole, or refused with the lines to mend."""

import csv

import pytest

from surveyapp.storage.field.invitation_files import (
    MOST_PROBLEMS,
    Fault,
    InvitationFileError,
    read_invitees,
)
from surveyapp.storage.field.invitations import Invitee


def faults(data: bytes) -> list[tuple[str, int, str]]:
    """Return why a file is refused."""
    with pytest.raises(InvitationFileError) as refused:
        read_invitees(data)
    return [(one.fault.value, one.line, one.column) for one in refused.value.faults]


def test_names_and_addresses_are_not_even_read() -> None:
    data = "Name,Stratum,base_weight,reference\nSomebody,North,40.5,H-17\n".encode("utf-8-sig")
    assert read_invitees(data) == (Invitee("North", 40.5, "H-17"),)


def test_a_french_spreadsheet_writes_semicolons_and_commas() -> None:
    data = "stratum;base_weight\r\nÎle;40,5\r\nNord  ouest;2\r\n".encode()
    assert read_invitees(data) == (Invitee("Île", 40.5), Invitee("Nord ouest", 2.0))


def test_a_plain_csv_of_a_spreadsheet_on_windows_is_read() -> None:
    data = "Strate;Poids de base;Référence\r\nÎle-aux-Œufs;40,5;é1\r\n;;\r\n;;\r\n"
    (read,) = read_invitees(data.encode("cp1252"))
    assert read == Invitee("Île-aux-Œufs", 40.5, "é1")
    assert read_invitees(data.replace(";", "\t").encode("utf-8-sig")) == (read,)


def test_a_column_that_is_there_twice_is_named() -> None:
    assert faults(b"stratum,strate,base_weight\nnorth,north,1\n") == [
        ("column_twice", 1, "stratum")
    ]
    assert len(read_invitees(b"stratum,base_weight,note,note\nnorth,1,a,b\n")) == 1


def test_somebody_who_is_listed_twice_is_told_by_the_line() -> None:
    rows = b"north,1,17\nnorth,1,\nnorth,1,\nnorth,1,17\nnorth,x,18\n"
    assert faults(b"stratum,base_weight,reference\n" + rows) == [
        ("reference_twice", 5, "reference"),
        ("weight_not_a_number", 6, "base_weight"),
    ]


def test_a_missing_column_is_named() -> None:
    assert faults(b"stratum,weight\nnorth,2\n") == [("no_column", 1, "base_weight")]
    assert faults(b"") == [("no_column", 1, "stratum"), ("no_column", 1, "base_weight")]


@pytest.mark.parametrize("weight", ["", "0", "-1", "nan", "inf", "two", "1,000.5"])
def test_a_weight_is_a_number_above_zero(weight: str) -> None:
    data = f'stratum,base_weight\nnorth,1\nnorth,"{weight}"\n'.encode()
    assert faults(data) == [("weight_not_a_number", 3, "base_weight")]


def test_every_row_at_fault_is_listed_up_to_a_limit() -> None:
    assert faults(b"stratum,base_weight\n,2\nnorth,x\n") == [
        ("stratum_missing", 2, "stratum"),
        ("weight_not_a_number", 3, "base_weight"),
    ]
    assert len(faults(b"stratum,base_weight\n" + b",x\n" * 100)) == MOST_PROBLEMS
    assert faults(b"stratum,base_weight\n" + b"n" * 61 + b",1\n")[0][0] == "stratum_too_long"


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe",
        b"\x81,base_weight",
        b"stratum,base_weight\n\0,1\n",
        b'stratum,base_weight\n"' + b"x" * 200_000,
    ],
    ids=["utf-16", "no-letter", "nul", "endless-field"],
)
@pytest.mark.parametrize("limit", [131_072, 10_000_000], ids=["own-limit", "lifted-by-others"])
def test_what_is_no_table_is_refused(data: bytes, limit: int) -> None:
    before = csv.field_size_limit(limit)
    try:
        assert faults(data)[0][0] == Fault.not_text.value
    finally:
        csv.field_size_limit(before)


def test_an_empty_table_is_refused() -> None:
    assert faults(b"stratum,base_weight\n") == [("no_rows", 0, "")]
    with pytest.raises(InvitationFileError, match="file: no rows"):
        read_invitees(b"stratum,base_weight\n")
