"""What a line of the log is about is a sentence in the reader's language, its things named."""

import re

import pytest
from flask import Flask
from flask_babel import force_locale

from surveyapp.accounts.logged.about import READINGS, about_words
from surveyapp.accounts.logged.deeds import NOBODY
from surveyapp.accounts.logged.names import Names
from surveyapp.storage.audit import Action, Entry, newest
from surveyapp.storage.field.collectors import Kind, make_collector
from surveyapp.storage.field.waves import samples_of
from tests.storage.making import NOW, SLUG, fielded

ANN = "ann@elm.example"
LOCALES = {"en": "en_CA", "fr": "fr_CA"}
# Each deed with a subject as it is written, and what an English reader reads of a survey that is
# not there any more.
LINES = {
    Action.survey_begun: ("safety", "The survey “safety”."),
    Action.draft_edited: (
        "safety: questions/walk, questions/walk/options/yes, sections/home, notice, /, odd/x/y/z",
        "In the draft of “safety”: question walk, option yes of question walk, section home,"
        " the notice of collection, the survey as a whole and odd/x/y/z.",
    ),
    Action.edit_refused: (
        "safety: gone at questions/walk, changed meanwhile at notice, too_many at sections/home",
        "Not done in the draft of “safety”: question walk, which is gone, the notice of collection,"
        " which somebody else changed meanwhile and section home, which cannot be so.",
    ),
    Action.survey_renamed: ("safety → safety-2027", "From the address safety to safety-2027."),
    Action.file_refused: ("a: b.xlsx: condition, formula", "The file “a: b.xlsx”."),
    Action.library_changed: ("removed item 7", "Question number 7 was taken out."),
    Action.edition_published: ("safety, edition 2", "Edition 2 of “safety”."),
    Action.publication_refused: (
        "safety: 1 to mend",
        "No edition of “safety”: 1 thing was to be mended or accepted first.",
    ),
    Action.partners_changed: ("safety: elm, oak", "Taking part in “safety”: elm and oak."),
    Action.wave_opened: ("safety 2026", "Wave 2026 of “safety”."),
    Action.wave_closed: ("safety 2026", "Wave 2026 of “safety”."),
    Action.wave_retimed: (
        "safety 2026: 2026-11-07T00:00-05:00 to no end, now 2026-11-07T00:00-05:00 to"
        " 2027-03-14T03:30-04:00",
        "The times of wave 2026 of “safety”. Before: 2026-11-07 00:00, with no last day."
        " Since then: 2026-11-07 00:00 to 2027-03-14 03:30.",
    ),
    Action.results_promised: (
        "safety 2026: - now 2027-03-15",
        "The results of wave 2026 of “safety”: residents are told 2027-03-15.",
    ),
    Action.profile_saved: ("elm, version 3", "The words of elm, version 3."),
    Action.sample_added: (
        "safety 2026: mailed probability",
        "The probability sample mailed of wave 2026 of “safety”.",
    ),
    Action.sample_changed: (
        "safety 2026: mailed, invited - now 5500",
        "How many people the sample mailed of wave 2026 of “safety” invites: not recorded before,"
        " 5,500 since then.",
    ),
    Action.collector_added: (
        "safety 2026: qr C3XMQW in open",
        "Posters and cards with a QR code, code C3XMQW, for the sample open of wave 2026 of"
        " “safety”.",
    ),
    Action.double_entry_changed: (
        "safety 2026: C3XMQW typed once",
        "Each sheet of way in C3XMQW to wave 2026 of “safety” is typed once.",
    ),
    Action.sheet_entered: ("safety 2026: C3XMQW", "By way in C3XMQW to wave 2026 of “safety”."),
    Action.sheet_settled: ("safety 2026: C3XMQW", "By way in C3XMQW to wave 2026 of “safety”."),
    Action.entry_discarded: ("safety 2026: C3XMQW", "By way in C3XMQW to wave 2026 of “safety”."),
    Action.interview_entered: ("safety 2026: C3XMQW", "By way in C3XMQW to wave 2026 of “safety”."),
    Action.invitations_made: ("C3XMQW: 1", "1 code of way in C3XMQW."),
    Action.invitations_cancelled: ("C3XMQW: 40", "40 codes of way in C3XMQW."),
    Action.interim_results_counted: ("wave 99, count 2", "Count number 2 of wave number 99."),
    Action.release_made: ("wave 99, release 1", "Release number 1 of wave number 99."),
    Action.results_downloaded: ("safety 2026", "Wave 2026 of “safety”."),
    Action.internal_results_exported: (
        "safety 2026 without fast trap",
        "Answers to wave 2026 of “safety”, without those that show a sign: The survey was answered"
        " faster than it can be read and A field that no person sees was filled in.",
    ),
    Action.staff_added: (
        f"{ANN}: analyst",
        f"The account of {ANN}, with the role of analyst.",
    ),
    Action.staff_changed: (
        f"{ANN}: role designer, password, municipalities 2",
        f"The account of {ANN} now has the role of designer, a new password and 2 municipalities.",
    ),
    Action.staff_switched_off: (ANN, f"The account of {ANN}."),
    Action.staff_switched_on: (ANN, f"The account of {ANN}."),
    Action.link_made: (ANN, f"The account of {ANN}."),
    Action.password_set: ("", "Their own account."),
    Action.password_changed: ("", "Their own account."),
    Action.second_step_turned_on: ("", "Their own account."),
    Action.second_step_turned_off: (ANN, f"The account of {ANN}."),
    Action.recovery_codes_made: ("", "Their own account."),
    Action.recovery_code_used: ("", "Their own account."),
    Action.lockout_lifted: (ANN, f"The account of {ANN}."),
    Action.signed_in: ("", "Their own account."),
    Action.signed_out: ("", "Their own account."),
    Action.sessions_ended: (ANN, f"The account of {ANN}."),
    Action.sign_in_refused: ("", "Their own account."),
    Action.sign_in_locked: ("", "Their own account."),
    Action.second_step_refused: ("", "Their own account."),
    Action.access_refused: (
        "role: GET /en/staff/log/",
        "The page /en/staff/log/, which their role does not open.",
    ),
    Action.log_exported: (
        "person=command line kind=wave_opened from=2026-03-01",
        "Some lines of the log (person: Command line, what was done: Opened a wave and first day:"
        " 2026-03-01).",
    ),
}


def about(app: Flask, action: str, subject: str, language: str = "en", actor: str = ANN) -> str:
    """Return what a line is about."""
    with app.test_request_context(f"/{language}/"), force_locale(LOCALES[language]):
        return about_words(Entry(NOW, actor, action, subject), Names())


def test_every_deed_has_a_sentence_in_both_languages(app: Flask) -> None:
    assert set(LINES) == set(READINGS) == set(Action)
    for action, (subject, said) in LINES.items():
        assert about(app, action, subject) == said, action
        french = about(app, action, subject, "fr")
        assert re.fullmatch(r"[A-ZÀ-Ý0-9].*\.", french), action
        assert french != said, action


@pytest.mark.parametrize(
    ("action", "subject"),
    [
        ("before_the_flood", "anything"),
        (Action.release_made, "the first of all"),
        (Action.wave_retimed, "s w: 2026-13-01 to no end, now 2026-11-07 to no end"),
        (Action.results_promised, "s w: - now 2026-13-01"),
        (Action.staff_added, "ann@elm.example: king"),
        (Action.internal_results_exported, "safety 2026 without fun"),
        (Action.signed_in, "from afar"),
    ],
)
def test_what_no_pattern_knows_is_not_guessed(app: Flask, action: str, subject: str) -> None:
    assert about(app, action, subject) == ""


def test_a_refusal_of_before_names_the_survey_only(app: Flask) -> None:
    assert about(app, Action.edit_refused, "safety") == "The survey “safety”."


def test_an_address_that_somebody_made_up_is_not_repeated(app: Flask) -> None:
    sentence = about(app, Action.edit_refused, "safety: gone at questions/{{ 7 * 7 }}")
    assert "an unknown part, which is gone" in sentence
    assert "7" not in sentence


def test_nobody_known_has_no_account_of_their_own(app: Flask) -> None:
    assert about(app, Action.sign_in_refused, "", actor=NOBODY).startswith("An address that nobody")


@pytest.mark.usefixtures("context")
def test_what_is_written_now_is_read_with_the_names_of_things(app: Flask) -> None:
    wave = fielded().wave
    made = make_collector(samples_of(wave.id)[0], Kind.paper, None, by=ANN, now=NOW)
    way = f"way in {made.code} to wave 2026 of “Safety”"
    assert about(app, Action.invitations_made, f"{made.code}: 40") == f"40 codes of {way}."
    counted = f"wave {wave.id}, count 2"
    assert "“Safety”" in about(app, Action.interim_results_counted, counted)
    for entry in newest():
        assert SLUG not in about(app, entry.action, entry.subject), entry
        assert about(app, entry.action, entry.subject), entry
