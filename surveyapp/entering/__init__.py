"""The entry desk: staff type in what came on paper or is said on the telephone."""

from flask import Flask

from surveyapp.entering import desk, differences, interview, sheets


def init_app(app: Flask) -> None:
    """Register the desk's pages."""
    for module in (desk, sheets, differences, interview):
        app.register_blueprint(module.bp)
