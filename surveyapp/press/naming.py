"""What ways in, modes and signs are called, wherever staff read of them."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.questionnaire.quality import Sign
from surveyapp.storage.field.collectors import Kind

KINDS: dict[Kind, LazyString] = {
    Kind.open_link: _l("Open link"),
    Kind.qr: _l("Posters and cards with a QR code"),
    Kind.invitation: _l("Personal invitations"),
    Kind.kiosk: _l("Tablet at an event"),
    Kind.paper: _l("Paper questionnaire"),
    Kind.phone: _l("Telephone interview"),
}
MODES: dict[str, LazyString] = {
    "web": _l("On the web"),
    "kiosk": _l("On a tablet"),
    "paper": _l("On paper"),
    "phone": _l("By telephone"),
}
# Signs that a response was not thought about, for whoever weighs them.
SIGNS: dict[Sign, LazyString] = {
    Sign.trap: _l("A field that no person sees was filled in"),
    Sign.hurried_start: _l("The notice was left sooner than it can be looked at"),
    Sign.fast: _l("The survey was answered faster than it can be read"),
    Sign.straight: _l("Every list of statements was answered all alike"),
}
