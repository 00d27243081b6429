"""What a line of the log is about, as a sentence: its subject read, its things named.

The subject is written once, in one fixed way for each kind of line, and never changed: a sentence
is made of it anew for each reader. A subject that no pattern knows, of an older program perhaps,
is shown as it is.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import format_date, format_datetime, format_decimal, ngettext
from flask_babel import gettext as _

from surveyapp.accounts.logged import staff_lines
from surveyapp.accounts.logged.deeds import NOBODY
from surveyapp.accounts.logged.drafted import lost_words, parts_words
from surveyapp.accounts.logged.editions import said_of_edition, said_of_no_edition
from surveyapp.accounts.logged.names import Names
from surveyapp.accounts.words import listed
from surveyapp.press.naming import KINDS, SIGNS
from surveyapp.questionnaire.quality import Sign
from surveyapp.storage.audit import Action, Entry
from surveyapp.storage.field.collectors import Kind

Match = re.Match[str]
WAVE = r"(?P<slug>\S+) (?P<wave>\S+)"


@dataclass(frozen=True)
class Reading:
    """How the subject of a kind of line is written, and what is said of it."""

    pattern: str
    say: Callable[[Match, Names], str]


def _wave(found: Match, names: Names) -> str:
    return names.wave(found["slug"], found["wave"])


def _said_of_survey(found: Match, names: Names) -> str:
    return _("The survey %(survey)s.", survey=names.survey(found["slug"]))


def _said_of_draft(found: Match, names: Names) -> str:
    return _(
        "In the draft of %(survey)s: %(parts)s.",
        survey=names.survey(found["slug"]),
        parts=listed(parts_words(found["parts"])),
    )


def _said_of_refusal(found: Match, names: Names) -> str:
    """Say what of a draft was not changed, where the line tells; once it told the survey only."""
    if found["lost"] is None:
        return _said_of_survey(found, names)
    return _(
        "Not done in the draft of %(survey)s: %(parts)s.",
        survey=names.survey(found["slug"]),
        parts=listed(lost_words(found["lost"])),
    )


def _said_of_address(found: Match, _names: Names) -> str:
    return _("From the address %(old)s to %(new)s.", old=found["old"], new=found["new"])


def _said_of_file(found: Match, _names: Names) -> str:
    return _("The file “%(file)s”.", file=found["file"])


def _said_of_library(found: Match, _names: Names) -> str:
    deeds = {
        "kept": _("The question %(item)s was kept."),
        "removed item": _("Question number %(item)s was taken out."),
        "brought back item": _("Question number %(item)s was put back."),
    }
    return deeds[found["deed"]] % {"item": found["item"]}


def _said_of_partners(found: Match, names: Names) -> str:
    survey = names.survey(found["slug"])
    if found["partners"] == "-":
        return _("No other municipality takes part in %(survey)s.", survey=survey)
    return _(
        "Taking part in %(survey)s: %(municipalities)s.",
        survey=survey,
        municipalities=listed(map(names.municipality, found["partners"].split(", "))),
    )


def _said_of_wave(found: Match, names: Names) -> str:
    return _("Wave %(wave)s of %(survey)s.", wave=found["wave"], survey=names.survey(found["slug"]))


def _moment(written: str) -> str:
    return format_datetime(datetime.fromisoformat(written), "y-MM-dd HH:mm", rebase=False)


def _period(opens: str, closes: str) -> str:
    if closes == "no end":
        return _("%(opens)s, with no last day", opens=_moment(opens))
    return _("%(opens)s to %(closes)s", opens=_moment(opens), closes=_moment(closes))


def _said_of_times(found: Match, names: Names) -> str:
    return _(
        "The times of %(wave)s. Before: %(before)s. Since then: %(after)s.",
        wave=_wave(found, names),
        before=_period(found["opened"], found["closed"]),
        after=_period(found["opens"], found["closes"]),
    )


def _said_of_promise(found: Match, names: Names) -> str:
    wave, day = _wave(found, names), found["after"]
    if day == "-":
        return _("The results of %(wave)s: no day is told any more.", wave=wave)
    promised = format_date(date.fromisoformat(day), "y-MM-dd")
    return _("The results of %(wave)s: residents are told %(day)s.", wave=wave, day=promised)


def _said_of_profile(found: Match, names: Names) -> str:
    return _(
        "The words of %(municipality)s, version %(number)s.",
        municipality=names.municipality(found["slug"]),
        number=found["number"],
    )


def _said_of_sample(found: Match, names: Names) -> str:
    sentences = {
        "probability": _("The probability sample %(sample)s of %(wave)s."),
        "open": _("The open sample %(sample)s of %(wave)s."),
    }
    return sentences[found["type"]] % {"sample": found["sample"], "wave": _wave(found, names)}


def _invited(written: str) -> str:
    return _("not recorded") if written == "-" else format_decimal(int(written))


def _said_of_invited(found: Match, names: Names) -> str:
    facts = {"sample": found["sample"], "wave": _wave(found, names)}
    if found["before"] == found["after"]:
        return _("The names of the sample %(sample)s of %(wave)s.", **facts)
    return _(
        "How many people the sample %(sample)s of %(wave)s invites: %(before)s before, %(after)s"
        " since then.",
        **facts,
        before=_invited(found["before"]),
        after=_invited(found["after"]),
    )


def _said_of_new_way(found: Match, names: Names) -> str:
    return _(
        "%(kind)s, code %(code)s, for the sample %(sample)s of %(wave)s.",
        kind=KINDS[Kind(found["kind"])],
        code=found["code"],
        sample=found["sample"],
        wave=_wave(found, names),
    )


def _said_of_typing(found: Match, names: Names) -> str:
    sentences = {
        "twice": _("Each sheet of way in %(code)s to %(wave)s is typed twice."),
        "once": _("Each sheet of way in %(code)s to %(wave)s is typed once."),
    }
    return sentences[found["times"]] % {"code": found["code"], "wave": _wave(found, names)}


def _said_of_way(found: Match, names: Names) -> str:
    return _("By way in %(code)s to %(wave)s.", code=found["code"], wave=_wave(found, names))


def _said_of_codes(found: Match, names: Names) -> str:
    return ngettext(
        "%(num)s code of %(way)s.",
        "%(num)s codes of %(way)s.",
        int(found["codes"]),
        way=names.way_in(found["code"]),
    )


def _said_of_count(found: Match, names: Names) -> str:
    wave = names.wave_by_id(int(found["id"]))
    return _("Count number %(number)s of %(wave)s.", number=found["number"], wave=wave)


def _said_of_release(found: Match, names: Names) -> str:
    wave = names.wave_by_id(int(found["id"]))
    return _("Release number %(number)s of %(wave)s.", number=found["number"], wave=wave)


def _said_of_tables(found: Match, names: Names) -> str:
    wave, signs = _wave(found, names), (found["signs"] or "").split()
    if not signs:
        return _("Everyone’s answers to %(wave)s.", wave=wave)
    return _(
        "Answers to %(wave)s, without those that show a sign: %(signs)s.",
        wave=wave,
        signs=listed(SIGNS[Sign(one)] for one in signs),
    )


_OF_WAVE = Reading(WAVE, _said_of_wave)
_OF_WAY = Reading(rf"{WAVE}: (?P<code>\w+)", _said_of_way)
_OF_CODES = Reading(r"(?P<code>\w+): (?P<codes>\d+)", _said_of_codes)
_TIMES = r"(?P<opened>\S+) to (?P<closed>\S+|no end), now (?P<opens>\S+) to (?P<closes>\S+|no end)"

READINGS: Mapping[Action, Reading] = {
    Action.survey_begun: Reading(r"(?P<slug>\S+)", _said_of_survey),
    Action.draft_edited: Reading(r"(?P<slug>\S+): (?P<parts>.+)", _said_of_draft),
    Action.edit_refused: Reading(r"(?P<slug>[^\s:]+)(: (?P<lost>.+))?", _said_of_refusal),
    Action.survey_renamed: Reading(r"(?P<old>\S+) → (?P<new>\S+)", _said_of_address),
    Action.file_refused: Reading(r"(?P<file>.*): (?P<codes>[a-z_, ]*)", _said_of_file),
    Action.library_changed: Reading(
        r"(?P<deed>kept|removed item|brought back item) (?P<item>\S+)", _said_of_library
    ),
    Action.edition_published: Reading(r"(?P<slug>\S+), edition (?P<number>\d+)", said_of_edition),
    Action.publication_refused: Reading(
        r"(?P<slug>\S+): (changed meanwhile|(?P<problems>\d+) to mend)", said_of_no_edition
    ),
    Action.partners_changed: Reading(r"(?P<slug>\S+): (?P<partners>.+)", _said_of_partners),
    Action.wave_opened: _OF_WAVE,
    Action.wave_closed: _OF_WAVE,
    Action.wave_retimed: Reading(rf"{WAVE}: {_TIMES}", _said_of_times),
    Action.results_promised: Reading(
        rf"{WAVE}: (?P<before>\S+) now (?P<after>\S+)", _said_of_promise
    ),
    Action.profile_saved: Reading(r"(?P<slug>\S+), version (?P<number>\d+)", _said_of_profile),
    Action.sample_added: Reading(
        rf"{WAVE}: (?P<sample>\S+) (?P<type>probability|open)", _said_of_sample
    ),
    Action.sample_changed: Reading(
        rf"{WAVE}: (?P<sample>\S+), invited (?P<before>\d+|-) now (?P<after>\d+|-)",
        _said_of_invited,
    ),
    Action.collector_added: Reading(
        rf"{WAVE}: (?P<kind>{'|'.join(Kind)}) (?P<code>\w+) in (?P<sample>\S+)", _said_of_new_way
    ),
    Action.double_entry_changed: Reading(
        rf"{WAVE}: (?P<code>\w+) typed (?P<times>twice|once)", _said_of_typing
    ),
    Action.sheet_entered: _OF_WAY,
    Action.sheet_settled: _OF_WAY,
    Action.entry_discarded: _OF_WAY,
    Action.interview_entered: _OF_WAY,
    Action.invitations_made: _OF_CODES,
    Action.invitations_cancelled: _OF_CODES,
    Action.interim_results_counted: Reading(
        r"wave (?P<id>\d+), count (?P<number>\d+)", _said_of_count
    ),
    Action.release_made: Reading(r"wave (?P<id>\d+), release (?P<number>\d+)", _said_of_release),
    Action.results_downloaded: _OF_WAVE,
    Action.internal_results_exported: Reading(
        rf"{WAVE}( without (?P<signs>({'|'.join(Sign)})( ({'|'.join(Sign)}))*))?", _said_of_tables
    ),
    **{action: Reading(*one) for action, one in staff_lines.READINGS.items()},
}


def about_words(entry: Entry, names: Names) -> str:
    """Say what a line is about; nothing where no pattern knows its subject."""
    if entry.action not in set(READINGS):
        return ""
    if entry.actor == NOBODY and not entry.subject:
        return _("An address that nobody signs in with.")
    reading = READINGS[Action(entry.action)]
    found = re.fullmatch(reading.pattern, entry.subject, re.DOTALL)
    try:
        return reading.say(found, names) if found else ""
    except ValueError:  # a day that is none, in a line that somebody wrote by hand
        return ""
