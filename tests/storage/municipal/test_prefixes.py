"""Postal prefixes: known of places, whole codes and unknown places refused."""

from typing import Any

import pytest
from flask import Flask

from surveyapp.storage.connection import IntegrityError, writing
from surveyapp.storage.municipal.place_files import PlaceFileError
from surveyapp.storage.municipal.places import place_set_id
from surveyapp.storage.municipal.prefix_files import read_prefixes
from surveyapp.storage.municipal.prefixes import PrefixTable, load_prefixes, prefix_of, prefix_table
from tests.storage.making import places

KNOWN = ("a", "b")


def set_id() -> int:
    """Store the places and return their set."""
    found = place_set_id(places())
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("typed", "prefix"),
    [
        ("K1A", "K1A"),
        ("k1a", "K1A"),
        (" k1a 0b1 ", "K1A0"),
        ("K1A-0B1", "K1A0"),
        ("K1A0", "K1A0"),
        ("K1", ""),
        ("", ""),
        ("D1A", ""),
        ("W1A", ""),
        ("K1O", ""),
        ("90210", ""),
        ("K٣A", ""),
        ("K1A\0", ""),
        ("x" * 10_000, ""),
    ],
)
def test_only_the_beginning_of_a_postal_code_is_taken(typed: str, prefix: str) -> None:
    assert prefix_of(typed) == prefix


@pytest.mark.usefixtures("context")
def test_a_set_has_no_prefixes_until_they_are_loaded() -> None:
    assert prefix_table(set_id()) is None
    assert prefix_table(999) is None


@pytest.mark.usefixtures("context")
def test_a_table_takes_the_place_of_the_one_before() -> None:
    places_id = set_id()
    assert load_prefixes(places_id, {"K1A": ("a",), "K1B": ("a", "b")}) == 2
    first = prefix_table(places_id)
    assert first
    assert first.places == {"K1A": ("a",), "K1B": ("a", "b")}
    load_prefixes(places_id, {"K2K": ("b",)})
    second = prefix_table(places_id)
    assert second
    assert (second.places, second.digest != first.digest) == ({"K2K": ("b",)}, True)
    load_prefixes(places_id, {})
    assert prefix_table(places_id) is None


TABLE = PrefixTable("d", {"K1A": ("a",), "K1B1": ("a", "b"), "K1B2": ("b", "c")})


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("K1A", ("a",)),
        ("K1A9", ("a",)),
        ("K1B", ("a", "b", "c")),
        ("K1B2", ("b", "c")),
        ("K1B7", ("a", "b", "c")),
        ("K2K", ()),
    ],
)
def test_a_prefix_leads_to_the_places_that_share_it(prefix: str, found: tuple[str, ...]) -> None:
    assert TABLE.find(prefix) == found


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"prefix": "K1A0B1", "place_code": "a"}, "three_characters_or_four|characters"),
        ({"prefix": "K1", "place_code": "a"}, "three_characters_or_four|characters"),
        ({"prefix": "k1a", "place_code": "a"}, "upper_case"),
        ({"prefix": "K1A", "place_code": "nowhere"}, "(?i)foreign key"),
    ],
)
@pytest.mark.usefixtures("context")
def test_the_database_refuses_a_row(row: dict[str, Any], why: str) -> None:
    places_id = set_id()
    statement = (
        "INSERT INTO place_prefix (place_set_id, prefix, place_code) VALUES ({}, '{}', '{}')"
    )
    with pytest.raises(IntegrityError, match=why), writing() as connection:
        connection.exec_driver_sql(statement.format(places_id, row["prefix"], row["place_code"]))


@pytest.mark.usefixtures("context")
def test_a_table_with_a_wrong_place_changes_nothing() -> None:
    places_id = set_id()
    load_prefixes(places_id, {"K1A": ("a",)})
    with pytest.raises(IntegrityError):
        load_prefixes(places_id, {"K1B": ("nowhere",)})
    kept = prefix_table(places_id)
    assert kept
    assert kept.places == {"K1A": ("a",)}


def test_a_file_is_read_whatever_its_case_and_order() -> None:
    data = b"\xef\xbb\xbfplace,note,prefix\r\na,x,k1a\r\nb,,K1A \r\na,,K1A0\r\na,,K1A\r\n"
    assert read_prefixes(data, KNOWN) == {"K1A": ("a", "b"), "K1A0": ("a",)}


@pytest.mark.parametrize(
    ("data", "problems"),
    [
        (b"a,b\n1,2\n", ["the file has no columns prefix and place"]),
        (b"", ["the file has no columns prefix and place"]),
        (b"\xff\xfe", ["the file is not UTF-8 text"]),
        (
            b"prefix,place\nK1A 0B1,a\nZ1A,a\nK1A,c\nK1A\n,b\n",
            [
                "line 2: K1A 0B1 is longer than 4 characters: no whole postal codes are kept",
                "line 3: Z1A is not the beginning of a postal code, such as K1A or K1A0",
                "line 4: c is not the code of a place of the set",
                "line 5: nothing is not the code of a place of the set",
                "line 6: nothing is not the beginning of a postal code, such as K1A or K1A0",
            ],
        ),
    ],
)
def test_a_file_is_refused_whole_with_every_reason(data: bytes, problems: list[str]) -> None:
    with pytest.raises(PlaceFileError) as refused:
        read_prefixes(data, KNOWN)
    assert list(refused.value.problems) == problems


def test_the_command_loads_and_refuses(app: Flask, tmp_path: Any) -> None:
    with app.app_context():
        places()
    file = tmp_path / "prefixes.csv"
    file.write_text("prefix,place\nK1A,a\nK1B,b\n")
    run = app.test_cli_runner().invoke
    done = run(args=["places", "prefixes", str(file), "--set", "set"])
    assert (done.exit_code, done.output) == (0, "2\n")
    nowhere = run(args=["places", "prefixes", str(file), "--set", "other"])
    assert (nowhere.exit_code, "no place set other" in nowhere.output) == (1, True)
    file.write_text("prefix,place\nK1A,z\n")
    refused = run(args=["places", "prefixes", str(file), "--set", "set"])
    assert refused.exit_code == 1
    assert "prefixes.csv: line 2: z is not the code of a place of the set" in refused.output
