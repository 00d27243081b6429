"""Who can answer a survey, whether to ask an adult first, and what may be skipped."""

from flask_babel import gettext as _

from surveyapp.questionnaire.model import Draft, items


def who_can_answer(survey: Draft, language: str) -> tuple[str, ...]:
    """Say who can answer; nothing for a survey that is not for young people."""
    youth = survey.youth
    if youth is None:
        return ()
    ages = {"least": youth.least_age, "most": youth.most_age}
    if youth.most_age is None:
        who = _("This survey is for young people who are %(least)s or older.", **ages)
    else:
        who = _("This survey is for young people who are %(least)s to %(most)s years old.", **ages)
    if youth.ask_adult:
        leave = _("Before you start, ask a parent or another adult whom you trust.")
    else:
        leave = _(
            "You can decide by yourself whether to answer. You do not need a parent’s permission."
        )
    safe = _("If a question makes you feel bad, skip it or stop, and talk to someone you trust.")
    own = (youth.words[language],) if youth.words else ()
    return who, leave, safe, *own


def may_skip_all(survey: Draft) -> bool:
    """Tell whether no question has to be answered to go on."""
    return not any(item.question.required for item in items(survey))
