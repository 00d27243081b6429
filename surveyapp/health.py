"""Whether the process lives, and whether it is ready for residents."""

from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from surveyapp.storage import connection

bp = Blueprint("health", __name__)
MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def newest_revision() -> str | None:
    """Return the revision that the database should be at."""
    settings = Config()
    settings.set_main_option("script_location", str(MIGRATIONS))
    return ScriptDirectory.from_config(settings).get_current_head()


def is_current() -> bool:
    """Tell whether the database answers and is at the program's revision."""
    try:
        return connection.revision() == newest_revision()
    except connection.DatabaseError:
        return False


@bp.get("/healthz")
def alive() -> ResponseReturnValue:
    """Say that the process answers."""
    return jsonify(status="ok")


@bp.get("/readyz")
def ready() -> ResponseReturnValue:
    """Say whether the database answers and its migrations are current."""
    try:
        revision = connection.revision()
    except connection.DatabaseError:
        return jsonify(status="no database"), 503
    if revision != newest_revision():
        return jsonify(status="migrations are not current"), 503
    return jsonify(status="ready")
