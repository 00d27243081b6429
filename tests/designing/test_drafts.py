"""Questionnaires are listed with their states, and begun under a free name."""

import pytest
from flask import Flask

from surveyapp.designing.drafts import slug_of
from surveyapp.storage.audit import newest
from surveyapp.storage.drafting.surveys import survey_by_slug
from surveyapp.storage.people.staff import Role
from tests.client import Client
from tests.designing.drafting import BASE, drafted, writer
from tests.designing.making import sign_in
from tests.storage.making import municipality, published

__all__ = ["writer"]
LIST = "/en/staff/questionnaires/"


def test_a_questionnaire_is_begun_and_written(app: Flask, writer: Client) -> None:
    writer.get("/en/staff/")
    writer.follow("Questionnaires")
    writer.follow("Begin a questionnaire")
    page = writer.press(answers={"title_en": "Été 2027!", "title_fr": "Été 2027"})
    assert page.path == f"{LIST}ete-2027/"
    writer.get(f"{LIST}new")
    page = writer.press(answers={"title_en": "Ete 2027", "title_fr": "Été 2027"})
    assert page.path == f"{LIST}ete-2027-2/"
    with app.app_context():
        made = survey_by_slug("ete-2027")
        assert made is not None
        assert made.draft.title.get("fr") == "Été 2027"
        assert newest()[0].action == "survey_begun"


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Safe streets", "safe-streets"),
        ("2027", "survey-2027"),
        ("ᓂᑭ", "survey"),
        ("A" * 60, "a" * 40),
    ],
)
def test_a_title_becomes_a_name_for_addresses(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_states_tell_what_is_published_and_what_changed_since(app: Flask, writer: Client) -> None:
    assert "Not published yet" in writer.get(LIST).words
    with app.app_context():
        published()
    assert "Edition 1, published on March 2, 2026" in writer.get(LIST).words
    writer.get(f"{BASE}questions/overall")
    writer.press("Save", {"w:questions/overall:text:en": "How is it?"})
    page = writer.get(LIST)
    assert "Changed since edition 1" in page.words
    assert "1 to look at again" in page.words


def test_a_designer_of_one_municipality_begins_its_own_only(app: Flask) -> None:
    drafted(app)
    client = sign_in(app, limited_to="oak")
    page = client.get(f"{LIST}new")
    with app.app_context():
        oak, elm = municipality("oak").municipality_id, municipality().municipality_id
    assert [str(one["value"]) for one in page.select("option")] == [str(oak)]
    forged = {**page.fields("Begin"), "title_en": "x", "title_fr": "x", "owner": str(elm)}
    client.post(page.url, forged, status=400)


def test_an_empty_title_is_told(writer: Client) -> None:
    writer.get(f"{LIST}new")
    page = writer.press(status=400)
    assert [one for one, _said in page.errors] == ["title_en"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_title_in_one_language_is_enough_to_begin(writer: Client, language: str) -> None:
    writer.get(f"{LIST}new")
    writer.press(answers={f"title_{language}": "Parc 2027"})
    assert "Parc 2027" in writer.get(LIST).words
    assert "Parc 2027" in writer.get(LIST.replace("/en/", "/fr/")).words
    writer.follow("Parc 2027")
    # It stands first in the editor.
    assert writer.page.select(".side textarea")[0]["lang"] == language  # type: ignore[union-attr]


def test_no_municipality_is_chosen_before_the_others(app: Flask) -> None:
    drafted(app)
    with app.app_context():
        oak = municipality("oak").municipality_id
    client = sign_in(app)
    page = client.get(f"{LIST}new")
    assert [one["value"] for one in page.select("option")][0] == ""
    page = client.press(answers={"title_en": "Parks"}, status=400)
    assert [one for one, _said in page.errors] == ["owner"]
    page = client.press(answers={"title_en": "Parks", "owner": str(oak)})
    assert page.url.endswith("/parks/")


def test_translators_begin_nothing(app: Flask) -> None:
    drafted(app)
    client = sign_in(app, Role.translator)
    assert "Begin a questionnaire" not in client.get(LIST).words
    client.get(f"{LIST}new", status=403)


@pytest.mark.parametrize(
    "unseen", ["\ufffe\uffff", "\u0001", "\u0085 "], ids=["noncharacters", "control", "next line"]
)
def test_a_title_that_nobody_can_see_is_none(writer: Client, unseen: str) -> None:
    fields = writer.get(f"{LIST}new").fields()
    wanted = fields | {"title_en": unseen, "title_fr": unseen}
    page = writer.post(f"{LIST}new", wanted, status=400)
    assert "Write the title in English or in French" in page.words
    page = writer.post(f"{LIST}new", wanted | {"title_fr": f"Titre{unseen}"})
    held = {str(one["lang"]): one.get_text().strip() for one in page.select("[id^='w--title']")}
    assert held == {"en": "", "fr": "Titre"}
