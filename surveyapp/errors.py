"""Which error becomes which page; the 500 page needs nothing that could be broken."""

from pathlib import Path

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import BadHost, HTTPException, InternalServerError

from surveyapp.accounts.refusing import RefusedError
from surveyapp.answering.turned_away import around_residents
from surveyapp.i18n import known_language
from surveyapp.storage.drafting.drafts import NotAllowedError

FAILSAFE = (Path(__file__).parent / "templates" / "errors" / "500.html").read_text()
PAGES = {400, 403, 404, 405, 413, 429}


def _page(code: int, said: str = "") -> ResponseReturnValue:
    if isinstance(request.routing_exception, BadHost):
        # Without a host no address can be written, and every page of ours writes some.
        return FAILSAFE, code
    # Whoever mistyped an address may have mistyped its language.
    name = "page.html" if known_language() and code != 404 else "both.html"
    return render_template(f"errors/{name}", code=code, sentence=said, **around_residents()), code


def _too_long(code: int) -> str:
    """Say how long a file may be, where files come in."""
    most = current_app.config["LONGER_BODIES"].get(request.endpoint)
    if code != 413 or most is None:
        return ""
    return _(
        "The file is larger than %(most)s megabytes, the most that can be sent here. Nothing was"
        " stored. Leave out of it what is no question, such as pictures, then choose it again.",
        most=format_decimal(most // 1_000_000),
    )


def http_error(error: HTTPException) -> ResponseReturnValue:
    """Show an error in the reader's language, or in both when it is not known."""
    code = error.code or 500
    if code < 400 or error.response is not None:
        return error.get_response()
    said = error.sentence if isinstance(error, RefusedError) else _too_long(code)
    return _page(code if code in PAGES else 400 if code < 500 else 500, said)


def not_allowed(_error: NotAllowedError) -> ResponseReturnValue:
    """Tell a translator who sent something else than words what to do; the attempt is logged."""
    return _page(
        403,
        _(
            "Nothing was changed: your role changes words only. Ask a designer or a publisher to"
            " add, move or remove parts, or to change their settings."
        ),
    )


def token_error(_error: CSRFError) -> ResponseReturnValue:
    """Say that a form was too old. A resident's pages never come here: they keep the words."""
    return _page(400)


def server_error(_error: InternalServerError) -> ResponseReturnValue:
    """Answer in both languages from one string: no database, catalogue or template."""
    return FAILSAFE, 500


def init_app(app: Flask) -> None:
    """Register the error pages."""
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(NotAllowedError, not_allowed)
    app.register_error_handler(CSRFError, token_error)
    app.register_error_handler(InternalServerError, server_error)
