"""Municipalities side by side, on a page for staff and, once released, for residents."""

import pytest
from flask import Flask

from surveyapp.press.release import make_release
from surveyapp.storage.people.staff import Role
from tests.client import Client
from tests.press.making import CLOSED, answered_wave, joint_document
from tests.reporting.making import PUBLIC, STAFF, signed_in
from tests.storage.making import SLUG

HEADS = {
    "en": ("Municipalities side by side, wave 2026", "All respondents"),
    "fr": ("Les municipalités côte à côte, vague 2026", "Ensemble des personnes répondantes"),
}


def joint(app: Flask, *, released: bool = False, closed: bool = True) -> None:
    with app.app_context():
        answered_wave(joint_document(), closed=closed)
        if released:
            make_release(SLUG, "2026", "test", CLOSED)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_residents_compare_what_was_released(app: Flask, language: str) -> None:
    joint(app, released=True)
    client = Client(app)
    page = client.get(f"/{language}{PUBLIC}/2026/municipalities/")
    heading, everybody = HEADS[language]
    assert page.heading == heading
    heads = [one.get_text(strip=True) for one in page.select("section table")[0].select("th.n")]
    assert heads == [everybody, "east", "west"]
    local = page.select("section[aria-labelledby='local-heading'] a")
    assert [one["href"].split("?")[0] for one in local] == [
        f"/{language}{PUBLIC}/2026/items/east_bus"
    ]
    answer = client.browser.get(f"/{language}{PUBLIC}/2026/municipalities.csv?sample=open")
    assert answer.data.startswith(b"\xef\xbb\xbfsurvey_code,wave,sample_id")
    assert b"none_open" not in answer.data


def test_staff_compare_before_a_release_and_the_file_says_it_is_none(app: Flask) -> None:
    joint(app)
    client = signed_in(app)
    client.get(f"/en{STAFF}/results")
    page = client.follow("Municipalities side by side")
    assert page.heading == HEADS["en"][0]
    answer = client.browser.get(f"/en{STAFF}/municipalities.csv")
    assert "INTERNAL_safety_2026_probability" in answer.headers["Content-Disposition"]
    Client(app).get(f"/en{PUBLIC}/2026/municipalities/", status=404)


def test_there_is_nothing_to_compare_before_a_count(app: Flask) -> None:
    joint(app, closed=False)
    client = signed_in(app, Role.publisher)
    assert "no figures yet" in client.get(f"/en{STAFF}/municipalities").words
    client.get(f"/en{STAFF}/municipalities.csv", status=404)


def test_a_local_question_s_page_says_who_was_asked(app: Flask) -> None:
    joint(app, released=True)
    page = Client(app).get(f"/en{PUBLIC}/2026/items/east_bus")
    assert "only residents of east were asked" in page.words
    assert "only residents" not in Client(app).get(f"/en{PUBLIC}/2026/items/walking").words
