"""What a poster, a card or a paper questionnaire says, in each language."""

from dataclasses import dataclass
from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from surveyapp.forms.audience import who_can_answer
from surveyapp.forms.keeping import deletion_words
from surveyapp.forms.paper import PlaceNames, on_paper
from surveyapp.i18n import LANGUAGES, Interface, speaking, tongues
from surveyapp.press.printed.outreach import Outreach, Side
from surveyapp.press.typesetting import Emblem, emblem
from surveyapp.questionnaire.document import Questionnaire
from surveyapp.questionnaire.model import Place
from surveyapp.questionnaire.tongues import OPEN, marked, said
from surveyapp.storage.drafting.surveys import Edition, newest_edition
from surveyapp.storage.field.collectors import greeting_municipality
from surveyapp.storage.field.waves import Collector, Wave
from surveyapp.storage.municipal.logos import logo
from surveyapp.storage.municipal.places import PlaceTree, place_tree
from surveyapp.storage.municipal.profiles import Profile, newest_profile

NBSP = "\N{NO-BREAK SPACE}"
# A heading in large letters does not break inside "bien-être".
UNBROKEN_HYPHEN = "\N{NON-BREAKING HYPHEN}"


@dataclass(frozen=True)
class Subject:
    """What is printed: an edition, for a way into a wave, in a municipality's name."""

    edition: Edition
    profile: Profile
    wave: Wave
    collector: Collector

    @property
    def questionnaire(self) -> Questionnaire:
        """The published questionnaire."""
        return self.edition.questionnaire


def further_languages(survey_id: int) -> tuple[Interface, ...]:
    """List what the newest edition of a survey speaks besides English and French."""
    edition = newest_edition(survey_id)
    spoken = tongues(edition.questionnaire.languages) if edition else {}
    return tuple(one for code, one in spoken.items() if code not in LANGUAGES)


def subject_of(wave: Wave, collector: Collector) -> Subject:
    """Gather what a way in prints: the newest edition and profile, as new visits get."""
    edition = newest_edition(wave.survey_id)
    assert edition is not None, "a wave has an edition"
    profile = newest_profile(greeting_municipality(collector)).content
    return Subject(edition, profile, wave, collector)


def _logo(subject: Subject, words: str) -> Emblem | None:
    """Return the municipality's logo, if it has one; ``words`` say whose it is."""
    known = subject.profile.logo
    found = logo(known.digest) if known else None
    return emblem(*found, words) if found else None


def _closing(wave: Wave) -> list[str]:
    if wave.closes_at is None:
        return []
    day = format_date(wave.last_day(wave.closes_at), "long")
    return [_("You can answer until the end of %(day)s.", day=day)]


def _facts(subject: Subject, language: str) -> tuple[str, ...]:
    minutes = subject.questionnaire.minutes
    taken = ngettext(
        "It takes about %(num)s minute.", "It takes about %(num)s minutes.", minutes or 0
    )
    return (
        *([taken] if minutes else []),
        *who_can_answer(subject.questionnaire, language)[:1],
        _("Your answers are confidential. We do not ask for your name or address."),
        *_closing(subject.wave),
    )


def _unbroken(telephone: str) -> str:
    """Keep a number on one line and in its order."""
    return marked(telephone.replace(" ", NBSP))


def _help_lines(profile: Profile, language: str) -> tuple[str, ...]:
    return tuple(
        f"{said(line.name, language)}{NBSP}{_unbroken(line.telephone)}"
        for line in profile.help_lines
    )


def _own(words: str) -> str:
    """Return words that are in the language of a side; a poster says English once."""
    return "" if words.startswith(OPEN) else words


def _side(subject: Subject, language: str) -> Side:
    profile, survey = subject.profile, subject.questionnaire
    with speaking(language):
        return Side(
            language=language,
            municipality=_own(said(profile.names, language)),
            title=survey.title[language].replace("-", UNBROKEN_HYPHEN),
            summary=survey.summary[language],
            scan=_own(_("Point your phone’s camera at the square")),
            address_lead=_own(_("or type this address in a browser:")),
            facts=[one for one in _facts(subject, language) if _own(one)],
            telephone=_own(
                _(
                    "No Internet, or questions? Call %(telephone)s.",
                    telephone=_unbroken(profile.officer.telephone),
                )
            ),
            help_heading=_own(_("If you need help now")),
            help_lines=_help_lines(profile, language),
        )


def outreach(subject: Subject, address: str) -> Outreach:
    """Say what a poster or card says in every language of the survey."""
    spoken = tongues(subject.questionnaire.languages)
    names = [_own(said(subject.profile.names, one)) for one in spoken]
    words = " | ".join(dict.fromkeys(one for one in names if one))
    return Outreach(tuple(_side(subject, one) for one in spoken), address, _logo(subject, words))


def _places(questionnaire: Questionnaire, tree: PlaceTree, language: str) -> PlaceNames:
    names = tree.names(language)
    asked = [one for one in questionnaire.questions() if isinstance(one, Place)]
    if not asked:
        return PlaceNames((), names)
    printed = tree.printed(asked[0].level, language)
    groups = ((label, tuple(names[one.code] for one in places)) for label, places in printed)
    return PlaceNames(tuple(groups), names)


def _authority(subject: Subject, language: str) -> str:
    """Name the authority, and what the municipality itself must add to it, as on the web."""
    notice, more = subject.questionnaire.notice, subject.profile.notice
    assert notice is not None
    return f"{notice.authority[language]} {said(more, language) if more else ''}".strip()


def _notice(subject: Subject, language: str) -> dict[str, Any]:
    survey = subject.questionnaire
    assert survey.notice is not None
    who = who_can_answer(survey, language)
    return {
        "heading": _("Before you start"),
        "parts": [
            *([(_("Who can answer"), " ".join(who))] if who else []),
            (_("Why we ask"), survey.notice.purpose[language]),
            (_("What gives us the right to ask"), _authority(subject, language)),
        ],
        "answers_heading": _("Your answers"),
        "answers": [
            _("Answering is your choice. You can skip any question and stop at any time."),
            _(
                "Your answers are confidential. They are published only as counts of many people"
                " together."
            ),
            _("Do not write your name or address on this questionnaire."),
            deletion_words(survey),
            _(
                "Nobody watches the answers as they come in. This survey is not a way to report to"
                " police."
            ),
        ],
    }


def _also(subject: Subject, language: str) -> list[dict[str, str]]:
    """Say in each other language that there is a booklet in it; a further one says its name."""
    telephone = _unbroken(subject.profile.officer.telephone)
    found = []
    for code, other in tongues(subject.questionnaire.languages).items():
        with speaking(code):
            words = (
                _(
                    "This questionnaire is also available in English: call %(telephone)s.",
                    telephone=telephone,
                )
                if code in LANGUAGES
                else f"{other.name}: {telephone}"
            )
        found += [{"words": marked(words, code)}] if code != language else []
    return found


def booklet(subject: Subject, language: str) -> dict[str, Any]:
    """Say everything that a paper questionnaire says in one language."""
    profile, survey, wave = subject.profile, subject.questionnaire, subject.wave
    tree = place_tree(wave.place_set_id)
    with speaking(language):
        return {
            "language": language,
            "logo": _logo(subject, said(profile.names, language)),
            "municipality": said(profile.names, language),
            "title": survey.title[language],
            "summary": survey.summary[language],
            "also": _also(subject, language),
            "how_heading": _("How to fill in this questionnaire"),
            "how": [
                _("Use a pen. Put an X in the box beside your answer."),
                _("To change an answer, fill its box in completely and put an X in another."),
                _("The small numbers are for those who enter the answers."),
            ],
            "notice": _notice(subject, language),
            "officer_heading": _("Questions about this survey"),
            "officer": [
                said(profile.officer.title, language),
                said(profile.names, language),
                said(profile.officer.address, language),
                _unbroken(profile.officer.telephone),
            ],
            "help_heading": _("If you need help now"),
            "help_lines": _help_lines(profile, language),
            "content_note": _("Take care of yourself"),
            "or": _("or"),
            "specify": _("In your own words"),
            "sections": on_paper(survey, language, _places(survey, tree, language)),
            "end_heading": _("Thank you"),
            "end": survey.thanks[language] if survey.thanks else "",
            "send": _("Put the questionnaire in an envelope and send it to:"),
            "by": _closing_by_post(wave),
            "page": _("Page %(number)s of %(total)s", number="{n}", total="{m}"),
            "form": _(
                "Wave %(wave)s, edition %(edition)s, form %(code)s",
                wave=wave.code,
                edition=subject.edition.number,
                code=subject.collector.code,
            ),
        }


def _closing_by_post(wave: Wave) -> str:
    if wave.closes_at is None:
        return ""
    day = format_date(wave.last_day(wave.closes_at), "long")
    return _("The questionnaire must arrive by %(day)s.", day=day)
