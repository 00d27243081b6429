"""Flask's own signed sessions; what signs them is made once, and a cookie is verified once.

A browser sends the same cookie with every page. What it says is kept beside it for as long as it
would be believed, so that only a cookie not seen lately has its signature checked.
"""

import time
from dataclasses import dataclass

from flask import Flask, Request, Response
from flask.sessions import (
    SecureCookieSession,
    SecureCookieSessionInterface,
    SessionMixin,
    session_json_serializer,
)
from itsdangerous import BadSignature, URLSafeTimedSerializer

MOST_READ = 2_000


@dataclass(frozen=True, slots=True)
class _Read:
    """What a cookie says, as text: every request gets a copy of its own to change."""

    text: str
    until: float
    signer: URLSafeTimedSerializer


class Sessions(SecureCookieSessionInterface):
    """Cookies as Flask makes and reads them."""

    def __init__(self) -> None:
        self._made: tuple[object, URLSafeTimedSerializer | None] = ((), None)
        self._read: dict[str, _Read] = {}

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs and reads cookies; made again when a secret changes."""
        secrets = (app.secret_key, tuple(app.config["SECRET_KEY_FALLBACKS"] or ()))
        if self._made[0] != secrets:
            self._made = (secrets, super().get_signing_serializer(app))
        return self._made[1]

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read a request's cookie; what is forged or too old is an empty session."""
        signer = self.get_signing_serializer(app)
        if signer is None:
            return None
        sent = request.environ.get("HTTP_COOKIE")
        if not sent:
            return self.session_class()
        found = self._read.get(sent)
        if found is None or found.signer is not signer or found.until < time.time():
            found = self._verified(app, request, signer)
        return self.session_class(session_json_serializer.loads(found.text) if found else None)

    def _verified(
        self, app: Flask, request: Request, signer: URLSafeTimedSerializer
    ) -> _Read | None:
        cookie = request.cookies.get(self.get_cookie_name(app), "")
        lifetime = int(app.permanent_session_lifetime.total_seconds())
        try:
            said, signed_at = signer.loads(cookie, max_age=lifetime, return_timestamp=True)
        except BadSignature:
            return None
        if len(self._read) >= MOST_READ:
            self._read.clear()
        text = session_json_serializer.dumps(said)
        made = self._read[request.environ["HTTP_COOKIE"]] = _Read(
            text, signed_at.timestamp() + lifetime, signer
        )
        return made

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Send a session that changed; of another, tell only that the page depends on it.

        A page that says nothing of its keeping is kept nowhere (see security.py): no cache needs
        to be told.
        """
        if not session or session.modified or self.should_set_cookie(app, session):
            super().save_session(app, session, response)
        elif session.accessed and "Cache-Control" in response.headers:
            varies = response.headers.get("Vary")
            response.headers["Vary"] = f"{varies}, Cookie" if varies else "Cookie"


def init_app(app: Flask) -> None:
    """Let the program sign its sessions so."""
    app.session_interface = Sessions()
