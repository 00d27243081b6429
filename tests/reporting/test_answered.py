"""Who answered: one sample and one dimension at a time, and no small count."""

from collections.abc import Mapping
from datetime import date

import pytest
from flask import Flask

from surveyapp.storage.bulk import bulk_count
from surveyapp.storage.fieldwork import Ended, Ending
from surveyapp.storage.staff import Role
from surveyapp.storage.waves import Wave, collectors_of
from tests.client import Client, Page
from tests.reporting.making import STAFF, cells, made, signed_in
from tests.storage.making import fielded

WORDS = {
    "en": ("Who answered wave 2026", "195 people answered.", "19.5%", "fewer than 12"),
    "fr": (
        "Qui a répondu à la vague 2026",
        "195 personnes ont répondu.",
        "19,5\N{NO-BREAK SPACE}%",
        "moins de 12",
    ),
}


def left(app: Flask, wave: Wave, pages: Mapping[str, int]) -> None:
    """Let so many visits to the first way in end on each page, and 300 be sent."""
    with app.app_context():
        way_in = collectors_of(wave.id)[0].id
        day = date(2026, 3, 4)
        endings = {Ending(way_in, day, "en", page, Ended.left): n for page, n in pages.items()}
        endings[Ending(way_in, day, "en", "check", Ended.submitted)] = 300
        bulk_count(wave.id, endings)


def row(page: Page, heading: str, first: str) -> list[str]:
    section = page.select(f"section[aria-labelledby={heading}]")[0]
    for line in section.select("tbody tr"):
        if line.select("th")[0].get_text(strip=True) == first:
            return [one.get_text(strip=True) for one in line.select("td")]
    raise AssertionError(first)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_closed_wave_is_counted_by_each_dimension(app: Flask, language: str) -> None:
    wave = made(app)
    left(app, wave, {"notice": 60, "safety": 40})
    heading, total, rate, few = WORDS[language]
    page = signed_in(app).get(f"/{language}{STAFF}/answered")
    assert page.heading == heading
    assert page.select(".finding")[0].get_text(strip=True) == total
    assert rate in page.words
    assert "75" in page.words  # 300 sent of 400 that were sent or left
    assert row(page, "modes-heading", "On the web" if language == "en" else "Sur le Web")[:2] == [
        "195",
        "100",
    ]
    assert page.select("svg.columns")
    assert cells(page, "D", "table.bars")[1] == few


def test_samples_are_counted_apart(app: Flask) -> None:
    made(app)
    client = signed_in(app)
    client.get(f"/en{STAFF}/answered")
    page = client.follow("Open sample")
    assert "On paper" in page.words
    assert "On the web" not in page.words
    assert "AAPOR" not in page.words
    client.get(f"/en{STAFF}/answered?sample=both", status=404)
    client.get(f"/en{STAFF}/answered?level=street", status=404)


def test_a_small_place_is_not_the_town_less_the_others(app: Flask) -> None:
    made(app)
    client = signed_in(app)
    page = client.get(f"/en{STAFF}/answered")
    # Ten answered from D and 45 from C, of the 55 in the west.
    assert cells(page, "D", "table.bars")[1:3] == ["fewer than 12", ""]
    assert cells(page, "C", "table.bars")[1:3] == ["kept back", ""]
    towns = client.get(f"/en{STAFF}/answered?level=municipality")
    assert cells(towns, "west", "table.bars")[1] == "55"


def test_an_open_wave_is_counted_in_bands(app: Flask) -> None:
    made(app, closed=False)
    page = signed_in(app).get(f"/en{STAFF}/answered")
    assert "190 to 199 people have answered so far." in page.words
    for one in page.select("table td.n"):
        words = one.get_text(strip=True)
        assert not words.isdigit() or one.has_attr("class") and "quiet" in one["class"], words
    assert "19%" in page.words or "20%" in page.words


def test_a_wave_that_nobody_answered_says_so(app: Flask) -> None:
    with app.app_context():
        fielded()
    page = signed_in(app).get(f"/en{STAFF}/answered")
    assert "Fewer than 12 people have answered." in page.words
    assert "Nobody has answered yet." in page.words
    assert not page.select("svg")


def test_who_answered_is_for_those_who_analyse_or_run_the_fieldwork(app: Flask) -> None:
    made(app)
    address = f"/fr{STAFF}/answered"
    Client(app).get(address, follow=False, status=303)
    for role in (Role.analyst, Role.publisher, Role.designer, Role.administrator):
        page = signed_in(app, role).get(address)
        results = page.select("nav.trail a[href$='/results']")
        assert bool(results) is (role is not Role.designer)
    signed_in(app, Role.translator).get(address, status=403)
    signed_in(app, Role.analyst, "other").get(address, status=403)
