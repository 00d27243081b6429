"""A joint plan from the county's first local question to each town's results, on the screen."""

from datetime import UTC, date, datetime
from typing import Any

from flask import Flask

from surveyapp.questionnaire.document import read_draft
from surveyapp.storage.counted.bulk import Loaded, bulk_insert
from surveyapp.storage.drafting.surveys import save_draft
from surveyapp.storage.field.fielding import fielding
from surveyapp.storage.field.waves import collectors_of
from surveyapp.storage.municipal.places import Place, import_places
from surveyapp.storage.people.staff import Role
from tests.answering.making import walked
from tests.client import Client
from tests.designing.drafting import BASE, field
from tests.designing.making import FIELDWORK
from tests.questionnaire.making import document, question, section
from tests.reporting.making import STAFF, signed_in
from tests.storage.making import SLUG, municipality

NAMES = {"east": {"en": "East", "fr": "Est"}, "west": {"en": "West", "fr": "Ouest"}}
# Enough beside those who answer on the screen for every floor.
MORE = 40


def county(app: Flask) -> None:
    """Store a core questionnaire of a county, and two towns with a neighbourhood each."""
    core = document(
        section("home", question("place", "place", level="neighbourhood", required=True)),
        section("core", question("scale", "safe")),
    )
    name = {"en": "County", "fr": "Comté"}
    tree = [Place("elm", "region", name, population=9000)]
    for town, words in NAMES.items():
        tree.append(Place(town, "municipality", words, "elm", 4500))
        tree.append(Place(f"{town}-1", "neighbourhood", words, town, 4500))
    with app.app_context():
        save_draft(SLUG, municipality().municipality_id, read_draft(core))
        for town, words in NAMES.items():
            municipality(town, names=words)
        import_places("county", tree)


def write_local(client: Client, town: str, number: int) -> None:
    """Write a local question with ready-made answers, after the section's last one."""
    if number == 1:
        client.get(BASE)
        client.press("Add a section", {"for": town})
    else:
        client.get(f"{BASE}sections/{town}_section_1")
    client.press("Add the question", {"for": town, "kind": "single"})
    client.press("Use these answers", {"scale": "yes_no"})
    where = f"questions/{town}_question_{number}"
    words = {field(where): f"{town} {number}?", field(where, language="fr"): f"{town} {number}?"}
    client.press("Save", words)


def opened(client: Client, town: str) -> str:
    """Add a link of a town's own to the wave; return its code."""
    client.get(f"{FIELDWORK}collectors/add")
    page = client.page
    assert page is not None
    (mine,) = [one for one in page.select("#municipality option") if NAMES[town]["en"] in one.text]
    (sample,) = [str(one["value"]) for one in page.select("input[name=sample]")]
    answers = {"kind": "qr", "sample": sample, "municipality": str(mine["value"])}
    page = client.press("Add the way in", answers)
    return page.path.rstrip("/").rpartition("/")[2]


def answer(app: Flask, code: str, town: str, language: str) -> None:
    """Answer as a resident who came by a poster."""
    client = Client(app)
    page = client.get(f"/{language}/surveys/{SLUG}/notice?via={code}")
    assert page.select(".owner")[0].get_text(strip=True) == NAMES[town][language]
    client.press()
    client.press("", {"q_place": f"{town}-1"})
    client.press("", {"q_safe": "good"})
    names = {str(one["name"]) for one in client.page.select("input[type=radio]")}  # type: ignore[union-attr]
    assert names == {f"q_{town}_question_1", f"q_{town}_question_2"}
    walked(client, "check", {f"q_{town}_question_1": "yes"})
    page = client.press("Send my answers" if language == "en" else "Envoyer mes réponses")
    assert page.path.endswith("/receipt")


def many(app: Flask) -> None:
    """Let many more of each town answer, otherwise in each."""
    with app.app_context():
        found = fielding(SLUG, datetime.now(UTC))
        assert found is not None
        way = collectors_of(found.wave.id)[0]
        rows = [
            Loaded(way.id, found.edition_id, found.profile_id, "en", date(2026, 3, 2), 5, made)
            for town in NAMES
            for made in answers_of(town)
        ]
        bulk_insert(found.wave.id, rows)


def answers_of(town: str) -> list[dict[str, Any]]:
    chosen = ["good", "fair", "poor"] if town == "east" else ["poor", "poor", "fair"]
    local = {f"{town}_question_1": "no", f"{town}_question_2": "yes"}
    return [{"place": f"{town}-1", "safe": chosen[number % 3]} | local for number in range(MORE)]


def test_a_joint_plan_from_its_questions_to_its_results(app: Flask) -> None:
    county(app)
    owner = signed_in(app, Role.publisher)
    owner.get(f"{BASE}municipalities")
    owner.press("Save", {"municipality": list(NAMES)})
    designer = signed_in(app, Role.designer, limited_to="east")
    for number in (1, 2):
        write_local(designer, "east", number)
        write_local(owner, "west", number)
    owner.get(f"{BASE}review")
    assert "Edition 1 is published" in owner.press("Publish edition 1").words
    owner.get(f"/en/staff/fieldwork/{SLUG}/new")
    owner.press("", {"code": "2026", "type": "open", "opens_day": "2026-03-01"})
    for town in NAMES:
        code = opened(owner, town)
        for language in ("en", "fr"):
            answer(app, code, town, language)
    many(app)
    owner.get(f"{FIELDWORK}close")
    owner.press("Close the wave for good")
    compared = owner.get(f"/en{STAFF}/municipalities")
    heads = [one.get_text(strip=True) for one in compared.select("section table th.n")]
    assert heads[:3] == ["All respondents", "East", "West"]
    assert len(compared.select("section[aria-labelledby='local-heading'] li")) == 4
    analyst = signed_in(app, Role.analyst, limited_to="east")
    items = analyst.get(f"/en{STAFF}/items")
    assert "east 1?" in items.words
    assert "west 1?" not in items.words
    item = analyst.get(f"/en{STAFF}/items/safe?level=municipality")
    assert {one.get_text(strip=True) for one in item.select("table.matrix tbody th")} == {
        "All respondents",
        "East",
    }
