"""The form of a municipality's own words."""

import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, HiddenField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from surveyapp.designing.typed import one_line
from surveyapp.storage.municipal.profiles import HelpLine, Logo, Officer, Profile

LANGUAGES = ("en", "fr")
MORE_LINES = 2
MOST_LINES = 12
PARTS = ("name_en", "name_fr", "telephone", "note_en", "note_fr")
# Ontario's zones: most of it, the far west, and Atikokan without daylight saving.
ZONES: dict[str, LazyString] = {
    "America/Toronto": _l("Eastern Time"),
    "America/Winnipeg": _l("Central Time"),
    "America/Atikokan": _l("Eastern Standard Time all year"),
}
_TELEPHONE = re.compile(r"[+()\d\s./-]{3,40}(?:\s*(?:#|ext\.?|poste|x)\s*\d{1,6})?", re.IGNORECASE)


def _words(label: LazyString, missing: LazyString | None = None, most: int = 200) -> StringField:
    short = Length(max=most, message=_l("Shorten it to %(max)d characters"))
    return StringField(label, [*([InputRequired(missing)] if missing else []), short], [one_line])


class ProfileForm(FlaskForm):  # type: ignore[misc]
    """What residents are told of a municipality; its help lines are rows of their own."""

    version = HiddenField()
    name_en = _words(_l("Name in English"), _l("Write the name in English"))
    name_fr = _words(_l("Name in French"), _l("Write the name in French"))
    plan_en = _words(_l("Name of the plan in English"), _l("Write the plan’s name in English"))
    plan_fr = _words(_l("Name of the plan in French"), _l("Write the plan’s name in French"))
    title_en = _words(_l("Title in English"), _l("Write the officer’s title in English"))
    title_fr = _words(_l("Title in French"), _l("Write the officer’s title in French"))
    address_en = _words(_l("Address in English"), _l("Write the business address in English"))
    address_fr = _words(_l("Address in French"), _l("Write the business address in French"))
    telephone = _words(_l("Business telephone"), _l("Write the business telephone"), 40)
    notice_en = _words(_l("In English"), most=1_000)
    notice_fr = _words(_l("In French"), most=1_000)
    zone = SelectField(_l("Time zone"))
    logo = FileField(_l("Logo"))
    without_logo = BooleanField(_l("Show no logo"))

    def validate_telephone(self, field: Field) -> None:
        """Refuse what nobody can dial."""
        if field.data and not _TELEPHONE.fullmatch(field.data):
            raise ValidationError(_("Write a telephone number, such as 705 555-0100"))

    def validate_notice_fr(self, field: Field) -> None:
        """Refuse words in one language only."""
        if bool(field.data) != bool(self.notice_en.data):
            raise ValidationError(_("Write the addition in both languages, or leave both empty"))


def zones_for(current: str) -> list[SelectChoice]:
    """List Ontario's zones, and a municipality's own if it is another."""
    known = [SelectChoice(code, words) for code, words in ZONES.items()]
    return (
        known
        if current in ZONES or current not in available_timezones()
        else [
            *known,
            SelectChoice(current, current),
        ]
    )


def written(profile: Profile) -> dict[str, Any]:
    """Return a profile as the fields of its form hold it."""
    officer, found = profile.officer, {}
    for code in LANGUAGES:
        found |= {
            f"name_{code}": profile.names[code],
            f"plan_{code}": profile.plan_name[code],
            f"title_{code}": officer.title[code],
            f"address_{code}": officer.address[code],
            f"notice_{code}": profile.notice[code] if profile.notice else "",
        }
    return {**found, "telephone": officer.telephone, "zone": profile.time_zone}


def rows_of(profile: Profile) -> list[dict[str, str]]:
    """Return the help lines as rows, with some empty ones to add to."""
    rows = [
        {
            "name_en": line.name["en"],
            "name_fr": line.name["fr"],
            "telephone": line.telephone,
            "note_en": line.note["en"] if line.note else "",
            "note_fr": line.note["fr"] if line.note else "",
        }
        for line in profile.help_lines
    ]
    return [*rows, *(dict.fromkeys(PARTS, "") for _more in range(MORE_LINES))]


def posted_rows(form: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the rows as they were written, empty ones too."""
    known = [row for row in range(MOST_LINES) if f"line_{row}_telephone" in form]
    return [
        {part: (one_line(form.get(f"line_{row}_{part}", "")) or "")[:200] for part in PARTS}
        for row in known
    ]


def problems_of(rows: list[dict[str, str]]) -> list[tuple[str, str]]:
    """Say what to mend in the help lines: the field, and the sentence."""
    found = []
    for number, row in enumerate(rows):
        if not any(row.values()):
            continue
        missing = [part for part in PARTS[:3] if not row[part]]
        if missing:
            sentence = _(
                "Help line %(number)s: write its name in both languages and its number",
                number=number + 1,
            )
            found.append((f"line_{number}_{missing[0]}", sentence))
        elif bool(row["note_en"]) != bool(row["note_fr"]):
            sentence = _(
                "Help line %(number)s: write the note in both languages, or in neither",
                number=number + 1,
            )
            found.append((f"line_{number}_note_fr", sentence))
    if not any(any(row.values()) for row in rows):
        found.append(("line_0_name_en", _("Keep at least one help line")))
    return found


def profile_of(
    form: ProfileForm, rows: list[dict[str, str]], before: Profile, logo: Logo | None
) -> Profile:
    """Return the profile that was written; what the form does not ask stays as it was."""

    def both(name: str) -> dict[str, str]:
        return {code: form[f"{name}_{code}"].data or "" for code in LANGUAGES}

    lines = [
        HelpLine.model_validate(
            {
                "name": {code: row[f"name_{code}"] for code in LANGUAGES},
                "telephone": row["telephone"],
                "note": {code: row[f"note_{code}"] for code in LANGUAGES}
                if row["note_en"]
                else None,
            }
        )
        for row in rows
        if any(row.values())
    ]
    officer = {"title": both("title"), "address": both("address"), "telephone": form.telephone.data}
    return Profile.model_validate(
        {
            "names": both("name"),
            "plan_name": both("plan"),
            "officer": Officer.model_validate(officer),
            "help_lines": tuple(lines),
            "website": before.website,
            "notice": both("notice") if form.notice_en.data else None,
            "logo": logo,
            "time_zone": form.zone.data,
        }
    )
