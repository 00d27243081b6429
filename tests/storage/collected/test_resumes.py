"""A code keeps a visit, for the one who has it, and tells nothing to who reads the database."""

from datetime import date, timedelta

import pytest
from flask import current_app
from sqlalchemy import select, text, update

from surveyapp.storage.collected.responses import submit
from surveyapp.storage.collected.resumes import KEPT_FOR, resume_code, take_code, token_by_code
from surveyapp.storage.collected.visits import LIFETIME, start, visit
from surveyapp.storage.connection import IntegrityError, reading, writing
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.purge import purge
from surveyapp.storage.tables import VisitRow
from tests.storage.making import NOW, SLUG, fielded, page, published

pytestmark = pytest.mark.usefixtures("context")
SECOND = timedelta(seconds=1)


def kept() -> tuple[str, int]:
    """Begin a visit and take its code; return its token and its survey."""
    field = fielded()
    token = start(field, "en", NOW)
    assert take_code(token, NOW) == NOW + KEPT_FOR
    return token, field.wave.survey_id


def test_a_code_finds_its_visit_again() -> None:
    token, survey = kept()
    assert token_by_code(resume_code(token), survey, NOW) == token


def test_a_code_may_be_typed_in_any_way() -> None:
    token, survey = kept()
    typed = f" {resume_code(token).lower().replace('-', ' ')} "
    assert token_by_code(typed, survey, NOW) == token


def test_a_code_asked_for_again_is_the_same_and_lasts_longer() -> None:
    token, survey = kept()
    later = NOW + timedelta(days=3)
    assert take_code(token, later) == later + KEPT_FOR
    assert token_by_code(resume_code(token), survey, later + KEPT_FOR - SECOND) == token


def test_neither_code_nor_token_can_be_read_from_the_database() -> None:
    token, _survey = kept()
    stored = str(reading().execute(select(VisitRow)).all())
    for secret in (token, resume_code(token), resume_code(token).replace("-", "")):
        assert secret not in stored
        assert secret.encode().hex() not in stored


def test_another_secret_opens_nothing() -> None:
    token, survey = kept()
    code = resume_code(token)
    current_app.config["SECRET_KEY"] = "another secret, of the same good length: 012"
    assert token_by_code(code, survey, NOW) is None


def test_a_kept_visit_outlives_the_others_and_then_goes() -> None:
    token, survey = kept()
    end = NOW + KEPT_FOR
    assert purge(NOW + LIFETIME + SECOND).visits == 0
    page(token, "home", 0, {"place": "a"}, LIFETIME + SECOND)
    assert token_by_code(resume_code(token), survey, end - SECOND) == token
    assert token_by_code(resume_code(token), survey, end) is None
    assert purge(end).visits == 1
    assert visit(token) is None


def test_without_a_code_a_visit_goes_when_it_went_before() -> None:
    start(fielded(), "en", NOW)
    assert purge(NOW + LIFETIME).visits == 1


def test_a_code_ends_with_its_wave() -> None:
    field = fielded(closes=date(2026, 3, 4))
    token = start(field, "en", NOW)
    assert take_code(token, NOW) == field.wave.closes_at
    close_wave(SLUG, "2026", NOW + SECOND)
    assert token_by_code(resume_code(token), field.wave.survey_id, NOW + 2 * SECOND) is None
    assert take_code(token, NOW + 2 * SECOND) is None


def test_a_code_of_another_survey_is_unknown_here() -> None:
    token, _survey = kept()
    other = published(slug="other")
    assert token_by_code(resume_code(token), other.survey_id, NOW) is None


def test_a_sent_visit_has_no_code_any_more() -> None:
    token, survey = kept()
    page(token, "home", 0, {"place": "a"})
    submit(token, NOW)
    assert token_by_code(resume_code(token), survey, NOW) is None


@pytest.mark.parametrize("typed", ["", "CDFG", "CDFG-HJKM", "\0", "\ud800", "é" * 5000])
def test_an_unknown_code_finds_nothing(typed: str) -> None:
    _token, survey = kept()
    assert token_by_code(typed, survey, NOW) is None


def test_an_unknown_visit_takes_no_code() -> None:
    fielded()
    assert take_code("nobody's", NOW) is None


def test_half_a_code_is_refused_by_the_database() -> None:
    kept()
    with pytest.raises(IntegrityError), writing() as connection:
        connection.execute(update(VisitRow).values(sealed_token=None))
    assert reading().execute(text("SELECT sealed_token FROM visit")).scalar() is not None
