"""One's own account: what it may open, its password, and the browsers it is signed in on."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.accounts.access import current_staff, enter, requires
from surveyapp.accounts.choosing import ChangeForm
from surveyapp.accounts.passwords import hashed
from surveyapp.accounts.words import DUTIES, places_words
from surveyapp.storage.people import second_steps
from surveyapp.storage.people import sessions as staff_sessions
from surveyapp.storage.people.staff import Role, Staff, change_password, end_sessions, staff_member

bp = Blueprint("account", __name__, url_prefix="/<language>/staff/account")


def _again(staff: Staff) -> None:
    """Begin a new session here, all others having ended."""
    fresh = staff_member(staff.id)
    assert fresh is not None
    enter(fresh)


def _done() -> str:
    said = {
        "password": _("Your password is changed. You are signed out everywhere else."),
        "everywhere": _("You are signed out everywhere else."),
        "off": _("The second step is turned off."),
    }
    return said.get(request.args.get("done", ""), "")


@bp.get("/")
@requires(*Role)
def own() -> ResponseReturnValue:
    """Show one's own account."""
    staff = current_staff()
    return render_template(
        "accounts/own.html",
        staff=staff,
        duty=DUTIES[staff.role],
        places=places_words(staff.municipality_ids),
        sessions=staff_sessions.count(staff, datetime.now(UTC)),
        second_step=second_steps.is_on(staff),
        codes_left=second_steps.codes_left(staff),
        done=_done(),
    )


@bp.route("/password", methods=["GET", "POST"])
@requires(*Role)
def password() -> ResponseReturnValue:
    """Change one's own password; every other session ends."""
    staff = current_staff()
    form = ChangeForm(staff)
    if form.validate_on_submit():
        change_password(staff, hashed(form.password.data), datetime.now(UTC))
        _again(staff)
        return redirect(url_for(".own", done="password"), 303)
    status = 400 if form.is_submitted() else 200
    return render_template("accounts/password.html", form=form, staff=staff), status


@bp.route("/everywhere", methods=["GET", "POST"])
@requires(*Role)
def everywhere() -> ResponseReturnValue:
    """Sign out everywhere but here."""
    staff = current_staff()
    if request.method == "GET":
        return redirect(url_for(".own"))
    end_sessions(staff, by=staff.email, now=datetime.now(UTC))
    _again(staff)
    return redirect(url_for(".own", done="everywhere"), 303)
