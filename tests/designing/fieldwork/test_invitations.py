"""Codes are made on a page, given once as a file, and cancelled when the file was lost."""

import csv
import io
from typing import Any

import pytest
from flask import Flask

from surveyapp.storage.audit import newest
from surveyapp.storage.field.collectors import Kind
from surveyapp.storage.field.invitations import invitation_by_code, made_of
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import collector_by_code
from tests.client import Client, Page
from tests.designing.making import EMAIL, FIELDWORK, designer, way
from tests.storage.making import NOW, SLUG

__all__ = ["designer"]


@pytest.fixture
def code(app: Flask, designer: Client) -> str:
    """A way in for invitations, its page open."""
    with app.app_context():
        made = way(Kind.invitation, "mailed").code
    designer.get(f"{FIELDWORK}collectors/{made}/")
    return made


def rows(page: Page) -> list[dict[str, str]]:
    """Read the list that was given."""
    assert page.response.mimetype == "text/csv"
    assert page.response.headers["Cache-Control"] == "no-store"
    assert "attachment; filename=CONFIDENTIAL_" in page.response.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(page.response.get_data().decode("utf-8-sig"))))


def made(app: Flask, code: str) -> dict[tuple[str, float], int]:
    """Count what is stored."""
    with app.app_context():
        found = collector_by_code(code)
        assert found is not None
        return made_of(found.id)


def upload(client: Client, code: str, data: bytes, **more: Any) -> Page:
    """Import a list as the page's form does."""
    page = client.get(f"{FIELDWORK}collectors/{code}/")
    fields: dict[str, Any] = page.fields("Import and get the codes")
    fields["frame"] = (io.BytesIO(data), "frame.csv")
    return client.post(f"{FIELDWORK}collectors/{code}/", fields, **more)


def test_codes_for_strata_are_given_once(app: Flask, designer: Client, code: str) -> None:
    page = designer.press(
        "Make and get the codes",
        {
            "stratum_0": "North",
            "weight_0": "40,5",
            "number_0": "12",
            "stratum_3": "=South",
            "weight_3": "2",
            "number_3": "13",
        },
    )
    given = rows(page)
    assert len(given) == 25
    assert {row["stratum"] for row in given} == {"North", "'=South"}
    for row in given:
        assert row["address"] == f"http://127.0.0.1:8000/i/{row['code']}"
    assert made(app, code) == {("=South", 2.0): 13, ("North", 40.5): 12}
    with app.app_context():
        found = invitation_by_code(given[0]["code"])
        assert found is not None
        assert not found.used
        assert (newest()[0].actor, newest()[0].subject) == (EMAIL, f"{code}: 25")
        assert given[0]["code"] not in newest()[0].subject
    again = designer.get(f"{FIELDWORK}collectors/{code}/")
    assert "North" in again.words
    assert all(row["code"] not in again.text for row in given)


def test_a_list_comes_back_with_its_references(app: Flask, designer: Client, code: str) -> None:
    lines = "".join(f"North,40.5,H-{n},Somebody {n}\n" for n in range(12))
    given = rows(upload(designer, code, f"stratum,base_weight,reference,name\n{lines}".encode()))
    assert [row["reference"] for row in given] == [f"H-{n}" for n in range(12)]
    assert "name" not in given[0]
    assert made(app, code) == {("North", 40.5): 12}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Add a column named stratum"),
        (b"stratum,base_weight\n,2\n", "Line 2: write the stratum"),
        (b"stratum,base_weight\nNorth,2\n", "Join stratum North (weight 2) with another"),
        (b"\xff\xfe", "Save the list as a CSV file"),
    ],
    ids=["empty", "no-stratum", "alone", "not-text"],
)
def test_a_list_is_refused_whole_with_reasons(
    app: Flask, designer: Client, code: str, data: bytes, said: str
) -> None:
    page = upload(designer, code, data, status=400)
    assert page.errors[0][0] == "frame"
    assert page.errors[0][1].startswith(said)
    assert made(app, code) == {}


def test_a_missing_column_is_named_in_the_reader_s_language(designer: Client, code: str) -> None:
    page = f"{FIELDWORK}collectors/{code}/".replace("/en/", "/fr/")
    fields: dict[str, Any] = designer.get(page).fields("Importer et obtenir les codes")
    fields["frame"] = (io.BytesIO(b"strate\nNord\n"), "frame.csv")
    refused = designer.post(page, fields, status=400)
    said = "Ajoutez à la première ligne une colonne nommée poids_de_base"
    assert refused.errors == (("frame", said),)
    beside = refused.soup.select_one("#frame-error")
    assert beside is not None
    assert beside.get_text(strip=True) == said


@pytest.mark.parametrize(
    "row", [("North", "0", "12"), ("", "2", "12"), ("North", "2", "x"), ("North", "nan", "12")]
)
def test_a_row_that_cannot_be_read_is_kept_and_explained(
    app: Flask, designer: Client, code: str, row: tuple[str, str, str]
) -> None:
    names = ("stratum_1", "weight_1", "number_1")
    answers = dict(zip(names, row, strict=True))
    page = designer.press("Make and get the codes", answers, status=400)
    assert [field for field, _ in page.errors] == ["stratum_1"]
    sent = page.fields("Make and get the codes")
    assert {name: sent.get(name, [""])[0] for name in names} == answers
    assert made(app, code) == {}


def test_a_form_without_rows_asks_for_one(designer: Client, code: str) -> None:
    page = designer.press("Make and get the codes", status=400)
    assert [field for field, _ in page.errors] == ["stratum_0"]


def test_a_second_press_makes_no_second_list(app: Flask, designer: Client, code: str) -> None:
    answers = {"stratum_0": "North", "weight_0": "2", "number_0": "12"}
    page = designer.get(f"{FIELDWORK}collectors/{code}/")
    designer.press("Make and get the codes", answers, on=page)
    # A download leaves the page as it was, and its button too.
    again = designer.press("Make and get the codes", answers, on=page, status=400)
    assert again.errors[0][1].startswith("Codes were made since this page was opened")
    assert made(app, code) == {("North", 2.0): 12}
    rows(designer.press("Make and get the codes", on=again))
    assert made(app, code) == {("North", 2.0): 24}


def test_lost_codes_are_cancelled(app: Flask, designer: Client, code: str) -> None:
    answers = {"stratum_0": "North", "weight_0": "2", "number_0": "12"}
    given = rows(designer.press("Make and get the codes", answers))
    designer.get(f"{FIELDWORK}collectors/{code}/")
    page = designer.press("Cancel unused codes")
    assert "are cancelled" in page.words
    assert made(app, code) == {}
    with app.app_context():
        assert invitation_by_code(given[0]["code"]) is None


def test_only_ways_in_for_invitations_offer_codes(app: Flask, designer: Client) -> None:
    with app.app_context():
        poster = way(Kind.qr).code
    page = designer.get(f"{FIELDWORK}collectors/{poster}/")
    assert "Codes made so far" not in page.words
    token = page.fields("Sign out")
    for verb in ("make", "import"):
        refused = designer.post(
            f"{FIELDWORK}collectors/{poster}/",
            {**token, "do": verb, "stratum_0": "N", "weight_0": "1", "number_0": "12"}
            | {"frame": (io.BytesIO(b"stratum,base_weight\n" + b"N,1\n" * 12), "f.csv")},
            status=400,
        )
        assert refused.errors[0][1] == "This way in is not for personal invitations"


def test_a_closed_wave_makes_no_codes(app: Flask, designer: Client, code: str) -> None:
    page = designer.get(f"{FIELDWORK}collectors/{code}/")
    with app.app_context():
        close_wave(SLUG, "2026", NOW)
    answers = {"stratum_0": "North", "weight_0": "2", "number_0": "12"}
    page = designer.press("Make and get the codes", answers, on=page, status=400)
    assert page.errors[0][1].startswith("This wave is closed")
