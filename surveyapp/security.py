"""Headers and limits that hold for every page."""

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from config import Settings

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


# A script or a sheet is no document: what a document may do says nothing to it, and every first
# visit would pay for the words twice.
FILE_HEADERS = {"X-Content-Type-Options": "nosniff"}


def _headers(response: Response) -> Response:
    is_file = request.endpoint == "static" and response.status_code < 400
    response.headers.update(FILE_HEADERS if is_file else HEADERS)
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    if is_file:
        # The address of a static file carries its content's hash (see static_url).
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


def init_app(app: Flask, settings: Settings) -> None:
    """Set cookies, request limits, headers and the proxies whose word is taken."""
    app.config.update(
        SESSION_COOKIE_NAME="surveyapp",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        MAX_CONTENT_LENGTH=1_000_000,
        MAX_FORM_MEMORY_SIZE=1_000_000,
        MAX_FORM_PARTS=2_000,
        # A resident may take a day over a page: a token ends with its session only.
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.after_request(_headers)
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
