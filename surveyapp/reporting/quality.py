"""Signs that a response was not thought about, in words for whoever weighs them."""

from flask_babel import lazy_gettext as _l

from surveyapp.questionnaire.quality import Sign

SIGNS = {
    Sign.trap: _l("A field that no person sees was filled in"),
    Sign.hurried_start: _l("The notice was left sooner than it can be looked at"),
    Sign.fast: _l("The survey was answered faster than it can be read"),
    Sign.straight: _l("Every list of statements was answered all alike"),
}
