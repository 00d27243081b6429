"""The demo: a fictional county, loaded once and shown with its addresses."""

from collections.abc import Mapping
from pathlib import Path

import click
import flask_migrate
from flask import current_app
from flask.cli import with_appcontext
from tqdm import tqdm

from surveyapp.cli.clock import now
from surveyapp.demo.county import COUNTY_NAMES
from surveyapp.demo.loading import SLUG, load
from surveyapp.demo.sign_ins import are_in, let_in
from surveyapp.storage.drafting.surveys import SlugTakenError
from surveyapp.storage.field.fielding import fielding
from surveyapp.storage.people.staff import has_real_staff

RESPONSES = 3_000
MOST_RESPONSES = 1_000_000
SEED = 2_019


def _load(responses: int, seed: int) -> None:
    # Quiet where nobody looks: a log needs no bar.
    with tqdm(total=2 * responses, unit=" answers", disable=None, leave=False) as bar:

        def show(stored: int) -> None:
            bar.update(stored - bar.n)

        load(responses, seed, now(), show)


def _show(passwords: Mapping[str, str]) -> None:
    public, found = current_app.config["PUBLIC_URL"], fielding(SLUG, now())
    english, french = (f"{public}/{language}/surveys/{SLUG}/" for language in ("en", "fr"))
    click.echo(f"{COUNTY_NAMES['en']} is ready.\n\nFor residents")
    click.echo(f"  Front page      {public}/")
    click.echo(f"  The survey      {english}\n                  {french}")
    if found:
        click.echo(f"  On a poster     {public}/s/{found.collector.code}")
    click.echo(f"  Past results    {english}results/\n                  {french}results/")
    click.echo(f"\nFor staff         {public}/en/staff/\n                  {public}/fr/staff/")
    for address, password in passwords.items():
        click.echo(f"  {address:<32} {password}")
    click.echo(
        "\nThe passwords are this copy’s own. Keep it on this machine: it is no real survey."
    )


@click.command()
@click.option("--responses", type=click.IntRange(50, MOST_RESPONSES), default=RESPONSES)
@click.option("--seed", type=click.IntRange(0), default=SEED)
@with_appcontext
def demo(responses: int, seed: int) -> None:
    """Bring the database up to date and load a fictional county, once.

    Two waves of the shipped survey, each with so many synthetic RESPONSES: the same for the same
    seed. A second call loads nothing and shows the addresses and passwords again.
    """
    flask_migrate.upgrade()
    if has_real_staff():
        raise click.ClickException(
            "this database has staff of its own, and the demo only goes where nobody works:"
            " name another database in DATABASE_URL, or another folder in DATA_FOLDER"
        )
    if not are_in():
        try:
            _load(responses, seed)
        except SlugTakenError as error:
            raise click.ClickException(
                f"survey {SLUG} belongs to another municipality: the demo needs an empty database"
            ) from error
    _show(let_in(Path(current_app.config["DATA_FOLDER"]), now()))
