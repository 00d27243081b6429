"""How long answers are kept and can be taken back: a standing form never closes."""

from flask_babel import gettext as _
from flask_babel import ngettext

from surveyapp.questionnaire.document import Questionnaire


def deletion_words(survey: Questionnaire) -> str:
    """Say when answers are deleted: a while after the survey, or after each of a standing form."""
    if survey.standing:
        return ngettext(
            "Answers are deleted %(num)s month after you send them.",
            "Answers are deleted %(num)s months after you send them.",
            survey.retention_months,
        )
    return ngettext(
        "Answers are deleted %(num)s month after the survey closes.",
        "Answers are deleted %(num)s months after the survey closes.",
        survey.retention_months,
    )


def code_words(survey: Questionnaire) -> str:
    """Say what the code of a call is for, before it is read out."""
    if survey.standing:
        return _("If you want to take your answers back, this code does it at any time:")
    return _("If you want to take your answers back, this code does it until the survey closes:")
