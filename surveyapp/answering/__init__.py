"""The residents' wing: from the lobby to the receipt, one page at a time."""

from flask import Flask

from surveyapp.answering import arrival, invited, keeping, replies, sections, sending, withdrawing


def init_app(app: Flask) -> None:
    """Register the wing's pages."""
    for module in (arrival, invited, replies, sections, sending, keeping, withdrawing):
        app.register_blueprint(module.bp)
    app.after_request(replies.for_script)
