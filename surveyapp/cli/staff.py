"""Commands on those who sign in."""

import secrets
import sys

import click
from flask.cli import AppGroup

from surveyapp.accounts.passwords import LEAST_LENGTH, MOST_LENGTH, hashed
from surveyapp.cli.clock import now
from surveyapp.storage.profiles import municipality
from surveyapp.storage.staff import EmailError, EmailTakenError, Role, add_staff, list_staff

group = AppGroup("staff", help="Let staff in, and list them.")
ROLES = click.Choice([role.value for role in Role])


def _password(given: str | None) -> tuple[str, bool]:
    """Return a password, and whether it was made here because nobody could be asked."""
    if given is None and not sys.stdin.isatty():
        return secrets.token_urlsafe(15), True
    if given is None:
        given = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    if not LEAST_LENGTH <= len(given) <= MOST_LENGTH:
        raise click.ClickException(f"a password has {LEAST_LENGTH} to {MOST_LENGTH} characters")
    return given, False


def _municipality_ids(slugs: tuple[str, ...]) -> list[int]:
    found = {slug: municipality(slug) for slug in slugs}
    unknown = [slug for slug, one in found.items() if one is None]
    if unknown:
        raise click.ClickException(f"there is no municipality {', '.join(unknown)}")
    return [one.id for one in found.values() if one is not None]


@group.command("add")
@click.argument("email")
@click.option("--role", type=ROLES, required=True)
@click.option("--municipality", "slugs", multiple=True, help="Limit their work to it; repeatable.")
@click.option("--password", envvar="STAFF_PASSWORD", help="Asked for, or made, if not given.")
def add(email: str, role: str, slugs: tuple[str, ...], password: str | None) -> None:
    """Let someone in."""
    chosen, was_made = _password(password)
    try:
        staff = add_staff(
            email,
            Role(role),
            hashed(chosen),
            by="command line",
            now=now(),
            municipality_ids=_municipality_ids(slugs),
        )
    except EmailError as error:
        raise click.ClickException(f"{email} is no e-mail address") from error
    except EmailTakenError as error:
        raise click.ClickException(f"{email} signs in already") from error
    click.echo(f"{staff.email}\t{staff.role.value}" + (f"\t{chosen}" if was_made else ""))


@group.command("list")
def show() -> None:
    """List who signs in, one a line."""
    for staff in list_staff():
        click.echo(f"{staff.email}\t{staff.role.value}")
