"""A receipt takes its response back until the wave closes, and nothing else."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from surveyapp.storage.collected.responses import already_sent, sent_answers, submit
from surveyapp.storage.collected.visits import start
from surveyapp.storage.collected.withdrawals import Withdrawing, withdraw
from surveyapp.storage.connection import reading
from surveyapp.storage.counted.snapshot import snapshot
from surveyapp.storage.field.fielding import Fielding
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.tables import ResponseRow, SubmissionRow, WithdrawalRow
from tests.storage.making import NOW, SLUG, fielded, page, published

pytestmark = pytest.mark.usefixtures("context")


def count(table: type) -> int:
    """Count the rows of a table."""
    return int(reading().execute(select(func.count()).select_from(table)).scalar_one())


def sent(field: Fielding, place: str = "a") -> tuple[str, str]:
    """Send answers; return the visit's token and the receipt."""
    token = start(field, "en", NOW)
    page(token, "home", 0, {"place": place})
    return token, submit(token, NOW).code


def test_a_receipt_takes_its_own_response_back() -> None:
    field = fielded()
    mine, other = sent(field), sent(field, "b")
    assert withdraw(mine[1], field.wave.survey_id, NOW) is Withdrawing.withdrawn
    assert sent_answers(mine[0]) is None
    kept = sent_answers(other[0])
    assert kept is not None
    assert kept.answers["place"] == "b"
    assert (count(ResponseRow), count(WithdrawalRow)) == (1, 1)


def test_what_is_taken_back_is_not_counted() -> None:
    field = fielded()
    receipts = [sent(field)[1] for _ in range(3)]
    assert len(snapshot(field.wave.id)) == 3
    withdraw(receipts[1], field.wave.survey_id, NOW)
    assert snapshot(field.wave.id).columns["#change"].tolist() == [1, 3]


@pytest.mark.parametrize("written", [str.lower, lambda one: one.replace("-", " "), " {} ".format])
def test_a_receipt_may_be_typed_in_any_way(written: object) -> None:
    field = fielded()
    typed = written(sent(field)[1])  # type: ignore[operator]
    assert withdraw(typed, field.wave.survey_id, NOW) is Withdrawing.withdrawn


def test_taking_back_twice_changes_nothing_more() -> None:
    field = fielded()
    _token, receipt = sent(field)
    withdraw(receipt, field.wave.survey_id, NOW)
    assert withdraw(receipt, field.wave.survey_id, NOW) is Withdrawing.already
    assert count(WithdrawalRow) == 1


def test_a_visit_that_was_taken_back_cannot_send_again() -> None:
    field = fielded()
    token, receipt = sent(field)
    withdraw(receipt, field.wave.survey_id, NOW)
    assert already_sent(token) == receipt
    assert submit(token, NOW).code == receipt
    assert (count(ResponseRow), count(SubmissionRow)) == (0, 1)


@pytest.mark.parametrize("typed", ["", "CDFG", "CDFG-HJKM-NPQR", "\0", "\ud800", "é" * 5000])
def test_an_unknown_receipt_takes_nothing_back(typed: str) -> None:
    field = fielded()
    sent(field)
    assert withdraw(typed, field.wave.survey_id, NOW) is Withdrawing.unknown
    assert count(ResponseRow) == 1


def test_a_receipt_of_another_survey_is_unknown_here() -> None:
    field = fielded()
    _token, receipt = sent(field)
    other = published(slug="other")
    assert withdraw(receipt, other.survey_id, NOW) is Withdrawing.unknown
    assert count(ResponseRow) == 1


def test_nothing_is_taken_back_from_a_closed_wave() -> None:
    field = fielded()
    _token, receipt = sent(field)
    close_wave(SLUG, "2026", NOW)
    late = NOW + timedelta(days=1)
    assert withdraw(receipt, field.wave.survey_id, late) is Withdrawing.closed
    assert count(ResponseRow) == 1
