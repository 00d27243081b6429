"""The operator's commands on staff: links, accounts that are switched off, and who is the last."""

import pytest
from click.testing import Result
from flask import Flask

from surveyapp.storage.people import second_steps
from surveyapp.storage.people.links import holder
from surveyapp.storage.people.staff import Role, staff_by_email
from tests.accounts.making import CHIEF, browser_of, hired, now
from tests.client import Client

EMAIL = "analyst@county.example"


def run(app: Flask, *arguments: str) -> Result:
    """Run a command of the group."""
    return app.test_cli_runner().invoke(args=["staff", *arguments])


def test_the_first_administrator_can_be_let_in_by_a_link(app: Flask) -> None:
    added = run(app, "add", CHIEF, "--role", "administrator", "--link")
    assert added.exit_code == 0, added.output
    email, role, link = added.output.strip().split("\t")
    assert (email, role) == (CHIEF, "administrator")
    assert link.startswith(f"{app.config['PUBLIC_URL']}/en/staff/welcome/")
    page = Client(app).get(link.removeprefix(str(app.config["PUBLIC_URL"])))
    assert CHIEF in page.words


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_new_link_is_in_the_language_asked_for(app: Flask, language: str) -> None:
    hired(app, EMAIL, Role.analyst)
    link = run(app, "link", EMAIL, "--language", language).output.strip()
    assert f"/{language}/staff/welcome/" in link
    with app.app_context():
        held = holder(link.rpartition("/")[2], now())
        assert held is not None
        assert held.email == EMAIL


def test_switching_off_ends_what_is_open_and_switching_on_lets_in_again(app: Flask) -> None:
    client = browser_of(app, hired(app, EMAIL, Role.analyst))
    assert client.get("/en/staff/").path == "/en/staff/"
    assert run(app, "switch-off", EMAIL).exit_code == 0
    assert client.get("/en/staff/").path == "/en/staff/sign-in"
    assert run(app, "switch-on", EMAIL).exit_code == 0
    with app.app_context():
        found = staff_by_email(EMAIL)
        assert found is not None
        assert found.may_sign_in


def test_the_last_administrator_is_not_switched_off(app: Flask) -> None:
    hired(app)
    refused = run(app, "switch-off", CHIEF)
    assert refused.exit_code == 1
    assert "nobody else could let staff in" in refused.output


def test_who_lost_their_telephone_signs_in_with_the_password_alone(app: Flask) -> None:
    staff = hired(app, EMAIL, Role.analyst)
    with app.app_context():
        second_steps.begin(staff, "sealed")
        second_steps.turn_on(staff, 1, now())
    assert run(app, "second-step-off", EMAIL).exit_code == 0
    with app.app_context():
        assert not second_steps.is_on(staff)
        assert second_steps.codes_left(staff) == 0


@pytest.mark.parametrize("command", ["link", "switch-off", "switch-on", "second-step-off"])
def test_a_command_on_nobody_says_so(app: Flask, command: str) -> None:
    refused = run(app, command, "nobody@county.example")
    assert refused.exit_code == 1
    assert "nobody signs in as nobody@county.example" in refused.output
