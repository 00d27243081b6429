"""Pages speak for the municipality where somebody lives, from when they said so."""

import pytest
from flask import Flask
from sqlalchemy import select

from surveyapp.storage.connection import reading
from surveyapp.storage.drafting.partners import set_partners
from surveyapp.storage.drafting.surveys import survey_by_slug
from surveyapp.storage.field.timing import open_wave
from surveyapp.storage.field.waves import Opening
from surveyapp.storage.municipal.places import Place, import_places
from surveyapp.storage.municipal.profiles import newest_profile, profile
from surveyapp.storage.tables import ResponseRow
from tests.answering.making import HOME, begun, now, stored, walked
from tests.client import Client, Page
from tests.questionnaire.making import Document, document, question, section
from tests.storage.making import NOW, SLUG, municipality, published

NAMES = {"east": {"en": "East", "fr": "Est"}, "west": {"en": "West", "fr": "Ouest"}}


def joint_document() -> Document:
    """Give a place, a core question, and two local ones of each town."""
    local = [
        question("single", f"{town}_{name}", only_for=[town])
        for town in ("east", "west")
        for name in ("bus", "park")
    ]
    return document(
        section("home", question("place", "place", level="neighbourhood", required=True)),
        section("core", question("scale", "safe")),
        section("more", *local),
    )


def words(town: str) -> dict[str, object]:
    """Give what a town tells its own residents."""
    line = {"name": {"en": f"{town} line", "fr": f"ligne {town}"}, "telephone": "705 555-0199"}
    return {"names": NAMES[town], "help_lines": [line]}


def joint(app: Flask) -> None:
    """Open a wave of a county's survey that two towns take part in, a third being elsewhere."""
    with app.app_context():
        published(joint_document())
        survey = survey_by_slug(SLUG)
        assert survey is not None
        towns = [municipality(one, **words(one)).municipality_id for one in NAMES]
        municipality("far", names={"en": "Far", "fr": "Loin"})
        set_partners(survey, towns, by="county", now=NOW)
        name = {"en": "County", "fr": "Comté"}
        tree = [Place("elm", "region", name)]
        for town in (*NAMES, "far"):
            tree += [Place(town, "municipality", NAMES.get(town, name), "elm")]
            tree += [Place(f"{town}-1", "neighbourhood", name, town)]
        import_places("county", tree)
        open_wave(SLUG, "2026", Opening("county", "open"), now())


def shown(page: Page) -> tuple[bool, bool, bool]:
    """Tell whose help lines are on a page: the county's, the east's, the west's."""
    foot = page.text
    lines = ("east line", "west line") if page.language == "en" else ("ligne east", "ligne west")
    east, west = (one in foot for one in lines)
    return not (east or west), east, west


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pages_are_the_owner_s_until_a_place_is_named_then_that_town_s(
    app: Flask, client: Client, language: str
) -> None:
    joint(app)
    assert shown(begun(client, language)) == (True, False, False)
    page = client.press("", {"q_place": "east-1"})
    assert shown(page) == (False, True, False)
    assert page.select(".owner")[0].get_text(strip=True) == NAMES["east"][language]
    page = walked(client, "check")
    assert shown(page) == (False, True, False)
    assert shown(
        client.press("Send my answers" if language == "en" else "Envoyer mes réponses")
    ) == (False, True, False)


def test_whoever_lives_where_nobody_takes_part_keeps_the_owner_s_words(
    app: Flask, client: Client
) -> None:
    joint(app)
    begun(client)
    assert shown(client.press("", {"q_place": "far-1"})) == (True, False, False)


def test_what_is_stored_is_the_notice_that_was_shown(app: Flask, client: Client) -> None:
    joint(app)
    begun(client)
    client.press("", {"q_place": "east-1"})
    walked(client, "check")
    client.press("Send my answers")
    with app.app_context():
        kept = reading().execute(select(ResponseRow.profile_id)).scalar_one()
        survey = survey_by_slug(SLUG)
        assert survey is not None
        assert profile(kept) == newest_profile(survey.owner_id)


def test_moving_on_the_check_page_changes_whose_words_and_questions_these_are(
    app: Flask, client: Client
) -> None:
    joint(app)
    begun(client)
    client.press("", {"q_place": "east-1"})
    walked(client, "check", {"q_safe": "good", "q_east_bus": "one", "q_east_park": "two"})
    client.get(f"{HOME}pages/home?return=check")
    page = client.press("", {"q_place": "west-1"})
    # The questions of the new town come before the answers can be sent.
    assert [one["name"] for one in page.select("input[type=radio]")][::3] == [
        "q_west_bus",
        "q_west_park",
    ]
    assert shown(page) == (False, False, True)
    walked(client, "check", {"q_west_bus": "three"})
    client.press("Send my answers")
    (sent,) = stored(app)
    assert sent.answers == {
        "place": "west-1",
        "safe": "good",
        "west_bus": "three",
        "west_park": None,
    }


def test_whoever_lives_elsewhere_is_asked_the_core_alone(app: Flask, client: Client) -> None:
    joint(app)
    begun(client)
    client.press("", {"q_place": "outside"})
    page = walked(client, "check", {"q_safe": "good"})
    assert "bus" not in page.words
    assert shown(page) == (True, False, False)
