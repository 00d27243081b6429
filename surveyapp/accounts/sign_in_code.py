"""The second step of signing in: a code of a telephone, or one that was written down."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from surveyapp.accounts.access import safe_next
from surveyapp.accounts.one_time import step_of, unsealed
from surveyapp.accounts.sign_in import WINDOW, CannotSignInError, let_in
from surveyapp.accounts.waiting import forget, who_waits
from surveyapp.storage.audit import Action, note
from surveyapp.storage.limits import allow
from surveyapp.storage.people.second_steps import sealed_secret, take, use_recovery_code
from surveyapp.storage.people.staff import Staff

bp = Blueprint("sign_in_code", __name__, url_prefix="/<language>/staff")

TRIES = 8
CODES = "sign-in code"
MOST_LETTERS = 40
DIGITS = 6


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A code of six digits, or a recovery code."""

    code = StringField(
        _l("Code"),
        [
            InputRequired(_l("Write the code")),
            Length(max=MOST_LETTERS, message=_l("Write the six digits, or a recovery code")),
        ],
    )


def is_right(staff: Staff, typed: str, now: datetime) -> bool:
    """Take a code: each is taken once."""
    digits = "".join(typed.split())
    if not (len(digits) == DIGITS and digits.isdecimal()):
        return use_recovery_code(staff, typed, now)
    kept = sealed_secret(staff, confirmed=True)
    secret = unsealed(kept) if kept else None
    step = step_of(secret, digits, now) if secret else None
    return step is not None and take(staff, step)


def _checked(staff: Staff, typed: str, now: datetime) -> None:
    if not allow(CODES, staff.email, TRIES, WINDOW, now):
        note(staff.email, Action.sign_in_locked, "", now)
        raise CannotSignInError(_("Too many tries: wait 15 minutes, then sign in again"), 429)
    if not is_right(staff, typed, now):
        note(staff.email, Action.second_step_refused, "", now)
        sentence = _("That code is not right, or was used already. Wait for the next one")
        raise CannotSignInError(sentence, 400)


@bp.route("/sign-in/code", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    """Ask for the code, then sign in."""
    now = datetime.now(UTC)
    staff = who_waits(now)
    if staff is None:
        wanted = safe_next(request.args.get("next", "")) or None
        return redirect(url_for("sign_in.sign_in", next=wanted), 303)
    form, refusal = CodeForm(), ""
    code = 400 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            _checked(staff, form.code.data, now)
            forget()
            return let_in(staff, now)
        except CannotSignInError as error:
            refusal, code = error.sentence, error.status
    return render_template("accounts/sign_in_code.html", form=form, refusal=refusal), code
