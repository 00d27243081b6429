"""Waves: open and close."""

from datetime import datetime

import click
from flask import current_app

from surveyapp.cli.clock import now
from surveyapp.cli.commands import Commands
from surveyapp.storage.field.timing import close_wave, open_wave
from surveyapp.storage.field.waves import Opening, WaveError

group = Commands("wave", help="Waves of a survey.")
DAY = click.DateTime(["%Y-%m-%d"])


@group.command("open")
@click.argument("slug")
@click.argument("code")
@click.option("--places", required=True, help="The place set that residents choose from.")
@click.option("--sample-type", required=True, type=click.Choice(["probability", "open"]))
@click.option("--opens", type=DAY, help="The first day; now if not given.")
@click.option("--closes", type=DAY, help="The last day, whole.")
@click.option("--results", type=DAY, help="The day by which residents are told that results come.")
def open_(
    slug: str,
    code: str,
    places: str,
    sample_type: str,
    opens: datetime | None,
    closes: datetime | None,
    results: datetime | None,
) -> None:
    """Open a wave and print the address of its open link."""
    opening = Opening(
        place_set=places,
        sample_type=sample_type,
        opens=opens.date() if opens else None,
        closes=closes.date() if closes else None,
        results_on=results.date() if results else None,
    )
    try:
        collector = open_wave(slug, code, opening, now())
    except WaveError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{current_app.config['PUBLIC_URL']}/s/{collector.code}")


@group.command()
@click.argument("slug")
@click.argument("code")
def close(slug: str, code: str) -> None:
    """Close a wave for good."""
    try:
        wave = close_wave(slug, code, now())
    except WaveError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{wave.code}\t{wave.state(now())}")
