"""The forms that add a sample, a way in, or invitations."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, Self

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from surveyapp.designing.fieldwork.words import TYPES
from surveyapp.designing.typed import count_of, is_whole, one_line
from surveyapp.i18n import language
from surveyapp.press.naming import KINDS
from surveyapp.storage.field.collectors import Kind, municipalities_with_words
from surveyapp.storage.field.invitations import MOST_AT_ONCE, Invitee
from surveyapp.storage.field.waves import Opening, Sample
from surveyapp.storage.municipal.profiles import municipality_name

ROWS = 5


class SampleForm(FlaskForm):  # type: ignore[misc]
    """A sample: how people came to be in it."""

    type = RadioField(
        _l("How are people chosen?"),
        [InputRequired(_l("Choose how people are chosen"))],
        choices=[SelectChoice(value, label) for value, label in TYPES.items()],
    )
    code = StringField(
        _l("Code"),
        [
            InputRequired(_l("Write a code")),
            Length(max=40, message=_l("Write a code of at most 40 characters")),
        ],
        filters=[one_line],
        description=_l("It names the sample in files of results, such as mailed or open."),
    )
    name_en = StringField(
        _l("Name in English"),
        [
            InputRequired(_l("Write the name in English")),
            Length(max=80, message=_l("Write a name of at most 80 characters")),
        ],
        filters=[one_line],
    )
    name_fr = StringField(
        _l("Name in French"),
        [
            InputRequired(_l("Write the name in French")),
            Length(max=80, message=_l("Write a name of at most 80 characters")),
        ],
        filters=[one_line],
    )
    invited = StringField(
        _l("How many people are invited"),
        [Optional(), is_whole],
        description=_l("For a probability sample. Leave it empty for an open sample."),
    )

    def opening(self) -> Opening:
        """Return what was written as storage takes it."""
        return Opening(
            place_set="",
            sample_type=self.type.data,
            sample_code=self.code.data.strip(),
            names={"en": self.name_en.data.strip(), "fr": self.name_fr.data.strip()},
            invited=count_of(self.invited.data or ""),
        )


class ChangedSampleForm(SampleForm):
    """What can change of a sample: its names, and how many it invites."""

    type = None
    code = None

    @classmethod
    def of(cls, sample: Sample) -> Self:
        """Make the form of a sample as it stands."""
        return cls(
            name_en=sample.names["en"],
            name_fr=sample.names["fr"],
            invited="" if sample.invited is None else str(sample.invited),
        )

    def change(self) -> tuple[dict[str, str], int | None]:
        """Return the names and the number that were written."""
        names = {"en": self.name_en.data, "fr": self.name_fr.data}
        return names, count_of(self.invited.data or "")


class CollectorForm(FlaskForm):  # type: ignore[misc]
    """A way in: its sample, its kind, and whose residents it greets."""

    kind = RadioField(
        _l("How do people answer?"),
        [InputRequired(_l("Choose how people answer"))],
        choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()],
    )
    sample = RadioField(_l("For which sample?"), [InputRequired(_l("Choose a sample"))])
    municipality = SelectField(
        _l("Whose residents does it greet?"),
        description=_l("Its name, help lines and contact are shown and printed."),
    )

    label = StringField(
        _l("Where is it used? (optional)"),
        [Length(max=60, message=_l("Write at most 60 characters"))],
        filters=[one_line],
        description=_l("Such as Central Library. Only staff see it: it tells two posters apart."),
    )

    @classmethod
    def over(cls, samples: Sequence[Sample]) -> Self:
        """Make the form for the samples of a wave and the municipalities there are."""
        form = cls()
        reader = language()
        form.sample.choices = [SelectChoice(one.code, one.names[reader]) for one in samples]
        form.municipality.choices = [
            SelectChoice("", _("Everyone: the municipality that owns the survey")),
            *(
                SelectChoice(str(one.id), municipality_name(one.id, language()))
                for one in municipalities_with_words()
            ),
        ]
        return form

    def chosen(self, samples: Mapping[str, Sample]) -> dict[str, Any]:
        """Return what was chosen as storage takes it."""
        return {
            "sample": samples[self.sample.data],
            "kind": Kind(self.kind.data),
            "municipality_id": int(self.municipality.data) if self.municipality.data else None,
            "label": self.label.data or "",
        }


class StrataForm(FlaskForm):  # type: ignore[misc]
    """A few strata with how many codes each needs."""

    def filled(self, form: Mapping[str, Any]) -> list[tuple[str, str, str]]:
        """Return the rows as they were written, empty ones too."""
        return [
            (
                form.get(f"stratum_{row}", "").strip()[:60],
                form.get(f"weight_{row}", "").strip()[:20],
                form.get(f"number_{row}", "").strip()[:10],
            )
            for row in range(ROWS)
        ]


class ListForm(FlaskForm):  # type: ignore[misc]
    """A sampling frame as a file."""

    frame = FileField(_l("List of people to invite"))


def row_invitees(row: tuple[str, str, str]) -> list[Invitee] | None:
    """Return the invitees that a written row asks for; None when it cannot be read."""
    stratum, weight, number = row
    try:
        parsed = float(weight.replace(",", "."))
    except ValueError:
        return None
    count = count_of(number)
    fits = stratum.isprintable() and stratum and math.isfinite(parsed) and parsed > 0
    if not fits or count is None or not 0 < count <= MOST_AT_ONCE:
        return None
    return [Invitee(" ".join(stratum.split()), parsed)] * count
