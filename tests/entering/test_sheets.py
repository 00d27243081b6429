"""A sheet is typed from its printed numbers, twice and blind, and becomes one response."""

import json

import pytest
from flask import Flask

from surveyapp.entering.desk import next_sheet, sheet_number
from surveyapp.storage.collected.entries import drafts_of
from surveyapp.storage.field.collectors import Kind
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import Collector
from surveyapp.storage.people.staff import Role
from tests.client import Client, Page
from tests.entering.making import ENTRY, KEPT_OF_SHEET, SHEET, sign_in, stored, way
from tests.storage.making import NOW, SLUG

Answers = dict[str, str]


@pytest.fixture
def paper(app: Flask) -> Collector:
    """A paper way in."""
    return way(app)


def begin(client: Client, paper: Collector, sheet: str = "12", language: str = "en") -> Page:
    """Begin a sheet from the desk."""
    client.get(f"{ENTRY}{paper.code}/")
    return client.press("Type this sheet", {"sheet": sheet, "in": language})


def type_in(
    client: Client, paper: Collector, sheet: str = "12", status: int = 200, **more: str
) -> Page:
    """Begin a sheet and type it."""
    begin(client, paper, sheet)
    return client.press("Save the sheet", SHEET | more, status=status)


def test_a_sheet_that_two_people_type_alike_is_one_response(app: Flask, paper: Collector) -> None:
    page = type_in(sign_in(app, "ann"), paper)
    assert "Sheet 12 is kept until somebody else types it too." in page.words
    assert not stored(app)
    page = type_in(sign_in(app, "bob"), paper)
    assert "Sheet 12 is stored." in page.words
    (row,) = stored(app)
    assert json.loads(row.answers) == KEPT_OF_SHEET
    assert row.collector_id == paper.id


def test_the_second_typing_is_blind(app: Flask, paper: Collector) -> None:
    type_in(sign_in(app, "ann"), paper)
    bob = sign_in(app, "bob")
    bob.get(f"{ENTRY}{paper.code}/")
    page = bob.follow("Sheet 12")
    assert "Second typing" in page.words
    assert not [one for one in page.select(".keyed") if one.get("value")]
    assert "A neighbour" not in page.words


def test_the_same_person_is_not_let_in_a_second_time(app: Flask, paper: Collector) -> None:
    ann = sign_in(app, "ann")
    type_in(ann, paper)
    page = ann.get(f"{ENTRY}{paper.code}/sheets/12/")
    assert "You typed sheet 12 yourself" in page.words
    assert "Sheet 12, typed by you" in page.words


def test_a_double_press_stores_one_response(app: Flask, paper: Collector) -> None:
    type_in(sign_in(app, "ann"), paper)
    bob = sign_in(app, "bob")
    page = begin(bob, paper)
    sent = page.filled("Save the sheet", SHEET)
    for _ in range(2):
        assert "Sheet 12 is stored." in bob.post(page.url, sent).words
    assert len(stored(app)) == 1


def test_what_was_typed_is_kept_when_something_is_wrong(app: Flask, paper: Collector) -> None:
    ann = sign_in(app)
    page = type_in(ann, paper, status=400, **{"q_streets.calm": "9", "q_place": "Name"})
    assert page.errors == (
        ("q_place", "Type the number of a place, or letters that only one name begins with"),
        ("q_streets-calm", "Type a number that is printed beside an answer"),
    )
    assert page.fields("Save the sheet")["q_helped.other"] == ["A neighbour"]
    page = ann.press("Save the sheet", SHEET)
    assert "Sheet 12 is kept" in page.words


def test_a_question_not_asked_is_dropped(app: Flask, paper: Collector) -> None:
    for name in ("ann", "bob"):
        type_in(sign_in(app, name), paper, **{"q_streets.calm": "1", "q_times": "", "q_after": "2"})
    answers = json.loads(stored(app)[0].answers)
    assert "why" not in answers
    assert "after" not in answers
    assert answers["times"] is None


def test_the_language_changes_and_what_was_typed_stays(app: Flask, paper: Collector) -> None:
    ann = sign_in(app)
    begin(ann, paper)
    page = ann.press("Français", SHEET)
    assert page.select("[name=in]")[0]["value"] == "fr"
    assert "About place? (fr)" in page.words
    assert page.heading == "Sheet 12"
    assert page.fields("Save the sheet")["q_helped"] == ["1 5"]
    ann.press("Save the sheet")
    with app.app_context():
        (draft,) = drafts_of(paper.id, "12")
        assert draft.typed.language == "fr"


def test_one_person_is_enough_where_that_was_decided(app: Flask, paper: Collector) -> None:
    ann = sign_in(app)
    ann.get(f"{ENTRY}{paper.code}/")
    ann.press("Let one person type each sheet")
    assert "Sheet 12 is stored." in type_in(ann, paper).words
    assert len(stored(app)) == 1
    page = begin(ann, paper)
    assert "Sheet 12 was stored before, and nothing was changed." in page.words
    assert len(stored(app)) == 1


def test_the_next_number_and_language_are_offered(app: Flask, paper: Collector) -> None:
    ann = sign_in(app)
    begin(ann, paper, "B-09", "fr")
    page = ann.press("Save the sheet", SHEET)
    fields = page.fields("Type this sheet")
    assert (fields["sheet"], fields["in"]) == (["B-10"], ["fr"])


@pytest.mark.parametrize(
    ("written", "kept"),
    [(" 012 ", "12"), ("b-9", "B-9"), ("", None), ("0", None), ("a b", None), ("é1", None)],
    ids=["zeros", "letters", "nothing", "zero", "space", "accent"],
)
def test_a_number_of_a_sheet_is_kept_in_one_way(written: str, kept: str | None) -> None:
    assert sheet_number(written) == kept


@pytest.mark.parametrize(
    ("last", "following"),
    [("12", "13"), ("99", "100"), ("B-09", "B-10"), ("BOX", ""), ("A" + "9" * 19, "")],
)
def test_the_number_that_follows(last: str, following: str) -> None:
    assert next_sheet(last) == following


def test_a_sheet_without_a_number_is_not_begun(app: Flask, paper: Collector) -> None:
    ann = sign_in(app)
    ann.get(f"{ENTRY}{paper.code}/")
    page = ann.press("Type this sheet", {"sheet": "no number"}, status=400)
    assert page.errors[0][0] == "sheet"
    assert page.fields("Type this sheet")["sheet"] == ["no number"]


def test_a_wrong_number_is_discarded_from_the_desk(app: Flask, paper: Collector) -> None:
    ann = sign_in(app)
    type_in(ann, paper)
    page = ann.press("Discard")
    assert "What was typed for sheet 12 is discarded." in page.words
    assert "To type a second time" not in page.words


def test_a_closed_wave_takes_no_paper(app: Flask, paper: Collector) -> None:
    ann = sign_in(app)
    begin(ann, paper)
    with app.app_context():
        close_wave(SLUG, "2026", NOW)
    page = ann.press("Save the sheet", SHEET)
    assert "The wave is closed: sheet 12 was not stored." in page.words
    assert not stored(app)
    assert paper.code not in ann.get(ENTRY).words


@pytest.mark.parametrize("role", [Role.designer, Role.publisher, Role.analyst, Role.administrator])
def test_those_who_type_find_the_desk_from_the_first_page(
    app: Flask, paper: Collector, role: Role
) -> None:
    client = sign_in(app, role=role)
    client.get("/en/staff/")
    client.follow("Enter paper and calls")
    assert client.follow(f"Paper with the code {paper.code}").path == f"{ENTRY}{paper.code}/"


def test_the_desk_is_found_from_the_way_in(app: Flask, paper: Collector) -> None:
    client, calls = sign_in(app), way(app, Kind.phone)
    for code, words, there in (
        (paper.code, "Type the sheets that came back", f"{ENTRY}{paper.code}/"),
        (calls.code, "Begin an interview", f"{ENTRY}{calls.code}/interview/"),
    ):
        client.get(f"/en/staff/fieldwork/{SLUG}/2026/collectors/{code}/")
        assert client.follow(words).path == there


def addresses(paper: Collector) -> tuple[str, ...]:
    """List the pages of a way in."""
    here = f"{ENTRY}{paper.code}/"
    return here, f"{here}sheets/12/", f"{here}sheets/12/differences/"


def test_a_translator_may_not_type(app: Flask, paper: Collector) -> None:
    client = sign_in(app, role=Role.translator)
    for address in (ENTRY, *addresses(paper)):
        client.get(address, status=403)


def test_an_analyst_types_and_does_not_decide(app: Flask, paper: Collector) -> None:
    client = sign_in(app, role=Role.analyst)
    page = client.get(f"{ENTRY}{paper.code}/")
    assert "Let one person" not in page.words
    token = page.fields("Type this sheet")["csrf_token"][0]
    client.post(f"{ENTRY}{paper.code}/double-entry", {"csrf_token": token}, status=403)


def test_staff_of_another_municipality_see_their_own_paper_alone(app: Flask) -> None:
    elms, oaks = way(app), way(app, greets="oak")
    client = sign_in(app, limited_to="oak")
    page = client.get(ENTRY)
    assert oaks.code in page.words
    assert elms.code not in page.words
    client.get(f"{ENTRY}{oaks.code}/")
    for address in addresses(elms):
        client.get(address, status=403)
    assert "Sheet 12 is kept" in type_in(client, oaks).words


def test_visitors_sign_in_first(app: Flask, paper: Collector) -> None:
    client = Client(app)
    for address in (ENTRY, *addresses(paper)):
        assert client.get(address).path == "/en/staff/sign-in"


def test_what_is_not_there_is_not_found(app: Flask, paper: Collector) -> None:
    client, calls = sign_in(app), way(app, Kind.phone)
    for address in ("CDFGHJ/", f"{calls.code}/", f"{paper.code}/sheets/a b/", f"{paper.code}/x/"):
        client.get(f"{ENTRY}{address}", status=404)
    for query in ("in=xx", "edition=9", "edition=x"):
        client.get(f"{ENTRY}{paper.code}/sheets/12/?{query}", status=404)


@pytest.mark.parametrize("hostile", ["\0", "9" * 400, "’" * 300, "<b>", "-1", "1e9"])
def test_nothing_that_is_typed_breaks_the_screen(
    app: Flask, paper: Collector, hostile: str
) -> None:
    client = sign_in(app)
    page = begin(client, paper)
    fields = page.fields("Save the sheet")
    typed = dict.fromkeys(SHEET, hostile)
    status = 200 if hostile == "\0" else 400
    client.post(page.url, {**fields, **typed}, status=status)
