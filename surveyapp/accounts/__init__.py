"""The keys: who signs in, and what they may open."""

from flask import Flask

from surveyapp.accounts import (
    access,
    account,
    people,
    second_step,
    sign_in,
    sign_in_code,
    welcome,
    words,
)
from surveyapp.accounts.logged import pages as log
from surveyapp.accounts.logged.deeds import actor_words


def init_app(app: Flask) -> None:
    """Register the pages of signing in, of one's own account, of staff and of the log."""
    for page in (sign_in, sign_in_code, welcome, account, second_step, people, log):
        app.register_blueprint(page.bp)
    app.jinja_env.globals["signed_in"] = access.signed_in
    app.jinja_env.globals["reach_words"] = words.reach_words
    app.jinja_env.globals["actor_words"] = actor_words
