"""The operator's commands, one module a subject."""

from flask import Flask

from surveyapp.cli import places, survey, wave


def init_app(app: Flask) -> None:
    """Register the commands."""
    for group in (survey.group, wave.group, places.group, places.municipalities):
        app.cli.add_command(group)
