"""The address of a survey: chosen until the survey is first published, and then kept for good."""

import re

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.reach import now, survey_in_reach
from surveyapp.designing.drafts import TAKEN
from surveyapp.designing.roles import MAKES
from surveyapp.storage.drafting.surveys import (
    AddressFrozenError,
    SlugTakenError,
    Survey,
    newest_edition,
    rename,
)

bp = Blueprint("addresses", __name__, url_prefix="/<language>/staff/questionnaires/<slug>")
MOST_CHARACTERS = 40
_ADDRESS = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class NotAnAddressError(ValueError):
    """The words cannot be an address; the message says what to write."""


def address_from(typed: str) -> str:
    """Read an address: small letters, digits and hyphens.

    :raise NotAnAddressError: with a sentence, if it is none or a page of ours stands there.
    """
    written = typed.strip().lower().replace(" ", "-")
    if not _ADDRESS.fullmatch(written) or len(written) > MOST_CHARACTERS:
        raise NotAnAddressError(
            _(
                "Write at most %(most)s letters without accents, digits and hyphens, beginning"
                " with a letter",
                most=MOST_CHARACTERS,
            )
        )
    if written in TAKEN:
        raise NotAnAddressError(_("Choose another address: this one is a page of the program"))
    return written


def _draw(survey: Survey, problem: str = "", status: int = 200) -> ResponseReturnValue:
    return render_template(
        "designing/address.html",
        survey=survey,
        draft=survey.draft,
        base=current_app.config["PUBLIC_URL"].rstrip("/"),
        typed=request.form.get("address", survey.slug)[:200],
        is_frozen=newest_edition(survey.id) is not None,
        problem=problem,
    ), status


@bp.get("/address")
@requires(*MAKES)
def page(slug: str) -> ResponseReturnValue:
    """Show the survey's address, and let it be changed while nothing leads to it."""
    return _draw(survey_in_reach(slug))


@bp.post("/address")
@requires(*MAKES)
def send(slug: str) -> ResponseReturnValue:
    """Give the survey another address."""
    survey = survey_in_reach(slug)
    try:
        address = address_from(request.form.get("address", ""))
        if address != survey.slug:
            rename(survey.slug, address, current_staff().email, now())
    except NotAnAddressError as error:
        return _draw(survey, str(error), 400)
    except SlugTakenError:
        return _draw(survey, _("Choose another address: another survey has this one"), 400)
    except AddressFrozenError:
        return _draw(survey, _("The survey is published: its address stays as it is"), 409)
    except LookupError:
        abort(404)
    return redirect(url_for("editor.whole", slug=address), 303)
