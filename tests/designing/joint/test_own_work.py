"""A town's designer has what their own questions need, library to history, and never the core."""

import io

import pytest
from flask import Flask

from surveyapp.questionnaire.nodes import find
from surveyapp.storage.audit import newest
from surveyapp.storage.drafting.library import own_items
from surveyapp.storage.drafting.surveys import publish, survey_by_slug
from surveyapp.storage.people.staff import Role
from tests.client import Page
from tests.designing.drafting import BASE, field, stored
from tests.designing.joint.test_local import CORE, begun, joint
from tests.reporting.making import signed_in
from tests.storage.making import NOW, SLUG, municipality

# Nothing here is about the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
OWN = "questions/east_question_1"
LIBRARY = f"{BASE}library/"
PUT = "Put it in How much of a problem is speeding on the roads near your home?"


def token(page: Page) -> str:
    return str(page.select("input[name='csrf_token']")[0]["value"])


def published(app: Flask) -> None:
    with app.app_context():
        found = survey_by_slug(SLUG)
        assert found is not None
        publish(SLUG, found.revision, ("east_question_1",), "county", NOW)


def test_an_item_of_the_library_becomes_a_question_for_one_s_own_residents(app: Flask) -> None:
    client = joint(app)
    assert "Add a section of your own first" in client.get(LIBRARY).words
    begun(client)
    client.get(f"{BASE}{OWN}")
    page = client.follow("Choose a question from the library")
    assert [str(one["value"]) for one in page.select("#into option")] == ["east_section_1"]
    client.get(f"{LIBRARY}?words=speeding")
    page = client.press(PUT)
    assert "Put in: How much of a problem is speeding" in page.words
    put = find(stored(app), "questions/east_road_safety")
    assert put.only_for == ("east",)  # type: ignore[attr-defined]
    assert stored(app).sections[-1].questions[-1] == put


def test_nothing_is_put_among_what_all_are_asked(app: Flask) -> None:
    client = joint(app)
    begun(client)
    before, page = stored(app), client.get(LIBRARY)
    for section in ("home", "west_more"):
        sent = {"csrf_token": token(page), "put": "bank_road_safety", "into": section}
        assert "Nothing was changed there" in client.post(LIBRARY, sent).words
        with app.app_context():
            line = newest()[0]
        assert (line.action, line.subject) == (
            "edit_refused",
            f"{SLUG}: not_yours at sections/{section}",
        )
    assert stored(app) == before


def test_a_town_keeps_its_own_questions_for_itself(app: Flask) -> None:
    client = joint(app)
    begun(client)
    page = client.press("Keep this question in your municipality’s library")
    assert "is kept for your municipality’s next surveys" in page.words
    with app.app_context():
        survey, east = survey_by_slug(SLUG), municipality("east")
        assert survey is not None
        assert [one.question.id for one in own_items(east.municipality_id)] == ["east_question_1"]
        assert own_items(survey.owner_id) == ()
    page = client.press("Take it out of the library")
    assert "no longer in the library" in page.words
    answer = client.browser.post(f"{LIBRARY}keep/overall", data={"csrf_token": token(page)})
    assert answer.status_code == 403
    # What the owner keeps is the owner's.
    owner = signed_in(app, Role.designer)
    owner.get(f"{BASE}{CORE}")
    kept = owner.press("Keep this question in your municipality’s library")
    (form,) = [str(one["action"]) for one in kept.select("form[action*='/library/own/']")]
    client.post(form, {"csrf_token": token(page), "do": "remove"}, status=404)


def test_its_review_lists_its_own_and_leads_to_the_places(app: Flask) -> None:
    client = joint(app, Role.publisher)
    begun(client)
    owner = signed_in(app, Role.designer)
    owner.get(f"{BASE}{CORE}")
    owner.press("Save", {field(CORE, language="fr"): ""})
    page = client.get(f"{BASE}review")
    links = [str(one["href"]) for one in page.select(".state-list a")]
    assert links
    assert all("/questions/east_" in one or "/sections/east_" in one for one in links)
    assert not page.select("#publish button.go")
    revision = str(page.select("[name=revision]")[0]["value"])
    sent = {"csrf_token": token(page), "revision": revision}
    client.post(f"{BASE}review", sent, status=403)
    with app.app_context():
        assert newest()[0].action == "access_refused"
    # The whole survey has more to mend than the town's part of it.
    assert len(owner.get(f"{BASE}review").select(".state-list a")) > len(links)


def test_its_files_hold_its_own_texts_and_take_no_others(app: Flask) -> None:
    client = joint(app, Role.designer)
    begun(client)
    client.press("Save", {field(OWN): "Which bus?"})
    client.get(f"{BASE}texts")
    client.follow("Files for translators")
    sheet = client.get(f"{BASE}texts/file?from=en&to=fr&sort=.csv&which=all").response.data
    assert b"Which bus?" in sheet
    assert b"About overall?" not in sheet
    owner = signed_in(app, Role.designer)
    whole = owner.get(f"{BASE}texts/file?from=en&to=fr&sort=.csv&which=all").response.data.decode()
    theirs = whole.replace("About overall? (fr)", "À nous?").replace(
        "en,fr,Which bus?,", "en,fr,Which bus?,Quel autobus?"
    )
    fields = client.get(f"{BASE}texts/files").fields("Take it in")
    page = client.post(
        f"{BASE}texts/files", fields | {"file": (io.BytesIO(theirs.encode()), "back.csv")}
    )
    assert "1 text was taken in. 1 was not." in page.words
    assert "it belongs to what all municipalities ask" in page.words
    assert find(stored(app), OWN).text.get("fr") == "Quel autobus?"  # type: ignore[attr-defined]
    assert find(stored(app), CORE).text.get("fr") == "About overall? (fr)"  # type: ignore[attr-defined]
    with app.app_context():
        assert f"{SLUG}: not_yours at {CORE}" in {one.subject for one in newest()}


def test_its_history_tells_of_its_own_questions(app: Flask) -> None:
    client = joint(app)
    begun(client)
    client.press("Use these answers", {"scale": "yes_no"})
    client.press("Save", {field(OWN): "Which?", field(OWN, language="fr"): "Lequel?"})
    published(app)
    owner = signed_in(app, Role.publisher)
    owner.get(f"{BASE}{CORE}")
    owner.press("Save", {field(CORE): "All?", field(CORE, language="fr"): "Tout?"})
    client.get(f"{BASE}{OWN}")
    client.press("Save", {field(OWN): "Which bus?", field(OWN, language="fr"): "Quel bus?"})
    said = client.get(f"{BASE}review").select(".altered")
    assert ["Which bus?" in one.get_text() for one in said] == [True]
    owner.get(f"{BASE}review")
    owner.press("Publish edition 2", {"accept": ["overall", "east_question_1"]})
    page = client.get(BASE)
    page = client.follow("Editions")
    assert "Which bus?" in page.words
    assert "All?" not in page.words
    assert "All?" in owner.get(f"{BASE}editions").words
