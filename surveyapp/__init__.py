"""The program: this module wires the rooms together and holds nothing else."""

from flask import Flask

from config import Settings
from surveyapp import (
    accounts,
    answering,
    cli,
    designing,
    entering,
    errors,
    health,
    i18n,
    pages,
    reporting,
    security,
    sessions,
)
from surveyapp.extensions import Program, babel, compress, csrf, db, migrate
from surveyapp.storage import connection

__all__ = ["babel", "create_app"]


def create_app(settings: Settings) -> Flask:
    """Make the application from its settings."""
    app = Program(__name__, static_folder=None)  # pages.py sends static files
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=connection.engine_options(settings.database_url),
        DATA_FOLDER=settings.data_folder,
        PUBLIC_URL=settings.public_url,
        STARTS_AN_ADDRESS=settings.starts_an_address,
        # Level 4 costs a third of the CPU of the default for a few hundred bytes more.
        COMPRESS_ALGORITHM=["gzip"],
        COMPRESS_ALGORITHM_STREAMING=["gzip"],
        COMPRESS_LEVEL=5,
        COMPRESS_MIN_SIZE=500,
    )
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    db.init_app(app)
    migrate.init_app(app, db, directory=str(health.MIGRATIONS))
    compress.init_app(app)
    i18n.init_app(app)
    pages.init_app(app)
    security.init_app(app, settings)
    csrf.init_app(app)  # it reads headers that security looks at first
    sessions.init_app(app)
    connection.init_app(app)
    errors.init_app(app)
    app.register_blueprint(health.bp)
    for wing in (answering, accounts, designing, entering, reporting):
        wing.init_app(app)
    cli.init_app(app)
    return app
