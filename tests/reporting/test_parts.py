"""Results of a joint survey for staff of a municipality that takes part: its own, nobody else's."""

import csv
import io

import pytest
from flask import Flask

from surveyapp.press.bundle import unpacked
from surveyapp.storage.audit import newest
from surveyapp.storage.drafting.partners import set_partners
from surveyapp.storage.drafting.surveys import survey_by_slug
from surveyapp.storage.people.staff import Role
from tests.client import Client
from tests.press.making import CLOSED, answered_wave
from tests.reporting.making import STAFF, cells, signed_in
from tests.storage.making import SLUG, municipality

HEADS = {
    "en": ("Results of wave 2026", "All respondents"),
    "fr": ("Résultats de la vague 2026", "Ensemble des personnes répondantes"),
}


def joint(app: Flask, role: Role = Role.analyst, *, closed: bool = True) -> Client:
    """Let two towns take part in a county's survey; sign somebody of the first one in."""
    with app.app_context():
        answered_wave(closed=closed)
        ids = [municipality(one).municipality_id for one in ("east", "west")]
        survey = survey_by_slug(SLUG)
        assert survey is not None
        set_partners(survey, ids, by="county", now=CLOSED)
    return signed_in(app, role, limited_to="east")


def places(client: Client, address: str) -> set[str]:
    page = client.get(address)
    rows = page.select("table.matrix tbody tr th")
    return {one.get_text(strip=True) for one in rows}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_town_reads_its_own_places_beside_everybody(app: Flask, language: str) -> None:
    client = joint(app)
    page = client.get(f"/{language}{STAFF}/results?level=municipality")
    heading, everybody = HEADS[language]
    assert page.heading == heading
    named = {one.get_text(strip=True) for one in page.select("table.matrix tbody tr th")}
    assert "east" in named
    assert "west" not in named
    assert cells(page, "east")[0]
    assert everybody in named


def test_other_towns_are_nowhere_on_its_pages(app: Flask) -> None:
    client = joint(app)
    # The town itself stands above its neighbourhoods.
    assert places(client, f"/en{STAFF}/results") == {
        "All respondents",
        "east",
        "=1+1",
        "Bay, “East”",
    }
    found = places(client, f"/en{STAFF}/items/walking?level=neighbourhood")
    assert found == {"All respondents", "=1+1", "Bay, “East”"}
    assert places(client, f"/en{STAFF}/items/walking?level=municipality") == {
        "All respondents",
        "east",
    }


def test_its_list_of_surveys_says_whose_part_it_works_on(app: Flask) -> None:
    page = joint(app).get("/en/staff/")
    assert "you work on the part of Elm" in page.words
    assert page.select(f"a[href='/en{STAFF}/results']")


def token(client: Client) -> dict[str, str]:
    """Return what a forged form would need: the token is in the form that signs out."""
    page = client.get(f"/en{STAFF}/releases")
    return {"csrf_token": str(page.select("input[name='csrf_token']")[0]["value"])}


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/results"), ("POST", "/releases"), ("GET", "/municipalities")],
)
def test_what_belongs_to_the_owner_stays_theirs(app: Flask, method: str, path: str) -> None:
    client = joint(app, Role.publisher)
    address = f"/en{STAFF}{path}"
    if method == "POST":
        said = client.post(address, token(client), status=403)
    else:
        said = client.get(address, status=403)
    assert "This belongs to Elm" in said.words


def exported(client: Client) -> dict[str, bytes]:
    answer = client.browser.post(f"/en{STAFF}/internal", data=token(client))
    assert "nothing of other municipalities" in client.get(f"/en{STAFF}/releases").words
    assert answer.status_code == 200
    return unpacked(answer.data)


def test_its_raw_tables_hold_its_own_rows_and_no_total(app: Flask) -> None:
    files = exported(joint(app))
    assert set(files) == {"INTERNAL_items.csv", "INTERNAL_codebook.csv"}
    rows = list(csv.DictReader(io.StringIO(files["INTERNAL_items.csv"].decode("utf-8-sig"))))
    assert {one["geo_id"] for one in rows} == {"east", "a", "b"}
    with app.app_context():
        assert newest()[0].subject == f"{SLUG} 2026 only east"


def test_its_raw_tables_wait_until_the_wave_is_closed(app: Flask) -> None:
    client = joint(app, closed=False)
    said = client.post(f"/en{STAFF}/internal", token(client), status=409)
    assert "wait until the wave is closed" in said.words


def test_it_reads_the_words_of_its_own_residents_only(app: Flask) -> None:
    client = joint(app)
    page = client.get(f"/en{STAFF}/words")
    chosen = [one["value"] for one in page.select("select#place option")]
    assert chosen == ["east"]
    client.get(f"/en{STAFF}/words?place=west", status=404)
    client.get(f"/en{STAFF}/words?place=all", status=404)


@pytest.mark.parametrize("closed", [True, False])
def test_it_follows_who_answers_from_its_own_places(app: Flask, closed: bool) -> None:
    client = joint(app, Role.designer, closed=closed)
    page = client.get(f"/en{STAFF}/answered")
    rows = page.select("section[aria-labelledby='places-heading'] tbody th")
    assert [one.get_text(strip=True) for one in rows] == ["=1+1", "Bay, “East”"]
    assert page.select("option[value='east'][selected]") or not page.select("select#town")
    assert "west" not in page.words
    client.get(f"/en{STAFF}/answered?town=west", status=404)
