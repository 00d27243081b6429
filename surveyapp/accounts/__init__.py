"""The keys: who signs in, and what they may open."""

from flask import Flask

from surveyapp.accounts import access, sign_in


def init_app(app: Flask) -> None:
    """Register the pages of signing in."""
    app.register_blueprint(sign_in.bp)
    app.jinja_env.globals["signed_in"] = access.signed_in
