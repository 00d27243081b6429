"""Flask's own signed sessions; what signs them is made once, not at every request."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer


class Sessions(SecureCookieSessionInterface):
    """Cookies as Flask makes and reads them."""

    def __init__(self) -> None:
        self._made: tuple[object, URLSafeTimedSerializer | None] = ((), None)

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs and reads cookies; made again when a secret changes."""
        secrets = (app.secret_key, tuple(app.config["SECRET_KEY_FALLBACKS"] or ()))
        if self._made[0] != secrets:
            self._made = (secrets, super().get_signing_serializer(app))
        return self._made[1]


def init_app(app: Flask) -> None:
    """Let the program sign its sessions so."""
    app.session_interface = Sessions()
