"""Questions of the library go into a draft with one press, and a municipality keeps its own."""

import pytest
from flask import Flask

from surveyapp.questionnaire.nodes import GoneError, find
from surveyapp.storage.drafting.library import own_items
from surveyapp.storage.drafting.surveys import publish, survey_by_slug
from surveyapp.storage.people.staff import Role
from tests.client import Client
from tests.designing.drafting import BASE, drafted, stored, writer
from tests.designing.making import sign_in
from tests.storage.making import NOW, SLUG, municipality

__all__ = ["writer"]
LIBRARY = f"{BASE}library/"


def press(client: Client, address: str, form: dict[str, str], status: int = 200) -> None:
    """Post with the token of the page that was last looked at."""
    page = client.get(LIBRARY)
    token = str(page.select("#putting [name=csrf_token]")[0]["value"])
    client.post(address, form | {"csrf_token": token}, status=status)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "speeding"), ("en", "VITESSE excessive"), ("fr", "speeding"), ("fr", "Vitesse")],
)
def test_words_of_both_languages_find_a_question(writer: Client, language: str, words: str) -> None:
    address = LIBRARY.replace("/en/", f"/{language}/")
    page = writer.get(f"{address}?words={words}")
    assert len(page.select(".item")) == 1
    asked = {str(one["lang"]): one.get_text() for one in page.select(".item p[lang]")}
    assert asked["en"].startswith("How much of a problem is speeding")
    assert asked["fr"].startswith("Dans quelle mesure la vitesse excessive")
    # The reader's language comes first.
    assert next(iter(asked)) == language


def test_what_nothing_has_says_what_to_do(writer: Client) -> None:
    page = writer.get(f"{LIBRARY}?words=zzzz&first=-4")
    assert "Use fewer words, or show all." in page.words
    assert writer.get(f"{LIBRARY}?words=%F0%9F%98%80&into=nowhere&source=odd&first=x").select("h1")
    writer.get(f"{LIBRARY}?words=%00", status=400)


def test_a_question_is_put_in_with_one_press_and_taken_back(app: Flask, writer: Client) -> None:
    writer.get(f"{LIBRARY}?words=speeding&into=home")
    page = writer.press("Put it in How much of a problem is speeding on the roads near your home?")
    assert "Put in: How much of a problem is speeding" in page.words
    question = find(stored(app), "questions/road_safety")
    assert stored(app).sections[0].questions[-1] == question
    writer.press("Undo")
    with pytest.raises(GoneError):
        find(stored(app), "questions/road_safety")


def test_the_same_question_twice_has_two_ids(app: Flask, writer: Client) -> None:
    for _ in range(2):
        press(writer, LIBRARY, {"put": "bank_road_safety", "into": "end"})
    ids = [one.id for one in stored(app).sections[-1].questions]
    assert ids[-2:] == ["road_safety", "road_safety_1"]


def test_an_id_that_was_published_is_not_given_again(app: Flask, writer: Client) -> None:
    press(writer, LIBRARY, {"put": "bank_road_safety", "into": "end"})
    with app.app_context():
        found = survey_by_slug(SLUG)
        assert found is not None
        publish(SLUG, found.revision, (), "test", NOW)
    writer.get(f"{BASE}questions/road_safety")
    writer.press("Remove How much of a problem is speeding on the roads near your home?")
    press(writer, LIBRARY, {"put": "bank_road_safety", "into": "end"})
    assert stored(app).sections[-1].questions[-1].id == "road_safety_1"


def test_a_condition_without_its_subject_goes_with_a_note(app: Flask, writer: Client) -> None:
    writer.get(f"{LIBRARY}?words=psychologist&into=end")
    page = writer.press("Put it in Because of what happened, did you turn to any of these?")
    assert "its condition looked at a question that this survey does not have" in page.words
    assert find(stored(app), "questions/help_after").asked_if is None  # type: ignore[attr-defined]


def test_what_is_not_there_is_refused(app: Flask, writer: Client) -> None:
    press(writer, LIBRARY, {"put": "bank_nothing", "into": "end"}, status=404)
    press(writer, LIBRARY, {"put": "own_1", "into": "end"}, status=404)
    press(writer, LIBRARY, {"put": "bank_road_safety", "into": "gone"})
    press(writer, f"{LIBRARY}keep/gone", {}, status=404)
    press(writer, f"{LIBRARY}own/99", {"do": "remove"}, status=404)
    assert "road_safety" not in {one.id for one in stored(app).questions()}


def kept(app: Flask, slug: str = "county") -> list[str]:
    with app.app_context():
        return [one.question.id for one in own_items(municipality(slug).municipality_id)]


def test_a_municipality_keeps_a_question_of_its_draft(app: Flask, writer: Client) -> None:
    writer.get(f"{BASE}questions/overall")
    page = writer.press("Keep this question in your municipality’s library")
    assert "is kept for your municipality’s next surveys" in page.words
    assert [one.get_text() for one in page.select(".item .asked")] == ["About overall?"]
    page = writer.press("Put it in About overall?")
    assert stored(app).sections[-1].questions[-1].id == "overall_1"
    writer.get(f"{LIBRARY}?source=own")
    page = writer.press("Take it out of the library About overall?")
    assert "no longer in the library" in page.words
    assert not page.select(".item")
    page = writer.press("Bring it back")
    assert [one.get_text() for one in page.select(".item .asked")] == ["About overall?"]


def test_another_municipalitys_staff_reach_neither_page_nor_questions(
    app: Flask, writer: Client
) -> None:
    writer.get(f"{BASE}questions/overall")
    writer.press("Keep this question in your municipality’s library")
    with app.app_context():
        survey = survey_by_slug(SLUG)
        assert survey is not None
        assert [one.question.id for one in own_items(survey.owner_id)] == ["overall"]
    assert kept(app, "oak") == []


def test_staff_of_another_municipality_are_turned_away(app: Flask) -> None:
    drafted(app)
    client = sign_in(app, Role.designer, limited_to="oak")
    client.get(LIBRARY, status=403)


def test_translators_have_no_use_for_it(app: Flask) -> None:
    drafted(app)
    client = sign_in(app, Role.translator)
    client.get(LIBRARY, status=403)
    assert "library" not in client.get(f"{BASE}questions/overall").words
