"""The audit log: filtered, paged, given as a file, bounded by the reader's own reach."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from surveyapp.accounts.logged.deeds import DEEDS
from surveyapp.accounts.logged.pages import A_PAGE
from surveyapp.storage import audit
from surveyapp.storage.audit import Action, Wanted, all_lines, note
from surveyapp.storage.connection import DatabaseError, writing
from surveyapp.storage.people.staff import Role
from tests.accounts.making import CHIEF, browser_of, hired
from tests.client import Client
from tests.storage.making import municipality

LOG = "/en/staff/log/"
ANN, BEN = "ann@elm.example", "ben@oak.example"
# A day on which Ontario's is not UTC's yet.
LATE = datetime(2026, 3, 3, 2, 30, tzinfo=UTC)


@pytest.fixture
def chief(app: Flask) -> Client:
    """An administrator's browser, with a few lines to read."""
    with app.app_context():
        note(ANN, Action.wave_opened, "safety 2026", LATE)
        note(BEN, Action.wave_closed, "=cmd|' /C calc'!A0", LATE + timedelta(days=2))
        note(ANN, Action.signed_in, "", LATE + timedelta(days=9))
    return browser_of(app, hired(app))


def lines(client: Client, query: str = "") -> list[str]:
    page = client.get(f"{LOG}?{query}")
    rows = page.select(".lines [role=row]:not(.head)")
    return [" ".join(one.get_text(" ").split()) for one in rows]


def test_every_deed_has_words() -> None:
    assert set(DEEDS) == set(Action)


def test_lines_say_when_who_what_and_about_what(chief: Client) -> None:
    found = lines(chief)
    assert (
        found[-1] == f"2026-03-02 21:30 Who {ANN} What Opened a wave About Wave 2026 of “safety”."
    )
    assert found[0].endswith(f"About The account of {CHIEF}, with the role of administrator.")


def test_a_subject_that_no_pattern_knows_is_shown_as_it_is(chief: Client) -> None:
    (found,) = lines(chief, "kind=wave_closed")
    assert found.endswith("About =cmd|' /C calc'!A0")
    assert chief.page.select(".lines [lang=zxx]")[0].get_text() == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    ("query", "actions"),
    [
        (f"person={ANN}", ["Signed in", "Opened a wave"]),
        ("kind=wave_closed", ["Closed a wave"]),
        ("from=2026-03-02&to=2026-03-02", ["Opened a wave"]),
        ("from=2026-03-03&to=2026-03-04", ["Closed a wave"]),
        (f"person={ANN}&kind=signed_in&from=2026-03-01", ["Signed in"]),
        ("person=nobody", []),
        ("from=2026-12-01&to=2026-03-01", []),
    ],
)
def test_lines_are_filtered_by_person_kind_and_day(
    chief: Client, query: str, actions: list[str]
) -> None:
    assert [one.split(" What ")[1].split(" About")[0] for one in lines(chief, query)] == actions


@pytest.mark.parametrize(
    "query", ["from=x&to=9999-12-31", "kind=nothing", "page=999999999999", "page=-1", "page=x"]
)
def test_what_makes_no_sense_is_not_asked_for(chief: Client, query: str) -> None:
    assert len(lines(chief, query)) == 4


def test_a_long_log_has_pages(app: Flask, chief: Client) -> None:
    with app.app_context():
        for number in range(A_PAGE):
            note(BEN, Action.draft_edited, f"safety: {number}", LATE)
    page = chief.get(LOG)
    assert "page 1 of 2" in page.words
    chief.follow("Older lines")
    assert len(lines(chief, "page=2")) == 4
    chief.get(f"{LOG}?page=2&person={BEN}")
    chief.follow("Newer lines") if "page 2" in chief.page.words else None
    assert len(lines(chief, f"person={BEN}&page=2")) == 1


def test_the_file_holds_what_is_shown_and_runs_no_formula(app: Flask, chief: Client) -> None:
    chief.get(f"{LOG}?person={BEN}")
    page = chief.press("Download these lines as CSV")
    assert page.response.headers["Content-Disposition"].startswith("attachment; filename=audit_log")
    rows = list(csv.DictReader(io.StringIO(page.response.get_data(as_text=True).lstrip("\ufeff"))))
    assert rows == [
        {
            "at": "2026-03-05T02:30:00Z",
            "actor": BEN,
            "action": "wave_closed",
            "subject": "'=cmd|' /C calc'!A0",
            "what": "Closed a wave",
            "about": "",
        }
    ]
    with app.app_context():
        last = audit.newest()[0]
        assert (last.actor, last.action, last.subject) == (CHIEF, "log_exported", f"person={BEN}")


def test_a_file_of_many_lines_is_read_in_parts(
    app: Flask, chief: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "AT_ONCE", 2)
    with app.app_context():
        whole = audit.newest(100)
        assert tuple(all_lines(Wanted())) == whole
        assert len(whole) == audit.count() == 4


def test_a_limited_administrator_reads_of_their_own_people_only(app: Flask, chief: Client) -> None:
    with app.app_context():
        elm = municipality("elm").municipality_id
    hired(app, ANN, Role.analyst, [elm])
    limited = browser_of(app, hired(app, "chief@elm.example", Role.administrator, [elm]))
    assert {one.split(" Who ")[1].split(" ")[0] for one in lines(limited)} == {ANN}
    assert lines(limited, f"person={BEN}") == []
    forged = {"csrf_token": limited.page.fields("Sign out")["csrf_token"], "person": BEN}
    page = limited.post(LOG, forged)
    assert BEN not in page.response.get_data(as_text=True)


def test_the_log_is_for_administrators_and_no_line_ever_changes(app: Flask) -> None:
    client = browser_of(app, hired(app, ANN, Role.publisher))
    client.get(LOG, status=403)
    with app.app_context():
        assert audit.newest()[0].subject == f"role: GET {LOG}"
        for statement in ("UPDATE audit SET actor = 'x'", "DELETE FROM audit"):
            with pytest.raises(DatabaseError), writing() as connection:
                connection.exec_driver_sql(statement)
