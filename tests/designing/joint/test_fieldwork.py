"""Staff of a municipality that takes part see and print its own ways in, and change none."""

from flask import Flask

from surveyapp.storage.drafting.partners import set_partners
from surveyapp.storage.drafting.surveys import survey_by_slug
from surveyapp.storage.field.collectors import Kind
from surveyapp.storage.people.staff import Role
from tests.client import Client
from tests.designing.making import FIELDWORK, fielded_once, way
from tests.reporting.making import signed_in
from tests.storage.making import NOW, SLUG, municipality


def joint(app: Flask) -> tuple[Client, dict[str, str]]:
    """Open a wave with a way in of each of two towns; sign in a designer of the first."""
    with app.app_context():
        fielded_once()
        towns = {one: municipality(one).municipality_id for one in ("east", "west")}
        survey = survey_by_slug(SLUG)
        assert survey is not None
        set_partners(survey, towns.values(), by="county", now=NOW)
        codes = {one: way(Kind.qr, "open", number).code for one, number in towns.items()}
        codes["east paper"] = way(Kind.paper, "mailed", towns["east"]).code
    return signed_in(app, Role.designer, limited_to="east"), codes


def test_a_town_sees_its_own_ways_in_alone(app: Flask) -> None:
    client, codes = joint(app)
    client.get("/en/staff/fieldwork/")
    page = client.follow("Wave 2026")
    assert codes["east"] in page.words
    assert codes["west"] not in page.words
    assert not page.select("a[href$='/collectors/add'], a[href$='/close'], a[href$='/samples/add']")


def test_it_prints_its_own_and_no_other_s(app: Flask) -> None:
    client, codes = joint(app)
    mine = f"{FIELDWORK}collectors/{codes['east']}/"
    client.get(mine)
    assert client.get(f"{mine}print/poster-letter.pdf").response.mimetype == "application/pdf"
    client.get(f"{FIELDWORK}collectors/{codes['east paper']}/print/questionnaire-fr.pdf")
    other = f"{FIELDWORK}collectors/{codes['west']}/"
    for address in (other, f"{other}print/poster-letter.pdf"):
        assert "This belongs to Elm" in client.get(address, status=403).words


def test_it_adds_and_changes_no_way_in(app: Flask) -> None:
    client, codes = joint(app)
    page = client.get(FIELDWORK)
    token = {"csrf_token": str(page.select("input[name='csrf_token']")[0]["value"])}
    for address in ("collectors/add", "samples/add", "close", f"collectors/{codes['east']}/"):
        client.post(f"{FIELDWORK}{address}", token, status=403)
