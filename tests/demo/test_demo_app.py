"""The demo as a newcomer meets it: a survey to answer, people who sign in, a release."""

from datetime import UTC, datetime

import pytest
from flask import Flask

from surveyapp.demo.loading import SLUG, STANDING
from surveyapp.storage.counted.releases import releases_of
from surveyapp.storage.drafting.surveys import survey_by_slug
from surveyapp.storage.field.waves import WaveState, waves_of
from surveyapp.storage.people.staff import Role
from tests.conftest import DEMO_RESPONSES
from tests.demo.signing import sign_in


@pytest.mark.parametrize(("language", "words"), [("en", "Larkspur"), ("fr", "Comté de Larkspur")])
def test_residents_find_an_open_survey(demo_app: Flask, language: str, words: str) -> None:
    page = demo_app.test_client().get(f"/{language}/surveys/{SLUG}/")
    assert page.status_code == 200
    assert words in page.get_data(as_text=True)
    assert demo_app.test_client().get(f"/{language}/surveys/{SLUG}/notice").status_code == 200


@pytest.mark.parametrize("language", ["en", "fr"])
def test_residents_can_tell_something_at_any_time(demo_app: Flask, language: str) -> None:
    client = demo_app.test_client()
    address = f"/{language}/surveys/{STANDING}/"
    assert address in client.get(f"/{language}/surveys/{SLUG}/").get_data(as_text=True)
    assert client.get(f"{address}notice").status_code == 200


@pytest.mark.parametrize("role", list(Role))
def test_each_of_its_people_signs_in(demo_app: Flask, role: Role) -> None:
    client = demo_app.test_client()
    assert sign_in(demo_app, client, role).location == "/en/staff/"
    assert client.get("/en/staff/").status_code == 200


def test_one_wave_is_closed_with_a_release_and_one_is_open(demo_app: Flask) -> None:
    now = datetime.now(UTC)
    with demo_app.app_context():
        survey = survey_by_slug(SLUG)
        assert survey is not None
        second, first = waves_of(survey.id)
        assert (first.state(now), second.state(now)) == (WaveState.closed, WaveState.open)
        assert first.last_change == second.last_change == DEMO_RESPONSES
        assert [one.number for one in releases_of(first.id)] == [1]
        assert releases_of(second.id) == ()
