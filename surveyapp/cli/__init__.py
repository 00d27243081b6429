"""The operator's commands, one module a subject."""

from flask import Flask

from surveyapp.cli import fieldwork, places, results, staff, survey, translation, wave
from surveyapp.cli.demo import demo
from surveyapp.cli.purge import purge


def init_app(app: Flask) -> None:
    """Register the commands."""
    for group in (
        survey.group,
        translation.group,
        wave.group,
        places.group,
        places.municipalities,
        staff.group,
        results.group,
        fieldwork.samples,
        fieldwork.collectors,
        fieldwork.invitations,
    ):
        app.cli.add_command(group)
    app.cli.add_command(purge)
    app.cli.add_command(demo)
