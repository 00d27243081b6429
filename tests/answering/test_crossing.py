"""Codes and tokens of one survey at another, and an edition published while somebody answers."""

from datetime import timedelta

import pytest
from flask import Flask

from surveyapp.storage.field.timing import open_wave
from surveyapp.storage.field.waves import Opening
from tests.answering.making import (
    begun,
    change_wave,
    count,
    in_the_field,
    now,
    stored,
    walked,
)
from tests.client import Client, Page
from tests.questionnaire.making import Document, node, question, section, text, whole
from tests.storage.making import SLUG, published

OTHER = "other"
GIVEN = {"q_place": "a", "q_streets.calm": "good", "q_helped": "one", "q_times": "0"}


@pytest.fixture
def two(app: Flask) -> None:
    """Two surveys in the field."""
    in_the_field(app)
    with app.app_context():
        published(whole(), OTHER)
        open_wave(OTHER, "2026", Opening("set", "open"), now() - timedelta(days=1))


def at_other(client: Client, page: str) -> str:
    return f"/en/surveys/{OTHER}/{page}"


def test_a_code_to_come_back_opens_no_other_survey(app: Flask, client: Client, two: None) -> None:
    begun(client)
    client.press("Save and come back later")
    code = client.page.select(".code")[0].get_text() if client.page else ""
    stranger = Client(app)
    stranger.get(at_other(stranger, "resume"))
    page = stranger.press("", {"code": code}, status=400)
    assert page.errors[0][1].startswith("We have no unfinished answers to this survey")
    assert count(app)["visits"] == 1
    stranger.get(f"/en/surveys/{SLUG}/resume")
    assert "/pages/" in stranger.press("", {"code": code}).path


def test_a_receipt_takes_nothing_back_from_another_survey(
    app: Flask, client: Client, two: None
) -> None:
    begun(client)
    walked(client, "receipt", GIVEN)
    assert client.page is not None
    receipt = client.page.select(".code")[0].get_text()
    client.get(at_other(client, "withdraw"))
    page = client.press("", {"receipt": receipt}, status=400)
    assert page.errors[0][1].startswith("We have no answers to this survey under that receipt")
    assert count(app) == {"visits": 0, "responses": 1, "submissions": 1}


def test_a_visit_is_nothing_to_another_survey(app: Flask, client: Client, two: None) -> None:
    page = begun(client)
    for where in ("pages/home", "later", "check"):
        client.post(at_other(client, where), page.fields() | {"q_place": "b"}, status=410)
    assert stored(app) == []
    after = client.get(page.url)
    assert not after.select("[name=q_place] [selected][value=b], [name=q_place][checked]")


def newer() -> Document:
    """Give the next edition: one question reworded, one page more."""
    made = whole()
    node(made, "overall")["text"] = text("How is it now?")
    made["sections"].append(section("new", question("text", "more")))
    return made


@pytest.mark.parametrize("when", ["home", "help", "check"])
def test_whoever_is_answering_finishes_on_their_own_edition(
    app: Flask, client: Client, when: str
) -> None:
    in_the_field(app)
    begun(client)
    walked(client, when, GIVEN)
    with app.app_context():
        published(newer())
    assert client.page is not None
    # A refresh, the other language and going back stay with it too.
    client.get(client.page.url)
    french = client.get(client.page.url.replace("/en/", "/fr/"))
    assert "now?" not in french.text
    client.get(french.url.replace("/fr/", "/en/"))
    receipt = walked(client, "receipt", GIVEN)
    assert receipt.select(".code")
    assert "more" not in stored(app)[0].answers
    assert stored(app)[0].answers["place"] == "a"
    copy = client.get(f"/en/surveys/{SLUG}/copy")
    assert "How is it now?" not in copy.words
    begin_again(app)


def begin_again(app: Flask) -> None:
    """Somebody who begins now answers the new edition."""
    later = Client(app)
    begun(later)
    walked(later, "new", GIVEN)


@pytest.mark.parametrize(
    "state", [{"opens_at": timedelta(days=9)}, {"closed_at": timedelta(days=-1)}], ids=str
)
def test_nothing_is_taken_before_a_survey_opens_or_after_it_closed(
    app: Flask, client: Client, state: dict[str, timedelta]
) -> None:
    in_the_field(app)
    page = begun(client)
    fields = page.fields() | {"q_place": "a"}
    change_wave(app, **{name: now() + delta for name, delta in state.items()})
    told: list[Page] = []
    for where in ("pages/home", "check", "later"):
        told.append(client.post(f"/en/surveys/{SLUG}/{where}", fields, status=410))
    client.get(f"/en/surveys/{SLUG}/notice")
    assert client.page is not None
    assert client.page.path == f"/en/surveys/{SLUG}/"
    assert stored(app) == []
    assert {one.language for one in told} == {"en"}
