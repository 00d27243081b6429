"""What the page script is told, and what becomes of pages that come twice, late or after newer."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from surveyapp.storage.connection import reading
from surveyapp.storage.tables import ResponseRow, VisitRow
from tests.answering.test_leaving import survey
from tests.client import Client, Page
from tests.questionnaire.making import document, question, section
from tests.storage.making import SLUG, opened

BASE = f"/en/surveys/{SLUG}"
SCRIPT = {"Sent-By": "script"}


def start(app: Flask, client: Client) -> Page:
    survey(app)
    client.get(f"{BASE}/notice")
    return client.press()


def sent(client: Client, page: Page, **answers: str) -> Any:
    """Send a page as the script does."""
    values = {name[1:] if name[0] == "_" else f"q_{name}": one for name, one in answers.items()}
    fields = {**page.fields(), **values}
    return client.browser.post(page.url, data=fields, headers=SCRIPT)


def stored(app: Flask) -> dict[str, Any]:
    with app.app_context():
        return dict(reading().execute(select(VisitRow.answers)).scalars().one())


def responses(app: Flask) -> int:
    with app.app_context():
        return len(reading().execute(select(ResponseRow.id)).all())


def test_a_script_is_told_where_to_go_and_where_the_visit_stands(
    app: Flask, client: Client
) -> None:
    page = start(app, client)
    reply = sent(client, page, words="calm")
    assert (reply.status_code, reply.data) == (204, b"")
    assert reply.headers["Location"] == f"{BASE}/pages/two"
    assert reply.headers["Visit-Counter"] == "1"
    assert reply.headers["Sent-By"] == "script"


def test_a_plain_form_is_redirected_and_told_nothing_more(app: Flask, client: Client) -> None:
    page = start(app, client)
    reply = client.post(page.url, page.fields(), status=303, follow=False).response
    assert "Sent-By" not in reply.headers
    assert "Visit-Counter" not in reply.headers


def test_a_script_is_shown_what_to_mend(app: Flask, client: Client) -> None:
    page = start(app, client)
    reply = sent(client, page, words="x" * 60)
    assert reply.status_code == 200
    assert 'id="errors"' in reply.text
    assert reply.headers["Sent-By"] == "script"


def test_the_same_page_twice_is_one_save(app: Flask, client: Client) -> None:
    page = start(app, client)
    first, second = sent(client, page, words="calm"), sent(client, page, words="calm")
    assert second.headers["Location"] == first.headers["Location"]
    assert second.headers["Visit-Counter"] == first.headers["Visit-Counter"]
    assert stored(app)["words"] == "calm"


def test_an_older_page_after_a_newer_one_changes_nothing(app: Flask, client: Client) -> None:
    old = start(app, client)
    sent(client, old, words="first")
    sent(client, client.get(f"{BASE}/pages/one"), words="newer")
    late = sent(client, old, words="first")
    assert late.status_code == 204
    assert late.headers["Location"] == f"{BASE}/pages/one?kept=1"
    assert stored(app)["words"] == "newer"


def test_an_older_page_of_another_section_still_counts(app: Flask, client: Client) -> None:
    one = start(app, client)
    sent(client, one, words="first")
    two = client.get(f"{BASE}/pages/two")
    sent(client, client.get(f"{BASE}/pages/one"), words="newer")
    sent(client, two, mood="fair")
    assert stored(app)["words"] == "newer"
    assert stored(app)["mood"] == "fair"


def test_a_newer_press_takes_over_the_counter_of_the_reply(app: Flask, client: Client) -> None:
    page = start(app, client)
    sent(client, page, words="lost reply")
    again = sent(client, page, words="lost reply")
    sent(client, page, words="changed", _counter=again.headers["Visit-Counter"])
    assert stored(app)["words"] == "changed"


def test_a_fresh_token_is_small_and_never_stored(app: Flask, client: Client) -> None:
    page = start(app, client)
    client.browser.delete_cookie("surveyapp")
    assert sent(client, page, words="calm").status_code == 400
    reply = client.get(f"{BASE}/token").response
    assert reply.headers["Cache-Control"] == "no-store"
    assert len(reply.data) < 200
    token = json.loads(reply.text)["csrf_token"]
    assert sent(client, page, words="calm", _csrf_token=token).status_code == 204
    assert stored(app)["words"] == "calm"


def test_sending_twice_gives_the_same_receipt(app: Flask, client: Client) -> None:
    start(app, client)
    client.press()
    check = client.press()
    first, second = sent(client, check), sent(client, check)
    assert first.headers["Location"] == second.headers["Location"] == f"{BASE}/receipt"
    assert responses(app) == 1


def test_a_page_that_comes_after_everything_was_sent_finds_the_receipt(
    app: Flask, client: Client
) -> None:
    page = start(app, client)
    client.press()
    client.press()
    client.press()
    late = sent(client, page, words="late")
    assert late.headers["Location"].partition("?")[0] == f"{BASE}/receipt"
    assert responses(app) == 1


@pytest.mark.parametrize(("colour", "asked"), [("one", True), ("two", False)])
def test_the_check_page_lists_only_what_was_asked(
    app: Flask, client: Client, colour: str, asked: bool
) -> None:
    why = question("text", "why", at_most=50)
    why["asked_if"] = {"question": "colour", "any_of": ["one"]}
    made = document(
        section("one", question("single", "colour"), why), section("two", question("place", "home"))
    )
    with app.app_context():
        opened(made, now=datetime.now(UTC))
    client.get(f"{BASE}/notice")
    page = client.press()
    assert "q_why" not in page.fields()
    page = client.press(answers={"q_colour": colour})
    assert page.path.endswith("/one" if asked else "/two")
    while not page.path.endswith("/check"):
        page = client.press()
    assert ("About why?" in page.words) is asked
