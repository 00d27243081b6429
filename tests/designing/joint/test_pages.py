"""Who takes part in a survey is chosen on the screen, by its owner."""

from flask import Flask

from surveyapp.storage.drafting.partners import partners_of
from surveyapp.storage.drafting.surveys import survey_by_slug
from surveyapp.storage.people.staff import Role
from tests.press.making import places
from tests.reporting.making import signed_in
from tests.storage.making import SLUG, municipality, published

PAGE = f"/en/staff/questionnaires/{SLUG}/municipalities"


def took_part(app: Flask) -> list[str]:
    with app.app_context():
        survey = survey_by_slug(SLUG)
        assert survey is not None
        return [one.slug for one in partners_of(survey.id)]


def test_municipalities_are_let_in_and_out_by_a_tick(app: Flask) -> None:
    with app.app_context():
        published()
        places()
        municipality("east", names={"en": "East", "fr": "Est"})
        municipality("nowhere", names={"en": "Nowhere", "fr": "Nulle part"})
    client = signed_in(app, Role.designer)
    page = client.get(PAGE)
    assert "0 questions of its own" in page.words
    assert "bring its places in under the code nowhere" in page.words
    page = client.press("Save", {"municipality": ["east"]})
    assert "Saved." in page.words
    assert took_part(app) == ["east"]
    assert page.select("#m-east[checked]")
    client.press("Save", {"municipality": []})
    assert took_part(app) == []


def test_nobody_but_the_owner_says_who_takes_part(app: Flask) -> None:
    with app.app_context():
        published()
    client = signed_in(app, Role.designer, limited_to="east")
    assert "This belongs to Elm" in client.get(PAGE, status=403).words
