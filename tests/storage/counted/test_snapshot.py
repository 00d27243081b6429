"""The snapshot is the database's answers, whatever happened in between, and never more."""

import json
import multiprocessing
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, insert, select, update

from surveyapp import create_app
from surveyapp.questionnaire.columns import BLANK, NOT_ASKED
from surveyapp.storage.collected.responses import next_change
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.counted import snapshot as made
from surveyapp.storage.counted.bulk import Loaded, bulk_insert
from surveyapp.storage.counted.snapshot import Snapshot, forget, snapshot
from surveyapp.storage.field.fielding import Fielding, fielding
from surveyapp.storage.tables import ResponseRow, SubmissionRow, WithdrawalRow
from tests.conftest import dispose, settings_for
from tests.questionnaire.making import whole
from tests.storage.making import NOW, SLUG, fielded, published

PLACES = ("a", "b", "elm", "unknown", None)


def loaded(field: Fielding, number: int) -> Loaded:
    """Give a response; every third leaves the place blank or is in French."""
    return Loaded(
        collector_id=field.collector.id,
        edition_id=field.edition_id,
        profile_id=field.profile_id,
        language="fr" if number % 3 == 0 else "en",
        submitted_on=NOW.date(),
        minutes=number % 121,
        answers={"place": PLACES[number % 5], "why": "words"},
        stratum=f"s{number % 2}" if number % 2 else None,
        base_weight=1.5 if number % 2 else None,
    )


def withdraw(wave_id: int, which: int) -> None:
    """Take one response back, as its owner can, and leave only the mark."""
    query = select(ResponseRow.change_no).where(ResponseRow.wave_id == wave_id)
    numbers = sorted(reading().execute(query).scalars())
    if not numbers:
        return
    gone = numbers[which % len(numbers)]
    with writing() as connection:
        change = next_change(connection, wave_id)
        connection.execute(
            insert(WithdrawalRow).values(wave_id=wave_id, change_no=change, of_change_no=gone)
        )
        mine = (ResponseRow.wave_id == wave_id, ResponseRow.change_no == gone)
        ids = select(ResponseRow.id).where(*mine)
        connection.execute(
            update(SubmissionRow)
            .where(SubmissionRow.response_id.in_(ids))
            .values(state="withdrawn", response_id=None)
        )
        connection.execute(delete(ResponseRow).where(*mine))


def told(found: Snapshot) -> list[tuple[Any, ...]]:
    """Read a snapshot back into plain values."""
    rows = []
    for number in range(len(found)):
        code = int(found.columns["place"][number]) if "place" in found.columns else NOT_ASKED
        place = found.codes["place"][code] if code >= 0 else {BLANK: None}.get(code, "not asked")
        language = found.codes["#language"][int(found.columns["#language"][number])]
        weight = float(found.columns["#base_weight"][number])
        facts = (int(found.columns["#change"][number]), int(found.columns["#minutes"][number]))
        rows.append((*facts, language, None if np.isnan(weight) else weight, place))
    return rows


def stored(wave_id: int) -> list[tuple[Any, ...]]:
    """Read the same from the database."""
    query = select(ResponseRow).where(ResponseRow.wave_id == wave_id)
    return [
        (
            row.change_no,
            row.minutes,
            row.language,
            row.base_weight,
            json.loads(row.answers)["place"],
        )
        for row in reading().execute(query.order_by(ResponseRow.change_no))
    ]


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("send"), st.integers(1, 9)),
        st.tuples(st.just("withdraw"), st.integers(0, 50)),
        st.tuples(st.just("count"), st.just(0)),
        st.tuples(st.just("lose"), st.just(0)),
        st.tuples(st.just("stop"), st.just(0)),
    ),
    max_size=14,
)


def _do(field: Fielding, deed: str, number: int) -> None:
    if deed == "send":
        bulk_insert(field.wave.id, (loaded(field, number + one) for one in range(number)))
    elif deed == "withdraw":
        withdraw(field.wave.id, number)
    elif deed == "count":
        assert told(snapshot(field.wave.id)) == stored(field.wave.id)
    elif deed == "lose":
        forget(field.wave.id)
    else:  # a process that stopped in the middle of writing
        folder = made._folder(field.wave.id)
        (folder / "writing-stopped").mkdir(parents=True, exist_ok=True)
        (folder / "writing-stopped" / "0.npy").write_bytes(b"half")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=DEEDS)
def test_a_snapshot_is_the_database_after_whatever_happened(
    context: Flask, deeds: list[tuple[str, int]]
) -> None:
    field = fielding(SLUG, NOW) or fielded()
    for deed, number in deeds:
        _do(field, deed, number)
    assert told(snapshot(field.wave.id)) == stored(field.wave.id)
    before = snapshot(field.wave.id)
    forget(field.wave.id)
    again = snapshot(field.wave.id)
    assert told(again) == told(before)
    assert again.change_no == before.change_no


@pytest.mark.usefixtures("context")
def test_a_few_columns_are_those_of_the_whole() -> None:
    field, wanted = fielded(), {"#minutes", "nobody_asks_this"}
    for number in range(3):
        bulk_insert(field.wave.id, (loaded(field, number + one) for one in range(4)))
        snapshot(field.wave.id, wanted)
    withdraw(field.wave.id, 5)
    few, every = snapshot(field.wave.id, wanted), snapshot(field.wave.id)
    assert set(few.columns) == {"#change", "#edition", "#minutes", "place"}
    for name, column in few.columns.items():
        assert list(column) == list(every.columns[name])
    assert (len(few), few.place, few.editions) == (11, "place", every.editions)


@pytest.mark.usefixtures("context")
def test_many_segments_are_joined_into_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made, "MOST_SEGMENTS", 3)
    field = fielded()
    for number in range(6):
        bulk_insert(field.wave.id, [loaded(field, number)])
        assert told(snapshot(field.wave.id)) == stored(field.wave.id)
    assert len(list(made._folder(field.wave.id).glob("segment-*"))) <= 3


@pytest.mark.usefixtures("context")
def test_codes_keep_their_numbers_and_only_grow() -> None:
    field = fielded()
    bulk_insert(field.wave.id, [loaded(field, 1), loaded(field, 2)])
    before = dict(snapshot(field.wave.id).codes)
    bulk_insert(field.wave.id, [loaded(field, number) for number in range(3, 12)])
    after = snapshot(field.wave.id).codes
    for name, codes in before.items():
        assert after[name][: len(codes)] == codes
    assert set(after["#language"]) == {"en", "fr"}


@pytest.mark.usefixtures("context")
def test_an_edition_with_new_and_retired_answers_shares_the_matrix() -> None:
    field = fielded()
    bulk_insert(field.wave.id, [loaded(field, 1)])
    document = whole()
    question = {
        "kind": "single",
        "id": "added",
        "text": {"en": "Added?", "fr": "Ajoutée?"},
        "options": [
            {"id": "yes", "label": {"en": "Yes", "fr": "Oui"}},
            {"id": "no", "label": {"en": "No", "fr": "Non"}},
        ],
    }
    document["sections"][0]["questions"].append(question)
    second = published(document)
    newer = Loaded(**{**_plain(loaded(field, 2)), "edition_id": second.id})
    answers = {"place": "b", "added": "no"}
    bulk_insert(field.wave.id, [Loaded(**{**_plain(newer), "answers": answers})])
    found = snapshot(field.wave.id)
    assert found.codes["added"] == ("yes", "no")
    assert list(found.columns["added"]) == [NOT_ASKED, 1]
    assert len(found.editions) == 2


def _plain(one: Loaded) -> dict[str, Any]:
    return {name: getattr(one, name) for name in Loaded.__dataclass_fields__}


def _count(url: str, folder: Path, wave_id: int) -> list[tuple[Any, ...]]:
    app = create_app(settings_for(url, folder))
    with app.app_context():
        found = told(snapshot(wave_id))
    dispose(app)
    return found


def test_several_processes_at_once_read_the_same(
    context: Flask, database_url: str, tmp_path: Path
) -> None:
    field = fielded()
    bulk_insert(field.wave.id, (loaded(field, number) for number in range(200)))
    shutil.rmtree(made._folder(field.wave.id), ignore_errors=True)
    arguments = [(database_url, tmp_path / "data", field.wave.id)] * 3
    with multiprocessing.get_context("spawn").Pool(3) as pool:
        answers = pool.starmap(_count, arguments)
    assert answers == [stored(field.wave.id)] * 3
