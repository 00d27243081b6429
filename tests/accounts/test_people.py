"""Administrators let people in by a link, limit them, switch them off and help who is shut out."""

from datetime import timedelta

import pytest
from flask import Flask

from surveyapp.accounts.sign_in import TRIES_AN_ACCOUNT
from surveyapp.storage.audit import newest
from surveyapp.storage.people import links as staff_links
from surveyapp.storage.people.staff import (
    LastAdministratorError,
    Role,
    change_staff,
    staff_by_email,
    staff_member,
    switch,
)
from tests.accounts.making import CHIEF, PASSWORD, PEOPLE, browser_of, hired, now, signs_in
from tests.client import Client, Page
from tests.storage.making import municipality

MAIL = "new@county.example"


@pytest.fixture
def places(app: Flask) -> tuple[int, int]:
    """Two municipalities."""
    with app.app_context():
        return municipality("elm").municipality_id, municipality("oak").municipality_id


def invited(app: Flask, client: Client, place: int) -> str:
    """Let somebody in on screen; return the address of their link."""
    client.get(f"{PEOPLE}invite")
    page = client.press(answers=answers(MAIL, "analyst", place))
    shown = page.select("#link")[0].get_text().strip()
    return shown.removeprefix(str(app.config["PUBLIC_URL"]))


def answers(email: str, role: str, place: int) -> dict[str, str]:
    return {"email": email, "role": role, "reach": "some", "places": str(place)}


def person_page(app: Flask, email: str) -> str:
    with app.app_context():
        found = staff_by_email(email)
        assert found is not None
        return f"{PEOPLE}{found.id}/"


@pytest.mark.usefixtures("places")
def test_somebody_is_let_in_by_a_link_and_sets_a_password(
    app: Flask, places: tuple[int, int]
) -> None:
    link = invited(app, browser_of(app, hired(app)), places[0])
    client = Client(app)
    page = client.get(link)
    assert MAIL in page.words
    assert "Analyst" in page.words
    page = client.press(answers={"password": PASSWORD, "again": PASSWORD})
    assert "Your password is set" in page.words
    assert client.press(answers={"email": MAIL, "password": PASSWORD}).path == "/en/staff/"
    with app.app_context():
        found = staff_by_email(MAIL)
        assert found is not None
        assert (found.role, found.municipality_ids) == (Role.analyst, (places[0],))
        deeds = [one.action for one in newest() if one.actor in (MAIL, CHIEF)]
        assert deeds == ["signed_in", "password_set", "link_made", "staff_added"]


def test_a_link_is_used_once(app: Flask, places: tuple[int, int]) -> None:
    link = invited(app, browser_of(app, hired(app)), places[0])
    first, second = Client(app), Client(app)
    first.get(link)
    second.get(link)
    first.press(answers={"password": PASSWORD, "again": PASSWORD})
    other = {"password": "another lake of herons", "again": "another lake of herons"}
    page = second.press(answers=other, status=410)
    assert page.heading == "This link no longer works"
    second.get(link, status=410)
    signs_in(second, MAIL)


def test_a_newer_link_ends_the_older_one_and_days_end_it_too(
    app: Flask, places: tuple[int, int]
) -> None:
    chief = browser_of(app, hired(app))
    link = invited(app, chief, places[0])
    chief.get(person_page(app, MAIL))
    newer = chief.press("Make a new link").select("#link")[0].get_text().strip()
    Client(app).get(link, status=410)
    token = newer.rpartition("/")[2]
    with app.app_context():
        assert staff_links.holder(token, now()) is not None
        assert staff_links.holder(token, now() + staff_links.LASTS + timedelta(seconds=1)) is None
        assert staff_links.drop_old(now() + staff_links.LASTS + timedelta(seconds=1)) == 1


def test_a_weak_password_is_refused_at_the_link(app: Flask, places: tuple[int, int]) -> None:
    link = invited(app, browser_of(app, hired(app)), places[0])
    client = Client(app)
    client.get(link)
    page = client.press(answers={"password": "password", "again": "passwort"}, status=400)
    assert page.errors == (
        ("password", "Write a password of at least 15 characters"),
        ("again", "Write the same password in both fields"),
    )
    assert "passwort" not in page.text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_link_that_nobody_made_leads_nowhere(app: Flask, language: str) -> None:
    page = Client(app).get(f"/{language}/staff/welcome/made-up", status=410)
    assert page.language == language


def test_an_empty_invitation_says_what_to_write(app: Flask, places: tuple[int, int]) -> None:
    client = browser_of(app, hired(app))
    client.get(f"{PEOPLE}invite")
    page = client.press(status=400)
    assert {one for one, _said in page.errors} == {"email", "role", "reach"}
    wanted = {"email": "x", "role": "analyst", "reach": "some"}
    assert client.press(answers=wanted, status=400).errors == (
        ("places", "Choose at least one municipality"),
    )
    wanted |= {"places": str(places[0])}
    assert [one for one, _said in client.press(answers=wanted, status=400).errors] == ["email"]
    taken = client.press(answers=wanted | {"email": CHIEF.upper()}, status=400)
    assert "signs in with that address already" in taken.words


def test_a_changed_role_ends_the_session_and_holds_at_once(
    app: Flask, places: tuple[int, int]
) -> None:
    chief, staff = browser_of(app, hired(app)), hired(app, MAIL, Role.designer)
    client = browser_of(app, staff)
    chief.get(f"{PEOPLE}{staff.id}/")
    wanted = {"role": "translator", "reach": "some", "places": str(places[1])}
    page = chief.press("Change role and municipalities", wanted)
    assert "are changed" in page.words
    assert client.get("/en/staff/").path == "/en/staff/sign-in"
    signs_in(client, MAIL)
    client.get("/en/staff/fieldwork/", status=403)


def test_an_account_that_is_switched_off_opens_nothing(app: Flask) -> None:
    chief, staff = browser_of(app, hired(app)), hired(app, MAIL, Role.analyst)
    client = browser_of(app, staff)
    chief.get(f"{PEOPLE}{staff.id}/")
    assert "Switched off on" in chief.press("Switch the account off").words
    assert client.get("/en/staff/").path == "/en/staff/sign-in"
    page = signs_in(client, MAIL, status=403)
    assert f"Ask {CHIEF} to switch it on" in page.words
    chief.press("Switch the account on")
    assert signs_in(client, MAIL).path == "/en/staff/"


def test_a_switched_off_account_is_told_to_nobody_without_its_password(app: Flask) -> None:
    staff = hired(app, MAIL, Role.analyst)
    with app.app_context():
        switch(staff.id, on=False, by="test", now=now())
    page = signs_in(Client(app), MAIL, "a wrong password", status=400)
    assert "do not go together" in page.words


def test_a_lockout_is_seen_and_lifted(app: Flask) -> None:
    chief, staff = browser_of(app, hired(app)), hired(app, MAIL, Role.analyst)
    client = Client(app)
    for _try in range(TRIES_AN_ACCOUNT):
        signs_in(client, MAIL, "wrong", status=400)
    signs_in(client, MAIL, status=429)
    assert "Locked after too many tries" in chief.get(PEOPLE).words
    chief.get(f"{PEOPLE}{staff.id}/")
    chief.press("Let them try again")
    assert signs_in(client, MAIL).path == "/en/staff/"
    with app.app_context():
        deeds = [one.action for one in newest()]
        assert deeds[:3] == ["signed_in", "lockout_lifted", "sign_in_locked"]


def test_nobody_changes_or_switches_off_themselves(app: Flask) -> None:
    chief = hired(app)
    client = browser_of(app, chief)
    page = client.get(f"{PEOPLE}{chief.id}/")
    assert not page.select("main form")
    token = {"csrf_token": page.fields("Sign out")["csrf_token"]}
    wanted = token | {"role": "administrator", "reach": "all"}
    client.post(page.url, wanted, status=403)
    said = client.post(f"{page.url}do", token | {"do": "off"}, status=403)
    assert "Ask another administrator" in said.words
    client.post(f"{page.url}do", token | {"do": "anything"}, status=400)


def test_the_last_administrator_stays_one(app: Flask, places: tuple[int, int]) -> None:
    chief = hired(app)
    hired(app, MAIL, Role.administrator, [places[0]])
    with app.app_context():
        for change in ({"role": Role.analyst}, {"municipality_ids": [places[0]]}):
            with pytest.raises(LastAdministratorError):
                change_staff(chief.id, by="test", now=now(), **change)  # type: ignore[arg-type]
        with pytest.raises(LastAdministratorError):
            switch(chief.id, on=False, by="test", now=now())
        kept = staff_member(chief.id)
        assert kept is not None
        assert kept.may_sign_in
        assert kept.role is Role.administrator
        with pytest.raises(LookupError):
            switch(999, on=False, by="test", now=now())


def test_a_limited_administrator_gives_no_more_than_they_have(
    app: Flask, places: tuple[int, int]
) -> None:
    elm, oak = places
    hired(app)
    other = hired(app, "other@oak.example", Role.analyst, [oak])
    mine = hired(app, "mine@elm.example", Role.analyst, [elm])
    client = browser_of(app, hired(app, "elm@elm.example", Role.administrator, [elm]))
    listed = client.get(PEOPLE).words
    assert mine.email in listed
    assert other.email not in listed
    assert CHIEF not in listed
    page = client.get(f"{PEOPLE}{other.id}/", status=403)
    assert f"Ask {CHIEF}" in page.words
    page = client.get(f"{PEOPLE}invite")
    assert [one["value"] for one in page.select("[name=places]")] == [str(elm)]
    assert [one["value"] for one in page.select("[name=reach]")] == ["some"]
    forged = page.fields("Let them in and get the link") | answers(MAIL, "analyst", oak)
    client.post(page.url, forged, status=400)
    client.post(page.url, forged | {"reach": "all", "places": []}, status=400)
    for name in ("link", "do"):
        client.post(f"{PEOPLE}{other.id}/{name}", forged | {"do": "off"}, status=403)


def test_the_list_is_for_administrators(app: Flask) -> None:
    hired(app)
    client = browser_of(app, hired(app, MAIL, Role.publisher))
    page: Page = client.get(PEOPLE, status=403)
    assert "for the role of administrator, and yours is publisher" in page.words
    assert f"ask {CHIEF} to change your role" in page.words
