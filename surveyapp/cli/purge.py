"""Delete what is no longer kept; run it every day."""

import click
from flask.cli import with_appcontext

from surveyapp.cli.clock import now
from surveyapp.storage import purge as storage_purge


@click.command("purge")
@with_appcontext
def purge() -> None:
    """Delete expired visits, answers past their retention, old limits and undecided paper."""
    gone = storage_purge.purge(now())
    click.echo(f"visits\t{gone.visits}")
    click.echo(f"responses\t{gone.responses}")
    click.echo(f"submissions\t{gone.submissions}")
    click.echo(f"limits\t{gone.limits}")
    click.echo(f"entries\t{gone.entries}")
