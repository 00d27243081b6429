"""What people wrote is read in no order, in groups of twelve and more, by analysts alone."""

from datetime import date

import pytest
from flask import Flask

from surveyapp.reporting.words import municipalities_told
from surveyapp.statistics.floors import Policy
from surveyapp.storage.collected.words import Written, written
from surveyapp.storage.counted.bulk import Loaded, bulk_insert
from surveyapp.storage.field.fielding import Fielding
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.municipal.places import Place, PlaceTree
from surveyapp.storage.people.staff import Role
from tests.client import Page
from tests.reporting.making import STAFF, signed_in
from tests.storage.making import NOW, SLUG, fielded

WORDS = "/words?question=why"


def wrote(field: Fielding, number: int, place: str = "a", language: str = "en") -> None:
    """Store answers in somebody's own words."""
    rows = [
        Loaded(
            collector_id=field.collector.id,
            edition_id=field.edition_id,
            profile_id=field.profile_id,
            language=language,
            submitted_on=date(2026, 3, 2),
            minutes=5,
            answers={"place": place, "why": f"{place} {one:03d} <b>"},
        )
        for one in range(number)
    ]
    bulk_insert(field.wave.id, rows)


@pytest.fixture
def field(app: Flask) -> Fielding:
    with app.app_context():
        return fielded()


def closed(app: Flask) -> None:
    with app.app_context():
        close_wave(SLUG, "2026", NOW)


def shown(page: Page) -> list[str]:
    """Return the words on a page."""
    return [one.get_text() for one in page.select(".written li")]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_was_written_can_be_read(app: Flask, field: Fielding, language: str) -> None:
    with app.app_context():
        wrote(field, 13)
    closed(app)
    page = signed_in(app).get(f"/{language}{STAFF}{WORDS}")
    assert sorted(shown(page)) == [f"a {one:03d} <b>" for one in range(13)]


def test_the_order_tells_nothing_of_when_it_came(app: Flask, field: Fielding) -> None:
    with app.app_context():
        wrote(field, 40)
        found = [one.words for one in written(field.wave.id, 40, "why")]
    assert sorted(found) != found
    assert len(set(found)) == 40


def test_a_few_answers_are_not_read(app: Flask, field: Fielding) -> None:
    with app.app_context():
        wrote(field, 11)
    closed(app)
    page = signed_in(app).get(f"/en{STAFF}{WORDS}")
    assert shown(page) == []
    assert "Too few" in page.words


def test_a_municipality_needs_as_many_of_its_own(app: Flask, field: Fielding) -> None:
    with app.app_context():
        wrote(field, 30, "unknown")
        wrote(field, 11, "a")
    closed(app)
    client = signed_in(app)
    assert "Too few" in client.get(f"/en{STAFF}{WORDS}&place=elm").words
    with app.app_context():
        found = written(field.wave.id, 100, "why", "place")
    assert len([one for one in found if one.place in ("a", "b", "elm")]) == 11


@pytest.mark.parametrize(("elsewhere", "read"), [(0, 20), (1, 0), (11, 0), (12, 20)])
def test_a_municipality_is_not_read_where_the_rest_would_be_few(
    app: Flask, field: Fielding, elsewhere: int, read: int
) -> None:
    with app.app_context():
        wrote(field, elsewhere, "outside")
        wrote(field, 20, "a")
    closed(app)
    client = signed_in(app)
    assert len(shown(client.get(f"/en{STAFF}{WORDS}&place=elm"))) == read
    assert len(shown(client.get(f"/en{STAFF}{WORDS}"))) == elsewhere + 20


def towns(*sizes: int, agreed: str = "") -> tuple[PlaceTree, list[Written]]:
    """Make municipalities in a region, and so many answers from a neighbourhood of each."""
    name = {"en": "Name", "fr": "Nom"}
    made, found = [Place("county", "region", name, population=9_000)], []
    for number, size in enumerate(sizes):
        town = f"t{number}"
        marked = town == agreed
        made.append(Place(town, "municipality", name, "county", 900, agreement_required=marked))
        made.append(Place(f"{town}x", "neighbourhood", name, town, 900))
        found += [Written("words", "en", f"{town}x")] * size
    return PlaceTree(1, "set", tuple(made)), found


def test_the_last_municipality_is_not_what_the_others_leave() -> None:
    tree, found = towns(30, 40, 5)
    assert municipalities_told(found, tree, Policy()) == {"t1"}
    tree, found = towns(30, 40, 25)
    assert municipalities_told(found, tree, Policy()) == {"t0", "t1", "t2"}


def test_a_municipality_by_agreement_is_not_read_alone() -> None:
    tree, found = towns(30, 40, 50, agreed="t2")
    assert municipalities_told(found, tree, Policy()) == {"t1"}


def test_answers_come_fifty_to_a_page_and_each_once(app: Flask, field: Fielding) -> None:
    with app.app_context():
        wrote(field, 120)
    closed(app)
    client = signed_in(app)
    seen: list[str] = []
    for number in (1, 2, 3):
        seen += shown(client.get(f"/en{STAFF}{WORDS}&page={number}"))
    assert len(seen) == len(set(seen)) == 120


@pytest.mark.parametrize("page", ["0", "9999", "x", "²", "-1"])
def test_a_page_that_is_none_is_the_first(app: Flask, field: Fielding, page: str) -> None:
    with app.app_context():
        wrote(field, 60)
    closed(app)
    assert len(shown(signed_in(app).get(f"/en{STAFF}{WORDS}&page={page}"))) == 50


def test_before_the_first_count_of_an_open_wave_nothing_is_read(
    app: Flask, field: Fielding
) -> None:
    with app.app_context():
        wrote(field, 40)
    assert shown(signed_in(app).get(f"/en{STAFF}{WORDS}")) == []


def test_words_in_the_other_language_say_so(app: Flask, field: Fielding) -> None:
    with app.app_context():
        wrote(field, 12, language="fr")
    closed(app)
    page = signed_in(app).get(f"/en{STAFF}{WORDS}")
    assert {one.get("lang") for one in page.select(".written li")} == {"fr"}


@pytest.mark.parametrize("role", [Role.designer, Role.translator, Role.publisher])
def test_only_analysts_read(app: Flask, field: Fielding, role: Role) -> None:
    assert field.wave.id
    signed_in(app, role).get(f"/en{STAFF}/words", status=403)


def test_an_unknown_question_or_place_is_not_found(app: Flask, field: Fielding) -> None:
    assert field.wave.id
    client = signed_in(app)
    for query in ("?question=nothing", "?place=nowhere", "?question=place"):
        client.get(f"/en{STAFF}/words{query}", status=404)


def test_a_thousand_answers_are_walked_in_pieces(app: Flask, field: Fielding) -> None:
    with app.app_context():
        wrote(field, 2_300)
        assert len(written(field.wave.id, 2_300, "why")) == 2_300
        assert len(written(field.wave.id, 7, "why")) == 7
