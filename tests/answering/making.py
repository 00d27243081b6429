"""A survey in the field today, and a resident on the way through it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from surveyapp.questionnaire.document import written
from surveyapp.questionnaire.shipped import shipped
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.field.timing import open_wave
from surveyapp.storage.field.waves import Opening
from surveyapp.storage.tables import ResponseRow, SubmissionRow, VisitRow, WaveRow
from tests.client import Client, Page
from tests.questionnaire.making import Document
from tests.storage.making import SLUG, places, published

MOST_PAGES = 20
LANGUAGES = ("en", "fr")
HOME = f"/en/surveys/{SLUG}/"


def now() -> datetime:
    """Return this instant: pages ask the real clock."""
    return datetime.now(UTC)


def in_the_field(
    app: Flask, made: Document | None = None, *, opened: timedelta = timedelta(days=-1), **more: Any
) -> str:
    """Publish a survey (by default the one with every kind) and open a wave; return its code."""
    with app.app_context():
        published(made)
        opening = Opening(places(), "open", **more)
        return open_wave(SLUG, "2026", opening, now() + opened).code


def shipped_document() -> Document:
    """Give the questionnaire that ships, to bend it."""
    made: Document = json.loads(written(shipped()))
    return made


def begun(client: Client, language: str = "en") -> Page:
    """Walk to the first page of questions."""
    client.get(f"/{language}/surveys/{SLUG}/")
    client.follow("Start" if language == "en" else "Commencer")
    return client.press()


def walked(client: Client, until: str, answers: dict[str, Any] | None = None) -> Page:
    """Press on, answering what each page asks of ``answers``, until a page's last segment."""
    page = client.page
    assert page is not None
    for _page in range(MOST_PAGES):
        if page.path.endswith(f"/{until}"):
            return page
        controls = page.controls(page.form(page.button()))
        page = client.press("", {k: v for k, v in (answers or {}).items() if k in controls})
        assert page.errors == (), page.errors
    raise AssertionError(f"{until} is not on the way: {page.url}")


@dataclass(frozen=True)
class Stored:
    """A response as it was stored."""

    answers: dict[str, Any]
    language: str


def stored(app: Flask) -> list[Stored]:
    """Return the responses that were stored, oldest first."""
    with app.app_context():
        rows = reading().execute(select(ResponseRow).order_by(ResponseRow.change_no)).all()
    return [Stored(json.loads(row.answers), row.language) for row in rows]


def count(app: Flask) -> dict[str, int]:
    """Count what is stored of residents."""
    with app.app_context():
        tables = {"visits": VisitRow, "responses": ResponseRow, "submissions": SubmissionRow}
        return {name: len(reading().execute(select(table)).all()) for name, table in tables.items()}


def change_visits(app: Flask, **values: Any) -> None:
    """Let time do something to every visit."""
    with app.app_context(), writing() as connection:
        connection.execute(update(VisitRow).values(**values))


def change_wave(app: Flask, **values: Any) -> None:
    """Let time do something to the wave."""
    with app.app_context(), writing() as connection:
        connection.execute(update(WaveRow).values(**values))
