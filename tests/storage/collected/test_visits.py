"""A visit is saved at every page, whoever presses what and however often."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from surveyapp.storage.collected.visits import LIFETIME, Change, Outcome, Visit, save, start, visit
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import GRACE
from surveyapp.storage.tables import VisitRow
from tests.storage.making import NOW, SLUG, fielded, page

pytestmark = pytest.mark.usefixtures("context")


def begun() -> str:
    """Begin a visit; return its token."""
    return start(fielded(), "en", NOW)


def found(token: str) -> Visit:
    """Read a visit that is there."""
    read = visit(token)
    assert read is not None
    return read


def test_a_new_visit_is_empty() -> None:
    read = found(begun())
    assert (read.answers, read.typed, read.saved) == ({}, {}, {})
    assert (read.counter, read.furthest, read.language) == (0, None, "en")
    assert (read.started_at, read.expires_at) == (NOW, NOW + LIFETIME)
    assert read.wave.code == "2026"


def test_a_token_cannot_be_guessed_and_is_not_kept() -> None:
    field = fielded()
    tokens = {start(field, "en", NOW) for _ in range(20)}
    assert len(tokens) == 20
    assert min(len(token) for token in tokens) >= 32  # 192 bits in base 64
    stored = reading().execute(select(VisitRow)).all()
    assert not any(token in str(row) for token in tokens for row in stored)


@pytest.mark.parametrize("token", ["", "nobody's", "\ud800", "\0", "x" * 5000])
def test_an_unknown_token_finds_nothing(token: str) -> None:
    begun()
    assert visit(token) is None


def test_a_page_is_saved() -> None:
    token = begun()
    outcome, after = page(token, "home", 0, {"place": "a", "why": "Été\n"})
    assert outcome is Outcome.saved
    assert after == found(token)
    assert after.answers == {"place": "a", "why": "Été\n"}
    assert (after.counter, after.saved, after.furthest) == (1, {"home": 1}, "home")


def test_saving_gives_a_visit_more_time() -> None:
    token = begun()
    page(token, "home", 0, {}, timedelta(hours=5))
    assert found(token).expires_at == NOW + timedelta(hours=5) + LIFETIME


def test_a_doubled_page_changes_nothing() -> None:
    token = begun()
    page(token, "home", 0, {"place": "a"})
    outcome, kept = page(token, "home", 0, {"place": "a"})
    assert outcome is Outcome.stale
    assert kept == found(token)
    assert kept.counter == 1


def test_an_older_page_does_not_undo_a_newer_one() -> None:
    token = begun()
    page(token, "home", 0, {"place": "a"})
    page(token, "home", 1, {"place": "b"})
    outcome, kept = page(token, "home", 1, {"place": "elm"})
    assert outcome is Outcome.stale
    assert kept is not None
    assert kept.answers == {"place": "b"}


def test_two_tabs_on_different_pages_both_save() -> None:
    token = begun()
    assert page(token, "home", 0, {"place": "a"})[0] is Outcome.saved
    assert page(token, "help", 0, {"helped": ["one"]})[0] is Outcome.saved
    assert found(token).answers == {"place": "a", "helped": ["one"]}
    assert found(token).saved == {"home": 1, "help": 2}


def test_going_back_saves_over_the_page() -> None:
    token = begun()
    page(token, "home", 0, {"place": "a"})
    page(token, "help", 1, {"helped": ["one"]})
    assert page(token, "home", 2, {"place": "b"})[0] is Outcome.saved
    assert found(token).saved == {"home": 3, "help": 2}


def test_what_is_typed_is_kept_beside_the_answers_until_accepted() -> None:
    token = begun()
    typed = {"place": ["nowhere"], "why": ["a\u00a0b"]}
    page(token, "home", 0, {}, typed=typed, language="fr")
    assert found(token).typed == {"home": typed}
    assert found(token).language == "fr"
    page(token, "help", 1, {}, typed={"why": ["x"]})
    page(token, "home", 2, {"place": "a"})
    assert found(token).typed == {"help": {"why": ["x"]}}


def test_a_page_saved_meanwhile_is_built_upon() -> None:
    token = begun()
    asked: list[int] = []

    def revise(before: Visit) -> Change:
        asked.append(before.counter)
        if len(asked) == 1:
            page(token, "help", 0, {"helped": ["one"]})
        return Change("home", {**before.answers, "place": "a"}, None, "home", "en")

    outcome, after = save(token, "home", 0, revise, NOW)
    assert outcome is Outcome.saved
    assert asked == [0, 1]
    assert after == found(token)
    assert after.answers == {"place": "a", "helped": ["one"]}


def test_a_known_visit_that_changed_is_read_again() -> None:
    token = begun()
    known = found(token)
    page(token, "help", 0, {"helped": ["one"]})

    def revise(before: Visit) -> Change:
        return Change("home", {**before.answers, "place": "a"}, None, "home", "en")

    outcome, after = save(token, "home", 0, revise, NOW, known)
    assert outcome is Outcome.saved
    assert after is not None
    assert after.answers == {"place": "a", "helped": ["one"]}


def test_an_expired_visit_takes_nothing_more() -> None:
    token = begun()
    assert page(token, "home", 0, {}, LIFETIME)[0] is Outcome.gone
    assert found(token).counter == 0


def test_a_closed_wave_takes_nothing_more() -> None:
    token = begun()
    close_wave(SLUG, "2026", NOW + timedelta(minutes=1))
    assert page(token, "home", 0, {}, timedelta(minutes=2))[0] is Outcome.gone


def test_whoever_had_started_on_the_last_day_can_finish() -> None:
    field = fielded(closes=NOW.date())
    assert field.wave.closes_at is not None
    end = field.wave.closes_at - NOW
    token = start(field, "en", NOW)
    assert page(token, "home", 0, {}, end + timedelta(minutes=1))[0] is Outcome.saved
    assert page(token, "help", 1, {}, end + GRACE)[0] is Outcome.gone


def test_a_visit_lost_is_gone() -> None:
    fielded()
    assert page("nobody's", "home", 0, {}) == (Outcome.gone, None)


def test_a_page_that_can_never_be_saved_says_so() -> None:
    token = begun()

    def revise(before: Visit) -> Change:
        with writing() as connection:
            connection.execute(update(VisitRow).values(counter=before.counter + 1))
        return Change("home", {}, None, None, "en")

    with pytest.raises(RuntimeError, match="faster"):
        save(token, "home", 0, revise, NOW)
