"""Many at once: real threads on real databases still give each person one response."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from surveyapp.storage.collected.responses import Receipt, Sending, submit
from surveyapp.storage.collected.visits import LIFETIME, Outcome, start, visit
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.field.fielding import Fielding
from surveyapp.storage.field.fieldwork import endings_of
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import WaveError, wave
from surveyapp.storage.limits import allow
from surveyapp.storage.purge import purge
from surveyapp.storage.tables import InvitationRow, ResponseRow, SubmissionRow, VisitRow
from tests.storage.making import NOW, SLUG, fielded, page

T = TypeVar("T")
AT_ONCE = 4


@pytest.fixture
def field(app: Flask) -> Iterator[Fielding]:
    """A wave in the field."""
    with app.app_context():
        yield fielded()


def together(app: Flask, *deeds: Callable[[], T]) -> list[T]:
    """Do things at the same moment, each with a connection of its own."""
    ready = Barrier(len(deeds))

    def run(deed: Callable[[], T]) -> T:
        with app.app_context():
            reading()
            ready.wait(10)
            return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(run, deeds))


def answered(field: Fielding, invitation_id: int | None = None) -> str:
    """Begin a visit and answer its first page."""
    token = start(field, "en", NOW, invitation_id)
    page(token, "home", 0, {"place": "a"})
    return token


def count(table: type[ResponseRow] | type[SubmissionRow] | type[VisitRow]) -> int:
    """Count the rows of a table."""
    return int(reading().execute(select(func.count()).select_from(table)).scalar_one())


def sending(token: str) -> Callable[[], Receipt]:
    """Give the deed of sending."""
    return lambda: submit(token, NOW)


def test_a_button_pressed_many_times_at_once_sends_once(app: Flask, field: Fielding) -> None:
    for turn in range(5):
        token = answered(field)
        receipts = together(app, *[sending(token)] * AT_ONCE)
        outcomes = Counter(receipt.outcome for receipt in receipts)
        assert outcomes == {Sending.accepted: 1, Sending.replayed: AT_ONCE - 1}
        assert len({receipt.code for receipt in receipts}) == 1
        assert count(ResponseRow) == count(SubmissionRow) == turn + 1
    assert wave(field.wave.id).last_change == 5
    assert sum(endings_of(field.wave.id).values()) == 5


def test_many_residents_at_once_get_numbers_without_a_gap(app: Flask, field: Fielding) -> None:
    tokens = [answered(field) for _ in range(12)]
    receipts: list[Receipt] = []
    for first in range(0, 12, AT_ONCE):
        receipts += together(app, *map(sending, tokens[first : first + AT_ONCE]))
    assert {receipt.outcome for receipt in receipts} == {Sending.accepted}
    assert len({receipt.code for receipt in receipts}) == 12
    numbers = reading().execute(select(ResponseRow.change_no).order_by(ResponseRow.change_no))
    assert list(numbers.scalars()) == list(range(1, 13))


def test_a_page_saved_while_sending_is_sent_or_refused(app: Flask, field: Fielding) -> None:
    for _ in range(5):
        token = answered(field)
        saved, sent = together(
            app,
            lambda token=token: page(token, "home", 1, {"place": "b"})[0],  # type: ignore[misc]
            lambda token=token: submit(token, NOW).outcome,  # type: ignore[misc]
        )
        newest = select(ResponseRow.answers).order_by(ResponseRow.change_no.desc()).limit(1)
        answers = reading().execute(newest).scalar_one()
        assert sent is Sending.accepted
        assert saved in (Outcome.saved, Outcome.gone)
        assert ('"place":"b"' in answers) == (saved is Outcome.saved)


def test_two_tabs_saving_at_once_lose_nothing(app: Flask, field: Fielding) -> None:
    for _ in range(5):
        token = start(field, "en", NOW)
        outcomes = together(
            app,
            lambda token=token: page(token, "home", 0, {"place": "a"})[0],  # type: ignore[misc]
            lambda token=token: page(token, "help", 0, {"helped": ["one"]})[0],  # type: ignore[misc]
            lambda token=token: page(token, "more", 0, {"times": 1})[0],  # type: ignore[misc]
        )
        assert set(outcomes) == {Outcome.saved}
        kept = visit(token)
        assert kept is not None
        assert kept.answers == {"place": "a", "helped": ["one"], "times": 1}
        assert sorted(kept.saved.values()) == [1, 2, 3]


def test_a_page_posted_many_times_at_once_is_saved_once(app: Flask, field: Fielding) -> None:
    token = start(field, "en", NOW)
    outcomes = together(app, *[lambda: page(token, "home", 0, {"place": "a"})[0]] * AT_ONCE)
    assert Counter(outcomes) == {Outcome.saved: 1, Outcome.stale: AT_ONCE - 1}
    kept = visit(token)
    assert kept is not None
    assert kept.counter == 1


def test_an_invitation_in_two_hands_is_used_once(app: Flask, field: Fielding) -> None:
    with writing() as connection:
        made = connection.execute(
            insert(InvitationRow).values(
                collector_id=field.collector.id, code_hash="h", stratum="n", base_weight=1.0
            )
        )
    invitation = int(made.inserted_primary_key[0])
    tokens = [answered(field, invitation) for _ in range(AT_ONCE)]
    outcomes = Counter(one.outcome for one in together(app, *map(sending, tokens)))
    assert outcomes == {Sending.accepted: 1, Sending.used: AT_ONCE - 1}
    assert count(ResponseRow) == 1


def test_nothing_is_stored_after_a_wave_is_closed(app: Flask, field: Fielding) -> None:
    tokens = [answered(field) for _ in range(AT_ONCE)]

    def close() -> tuple[str, int]:
        close_wave(SLUG, "2026", NOW)
        return "closed", wave(field.wave.id).last_change

    def send(token: str) -> Callable[[], tuple[str, int]]:
        return lambda: (submit(token, NOW).outcome.value, 0)

    done = together(app, close, *map(send, tokens))
    accepted = [outcome for outcome, _ in done[1:]].count("accepted")
    assert count(ResponseRow) == accepted == done[0][1]
    assert count(VisitRow) == AT_ONCE - accepted


def test_a_visit_that_expires_is_counted_once_by_two_purges(app: Flask, field: Fielding) -> None:
    for _ in range(30):
        start(field, "en", NOW)
    together(app, *[lambda: purge(NOW + LIFETIME)] * 2)
    assert count(VisitRow) == 0
    assert sum(endings_of(field.wave.id).values()) == 30


def test_only_one_of_two_waves_opens(app: Flask, field: Fielding) -> None:
    from surveyapp.storage.field.timing import open_wave
    from surveyapp.storage.field.waves import Opening

    close_wave(SLUG, "2026", NOW)

    def opening(code: str) -> Callable[[], str]:
        def deed() -> str:
            try:
                return open_wave(SLUG, code, Opening("set", "open"), NOW).code
            except WaveError:
                return ""

        return deed

    opened = together(app, opening("one"), opening("two"))
    assert sorted(map(bool, opened)) == [False, True]


def test_tries_at_once_are_all_counted(app: Flask, field: Fielding) -> None:
    assert field.wave
    hour = timedelta(hours=1)
    tries = [lambda: allow("sign in", "someone", 2, hour, NOW)] * AT_ONCE
    assert sorted(together(app, *tries)) == [False, False, True, True]
