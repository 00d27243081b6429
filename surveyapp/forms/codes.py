"""Answers that no questionnaire words itself: not known, not told, and no place of the list."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.questionnaire.kinds import PlaceCode, Role
from surveyapp.questionnaire.model import Number, TextQuestion

CODES: dict[Role, LazyString] = {
    Role.dont_know: _l("I don’t know"),
    Role.prefer_not: _l("I prefer not to say"),
}
# In the order that every screen and every sheet of paper lists them: paper numbers them by it.
PLACE_CODES: dict[PlaceCode, LazyString] = {
    PlaceCode.unknown: CODES[Role.dont_know],
    PlaceCode.outside: _l("I live outside this area"),
    PlaceCode.no_fixed_address: _l("I have no fixed address"),
}


def offered(question: Number | TextQuestion) -> tuple[Role, ...]:
    """Return the codes that can be given instead of a number or a text, in their order."""
    wanted = {Role.dont_know: question.dont_know, Role.prefer_not: question.prefer_not}
    return tuple(role for role, is_offered in wanted.items() if is_offered)
