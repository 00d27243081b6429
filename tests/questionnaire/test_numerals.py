"""Numbers as people type them, in English or in French."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.questionnaire.numerals import amount


@pytest.mark.parametrize(
    ("typed", "decimals", "read"),
    [
        ("0", 0, "0"),
        ("12", 0, "12"),
        (" 12 ", 0, "12"),
        ("+12", 0, "12"),
        ("-12", 0, "-12"),
        ("\u221212", 0, "-12"),
        ("007", 0, "7"),
        ("12.5", 1, "12.5"),
        ("12,5", 1, "12.5"),
        (",5", 1, "0.5"),
        (".5", 1, "0.5"),
        ("1 234,5", 1, "1234.5"),
        ("1\u00a0234,5", 1, "1234.5"),
        ("1\u202f234\u202f567", 0, "1234567"),
        ("1\u2009234.5", 1, "1234.5"),
        ("1'234", 0, "1234"),
        ("1,234.5", 1, "1234.5"),
        ("1,234,567", 2, "1234567"),
        ("1,234,567.25", 2, "1234567.25"),
        # Ambiguous: a thousand where whole numbers are wanted, a decimal comma elsewhere.
        ("1,234", 0, "1234"),
        ("1,234", 3, "1.234"),
        ("1.234", 0, "1.234"),
        ("12,34", 0, "12.34"),
        ("999999999999999", 0, "999999999999999"),
    ],
)
def test_a_number_is_read_as_it_was_meant(typed: str, decimals: int, read: str) -> None:
    assert amount(typed, decimals) == Decimal(read)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        ".",
        ",",
        "twelve",
        "12 dollars",
        "1 2",
        "12 34",
        "1 2345",
        "1.234,5",
        "1,23,456.7",
        "1..2",
        "1,2,3",
        "--1",
        "1e5",
        "1E-400",
        "9e999999999",
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        "0x10",
        "1_000",
        "½",
        "²",
        "1" * 16,
        "9" * 5000,
        "0." + "1" * 5000,
        " " * 5000 + "x",
        "1 " * 5000,
    ],
)
def test_what_is_no_number_is_none(typed: str) -> None:
    for decimals in (0, 2):
        assert amount(typed, decimals) is None


@given(st.text(max_size=30) | st.text("0123456789., -+e'\u00a0", max_size=20), st.integers(0, 6))
def test_nothing_typed_raises(typed: str, decimals: int) -> None:
    read = amount(typed, decimals)
    assert read is None or read.is_finite()


@given(st.integers(-(10**9), 10**9), st.sampled_from([" ", "\u00a0", "\u202f"]))
def test_both_languages_write_one_number(hundredths: int, space: str) -> None:
    number = Decimal(hundredths) / 100
    english = f"{number:,.2f}"
    french = english.replace(",", space).replace(".", ",")
    assert amount(english, 2) == amount(french, 2) == amount(f"{number:.2f}", 2) == number
