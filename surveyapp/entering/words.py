"""What is said at the entry desk: what became of a sheet, and what an interviewer reads out."""

from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_babel.speaklater import LazyString

from surveyapp.forms.audience import who_can_answer
from surveyapp.forms.keeping import code_words, deletion_words
from surveyapp.i18n import speaking
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.questionnaire.tongues import said
from surveyapp.storage.collected.entries import Entered
from surveyapp.storage.municipal.profiles import Profile

OUTCOMES: dict[str, LazyString] = {
    Entered.stored.value: _l("Sheet %(sheet)s is stored."),
    Entered.waiting.value: _l("Sheet %(sheet)s is kept until somebody else types it too."),
    Entered.differs.value: _l(
        "Sheet %(sheet)s was typed twice and differs. It is on the list to settle."
    ),
    Entered.own.value: _l(
        "You typed sheet %(sheet)s yourself: somebody else types it the second time."
    ),
    Entered.other.value: _l(
        "Sheet %(sheet)s was stored before, and nothing was changed. Check the number on the paper."
    ),
    Entered.closed.value: _l("The wave is closed: sheet %(sheet)s was not stored."),
    Entered.gone.value: _l("Sheet %(sheet)s has nothing to settle any more."),
    "discarded": _l("What was typed for sheet %(sheet)s is discarded."),
}
# What needs a second look, not a nod.
CAUTIONS = frozenset((Entered.own, Entered.other, Entered.closed, Entered.differs))


@dataclass(frozen=True)
class Said:
    """What became of a sheet, in words."""

    words: str
    caution: bool


def outcome_words(outcome: str, sheet: str) -> Said | None:
    """Say what became of a sheet; nothing if nothing did."""
    template = OUTCOMES.get(outcome)
    if template is None:
        return None
    return Said(str(template) % {"sheet": sheet[:20]}, outcome in CAUTIONS)


def not_a_sheet() -> str:
    """Say what a number of a sheet looks like."""
    return _("Write the number that is on the sheet: digits, letters and hyphens, at most 20")


@dataclass(frozen=True)
class Script:
    """What an interviewer reads out, in the language of the interview."""

    opening: tuple[str, ...]
    notice: tuple[str, ...]
    consent: str
    content_note: str
    closing: tuple[str, ...]


def script(survey: Questionnaire, profile: Profile, language: str) -> Script:
    """Write what is read out before, during and after the questions."""
    assert survey.notice is not None
    with speaking(language):
        return Script(
            _opening(survey, profile, language),
            _notice(survey, profile, language),
            _("Do you agree to take part?"),
            _("The next questions can be hard to hear, and you can skip any of them. May I go on?"),
            _closing(survey, language),
        )


def _opening(survey: Questionnaire, profile: Profile, language: str) -> tuple[str, ...]:
    minutes = survey.minutes
    taken = ngettext(
        "It takes about %(num)s minute.", "It takes about %(num)s minutes.", minutes or 0
    )
    return (
        _(
            "Hello. I am calling for %(municipality)s about a survey: %(title)s.",
            municipality=said(profile.names, language),
            title=survey.title[language],
        ),
        *([taken] if minutes else []),
        _("Is this a good time, and can you talk where nobody else listens?"),
        *who_can_answer(survey, language),
    )


def _notice(survey: Questionnaire, profile: Profile, language: str) -> tuple[str, ...]:
    assert survey.notice is not None
    officer = profile.officer
    return (
        survey.notice.purpose[language],
        survey.notice.authority[language],
        _("Answering is your choice. You can skip any question and stop at any time."),
        _(
            "Your answers are confidential. They are published only as counts of many people"
            " together."
        ),
        deletion_words(survey),
        _(
            "Nobody watches the answers as they come in. This survey is not a way to report to"
            " police."
        ),
        _(
            "If you have questions about this survey, call %(telephone)s: %(title)s.",
            telephone=officer.telephone,
            title=said(officer.title, language),
        ),
    )


def _closing(survey: Questionnaire, language: str) -> tuple[str, ...]:
    thanks = [survey.thanks[language]] if survey.thanks else []
    return (
        _("Those were all my questions. Thank you."),
        *thanks,
        code_words(survey),
    )
