"""Commands of one subject: where the database is not made yet, they say so."""

from typing import Any

import click
from flask.cli import AppGroup, ScriptInfo

from surveyapp.health import is_current
from surveyapp.storage.connection import DatabaseError

MAKE_IT = "The database is not made yet, or older than this program: flask --app wsgi db upgrade"


class Commands(AppGroup):
    """A group of commands that know what a table that is missing means."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command.

        :raise ClickException: if it met a database that is not at the program's revision.
        """
        try:
            return super().invoke(ctx)
        except DatabaseError as error:
            with ctx.ensure_object(ScriptInfo).load_app().app_context():
                if is_current():
                    raise
            raise click.ClickException(MAKE_IT) from error
