"""Many responses at once are stored as one would be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from surveyapp.storage.collected.responses import Sending, submit
from surveyapp.storage.collected.visits import start
from surveyapp.storage.connection import IntegrityError, reading
from surveyapp.storage.counted import bulk
from surveyapp.storage.counted.bulk import Loaded, bulk_count, bulk_insert
from surveyapp.storage.field.fielding import Fielding
from surveyapp.storage.field.fieldwork import Ended, Ending, endings_of
from surveyapp.storage.field.waves import wave
from surveyapp.storage.tables import ResponseRow, SubmissionRow
from tests.storage.making import NOW, fielded, page

pytestmark = pytest.mark.usefixtures("context")


def one(field: Fielding, number: int = 0) -> Loaded:
    """Give a response."""
    return Loaded(
        collector_id=field.collector.id,
        edition_id=field.edition_id,
        profile_id=field.profile_id,
        language="fr",
        submitted_on=date(2026, 3, 2),
        minutes=number % 121,
        answers={"place": "a", "why": f"Été n° {number}\t\\N\n"},
    )


def count(table: type[ResponseRow] | type[SubmissionRow]) -> int:
    """Count the rows of a table."""
    return int(reading().execute(select(func.count()).select_from(table)).scalar_one())


def test_change_numbers_are_contiguous_over_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "CHUNK", 7)
    field = fielded()
    told: list[int] = []
    assert bulk_insert(field.wave.id, (one(field, n) for n in range(20)), told.append) == 20
    numbers = reading().execute(select(ResponseRow.change_no).order_by(ResponseRow.change_no))
    assert list(numbers.scalars()) == list(range(1, 21))
    assert wave(field.wave.id).last_change == 20
    assert told == [7, 14, 20]


def test_each_response_has_its_own_submission() -> None:
    field = fielded()
    bulk_insert(field.wave.id, [one(field, n) for n in range(5)])
    joined = select(func.count()).select_from(ResponseRow)
    joined = joined.join(SubmissionRow, SubmissionRow.response_id == ResponseRow.id)
    assert reading().execute(joined).scalar() == count(SubmissionRow) == 5


def test_texts_come_back_as_they_were() -> None:
    field = fielded()
    bulk_insert(field.wave.id, [one(field, 3)])
    row = reading().execute(select(ResponseRow)).one()
    assert row.answers == '{"place":"a","why":"Été n° 3\\t\\\\N\\n"}'
    assert row.submitted_on == date(2026, 3, 2)
    assert (row.stratum, row.base_weight) == (None, None)


def test_strata_and_weights_are_kept() -> None:
    field = fielded()
    bulk_insert(field.wave.id, [replace(one(field), stratum="north", base_weight=12.5)])
    row = reading().execute(select(ResponseRow)).one()
    assert (row.stratum, row.base_weight) == ("north", 12.5)


def test_a_chunk_that_breaks_a_rule_is_refused_whole() -> None:
    field = fielded()
    with pytest.raises(IntegrityError):
        bulk_insert(field.wave.id, [one(field), replace(one(field), minutes=121)])
    assert count(ResponseRow) == count(SubmissionRow) == 0
    assert wave(field.wave.id).last_change == 0


def test_a_collector_of_another_wave_is_refused() -> None:
    field = fielded()
    with pytest.raises(KeyError):
        bulk_insert(field.wave.id, [replace(one(field), collector_id=field.collector.id + 1)])
    assert count(ResponseRow) == 0


def test_an_unknown_edition_is_refused() -> None:
    field = fielded()
    with pytest.raises(IntegrityError):
        bulk_insert(field.wave.id, [replace(one(field), edition_id=999)])


def test_a_resident_can_send_while_responses_are_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "CHUNK", 2)
    field = fielded()
    token = start(field, "en", NOW)
    page(token, "home", 0, {"place": "a"})

    def source() -> Iterator[Loaded]:
        for number in range(4):
            if number == 2:
                assert submit(token, NOW).outcome is Sending.accepted
            yield one(field, number)

    bulk_insert(field.wave.id, source())
    numbers = reading().execute(select(ResponseRow.change_no).order_by(ResponseRow.change_no))
    assert list(numbers.scalars()) == [1, 2, 3, 4, 5]


def test_counts_from_elsewhere_are_added() -> None:
    field = fielded()
    left = Ending(field.collector.id, date(2026, 3, 2), "fr", "home", Ended.left)
    bulk_count(field.wave.id, {left: 3, replace(left, language="en"): 1})
    bulk_count(field.wave.id, {left: 2})
    assert endings_of(field.wave.id) == {replace(left, language="en"): 1, left: 5}
