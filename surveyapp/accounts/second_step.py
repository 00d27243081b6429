"""Turning one's own second step on and off: a picture to scan, a code to prove it, codes."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from surveyapp.accounts import one_time
from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.choosing import ProveForm
from surveyapp.accounts.sign_in import WINDOW
from surveyapp.accounts.sign_in_code import CODES, TRIES, CodeForm
from surveyapp.storage.codes import grouped
from surveyapp.storage.limits import allow
from surveyapp.storage.people import second_steps
from surveyapp.storage.people.staff import Role, Staff

bp = Blueprint("second_step", __name__, url_prefix="/<language>/staff/account/second-step")


def _being_set_up(staff: Staff) -> str | None:
    """Return the secret that waits for its first code."""
    kept = second_steps.sealed_secret(staff, confirmed=False)
    return one_time.unsealed(kept) if kept else None


def _site() -> str:
    """Name the program in somebody's list of codes."""
    return f"surveyapp {urlsplit(current_app.config['PUBLIC_URL']).hostname}"


def _codes(codes: tuple[str, ...]) -> ResponseReturnValue:
    """Show recovery codes, once."""
    return render_template("accounts/recovery_codes.html", codes=[grouped(one) for one in codes])


@bp.route("", methods=["GET", "POST"])
@requires(*Role)
def begin() -> ResponseReturnValue:
    """Begin to set the step up, or manage the one that is on: who it is proves it first."""
    staff = current_staff()
    form = ProveForm(staff)
    if form.validate_on_submit():
        second_steps.begin(staff, one_time.sealed(one_time.new_secret()))
        return redirect(url_for(".confirm"), 303)
    return _page(staff, form)


def _page(staff: Staff, form: ProveForm) -> ResponseReturnValue:
    status = 400 if form.is_submitted() else 200
    return render_template(
        "accounts/second_step.html",
        form=form,
        is_on=second_steps.is_on(staff),
        codes_left=second_steps.codes_left(staff),
    ), status


def _turned_on(staff: Staff, secret: str, typed: str, now: datetime) -> tuple[str, ...]:
    """Turn the step on if the code is right; return the recovery codes."""
    if not allow(CODES, staff.email, TRIES, WINDOW, now):
        return ()
    step = one_time.step_of(secret, typed, now)
    return () if step is None else second_steps.turn_on(staff, step, now)


@bp.route("/confirm", methods=["GET", "POST"])
@requires(*Role)
def confirm() -> ResponseReturnValue:
    """Show what the telephone scans; turn the step on with its first code."""
    staff = current_staff()
    secret = _being_set_up(staff)
    if secret is None:
        return redirect(url_for(".begin"), 303)
    form = CodeForm()
    if form.validate_on_submit():
        codes = _turned_on(staff, secret, form.code.data, datetime.now(UTC))
        if codes:
            return _codes(codes)
        form.code.errors = [_("That code is not right. Write the one that the app shows now")]
    address = one_time.address_of(secret, staff.email, _site())
    picture = one_time.picture_of(address, _("QR code that your authentication app scans"))
    status = 400 if form.is_submitted() else 200
    return render_template(
        "accounts/confirm.html", form=form, picture=picture, secret=grouped(secret)
    ), status


@bp.route("/codes", methods=["GET", "POST"])
@requires(*Role)
def codes() -> ResponseReturnValue:
    """Make new recovery codes in the place of the old ones; they are shown to a post alone."""
    staff = current_staff()
    form = ProveForm(staff)
    if second_steps.is_on(staff) and form.validate_on_submit():
        return _codes(second_steps.new_recovery_codes(staff, datetime.now(UTC)))
    return _page(staff, form)


@bp.route("/off", methods=["GET", "POST"])
@requires(*Role)
def off() -> ResponseReturnValue:
    """Turn the step off."""
    staff = current_staff()
    form = ProveForm(staff)
    if form.validate_on_submit():
        second_steps.turn_off(staff, by=staff.email, now=datetime.now(UTC))
        return redirect(url_for("account.own", done="off"), 303)
    return _page(staff, form)
