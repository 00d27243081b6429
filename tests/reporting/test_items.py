"""Questions one by one: whole distributions only, and nothing of a place that is hidden."""

import pytest
from flask import Flask

from surveyapp.press.counting import counts_of
from surveyapp.press.rows import option_label
from surveyapp.questionnaire.model import items
from surveyapp.questionnaire.shipped import shipped
from surveyapp.storage.field.waves import wave
from tests.client import Client
from tests.reporting.making import PUBLIC, STAFF, cells, made, signed_in

HEADINGS = {"en": "Every question of wave 2026", "fr": "Toutes les questions de la vague 2026"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_question_is_listed_and_leads_to_its_places(app: Flask, language: str) -> None:
    made(app)
    client = signed_in(app)
    page = client.get(f"/{language}{STAFF}/items?sample=open")
    assert page.heading == HEADINGS[language]
    links = [str(one["href"]) for one in page.select("h2.item a")]
    assert len(links) > 20
    assert len(page.select(".statement")) == 1
    for link in links[:4] + links[-2:]:
        one = client.get(link)
        assert one.select("table.matrix")
        assert not one.select("path.doubt")


def test_a_place_is_shown_whole_or_not_at_all(app: Flask) -> None:
    stored = made(app)
    client = signed_in(app)
    with app.app_context():
        count = counts_of(wave(stored.id))[0]
        public = count.public.items.frame
        hidden = set(public[(public["geo_id"] == "d") & public["suppressed"]]["item_code"].unique())
    assert {"belonging", "victim"} <= hidden
    for item in ("belonging", "victim", "priorities", "years"):
        page = client.get(f"/en{STAFF}/items/{item}")
        assert cells(page, "D") == ["protected", ""]
        shown = cells(page, "Bay, “East”")
        assert shown == ["protected", ""] or all(shown)
        everybody = cells(page, "All respondents")
        assert all(one.endswith("%") for one in everybody[:-1])


def test_a_number_is_reported_in_classes_with_words(app: Flask) -> None:
    made(app)
    page = signed_in(app).get(f"/en{STAFF}/items/years")
    assert "0 to 1" in page.words
    assert "20 or more" in page.words
    assert "band_" not in page.text


def test_a_class_of_numbers_is_named_in_both_languages() -> None:
    years = next(one for one in items(shipped()) if one.key == "years")
    assert option_label(years, "band_1", "fr") == "0 à 1"
    assert option_label(years, "band_5", "fr") == "20 ou plus"
    assert option_label(years, "band_2+band_3", "en") == "2 to 4 / 5 to 9"


def test_residents_read_every_question_of_a_release(app: Flask) -> None:
    made(app)
    resident = Client(app)
    resident.get(f"/en{PUBLIC}/2026/items/", status=404)
    staff = signed_in(app)
    staff.get(f"/en{STAFF}/releases")
    staff.press("Release the results")
    resident.get(f"/en{PUBLIC}/2026/")
    resident.follow("See the answers to every question")
    for language in ("en", "fr"):
        page = resident.get(f"/{language}{PUBLIC}/2026/items/belonging")
        assert cells(page, "D")[-1] == ""
    assert cells(resident.get(f"/en{PUBLIC}/2026/items/belonging"), "C") == cells(
        staff.get(f"/en{STAFF}/items/belonging"), "C"
    )
    resident.get(f"/fr{PUBLIC}/2026/items/nothing", status=404)
    staff.get(f"/fr{STAFF}/items/strengths", status=404)


def test_questions_wait_until_the_wave_is_counted(app: Flask) -> None:
    made(app, closed=False)
    client = signed_in(app)
    assert "There are no figures yet" in client.get(f"/en{STAFF}/items").words
    assert client.get(f"/en{STAFF}/items/belonging").heading == "There are no figures yet."
    client.get(f"/en{STAFF}/results")
    client.press("Count the answers so far")
    page = client.get(f"/en{STAFF}/items/belonging")
    assert cells(page, "D") == ["protected", ""]
