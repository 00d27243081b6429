"""Leaving at once: for whoever must not be seen answering."""

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from surveyapp.answering.visiting import forget_all
from surveyapp.i18n import language

bp = Blueprint("leaving", __name__, url_prefix="/<language>/surveys/<slug>")

# Where anybody might be: the public weather service, in the reader's language.
NEUTRAL = {"en": "https://weather.gc.ca/", "fr": "https://meteo.gc.ca/"}


def neutral_address() -> str:
    """Return the page that gives nothing away."""
    return NEUTRAL.get(language(), NEUTRAL["en"])


@bp.get("/exit")
def leave(slug: str) -> ResponseReturnValue:
    """Let this browser forget every visit and go where nothing is given away.

    What was saved is not opened from here again. It waits for its resume code, if one was taken,
    and is deleted when the visit ends.
    """
    forget_all()
    return redirect(neutral_address(), 303)
