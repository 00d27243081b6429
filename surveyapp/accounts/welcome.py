"""The link with which somebody who was invited, or who forgot, sets a password."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from surveyapp.accounts.choosing import ChooseForm
from surveyapp.accounts.passwords import hashed
from surveyapp.accounts.words import DUTIES, places_words
from surveyapp.storage.people.links import LinkUsedError, holder, use_link

bp = Blueprint("welcome", __name__, url_prefix="/<language>/staff/welcome")


@bp.route("/<token>", methods=["GET", "POST"])
def choose(token: str) -> ResponseReturnValue:
    """Set a password, once; then sign in with it."""
    now = datetime.now(UTC)
    staff = holder(token, now)
    if staff is None:
        return render_template("accounts/link_used.html"), 410
    form = ChooseForm(staff)
    if form.validate_on_submit():
        try:
            use_link(token, hashed(form.password.data), now)
        except LinkUsedError:
            return render_template("accounts/link_used.html"), 410
        return redirect(url_for("sign_in.sign_in", welcome="yes"), 303)
    status = 400 if form.is_submitted() else 200
    return render_template(
        "accounts/welcome.html",
        form=form,
        staff=staff,
        duty=DUTIES[staff.role],
        places=places_words(staff.municipality_ids),
    ), status
