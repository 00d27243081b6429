"""What designers read of kinds of question and of ready-made scales."""

from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.questionnaire.kinds import Kind

KIND_NAMES: dict[Kind, LazyString] = {
    Kind.single: _l("Choose one answer"),
    Kind.multiple: _l("Choose several answers"),
    Kind.scale: _l("Choose one answer on a scale"),
    Kind.battery: _l("Several statements on one scale"),
    Kind.rank: _l("Put answers in order"),
    Kind.number: _l("Write a number"),
    Kind.text: _l("Write in one’s own words"),
    Kind.place: _l("Choose a place"),
    Kind.note: _l("Words to read, no question"),
}
SCALE_NAMES: dict[str, LazyString] = {
    "agreement": _l("Strongly agree to strongly disagree, five steps"),
    "satisfaction": _l("Very satisfied to very dissatisfied, five steps"),
    "safety": _l("Very safe to very unsafe, four steps"),
    "worry": _l("Not at all worried to very worried, three steps"),
    "strength": _l("Very strong to very weak, four steps"),
    "good_job": _l("Good, average or poor job"),
    "yes_no": _l("Yes or no"),
}
