"""A part that somebody removed while another wrote on it: who did, and how it comes back."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.accounts.access import current_staff
from surveyapp.accounts.reach import shared_survey
from surveyapp.designing.writing.contested import words_of_gone
from surveyapp.designing.writing.saving import moment_of, note_gone
from surveyapp.storage.drafting.drafts import STRUCTURE
from surveyapp.storage.drafting.meanwhile import Removal, removal_of
from surveyapp.storage.drafting.surveys import Survey


def _who(survey: Survey, found: Removal | None) -> str:
    if found is None:
        return _("Somebody removed it.")
    time = moment_of(survey, found.at)
    if found.by == current_staff().email:
        return _("At %(time)s you removed it yourself, in another window.", time=time)
    return _("At %(time)s %(who)s removed it.", who=found.by, time=time)


def refuse_gone(slug: str, where: str) -> ResponseReturnValue:
    """Tell whoever wrote on a part that is gone what became of it; log it.

    What they typed is shown, so that it can be copied, and the part can be put back.
    """
    survey, _reach = shared_survey(slug)
    note_gone(slug, [where])
    nodes = [one for one in request.form.getlist("node") if one.startswith(where)]
    found = removal_of(survey.id, where)
    return render_template(
        "designing/writing/gone.html",
        survey=survey,
        draft=survey.draft,
        is_question=where.startswith("questions/"),
        who=_who(survey, found),
        edit_id=found.edit_id if found and current_staff().role in STRUCTURE else None,
        orphans=words_of_gone(request.form, {where, *nodes}),
    ), 409
