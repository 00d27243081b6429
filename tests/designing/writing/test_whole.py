"""What belongs to the whole survey is set on the screen: floors, young people, factors, places."""

import pytest
from flask import Flask

from surveyapp.questionnaire.model import Floors
from surveyapp.questionnaire.nodes import find
from surveyapp.storage.people.staff import Role
from tests.client import Client
from tests.designing.drafting import BASE, drafted, field, stored, writer
from tests.designing.making import sign_in
from tests.storage.making import fielded

__all__ = ["writer"]


def test_floors_are_raised_and_never_lowered(app: Flask, writer: Client) -> None:
    writer.get(BASE)
    writer.press("Save", {"s:floors:general": "20"})
    assert stored(app).floors == Floors(general=20)
    page = writer.press("Save", {"s:floors:sensitive": "19"}, status=400)
    assert "Write 20 or more" in page.words
    assert stored(app).floors == Floors(general=20)
    writer.get(BASE)
    writer.press("Save", {"s:floors:general": ""})
    assert stored(app).floors == Floors()


def test_a_survey_is_made_for_young_people_and_taken_back(app: Flask, writer: Client) -> None:
    writer.get(BASE)
    writer.press("This survey is for young people")
    youth = stored(app).youth
    assert youth is not None
    assert (youth.least_age, youth.ask_adult) == (12, True)
    words = {field("youth", "words"): "Talk to us", field("youth", "words", "fr"): "Parlez-nous"}
    writer.press("Save", {"s:youth:least_age": "14", "s:youth:most_age": "17", **words})
    youth = stored(app).youth
    assert youth is not None
    assert (youth.least_age, youth.most_age) == (14, 17)
    assert youth.words is not None
    assert youth.words.get("fr") == "Parlez-nous"
    writer.press("This survey is not only for young people")
    assert stored(app).youth is None
    writer.press("Undo")
    assert stored(app).youth == youth


def test_an_age_that_nobody_has_is_refused(app: Flask, writer: Client) -> None:
    writer.get(BASE)
    writer.press("This survey is for young people")
    page = writer.press("Save", {"s:youth:least_age": "3"}, status=400)
    assert "Write 5 or more" in page.words
    found = stored(app).youth
    assert found is not None
    assert found.least_age == 12


def test_a_plans_own_factor_is_named_and_offered_as_a_tag(app: Flask, writer: Client) -> None:
    writer.get(BASE)
    writer.press("Add a factor")
    (made,) = stored(app).factors
    name = field(f"factors/{made.id}", "name")
    writer.press("Save", {name: "Isolation", name.replace(":en", ":fr"): "Isolement"})
    page = writer.get(f"{BASE}questions/overall")
    boxes = page.select(f"[name='s:questions/overall:factors'][value='{made.id}']")
    assert len(boxes) == 1
    writer.press("Save", {"s:questions/overall:factors": [made.id]})
    assert find(stored(app), "questions/overall").factors == (made.id,)  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_places_are_ticked_by_their_names(app: Flask, language: str) -> None:
    with app.app_context():
        fielded()
    drafted(app)
    client = sign_in(app)
    address = f"{BASE}questions/ferry".replace("/en/", f"/{language}/")
    page = client.get(address)
    name = "s:questions/ferry:only_for"
    boxes = page.select(f"[name='{name}']")
    assert len(boxes) > 2
    # A place that the newest set does not have is kept as it is written.
    assert [str(one["value"]) for one in boxes if one.has_attr("checked")] == ["island"]
    other = next(str(one["value"]) for one in boxes if not one.has_attr("checked"))
    client.press("Save" if language == "en" else "Enregistrer", {name: [other, "island"]})
    assert set(find(stored(app), "questions/ferry").only_for) == {other, "island"}  # type: ignore[attr-defined]


def test_translators_see_words_for_young_people_and_no_settings(app: Flask) -> None:
    drafted(app)
    client = sign_in(app, Role.translator)
    page = client.get(BASE)
    assert not page.select("[name^='s:']")
    assert "This survey is for young people" not in page.words
