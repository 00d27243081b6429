"""Signing in with an e-mail address and a password, and out again."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from surveyapp.accounts.access import enter, leave, safe_next, signed_in
from surveyapp.accounts.password_rules import MOST_LENGTH
from surveyapp.accounts.passwords import hashed, is_outdated, matches
from surveyapp.accounts.refusing import who_helps
from surveyapp.accounts.waiting import remember
from surveyapp.storage.audit import Action, note
from surveyapp.storage.limits import allow, forget
from surveyapp.storage.people.second_steps import is_on
from surveyapp.storage.people.staff import Staff, keep_password_hash, staff_by_email

bp = Blueprint("sign_in", __name__, url_prefix="/<language>/staff")

WINDOW = timedelta(minutes=15)
TRIES_AN_ACCOUNT = 8
TRIES_AN_ADDRESS = 60
ACCOUNT = "sign-in account"
ADDRESS = "sign-in address"


class CannotSignInError(Exception):
    """Somebody is not let in: ``sentence`` says why and what to do, ``status`` is the answer's."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


class SignInForm(FlaskForm):  # type: ignore[misc]
    """An e-mail address and a password."""

    email = StringField(
        _l("E-mail address"),
        [
            InputRequired(_l("Write your e-mail address")),
            Length(max=254, message=_l("Write an e-mail address of at most 254 characters")),
        ],
    )
    password = PasswordField(
        _l("Password"),
        [
            InputRequired(_l("Write your password")),
            Length(max=MOST_LENGTH, message=_l("Write a password of at most 200 characters")),
        ],
    )


def home() -> str:
    """Return the page that asked to sign in, or else the first one."""
    return safe_next(request.args.get("next", "")) or url_for("surveys.surveys")


def _may_try(email: str, now: datetime) -> bool:
    # Both are counted, so that neither many accounts nor many addresses get round the limit.
    account = allow(ACCOUNT, email.strip().lower(), TRIES_AN_ACCOUNT, WINDOW, now)
    address = allow(ADDRESS, request.remote_addr or "", TRIES_AN_ADDRESS, WINDOW, now)
    return account and address


def _checked(email: str, password: str, now: datetime) -> Staff:
    """Return who signs in; takes as long for somebody who is not there."""
    found = staff_by_email(email)
    if not _may_try(email, now):
        note(found.email if found else "unknown", Action.sign_in_locked, "", now)
        raise CannotSignInError(_("Too many tries: wait 15 minutes, then sign in again"), 429)
    if not matches(password, found.password_hash if found else None):
        note(found.email if found else "unknown", Action.sign_in_refused, "", now)
        raise CannotSignInError(_("That e-mail address and password do not go together"), 400)
    assert found is not None
    if not found.may_sign_in:
        note(found.email, Action.sign_in_refused, "", now)
        sentence = _("Your account is switched off. Ask %(who)s to switch it on")
        raise CannotSignInError(sentence % {"who": who_helps(found)}, 403)
    if is_outdated(found.password_hash):
        keep_password_hash(found.id, hashed(password))
    forget(ACCOUNT, email.strip().lower(), now)
    return found


def let_in(staff: Staff, now: datetime) -> ResponseReturnValue:
    """Begin a session, and go to the page that asked for it."""
    enter(staff)
    note(staff.email, Action.signed_in, "", now)
    return redirect(home(), 303)


def _onward(staff: Staff, now: datetime) -> ResponseReturnValue:
    if not is_on(staff):
        return let_in(staff, now)
    remember(staff, now)
    wanted = safe_next(request.args.get("next", "")) or None
    return redirect(url_for("sign_in_code.ask", next=wanted), 303)


@bp.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    """Sign in, and go to the page that asked for it."""
    if request.method == "GET" and signed_in():
        return redirect(home(), 303)
    form, refusal = SignInForm(), ""
    code = 400 if form.is_submitted() else 200
    if form.validate_on_submit():
        now = datetime.now(UTC)
        try:
            return _onward(_checked(form.email.data, form.password.data, now), now)
        except CannotSignInError as error:
            refusal, code = error.sentence, error.status
    return render_template("accounts/sign_in.html", form=form, refusal=refusal), code


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """Sign out."""
    leave()
    return redirect(url_for("sign_in.sign_in"), 303)
