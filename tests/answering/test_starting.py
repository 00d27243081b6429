"""A visit begins from the notice that was shown, and what looks like a program is noted only."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from itsdangerous import TimestampSigner
from sqlalchemy import select

from surveyapp.answering import starting
from surveyapp.storage.connection import reading
from surveyapp.storage.counted.snapshot import snapshot
from surveyapp.storage.tables import ResponseRow, VisitRow
from tests.client import Client, Page
from tests.storage.making import SLUG, fielded

NOTICES = {"en": "Continue to the questions", "fr": "Passer aux questions"}
NOTICE = f"/en/surveys/{SLUG}/notice"


@pytest.fixture(autouse=True)
def wave(app: Flask) -> None:
    with app.app_context():
        fielded()


def rows(app: Flask, table: type) -> list[list[str]]:
    with app.app_context():
        found = reading().execute(select(table.signs)).scalars().all()
        return [list(one) for one in found]


def shown_before(app: Flask, seconds: int, slug: str = SLUG) -> str:
    """Make the token of a notice that was shown some time ago."""

    class Earlier(TimestampSigner):
        def get_timestamp(self) -> int:
            return int((datetime.now(UTC) - timedelta(seconds=seconds)).timestamp())

    return Earlier(app.config["SECRET_KEY"], salt="start").sign(slug).decode()


def begin(app: Flask, client: Client, status: int = 200, **changed: str) -> Page:
    """Read the notice for a while, then send it with something changed."""
    fields = client.get(NOTICE).fields() | {"start": shown_before(app, 60)} | changed
    return client.post(NOTICE, fields, status=status)


def test_a_person_starts_without_a_sign(app: Flask, client: Client) -> None:
    begin(app, client)
    assert rows(app, VisitRow) == [[]]


def test_a_field_that_no_person_sees_gives_a_program_away(app: Flask, client: Client) -> None:
    begin(app, client, website="https://buy.example")
    assert rows(app, VisitRow) == [["trap"]]


def test_a_notice_sent_back_at_once_is_noted(
    app: Flask, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    # However slow the machine is that runs this.
    monkeypatch.setattr(starting, "LEAST_SECONDS", 3_600)
    begin(app, client)
    assert rows(app, VisitRow) == [["hurried_start"]]


def test_a_notice_may_stay_open_for_a_day(app: Flask, client: Client) -> None:
    begin(app, client, start=shown_before(app, 100_000))
    assert rows(app, VisitRow) == [[]]


@pytest.mark.parametrize("forged", ["", "nonsense", "x.y.z", "ü.é.ö"])
def test_a_start_without_the_notice_shows_the_notice(
    app: Flask, client: Client, forged: str
) -> None:
    page = begin(app, client, status=400, start=forged)
    assert page.heading == "Before you start"
    assert "Nothing is lost" in page.words
    assert rows(app, VisitRow) == []


def test_the_token_of_another_survey_does_not_start_this_one(app: Flask, client: Client) -> None:
    begin(app, client, status=400, start=shown_before(app, 60, "another"))
    assert rows(app, VisitRow) == []


def test_an_old_form_token_shows_the_notice_again_and_then_works(
    app: Flask, client: Client
) -> None:
    page = begin(app, client, status=400, csrf_token="old")
    assert page.heading == "Before you start"
    client.post(NOTICE, page.fields() | {"start": shown_before(app, 60)})
    assert rows(app, VisitRow) == [[]]


@pytest.mark.parametrize(
    ("language", "words"), [("en", "from your network"), ("fr", "de votre réseau")]
)
def test_too_many_starts_from_one_network_are_told_to_wait(
    app: Flask, client: Client, language: str, words: str
) -> None:
    app.config["STARTS_AN_ADDRESS"] = 3
    address = f"/{language}/surveys/{SLUG}/notice"
    for _visit in range(3):
        another = Client(app)
        fields = another.get(address).fields() | {"start": shown_before(app, 60)}
        another.post(address, fields)
    fields = client.get(address).fields() | {"start": shown_before(app, 60)}
    page = client.post(address, fields, status=429)
    assert words in page.words
    assert len(rows(app, VisitRow)) == 3


def test_signs_are_kept_with_the_response_and_counted(app: Flask, client: Client) -> None:
    page = begin(app, client, website="https://buy.example")
    while not page.path.endswith("/receipt"):
        page = client.press()
    kept = rows(app, ResponseRow)
    assert len(kept) == 1
    assert set(kept[0]) == {"trap", "fast"}
    with app.app_context():
        found = snapshot(1)
    assert found.columns["#signs"].tolist() == [1 | 4]
    assert json.dumps(kept[0])


def test_the_trap_is_out_of_sight_and_out_of_the_way(client: Client) -> None:
    page = client.get(NOTICE)
    (box,) = page.select(f"input[name={starting.TRAP}]")
    assert box["tabindex"] == "-1"
    assert box.find_parent(attrs={"aria-hidden": "true"}) is not None


def test_a_start_leads_straight_to_the_first_page_of_questions(app: Flask, client: Client) -> None:
    fields = client.get(NOTICE).fields() | {"start": shown_before(app, 60)}
    sent = client.post(NOTICE, fields, status=303, follow=False)
    assert sent.location == f"/en/surveys/{SLUG}/pages/home"
