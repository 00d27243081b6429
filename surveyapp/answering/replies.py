"""How the page script is answered when it sends a form in the browser's place."""

from flask import Blueprint, Response, g, jsonify, request
from flask.typing import ResponseReturnValue

from surveyapp.answering.tokens import form_token

bp = Blueprint("replies", __name__, url_prefix="/<language>/surveys/<slug>")

# The script says so in its request; a reply that says it back comes from this program, and not
# from whatever asks for a sign-in on public wireless networks.
SENT_BY = "Sent-By"
SCRIPT = "script"
COUNTER = "Visit-Counter"


@bp.get("/token")
def token(slug: str) -> ResponseReturnValue:
    """Give a fresh form token to a page that was kept while the connection was gone."""
    return jsonify(csrf_token=form_token())


def note_counter(counter: int) -> None:
    """Tell the script where the visit stands: a newer press of the same page goes on from there."""
    g.visit_counter = counter


def for_script(response: Response) -> Response:
    """Turn a redirect into an address that the script can read, before it goes there itself."""
    if request.headers.get(SENT_BY) != SCRIPT:
        return response
    response.headers[SENT_BY] = SCRIPT
    if "visit_counter" in g:
        response.headers[COUNTER] = str(g.visit_counter)
    if response.status_code in (302, 303):
        response.status_code = 204
        response.data = b""
    return response
