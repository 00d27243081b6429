"""What every page that asks for one code does: show it, and refuse what is not looked up."""

from datetime import timedelta

from flask import render_template, request
from flask_babel import gettext as _

from surveyapp.answering.tokens import has_token
from surveyapp.answering.visiting import now
from surveyapp.storage.fielding import Fielding
from surveyapp.storage.limits import allow
from surveyapp.storage.profiles import profile
from surveyapp.storage.surveys import edition

WINDOW = timedelta(hours=1)


def code_page(template: str, found: Fielding, problem: str = "", typed: str = "") -> str:
    """Draw a page that asks for a code, with what was typed and what is wrong with it."""
    return render_template(
        f"answering/{template}.html",
        survey=edition(found.edition_id).questionnaire,
        profile=profile(found.profile_id).content,
        slug=found.slug,
        problem=problem,
        typed=typed,
    )


def refusal(bucket: str, typed: str, empty: str, tries: int) -> tuple[str, int] | None:
    """Return why what was posted is not looked up, and with which status.

    ``empty`` is the sentence for nothing typed; ``tries`` are those of an address in an hour.
    """
    if not has_token():
        return _("This page was open for a long time. Press the button again."), 400
    if not typed.strip():
        return empty, 400
    if not allow(bucket, request.remote_addr or "", tries, WINDOW, now()):
        return _("Too many tries. Wait an hour, then try again."), 429
    return None
