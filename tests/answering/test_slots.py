"""A page drawn once for everybody still holds each reader's own tokens, and today's facts."""

import gzip
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, Response
from markupsafe import Markup
from sqlalchemy import update

from surveyapp.answering.slots import MARKS, NAMES, Slots, filled
from surveyapp.storage.connection import writing
from surveyapp.storage.tables import WaveRow
from tests.client import Client
from tests.storage.making import SLUG, fielded

LOBBY = f"/en/surveys/{SLUG}/"


@pytest.fixture
def asked(app: Flask) -> Iterator[Flask]:
    with app.test_request_context():
        yield app


def words(page: str | Response) -> str:
    return page if isinstance(page, str) else page.get_data(as_text=True)


def test_each_reader_gets_their_own_tokens_on_a_page_drawn_once(asked: Flask) -> None:
    drawn: list[Slots] = []

    def draw(tokens: Slots) -> str:
        drawn.append(tokens)
        return " ".join(getattr(tokens, name) for name in NAMES)

    first = Slots(*(f"{name}-1" for name in NAMES))
    second = Slots(*(f"{name}-2" for name in NAMES))
    for turn, mine in enumerate((first, second), 1):
        assert words(filled("page", mine, draw)) == " ".join(f"{name}-{turn}" for name in NAMES)
    assert drawn == [MARKS]


def test_a_token_cannot_bring_markup_into_a_page(asked: Flask) -> None:
    page = filled("page", Slots(visit='"><b>'), lambda tokens: f'<p title="{tokens.visit}">')
    assert words(page) == '<p title="&quot;&gt;&lt;b&gt;">'


def test_answers_are_markup_already(asked: Flask) -> None:
    mine = Slots(answers=Markup("<dd>Fish &amp; chips</dd>"))
    assert words(filled("page", mine, lambda tokens: tokens.answers)) == mine.answers


def test_a_page_that_is_somebodys_own_is_never_kept(asked: Flask) -> None:
    pages = [filled(None, Slots(), lambda _tokens, words=words: words) for words in ("a", "b")]
    assert pages == ["a", "b"]
    assert "surveyapp_drawn" not in asked.extensions


@pytest.fixture
def wave(app: Flask) -> int:
    with app.app_context():
        return fielded().wave.id


def change(app: Flask, wave_id: int, **values: datetime) -> None:
    with app.app_context(), writing() as connection:
        connection.execute(update(WaveRow).where(WaveRow.id == wave_id).values(**values))


def test_the_lobby_tells_a_closing_day_that_was_moved(
    app: Flask, client: Client, wave: int
) -> None:
    assert "until the end of" not in client.get(LOBBY).words
    for day in (10, 20):
        closes = datetime(2090, 5, day, 12, tzinfo=UTC)
        change(app, wave, closes_at=closes)
        assert f"until the end of May {day}, 2090" in client.get(LOBBY).words


def test_the_lobby_is_closed_at_once(app: Flask, client: Client, wave: int) -> None:
    assert "Start" in client.get(LOBBY).words
    change(app, wave, closed_at=datetime.now(UTC) - timedelta(seconds=1))
    assert "This survey is closed" in client.get(LOBBY).words


def test_a_compressed_page_is_the_page(app: Flask, wave: int) -> None:
    notice = f"{LOBBY}notice"
    reader = app.test_client()
    plain = reader.get(notice)
    assert "Content-Encoding" not in plain.headers
    packed = reader.get(notice, headers={"Accept-Encoding": "gzip, deflate, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data) * 0.7
    for page in (plain, packed):
        assert page.mimetype == "text/html"
        assert "Accept-Encoding" in page.headers["Vary"]
        assert page.headers["Cache-Control"] == "no-store"
    without = [
        re.sub(rb'value="[^"]+"', b"", page) for page in (plain.data, gzip.decompress(packed.data))
    ]
    assert without[0] == without[1]
