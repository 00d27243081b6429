"""What an address leads to: the wave that is open, its way in, the newest words."""

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import event, update

from surveyapp.extensions import db
from surveyapp.storage.connection import writing
from surveyapp.storage.field.fielding import fielding, fielding_of, in_the_field, survey_id
from surveyapp.storage.field.timing import close_wave, open_wave
from surveyapp.storage.field.waves import Opening, WaveState
from surveyapp.storage.tables import CollectorRow
from tests.questionnaire.making import whole
from tests.storage.making import NOW, SLUG, fielded, municipality, profile_content, published

pytestmark = pytest.mark.usefixtures("context")


def test_a_survey_that_was_never_in_the_field_leads_nowhere() -> None:
    published()
    assert fielding(SLUG, NOW) is None
    assert fielding("unknown", NOW) is None
    assert fielding_of("CDFGHJ") is None


def test_an_open_wave_comes_before_a_later_and_an_earlier_one() -> None:
    first = fielded()
    close_wave(SLUG, "2026", NOW)
    open_wave(SLUG, "2030", Opening("set", "open", opens=date(2030, 1, 1)), NOW)
    found = fielding(SLUG, NOW)
    assert found is not None
    assert (found.wave.code, found.state(NOW)) == ("2030", WaveState.not_yet_open)
    late = fielding(SLUG, NOW + timedelta(days=365 * 5))
    assert late is not None
    assert (late.wave.code, late.state(NOW + timedelta(days=365 * 5))) == ("2030", WaveState.open)
    old = fielding_of(first.collector.code)
    assert old is not None
    assert (old.wave.code, old.state(NOW)) == ("2026", WaveState.closed)


def test_a_code_is_read_in_any_case_and_leads_where_the_address_does() -> None:
    found = fielded()
    assert fielding_of(found.collector.code.lower()) == found == fielding(SLUG, NOW)
    assert found.slug == SLUG
    assert found.wave.code == "2026"
    assert found.collector.is_default
    assert in_the_field(NOW) == (found,)


def test_new_visitors_get_the_newest_edition_and_words() -> None:
    before = fielded()
    edition, profile = published(whole() | {"retention_months": 1}), municipality()
    after = fielding(SLUG, NOW)
    assert after is not None
    assert (after.edition_id, after.profile_id) == (edition.id, profile.id)
    assert after.profile_id > before.profile_id


def test_a_municipality_with_a_way_in_of_its_own_speaks_for_itself() -> None:
    found = fielded()
    oak = municipality("oak", names={"en": "Oak", "fr": "Chêne"})
    with writing() as connection:
        connection.execute(update(CollectorRow).values(municipality_id=oak.municipality_id))
    after = fielding_of(found.collector.code)
    assert after is not None
    assert after.profile_id == oak.id != found.profile_id
    assert profile_content().names != oak.content.names


def test_a_way_in_is_one_question_to_the_database(context: Flask) -> None:
    found = fielded()
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    fielding(SLUG, NOW)
    fielding_of(found.collector.code)
    assert len(asked) == 2
    survey_id(SLUG)
    survey_id(SLUG)
    assert len(asked) == 3
    event.remove(db.engine, "before_cursor_execute", note)
