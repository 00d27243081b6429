"""A password that somebody chooses, and the one they have, asked for before what matters."""

from datetime import UTC, datetime

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField
from wtforms.validators import InputRequired, Length, ValidationError

from surveyapp.accounts.password_rules import LEAST_LENGTH, MOST_LENGTH, normalized
from surveyapp.accounts.passwords import matches
from surveyapp.accounts.sign_in import ACCOUNT, TRIES_AN_ACCOUNT, WINDOW
from surveyapp.accounts.words import weak_words
from surveyapp.storage.limits import allow, forget
from surveyapp.storage.people.staff import Staff


class ChooseForm(FlaskForm):  # type: ignore[misc]
    """A new password, twice."""

    password = PasswordField(_l("New password"), [InputRequired(_l("Write a new password"))])
    again = PasswordField(
        _l("The same password again"), [InputRequired(_l("Write the same password again"))]
    )

    def __init__(self, staff: Staff) -> None:
        super().__init__()
        self.staff = staff
        self.password.description = _(
            "At least %(least)s characters. A few words that do not belong together are long and"
            " easy to remember.",
            least=LEAST_LENGTH,
        )

    def validate_password(self, field: PasswordField) -> None:
        """Refuse what is short or well known."""
        wrong = weak_words(field.data, self.staff.email)
        if wrong:
            raise ValidationError(wrong)

    def validate_again(self, field: PasswordField) -> None:
        """Refuse what is not the same."""
        if normalized(field.data) != normalized(self.password.data or ""):
            raise ValidationError(_("Write the same password in both fields"))


def _is_own(staff: Staff, password: str) -> str:
    """Say why somebody does not prove that it is them, or nothing; tries are counted."""
    now = datetime.now(UTC)
    if not allow(ACCOUNT, staff.email, TRIES_AN_ACCOUNT, WINDOW, now):
        return _("Too many tries: wait 15 minutes, then try again")
    if not matches(password, staff.password_hash):
        return _("That is not the password that you have now")
    forget(ACCOUNT, staff.email, now)
    return ""


class ProveForm(FlaskForm):  # type: ignore[misc]
    """The password that somebody has, before what a passer-by must not do."""

    current = PasswordField(
        _l("Your password now"),
        [
            InputRequired(_l("Write the password that you have now")),
            Length(max=MOST_LENGTH, message=_l("Write a password of at most 200 characters")),
        ],
    )

    def __init__(self, staff: Staff) -> None:
        super().__init__()
        self.staff = staff

    def validate_current(self, field: PasswordField) -> None:
        """Refuse a wrong password."""
        wrong = _is_own(self.staff, field.data)
        if wrong:
            raise ValidationError(wrong)


class ChangeForm(ChooseForm):
    """The password that somebody has, and a new one twice."""

    current = ProveForm.current

    def validate_current(self, field: PasswordField) -> None:
        """Refuse a wrong password."""
        wrong = _is_own(self.staff, field.data)
        if wrong:
            raise ValidationError(wrong)
