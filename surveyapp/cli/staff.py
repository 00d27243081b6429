"""Commands on those who sign in: for the first administrator, and for when nobody can help."""

import secrets
import sys

import click
from flask import current_app, url_for

from surveyapp.accounts.password_rules import LEAST_LENGTH, MOST_LENGTH, Weakness, weakness
from surveyapp.accounts.passwords import hashed
from surveyapp.cli.clock import now
from surveyapp.cli.commands import Commands
from surveyapp.storage.municipal.profiles import municipality
from surveyapp.storage.people import links as staff_links
from surveyapp.storage.people import second_steps
from surveyapp.storage.people.staff import (
    EmailError,
    EmailTakenError,
    LastAdministratorError,
    Role,
    Staff,
    add_staff,
    list_staff,
    staff_by_email,
    switch,
)

group = Commands("staff", help="Let staff in, list them, and help who is shut out.")
ROLES = click.Choice([role.value for role in Role])
BY = "command line"
WEAK = {
    Weakness.too_short: f"a password has {LEAST_LENGTH} to {MOST_LENGTH} characters",
    Weakness.too_long: f"a password has {LEAST_LENGTH} to {MOST_LENGTH} characters",
    Weakness.common: "many people use that password, or one very like it",
    Weakness.about_you: "that password is made of the address or of the name of this program",
    Weakness.a_pattern: "that password is a row of keys, or few characters again and again",
}


def _password(given: str | None, email: str) -> tuple[str, bool]:
    """Return a password, and whether it was made here because nobody could be asked."""
    if given is None and not sys.stdin.isatty():
        return secrets.token_urlsafe(15), True
    if given is None:
        given = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    found = weakness(given, email)
    if found is not None:
        raise click.ClickException(WEAK[found])
    return given, False


def _municipality_ids(slugs: tuple[str, ...]) -> list[int]:
    found = {slug: municipality(slug) for slug in slugs}
    unknown = [slug for slug, one in found.items() if one is None]
    if unknown:
        raise click.ClickException(f"there is no municipality {', '.join(unknown)}")
    return [one.id for one in found.values() if one is not None]


def _somebody(email: str) -> Staff:
    found = staff_by_email(email)
    if found is None:
        raise click.ClickException(f"nobody signs in as {email}")
    return found


def _link(staff: Staff, language: str) -> str:
    """Make a link for somebody to set their password with."""
    token = staff_links.make_link(staff, by=BY, now=now())
    with current_app.test_request_context():
        path = url_for("welcome.choose", language=language, token=token)
    return f"{current_app.config['PUBLIC_URL']}{path}"


@group.command("add")
@click.argument("email")
@click.option("--role", type=ROLES, required=True)
@click.option("--municipality", "slugs", multiple=True, help="Limit their work to it; repeatable.")
@click.option("--password", envvar="STAFF_PASSWORD", help="Asked for, or made, if not given.")
@click.option("--link", "by_link", is_flag=True, help="Print a link to set a password instead.")
def add(email: str, role: str, slugs: tuple[str, ...], password: str | None, by_link: bool) -> None:
    """Let someone in; the first administrator lets in everybody else on screen."""
    chosen, was_made = ("", False) if by_link else _password(password, email)
    kept = hashed(chosen) if chosen else ""
    limits = _municipality_ids(slugs)
    try:
        staff = add_staff(email, Role(role), kept, by=BY, now=now(), municipality_ids=limits)
    except EmailError as error:
        raise click.ClickException(f"{email} is no e-mail address") from error
    except EmailTakenError as error:
        raise click.ClickException(f"{email} signs in already") from error
    told = _link(staff, "en") if by_link else chosen if was_made else ""
    click.echo("\t".join(filter(None, (staff.email, staff.role.value, told))))


@group.command("list")
def show() -> None:
    """List who signs in, one a line."""
    for staff in list_staff():
        click.echo(f"{staff.email}\t{staff.role.value}")


@group.command("link")
@click.argument("email")
@click.option("--language", type=click.Choice(["en", "fr"]), default="en")
def link(email: str, language: str) -> None:
    """Print a link with which someone sets a new password, once, within seven days."""
    click.echo(_link(_somebody(email), language))


@group.command("switch-off")
@click.argument("email")
def switch_off(email: str) -> None:
    """End someone's sessions and let them in no more."""
    try:
        switch(_somebody(email).id, on=False, by=BY, now=now())
    except LastAdministratorError as error:
        raise click.ClickException("nobody else could let staff in everywhere") from error


@group.command("switch-on")
@click.argument("email")
def switch_on(email: str) -> None:
    """Let someone in again who was switched off."""
    switch(_somebody(email).id, on=True, by=BY, now=now())


@group.command("second-step-off")
@click.argument("email")
def second_step_off(email: str) -> None:
    """Let someone in with the password alone who lost telephone and recovery codes."""
    second_steps.turn_off(_somebody(email), by=BY, now=now())
