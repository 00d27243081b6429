"""The forms of an account: whose it is, its role, and the municipalities it is limited to."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from surveyapp.accounts.words import DUTIES
from surveyapp.i18n import language
from surveyapp.storage.field.collectors import municipalities_with_words
from surveyapp.storage.municipal.profiles import municipality_name
from surveyapp.storage.people.staff import Staff

ALL, SOME = "all", "some"


class AddressForm(FlaskForm):  # type: ignore[misc]
    """Whose account it is; before the role, as on the page and in the list of problems."""

    email = StringField(
        _l("E-mail address"),
        [
            InputRequired(_l("Write their e-mail address")),
            Length(max=254, message=_l("Write an e-mail address of at most 254 characters")),
        ],
    )


class RoleForm(FlaskForm):  # type: ignore[misc]
    """A role, and where it holds.

    An administrator whose own work is limited gives nobody more than that.
    """

    role = RadioField(_l("Role"), [InputRequired(_l("Choose a role"))])
    reach = RadioField(_l("Municipalities"), [InputRequired(_l("Choose for which municipalities"))])
    places = SelectMultipleField(_l("Which ones"))

    def __init__(self, administrator: Staff, staff: Staff | None = None) -> None:
        held = tuple(str(one) for one in staff.municipality_ids) if staff else ()
        now = {"role": staff.role.value, "reach": SOME if held else ALL} if staff else {}
        super().__init__(data={**now, "places": held})
        limits = administrator.municipality_ids
        self.role.choices = [SelectChoice(one.value, words) for one, words in DUTIES.items()]
        self.reach.choices = [] if limits else [SelectChoice(ALL, _("Every municipality"))]
        self.reach.choices += [SelectChoice(SOME, _("Only those chosen below"))]
        self.places.choices = [
            SelectChoice(str(one.id), municipality_name(one.id, language()))
            for one in municipalities_with_words()
            if not limits or one.id in limits
        ]

    def validate_places(self, field: SelectMultipleField) -> None:
        """Limited to nothing would be limited by nothing."""
        if self.reach.data == SOME and not field.data:
            raise ValidationError(_("Choose at least one municipality"))

    def chosen_places(self) -> Sequence[int]:
        """Return the municipalities that the work is limited to; none is no limit."""
        return [int(one) for one in self.places.data] if self.reach.data == SOME else []


class InviteForm(AddressForm, RoleForm):
    """Somebody new."""
