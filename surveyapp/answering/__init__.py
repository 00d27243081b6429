"""The residents' wing: from the lobby to the receipt, one page at a time."""

from flask import Flask

from surveyapp.answering import (
    arrival,
    finding,
    helping,
    invited,
    keeping,
    kiosk,
    leaving,
    replies,
    resuming,
    sealing,
    sections,
    sending,
    sitting,
    spoken,
    withdrawing,
)
from surveyapp.forms.audience import may_skip_all
from surveyapp.i18n import speak_any

PAGES = (
    arrival,
    finding,
    helping,
    invited,
    sections,
    sending,
    sitting,
    leaving,
    replies,
    resuming,
    keeping,
    withdrawing,
)


def init_app(app: Flask) -> None:
    """Register the wing's pages."""
    for module in PAGES:
        app.register_blueprint(module.bp)
    speak_any(app, [module.bp.name for module in PAGES])
    app.before_request(spoken.find_language)
    app.jinja_env.globals["neutral_address"] = leaving.neutral_address
    app.jinja_env.globals["places_script"] = helping.script_address
    app.jinja_env.globals["quiet_seconds"] = sitting.QUIET_SECONDS
    app.jinja_env.globals["kiosk"] = kiosk
    app.jinja_env.globals["may_skip_all"] = may_skip_all
    app.jinja_env.globals["kiosk_code"] = kiosk.kiosk_code
    app.jinja_env.globals["kiosk_key"] = sealing.public_key
    app.after_request(kiosk.come_back)
    app.after_request(sealing.say_nothing)
    app.after_request(replies.for_script)
