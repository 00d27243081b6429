"""Releases on a page: of closed waves only, and the same bytes as the command line writes."""

import re
from pathlib import Path

import pytest
from flask import Flask

from surveyapp.press.bundle import unpacked
from surveyapp.storage.audit import newest
from surveyapp.storage.counted.releases import releases_of
from surveyapp.storage.people.staff import Role
from tests.client import Client
from tests.reporting.making import PUBLIC, STAFF, cells, made, signed_in
from tests.storage.making import SLUG

BUNDLE = f"{SLUG}_2026_release_1.zip"


def test_the_page_and_the_command_line_give_the_same_bytes(app: Flask, tmp_path: Path) -> None:
    made(app)
    client = signed_in(app, Role.publisher)
    client.get(f"/en{STAFF}/releases")
    page = client.press("Release the results")
    assert "The newest release counts every answer" in page.words
    arguments = ["results", "export", SLUG, "--wave", "2026", "--out", str(tmp_path / "out")]
    done = app.test_cli_runner().invoke(args=arguments)
    assert done.exit_code == 0, done.output
    written = {one.name: one.read_bytes() for one in (tmp_path / "out").iterdir()}
    resident = Client(app)
    for reader, base in (
        (client, f"/en{STAFF}/releases/1"),
        (resident, f"/fr{PUBLIC}/2026/files/1"),
    ):
        given = {
            name: reader.get(f"{base}/{name}").response.get_data()
            for name in (*unpacked(written[BUNDLE]), BUNDLE)
        }
        assert given == written


def test_every_file_on_the_page_can_be_downloaded(app: Flask) -> None:
    made(app)
    client = signed_in(app)
    client.get(f"/en{STAFF}/releases")
    page = client.press("Release the results")
    links = [str(one["href"]) for one in page.select(".files a")]
    assert len(links) == 9
    for link in links:
        answer = client.get(link).response
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert not answer.headers["Content-Type"].startswith("text/html")


def test_an_open_wave_cannot_be_released(app: Flask) -> None:
    wave = made(app, closed=False)
    client = signed_in(app)
    page = client.get(f"/en{STAFF}/releases")
    assert not [one for one in page.select("button") if "Release" in one.get_text()]
    token = page.fields("Download the raw tables")["csrf_token"]
    page = client.post(f"/fr{STAFF}/releases", {"csrf_token": token}, status=409)
    assert "La vague reçoit encore des réponses" in page.words
    with app.app_context():
        assert releases_of(wave.id) == ()
    Client(app).get(f"/en{PUBLIC}/2026/", status=404)


def test_without_its_token_nothing_is_released(app: Flask) -> None:
    wave = made(app)
    signed_in(app).post(f"/en{STAFF}/releases", {}, status=400)
    with app.app_context():
        assert releases_of(wave.id) == ()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_raw_tables_are_for_analysts_and_are_written_down(app: Flask, language: str) -> None:
    made(app)
    client = signed_in(app)
    page = client.get(f"/{language}{STAFF}/releases")
    button = "Download the raw tables" if language == "en" else "Télécharger les tableaux bruts"
    answer = client.press(button).response
    assert "INTERNAL_safety_2026.zip" in answer.headers["Content-Disposition"]
    files = unpacked(answer.get_data())
    assert sorted(files) == [
        "INTERNAL_codebook.csv",
        "INTERNAL_items.csv",
        "INTERNAL_neighbourhood_by_area.csv",
    ]
    with app.app_context():
        entry = newest(1)[0]
        assert (entry.actor, entry.action) == (
            "analyst@county.example",
            "internal_results_exported",
        )
    assert page.select(".content-note")


def test_a_publisher_takes_no_raw_tables(app: Flask) -> None:
    made(app)
    client = signed_in(app, Role.publisher)
    page = client.get(f"/en{STAFF}/releases")
    assert "Raw tables" not in page.words
    token = page.fields("Release the results")["csrf_token"]
    client.post(f"/en{STAFF}/internal", {"csrf_token": token}, status=403)


def test_residents_read_what_was_released_without_signing_in(app: Flask) -> None:
    made(app)
    resident = Client(app)
    assert "No results are published yet" in resident.get(f"/en{PUBLIC}/").words
    resident.get(f"/en{PUBLIC}/2026/", status=404)
    staff = signed_in(app)
    staff.get(f"/en{STAFF}/releases")
    staff.press("Release the results")
    resident.get(f"/en{PUBLIC}/")
    page = resident.follow("Wave 2026")
    theirs = staff.get(f"/en{STAFF}/results")
    for place in ("C", "D", "east", "All respondents"):
        level = "municipality" if place == "east" else "neighbourhood"
        mine = resident.get(f"/en{PUBLIC}/2026/?level={level}")
        theirs = staff.get(f"/en{STAFF}/results?level={level}")
        assert cells(mine, place) == cells(theirs, place)
    french = resident.get(f"/fr{PUBLIC}/2026/?sample=open")
    assert "il ne s’agit pas d’un échantillon aléatoire" in french.text
    assert not french.select("path.doubt")
    assert page.heading == "Results of wave 2026"


def test_a_page_has_no_decimal_point_in_french(app: Flask) -> None:
    made(app)
    page = signed_in(app).get(f"/fr{STAFF}/results")
    shown = [one.get_text(strip=True) for one in page.select("td.n")]
    assert [one for one in shown if re.fullmatch(r"\d+,\d c?", one + " ")]
    assert not [one for one in shown if re.search(r"\d\.\d", one)]


def test_a_file_that_is_not_in_the_release_is_not_found(app: Flask) -> None:
    made(app)
    staff = signed_in(app)
    staff.get(f"/en{STAFF}/releases")
    staff.press("Release the results")
    for name in (
        "1/nothing.csv",
        "2/items.csv",
        "1/..%2fmanifest.json",
        "1/other_2026_release_1.zip",
    ):
        staff.get(f"/en{STAFF}/releases/{name}", status=404)
        Client(app).get(f"/en{PUBLIC}/2026/files/{name}", status=404)
