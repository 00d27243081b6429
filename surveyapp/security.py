"""Headers and limits that hold for every page."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, current_app, request, session
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings
from surveyapp.accounts.access import KEY
from surveyapp.questionnaire.text import UNPRINTABLE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    # same-origin, not no-referrer: the form token's check over HTTPS reads the referrer.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
YEAR = 31_536_000
SECURE = ("Strict-Transport-Security", f"max-age={YEAR}")
# The same in UTF-8: HTML holds none of it, in whatever way a page repeats what was sent.
_UNPRINTABLE_BYTES = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\xc2[\x80-\x9f]|\xed[\xa0-\xbf].|\xef\xbf[\xbe\xbf]"
)


def _refuse_unreadable() -> None:
    """Refuse what no browser sends, before a database or a parser has to.

    :raise 404: for an address with control characters.
    :raise 400: for a query with some, or an origin that is no address.
    """
    if UNPRINTABLE.search(request.path):
        abort(404)
    pairs = request.args.items(multi=True) if request.query_string else ()
    if any(UNPRINTABLE.search(one) for pair in pairs for one in pair):
        abort(400)
    for name in ("HTTP_ORIGIN", "HTTP_REFERER"):
        try:
            urlsplit(request.environ.get(name, ""))
        except ValueError:
            abort(400)


def _allow_longer() -> None:
    """Let those who are signed in send more through the doors of files, and nobody else.

    Nothing of the body is read yet: what is too long is refused by its head.
    """
    most = current_app.config["LONGER_BODIES"].get(request.endpoint)
    if most is not None and KEY in session:
        request.max_content_length = most


def _without_unprintable(response: Response) -> Response:
    """Leave out of a page that repeats what was posted what HTML cannot hold."""
    repeats = request.method == "POST" and response.mimetype == "text/html"
    if repeats and not response.is_streamed and not response.content_encoding:
        response.set_data(_UNPRINTABLE_BYTES.sub(b"", response.get_data()))
    return response


# A script or a sheet is no document: what a document may do says nothing to it, and every first
# visit would pay for the words twice.
FILE_HEADERS = {"X-Content-Type-Options": "nosniff"}
PAGES, FILES = tuple(HEADERS.items()), tuple(FILE_HEADERS.items())
# The address of a static file carries its content's hash (see static_url).
KEPT = f"public, max-age={YEAR}, immutable"


class Headed:
    """The program with the headers of every answer, whatever becomes of a request inside it.

    They are put on outside of Flask, as they go out: a response's own headers are copied twice
    on their way, and these never change.
    """

    def __init__(self, program: "WSGIApplication") -> None:
        self._program = program

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request (PEP 3333)."""

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            is_file = environ["PATH_INFO"].startswith("/static/") and status < "400"
            headers.extend(FILES if is_file else PAGES)
            if environ["wsgi.url_scheme"] == "https":
                headers.append(SECURE)
            if is_file:
                headers[:] = [pair for pair in headers if pair[0] != "Cache-Control"]
            if not any(name == "Cache-Control" for name, _value in headers):
                headers.append(("Cache-Control", KEPT if is_file else "no-store"))
            return start_response(status, headers, *error)

        return self._program(environ, start)


def init_app(app: Flask, settings: Settings) -> None:
    """Set cookies, request limits, headers and the proxies whose word is taken."""
    app.config.update(
        SESSION_COOKIE_NAME="surveyapp",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        MAX_CONTENT_LENGTH=1_000_000,
        LONGER_BODIES={},  # by endpoint, in bytes: each wing names its doors of files
        MAX_FORM_MEMORY_SIZE=1_000_000,
        MAX_FORM_PARTS=2_000,
        # A resident may take a day over a page: a token ends with its session only.
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.before_request(_refuse_unreadable)
    app.before_request(_allow_longer)
    app.after_request(_without_unprintable)
    app.wsgi_app = Headed(app.wsgi_app)  # type: ignore[method-assign]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
