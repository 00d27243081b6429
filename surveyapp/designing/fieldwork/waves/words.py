"""When a wave opens and closes, and why one cannot, as staff read it."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_name
from flask_babel import format_date, format_time, get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString

from surveyapp.storage.field.waves import Wave, WaveError

# The field that each refusal is about, and its sentence.
REFUSALS: dict[str, tuple[str, LazyString]] = {
    "code_taken": ("code", _l("Choose another code: this survey has a wave of that code")),
    "another_open": (
        "code",
        _l("Close the wave that is open first: a survey has one open wave at a time"),
    ),
    "no_edition": ("code", _l("Publish the questionnaire first: a wave needs a published edition")),
    "places_unknown": ("places", _l("Choose a set of places from the list")),
    "closes_before_it_opens": (
        "closes_day",
        _l("Choose a later day or time: the wave would close before it opens"),
    ),
    "closes_in_the_past": (
        "closes_day",
        _l("Choose a time that is still to come, or close the wave now"),
    ),
    "results_before_closing": (
        "results_day",
        _l("Choose a later day: results come after the wave closes"),
    ),
    "results_in_the_past": ("results_day", _l("Choose a day that is still to come")),
    "has_opened": ("closes_day", _l("The wave has opened meanwhile: its first day stays")),
    "closed_for_good": (
        "closes_day",
        _l("This wave is closed and stays closed: open a new wave instead"),
    ),
}


def refusal_of(error: WaveError) -> tuple[str, str]:
    """Return the field that a refusal is about, and what to do."""
    field, sentence = REFUSALS[error.reason]
    return field, str(sentence)


def zone_words(zone: ZoneInfo) -> str:
    """Name a time zone whatever the season, as Eastern Time."""
    return str(get_timezone_name(zone, locale=get_locale()))


def moment_words(instant: datetime, zone: ZoneInfo) -> str:
    """Say an instant in local time, with the season's own name: an hour can come twice."""
    local = instant.astimezone(zone)
    return _(
        "%(day)s at %(time)s, %(zone)s",
        day=format_date(local.date(), "full"),
        time=format_time(local, "short", rebase=False),
        zone=get_timezone_name(local, locale=get_locale()),
    )


def results_words(wave: Wave) -> str:
    """Say by when residents are told that results come."""
    if wave.results_on is None:
        return _("No day is told")
    return format_date(wave.results_on, "full")


def opening_words(wave: Wave) -> str:
    """Say when a wave opens."""
    return moment_words(wave.opens_at, wave.zone)


def closing_words(wave: Wave) -> str:
    """Say when a wave closes or was closed: a whole last day by its name."""
    if wave.closed_at is not None:
        return moment_words(min(wave.closed_at, wave.closes_at or wave.closed_at), wave.zone)
    if wave.closes_at is None:
        return _("No last day: it stays open until somebody closes it")
    local = wave.closes_at.astimezone(wave.zone)
    if local.time() == time():
        day = (local - timedelta(days=1)).date()
        return _(
            "At the end of %(day)s, %(zone)s",
            day=format_date(day, "full"),
            zone=zone_words(wave.zone),
        )
    return moment_words(wave.closes_at, wave.zone)
