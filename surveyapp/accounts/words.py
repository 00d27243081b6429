"""What staff read about themselves: roles, what is wrong with a password, what the log says."""

from collections.abc import Collection, Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.lists import format_list
from flask import request
from flask_babel import format_datetime, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.accounts.password_rules import LEAST_LENGTH, MOST_LENGTH, Weakness, weakness
from surveyapp.i18n import language
from surveyapp.storage.drafting.partners import Reach
from surveyapp.storage.field.collectors import municipalities_with_words
from surveyapp.storage.municipal.profiles import municipality_name, newest_profile
from surveyapp.storage.people.staff import Role, Staff

ROLES: dict[Role, LazyString] = {
    Role.designer: _l("designer"),
    Role.translator: _l("translator"),
    Role.publisher: _l("publisher"),
    Role.analyst: _l("analyst"),
    Role.administrator: _l("administrator"),
}
DUTIES: dict[Role, LazyString] = {
    Role.designer: _l("Designer: writes questionnaires and runs the fieldwork"),
    Role.translator: _l("Translator: changes the words of questionnaires and nothing else"),
    Role.publisher: _l("Publisher: does what a designer does, publishes, and releases results"),
    Role.analyst: _l("Analyst: reads results and raw files, and enters paper and calls"),
    Role.administrator: _l("Administrator: opens every page, lets staff in, and reads the log"),
}
WEAK: dict[Weakness, LazyString] = {
    Weakness.too_short: _l("Write a password of at least %(least)s characters"),
    Weakness.too_long: _l("Write a password of at most %(most)s characters"),
    Weakness.common: _l("Choose another password: many people use this one, or one very like it"),
    Weakness.about_you: _l(
        "Choose another password: this one is made of your address or of the name of this site"
    ),
    Weakness.a_pattern: _l(
        "Choose another password: this one is a row of keys, or few characters again and again"
    ),
}


def weak_words(password: str, email: str) -> str:
    """Say what is wrong with a password that somebody chooses, or nothing."""
    found = weakness(password, email, request.host)
    limits = {"least": LEAST_LENGTH, "most": MOST_LENGTH}
    return str(WEAK[found]) % limits if found else ""


def listed(words: Iterable[str], style: str = "standard") -> str:
    """Join words as the reader's language does: "a, b and c", or with ``or``."""
    return format_list([str(one) for one in words], style=style, locale=get_locale())


def places_words(municipality_ids: Collection[int]) -> str:
    """Say what somebody's work is limited to."""
    if not municipality_ids:
        return _("every municipality")
    return listed(sorted(municipality_name(one, language()) for one in municipality_ids))


def reach_words(reach: Reach) -> str:
    """Name the municipalities whose part of a joint survey is somebody's own."""
    return places_words([one.id for one in reach.parts])


def zone_of(staff: Staff) -> ZoneInfo:
    """Return the time zone that somebody's days are counted in: of their first municipality."""
    known = municipalities_with_words()
    limits = staff.municipality_ids or tuple(one.id for one in known)
    mine = [one.id for one in known if one.id in limits]
    return newest_profile(mine[0]).content.zone if mine else ZoneInfo("America/Toronto")


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Write an instant as a day and a time of that zone, digits only."""
    return format_datetime(at.astimezone(zone), "y-MM-dd HH:mm", rebase=False)
