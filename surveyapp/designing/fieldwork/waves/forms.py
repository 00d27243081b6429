"""The forms that open a wave and that change its days."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from flask_babel import format_time
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectField, StringField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from surveyapp.designing.fieldwork.words import REASONS, TYPES
from surveyapp.designing.typed import count_of, is_whole, one_line
from surveyapp.storage.field.collectors import MOST_INVITED
from surveyapp.storage.field.local_time import SkippedTimeError, Which, instant_of
from surveyapp.storage.field.waves import Opening, Wave
from surveyapp.storage.municipal.places import list_place_sets

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
LAST_YEAR = 2100


def _bare(written: str | None) -> str:
    return (written or "").strip()


class UnreadableError(Exception):
    """What was written is no day or time; ``part`` is ``day`` or ``time``."""

    def __init__(self, part: str, sentence: str) -> None:
        super().__init__(sentence)
        self.part = part


def _day(written: str) -> date:
    try:
        found = date.fromisoformat(written)
    except ValueError:
        found = date.min
    if not 2000 <= found.year <= LAST_YEAR:
        raise UnreadableError(
            "day", _("Write the day as year, month and day, such as 2026-03-04")
        ) from None
    return found


def _time(written: str) -> time:
    try:
        return time.fromisoformat(written).replace(tzinfo=None, microsecond=0)
    except ValueError:
        sentence = _("Write the time as hours and minutes, such as 08:30 or 16:00")
        raise UnreadableError("time", sentence) from None


def moment(day: str, hour: str, zone: ZoneInfo, *, is_end: bool) -> datetime | None:
    """Read a day and a time of a zone; None when neither was written.

    A day alone begins at midnight, and as an end is whole. In the hour that clocks go through
    twice, the first is meant for a beginning and the second for an end: nobody who is told a time
    comes too early or too late.

    :raise UnreadableError: if there is no such day or time.
    """
    if not day and not hour:
        return None
    if not day:
        raise UnreadableError("day", _("Choose the day of that time"))
    whole = is_end and not hour
    first = _day(day) + timedelta(days=1) if whole else _day(day)
    written = datetime.combine(first, _time(hour) if hour else time())
    try:
        return instant_of(written, zone, Which.second if is_end else Which.first)
    except SkippedTimeError as skipped:
        sentence = _(
            "Choose %(time)s or another time: clocks go forward past the time you wrote that night",
            time=format_time(skipped.next_time, "short", rebase=False),
        )
        raise UnreadableError("time", sentence) from skipped


class TimesForm(FlaskForm):  # type: ignore[misc]
    """When a wave opens and closes and its results come, in the municipality's own time."""

    opens_day = StringField(_l("Day"), filters=[_bare])
    opens_time = StringField(_l("Time"), filters=[_bare])
    closes_day = StringField(_l("Day"), filters=[_bare])
    closes_time = StringField(_l("Time"), filters=[_bare])
    results_day = StringField(
        _l("By which day are the results published?"),
        filters=[_bare],
        description=_l(
            "Residents read it when they have answered, and when the wave is closed. Leave it empty"
            " to tell no day."
        ),
    )
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    results_on: date | None = None

    @classmethod
    def in_zone(cls, zone: ZoneInfo, **given: Any) -> Self:
        """Make the form for a time zone."""
        form = cls(**given)
        form.zone = zone
        return form

    @classmethod
    def of(cls, wave: Wave) -> Self:
        """Make the form of a wave, as its times stand."""
        opens = wave.opens_at.astimezone(wave.zone)
        given = {"opens_day": opens.date().isoformat(), "opens_time": f"{opens:%H:%M}"}
        if wave.closes_at is not None:
            closes = wave.closes_at.astimezone(wave.zone)
            whole = closes.time() == time()
            day = (closes - timedelta(days=1) if whole else closes).date()
            given["closes_day"] = day.isoformat()
            given["closes_time"] = "" if whole else f"{closes:%H:%M}"
        if wave.results_on is not None:
            given["results_day"] = wave.results_on.isoformat()
        return cls.in_zone(wave.zone, **given)

    def _read(self, which: str, *, is_end: bool) -> datetime | None:
        parts = {part: self[f"{which}_{part}"] for part in ("day", "time")}
        try:
            return moment(parts["day"].data, parts["time"].data, self.zone, is_end=is_end)
        except UnreadableError as error:
            parts[error.part].errors = (str(error),)
            return None

    def validate(self, extra_validators: Any = None) -> bool:
        """Read the fields one by one, then days and times together."""
        sound = super().validate(extra_validators)
        self.opens_at = self._read("opens", is_end=False)
        self.closes_at = self._read("closes", is_end=True)
        self.results_on = self._promise()
        return bool(sound) and not self.errors_of_times()

    def _promise(self) -> date | None:
        field = self.results_day
        try:
            return _day(field.data) if field.data else None
        except UnreadableError as error:
            field.errors = (str(error),)
            return None

    def wanted(self, wave: Wave, now: datetime) -> tuple[datetime, datetime | None]:
        """Return when a wave is to open and close: what was not asked stays as it is."""
        opens_at = wave.opens_at if now >= wave.opens_at else self.opens_at or now
        return opens_at, self.closes_at if self.closes_day.raw_data else wave.closes_at

    def errors_of_times(self) -> list[str]:
        """Return what is wrong with days and times."""
        return [
            error
            for which in ("opens", "closes")
            for part in ("day", "time")
            for error in self[f"{which}_{part}"].errors
        ] + list(self.results_day.errors)


def _is_code(_form: FlaskForm, field: Field) -> None:
    if not CODE.fullmatch(field.data or ""):
        raise ValidationError(
            _("Write a code of small letters, digits and hyphens, such as 2026 or spring-2026")
        )


class WaveForm(TimesForm):
    """A new wave: its code, its places, who is asked, and when."""

    code = StringField(
        _l("Code"),
        [InputRequired(_l("Write a code, such as 2026")), _is_code],
        filters=[one_line],
        description=_l("It names the wave in addresses and files, such as 2026 or spring-2026."),
    )
    places = SelectField(
        _l("Which set of places?"),
        description=_l("Residents choose their place from it, and results are shown by it."),
    )
    type = RadioField(
        _l("How are people chosen?"),
        [InputRequired(_l("Choose how people are chosen"))],
        choices=[SelectChoice(value, label) for value, label in TYPES.items()],
    )
    invited = StringField(
        _l("How many people are invited"),
        [is_whole],
        filters=[_bare],
        description=_l("For a probability sample. Leave it empty for an open sample."),
    )

    @classmethod
    def in_zone(cls, zone: ZoneInfo, **given: Any) -> Self:
        """Make the form for a time zone and the sets of places there are, the newest first."""
        form = super().in_zone(zone, **given)
        form.places.choices = [SelectChoice(one, one) for one in list_place_sets()]
        return form

    def validate_invited(self, field: Field) -> None:
        """Refuse a number that does not go with the sample."""
        if not field.data or count_of(field.data) is None:
            return
        if self.type.data == "open":
            raise ValidationError(REASONS["open_sample_invites_nobody"])
        if not 0 < (count_of(field.data) or 0) <= MOST_INVITED:
            raise ValidationError(REASONS["invited_out_of_range"])

    def opening(self) -> Opening:
        """Return what was written as storage takes it."""
        return Opening(
            place_set=self.places.data,
            sample_type=self.type.data,
            invited=count_of(self.invited.data or ""),
            opens_at=self.opens_at,
            closes_at=self.closes_at,
            apart=self.type.data == "probability",
            results_on=self.results_on,
        )
