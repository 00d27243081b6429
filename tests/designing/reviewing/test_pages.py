"""A draft is published as it was reviewed, with its acceptances, or not at all."""

import pytest
from flask import Flask

from surveyapp.storage.drafting.surveys import editions_of, survey_by_slug
from surveyapp.storage.people.staff import Role
from tests.client import Client
from tests.designing.drafting import BASE, drafted, field
from tests.designing.making import sign_in
from tests.questionnaire.making import document, node, question, section, whole
from tests.storage.making import SLUG, municipality, published

REVIEW = f"{BASE}review"
OVERALL = field("questions/overall")


def editions(app: Flask) -> int:
    with app.app_context():
        found = survey_by_slug(SLUG)
        return len(editions_of(found.id)) if found else 0


@pytest.fixture
def publisher(app: Flask) -> Client:
    """A publisher's browser, with a draft that is complete."""
    drafted(app)
    return sign_in(app, Role.publisher)


def test_a_complete_draft_is_published(app: Flask, publisher: Client) -> None:
    publisher.get(REVIEW)
    page = publisher.press("Publish edition 1")
    assert "Edition 1 is published" in page.words
    assert "Everything here is published." in page.words
    # Who wonders what comes next is led to it.
    assert page.select("#publish a[href$='/fieldwork/safety/new']")
    assert editions(app) == 1


def test_a_button_pressed_twice_publishes_once(app: Flask, publisher: Client) -> None:
    publisher.get(REVIEW)
    before = publisher.page
    publisher.press("Publish edition 1")
    page = publisher.press("Publish edition 1", on=before)
    assert "Everything here is published." in page.words
    assert editions(app) == 1


@pytest.mark.parametrize("language", ["en", "fr"])
def test_problems_and_advice_lead_to_their_places(app: Flask, language: str) -> None:
    made = document(
        section("home", question("single", "one", text={"en": "One?"})),
        section("empty"),
        notice=None,
    )
    node(made, "one")["options"][0]["label"] = {"fr": "Un"}
    drafted(app, made)
    client = sign_in(app, Role.publisher)
    page = client.get(REVIEW.replace("/en/", f"/{language}/"))
    assert not page.select("#publish button.go")
    links = page.select("main li a")
    assert len(links) >= 5
    for link in links:
        address, _mark, anchor = str(link["href"]).partition("#")
        target = client.get(address)
        assert not anchor or target.select(f"[id='{anchor}']"), link


def test_each_language_is_told_how_hard_it_reads(publisher: Client) -> None:
    page = publisher.get(REVIEW)
    assert "The English reads at grade" in page.words
    assert "The French has a reading ease of" in page.words


def test_a_reworded_question_is_accepted_by_a_person(app: Flask, publisher: Client) -> None:
    publisher.get(REVIEW)
    publisher.press("Publish edition 1")
    publisher.get(f"{BASE}questions/overall")
    publisher.press("Save", {OVERALL: "How now?", OVERALL.replace(":en", ":fr"): "Et alors?"})
    page = publisher.get(REVIEW)
    assert [one.get_text() for one in page.select("del")] == [
        "About overall?",
        "About overall? (fr)",
    ]
    assert [one.get_text() for one in page.select("ins")] == ["How now?", "Et alors?"]
    page = publisher.press("Publish edition 2", status=400)
    assert "accept every reworded question" in page.words
    assert editions(app) == 1
    publisher.press("Publish edition 2", {"accept": ["overall"]})
    assert editions(app) == 2
    page = publisher.get(f"{BASE}editions")
    assert "Edition 2" in page.words
    assert "How now?" in page.words
    assert "Everything here is published." in publisher.get(REVIEW).words


def test_a_draft_that_moved_since_is_not_published(app: Flask, publisher: Client) -> None:
    mine = publisher.get(REVIEW)
    publisher.get(f"{BASE}questions/overall")
    publisher.press("Save", {OVERALL: "Theirs?", OVERALL.replace(":en", ":fr"): "La leur?"})
    page = publisher.press("Publish edition 1", on=mine, status=409)
    assert "somebody changed the draft since" in page.words
    assert editions(app) == 0
    publisher.press("Publish edition 1")
    assert editions(app) == 1


def test_a_refused_change_says_what_to_do_instead(app: Flask, publisher: Client) -> None:
    with app.app_context():
        published()
    publisher.get(f"{BASE}questions/overall")
    publisher.press("Save", {"s:questions/overall/options/good:score": "99"})
    page = publisher.get(REVIEW)
    assert "Put the score back" in page.words
    assert not page.select("#publish button.go")
    token = str(page.select("#publish [name=csrf_token]")[0]["value"])
    revision = str(page.select("#publish [name=revision]")[0]["value"])
    forged = {"csrf_token": token, "revision": revision, "accept": "overall"}
    publisher.post(REVIEW, forged, status=400)
    assert editions(app) == 1


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.designer, "designers write and do not publish"),
        (Role.translator, "translators write and do not publish"),
    ],
)
def test_designers_and_translators_review_and_do_not_publish(
    app: Flask, role: Role, words: str
) -> None:
    drafted(app)
    client = sign_in(app, role)
    page = client.get(REVIEW)
    assert words in page.words
    assert not page.select("#publish button.go")
    token = str(page.select("#publish [name=csrf_token]")[0]["value"])
    revision = str(page.select("#publish [name=revision]")[0]["value"])
    client.post(REVIEW, {"csrf_token": token, "revision": revision}, status=403)
    assert editions(app) == 0


def test_another_municipalitys_publisher_publishes_nothing(app: Flask) -> None:
    drafted(app, whole())
    client = sign_in(app, Role.publisher, limited_to="oak")
    page = client.get("/en/staff/questionnaires/new")
    token = str(page.select("main [name=csrf_token]")[0]["value"])
    with app.app_context():
        municipality()
        found = survey_by_slug(SLUG)
        assert found is not None
    client.post(REVIEW, {"csrf_token": token, "revision": found.revision}, status=403)
    assert editions(app) == 0
