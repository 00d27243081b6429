"""Local designers write their own questions of a joint survey, and nothing else of it."""

import pytest
from flask import Flask

from surveyapp.questionnaire.nodes import find
from surveyapp.storage.audit import newest
from surveyapp.storage.drafting.partners import set_partners
from surveyapp.storage.drafting.surveys import survey_by_slug
from surveyapp.storage.people.staff import Role
from tests.client import Client
from tests.designing.drafting import BASE, drafted, english, field, stored
from tests.press.making import places
from tests.questionnaire.making import Document, question, section, whole
from tests.reporting.making import signed_in
from tests.storage.making import NOW, SLUG, municipality

CORE = "questions/overall"
THEIRS = "questions/west_bus"


def joint_document() -> Document:
    made = whole()
    bus = question("single", "west_bus", only_for=["west"])
    made["sections"].append(section("west_more", bus))
    return made


def joint(app: Flask, role: Role = Role.designer, limited_to: str = "east") -> Client:
    """Store a draft that two towns take part in; sign in somebody of one, or of the owner."""
    drafted(app, joint_document())
    with app.app_context():
        places()
        names = {"east": {"en": "East", "fr": "Est"}, "west": {"en": "West", "fr": "Ouest"}}
        made = [municipality(one, names=words).municipality_id for one, words in names.items()]
        survey = survey_by_slug(SLUG)
        assert survey is not None
        set_partners(survey, made, by="county", now=NOW)
    return signed_in(app, role, limited_to)


def begun(client: Client) -> str:
    """Add a section of the town's own and a question in it; return the question's address."""
    client.get(BASE)
    client.press("Add a section", {"for": "east"})
    client.press("Add the question", {"for": "east", "kind": "single"})
    assert client.page is not None
    return client.page.path


def test_a_town_adds_a_section_and_a_question_of_its_own(app: Flask) -> None:
    client = joint(app)
    assert begun(client) == f"{BASE}questions/east_question_1"
    draft = stored(app)
    added = draft.sections[-1]
    assert (added.id, added.title.get("fr")) == ("east_section_1", "Est")
    assert [one.only_for for one in added.questions] == [("east",)]
    where = "questions/east_question_1"
    words = {field(where): "Which bus do you take?", f"s:{where}:required": "yes"}
    page = client.press("Save", words)
    assert "only residents of east are asked" in page.words
    assert english(app, where) == "Which bus do you take?"
    client.press("Remove Which bus do you take?")
    assert not [one for one in stored(app).questions() if one.id == "east_question_1"]


@pytest.mark.parametrize("where", [CORE, THEIRS, "sections/home", ""])
def test_what_is_not_its_own_is_shown_to_be_read(app: Flask, where: str) -> None:
    page = joint(app).get(f"{BASE}{where}")
    assert "You can read this and not change it" in page.words
    assert not page.select("textarea")
    assert not page.select("button[value^='remove'], button[value^='copy'], button[value^='up']")


@pytest.mark.parametrize("where", [CORE, THEIRS])
def test_posting_what_is_not_its_own_is_refused_and_written_down(app: Flask, where: str) -> None:
    client = joint(app)
    owner = signed_in(app, Role.designer)
    fields = owner.get(f"{BASE}{where}").fields()
    mine = client.get(f"{BASE}{where}")
    token = str(mine.select("input[name='csrf_token']")[0]["value"])
    before = stored(app)
    for more in ({field(where): "Ours now"}, {"do": f"copy|{where}"}):
        page = client.post(mine.url, {**fields, "csrf_token": token, **more})
        assert "Nothing was changed there" in page.words
    assert stored(app) == before
    with app.app_context():
        assert (newest()[0].action, newest()[0].subject) == (
            "edit_refused",
            f"{SLUG}: not_yours at {where}",
        )


def test_a_question_of_one_s_own_cannot_be_put_to_others(app: Flask) -> None:
    client = joint(app)
    begun(client)
    page = client.press("Save", {"s:questions/east_question_1:only_for": ["east", "west"]})
    assert "Nothing was changed there" in page.words
    assert find(stored(app), "questions/east_question_1").only_for == ("east",)  # type: ignore[attr-defined]


def test_a_town_s_translator_is_given_its_own_words_alone(app: Flask) -> None:
    begun(joint(app))
    client = signed_in(app, Role.translator, limited_to="east")
    page = client.get(f"{BASE}texts")
    names = [str(one.get("name", "")) for one in page.select("textarea")]
    assert names
    assert all(":questions/east" in one or ":sections/east" in one for one in names)
    # Its section and its question, and none of the core, are counted.
    assert "All texts 2" in page.words
    client.press("Save", {field("questions/east_question_1", language="fr"): "Quel autobus?"})
    assert find(stored(app), "questions/east_question_1").text.get("fr") == "Quel autobus?"  # type: ignore[attr-defined]


def test_a_town_follows_no_condition_of_the_core_but_sets_its_own(app: Flask) -> None:
    client = joint(app)
    begun(client)
    client.get(f"{BASE}questions/east_question_1/condition")
    assert "This belongs to Elm" in client.get(f"{BASE}{CORE}/condition", status=403).words


@pytest.mark.parametrize("page", ["files", "municipalities"])
def test_publishing_files_and_partners_stay_the_owner_s(app: Flask, page: str) -> None:
    client = joint(app, Role.publisher)
    assert f"{BASE}{page}" not in {one["href"] for one in client.get(BASE).select("a[href]")}


def test_the_owner_says_whose_a_new_question_is_and_the_outline_shows_it(app: Flask) -> None:
    client = joint(app, limited_to="")
    client.get(f"{BASE}sections/home")
    page = client.press("Add the question", {"for": "west", "kind": "scale"})
    assert page.path == f"{BASE}questions/west_question_1"
    assert "Only west" in page.words
    client.press("Add the question", {"for": "", "kind": "scale"})
    assert find(stored(app), "questions/question_1").only_for == ()  # type: ignore[attr-defined]
