"""Who answered: one sample and one dimension at a time, and no small count."""

from collections.abc import Mapping
from datetime import date

import pytest
from flask import Flask

from surveyapp.press.answered import PlaceLine, furthest_behind, most_left
from surveyapp.statistics.bands import Band
from surveyapp.storage.collected.responses import submit
from surveyapp.storage.collected.visits import start
from surveyapp.storage.counted.bulk import bulk_count
from surveyapp.storage.field.fieldwork import Ended, Ending
from surveyapp.storage.field.waves import Wave, collectors_of
from surveyapp.storage.people.staff import Role
from tests.client import Client, Page
from tests.reporting.making import STAFF, cells, made, signed_in
from tests.storage.making import NOW, fielded

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
    most = {"en": "Most left here: The notice.", "fr": "les plus nombreux : L’avis."}[language]
    page = signed_in(app).get(f"/{language}{STAFF}/answered")
    assert page.heading == heading
    assert page.select(".finding")[0].get_text(strip=True) == total
    assert rate in page.words
    assert "75" in page.words  # 300 sent of 400 that were sent or left
    assert row(page, "modes-heading", "On the web" if language == "en" else "Sur le Web")[:3] == [
        "295",
        "195",
        "100",
    ]
    assert page.select("svg.columns")
    assert most in " ".join(page.words.replace("\N{NO-BREAK SPACE}", " ").split())
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


def test_days_of_few_people_make_no_chart(app: Flask) -> None:
    with app.app_context():
        submit(start(fielded(), "en", NOW), NOW)
    page = signed_in(app).get(f"/en{STAFF}/answered")
    assert "Too few have answered so far for a chart." in page.words
    assert not page.select("svg.columns")


def test_visits_under_way_have_started(app: Flask) -> None:
    with app.app_context():
        field = fielded()
        for number in range(30):
            token = start(field, "fr" if number < 14 else "en", NOW)
            if number >= 14:
                submit(token, NOW)
    page = signed_in(app).get(f"/en{STAFF}/answered")
    # A sum of what is told: 12 to 19 sent in English, and some that are fewer than 12 each.
    assert row(page, "languages-heading", "English") == [
        "12 to 41",
        "12 to 19",
        "fewer than 12",
        "fewer than 12",
    ]
    assert row(page, "languages-heading", "French")[3] == "12 to 19"
    assert page.select("svg.columns")
    assert row(page, "modes-heading", "On the web")[3:] == ["12 to 19", "0 min"]


@pytest.mark.parametrize(("language", "words"), [("en", "8 min"), ("fr", "8 min")])
def test_the_median_time_leaves_paper_out(app: Flask, language: str, words: str) -> None:
    made(app)
    client = signed_in(app)
    mode = {"en": "On the web", "fr": "Sur le Web"}[language]
    page = client.get(f"/{language}{STAFF}/answered")
    assert " ".join(row(page, "modes-heading", mode)[-1].split()) == words
    page = client.get(f"/en{STAFF}/answered?sample=open")
    assert row(page, "modes-heading", "On paper")[-1] == "not known"


def test_the_groups_of_the_act_are_shown_everywhere_and_by_town(app: Flask) -> None:
    made(app)
    client = signed_in(app)
    page = client.get(f"/en{STAFF}/answered")
    groups = page.select("section[aria-labelledby=groups-heading] tbody th")
    assert [one.get_text(strip=True) for one in groups][:3] == [
        "Youth, under 25",
        "Members of racialized groups",
        "First Nations",
    ]
    assert "The survey does not ask" in page.words
    for one in page.select("section[aria-labelledby=groups-heading] td.n"):
        assert not one.get_text(strip=True).isdigit()
    town = client.press("Show", {"town": "west"})
    assert town.select("#town option[selected]")[0]["value"] == "west"
    client.get(f"/en{STAFF}/answered?town=nowhere", status=404)


def line(code: str, share: float | None, population: float | None) -> PlaceLine:
    people = None if share is None else Band(40, 49, is_under=False)
    return PlaceLine(code, {"en": code}, "neighbourhood", people, 1000, share, population)


def test_the_page_that_most_left_is_named_where_bands_tell() -> None:
    def ten(least: int) -> Band:
        return Band(least, least + 9, is_under=False)

    under = Band(0, 11, is_under=True)
    assert most_left([("notice", ten(20)), ("home", ten(40)), ("check", under)]) == "home"
    assert most_left([("notice", ten(40)), ("home", ten(40)), ("check", None)]) == ""
    assert most_left([("notice", under), ("home", None)]) == ""


def test_the_places_furthest_behind_are_named_first() -> None:
    lines = [
        line("a", 4, 9),
        line("b", 4, 12),
        line("c", 4, 4.5),
        line("d", None, 30),
        line("e", 4, None),
        line("f", 20, 10),
        line("g", 4, 7),
        line("h", 4, 6),
    ]
    behind = furthest_behind(lines, "neighbourhood")
    assert [one.names["en"] for one in behind] == ["b", "a", "g"]
    assert furthest_behind(lines, "municipality") == ()
