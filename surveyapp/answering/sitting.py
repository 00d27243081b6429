"""How long a browser may be quiet before the answers on its screen are put away.

A sitting is not a visit: what was saved stays for the visit's own, longer lifetime, and whoever
goes on finds it. It is counted in the browser's session, because each device has its own.
"""

from flask import Blueprint, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from surveyapp.answering.replies import SENT_BY
from surveyapp.answering.visiting import GRAIN, SITTING, hear, now, quiet, token_of, visit_to

bp = Blueprint("sitting", __name__, url_prefix="/<language>/surveys/<slug>/sitting")

# What a page counts down from before it asks: never longer than the session says.
QUIET_SECONDS = int((SITTING - GRAIN).total_seconds())


def _seconds_left(slug: str) -> int:
    found = visit_to(slug)
    if found is None or not found.can_go_on(now()):
        return 0
    left = min(SITTING - quiet(slug), found.expires_at - now())
    return max(0, int(left.total_seconds()))


@bp.get("")
def left(slug: str) -> ResponseReturnValue:
    """Tell a page how long it may still be quiet. Asking is not being there."""
    return jsonify(left=_seconds_left(slug))


@bp.post("")
def stay(slug: str) -> ResponseReturnValue:
    """Go on after a warning, or after the page was put away."""
    if token_of(slug):
        hear(slug)
    if request.headers.get(SENT_BY):
        return jsonify(left=_seconds_left(slug))
    return redirect(url_for("sections.first", slug=slug), 303)
