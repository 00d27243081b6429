"""Ways into a wave: staff add samples and collectors, and every addition is in the log."""

import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, select, update

from surveyapp.storage.audit import Action, record
from surveyapp.storage.connection import IntegrityError, reading, writing
from surveyapp.storage.field.fieldwork import Ended, endings_of
from surveyapp.storage.field.waves import (
    Collector,
    Opening,
    Sample,
    Wave,
    add_collector,
    add_sample,
    collector_by_code,
    collectors_of,
    samples_of,
    wave,
)
from surveyapp.storage.memory import remembered
from surveyapp.storage.municipal.profiles import Municipality, newest_profile
from surveyapp.storage.tables import CollectorRow, MunicipalityRow, SampleRow, SurveyRow, WaveRow

MOST_INVITED = 1_000_000
_CODE = re.compile(r"[a-z][a-z0-9_-]{0,39}")


class Kind(StrEnum):
    """How people come in."""

    open_link = "open_link"
    qr = "qr"
    invitation = "invitation"
    kiosk = "kiosk"
    paper = "paper"
    phone = "phone"


MODE_OF: Mapping[Kind, str] = {
    Kind.open_link: "web",
    Kind.qr: "web",
    Kind.invitation: "web",
    Kind.kiosk: "kiosk",
    Kind.paper: "paper",
    Kind.phone: "phone",
}
# Whoever sees these can come in: nobody's chance of being asked is known.
OPEN_KINDS = frozenset((Kind.open_link, Kind.qr, Kind.kiosk))
# Residents come in by these with the short address alone.
ADDRESSED_KINDS = frozenset((Kind.open_link, Kind.qr, Kind.kiosk))


class WayInError(Exception):
    """A sample or collector cannot be added; ``reason`` is a word for the page to put plainly."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason.replace("_", " "))
        self.reason = reason


def has_short_address(found: Collector) -> bool:
    """Tell whether ``/s/<code>`` leads residents in by this collector."""
    return Kind(found.kind) in ADDRESSED_KINDS


def kiosk_code_of(collector_id: int) -> str:
    """Return the code of a way in that is a tablet at events; of any other, an empty string."""

    def read() -> str:
        query = select(CollectorRow.code, CollectorRow.kind).where(CollectorRow.id == collector_id)
        row = reading().execute(query).one()
        return row.code if row.kind == Kind.kiosk else ""

    return remembered("kiosk", collector_id, read)


def greeting_municipality(found: Collector) -> int:
    """Return the municipality whose words a collector shows: its own, else the survey's owner."""
    if found.municipality_id is not None:
        return found.municipality_id
    query = select(SurveyRow.owner_id).join(WaveRow, WaveRow.survey_id == SurveyRow.id)
    return int(reading().execute(query.where(WaveRow.id == found.wave_id)).scalar_one())


def municipalities_with_words() -> tuple[Municipality, ...]:
    """List the municipalities that have a profile to greet residents with, by slug."""
    rows = reading().execute(select(MunicipalityRow).order_by(MunicipalityRow.slug)).all()
    return tuple(Municipality(row.id, row.slug) for row in rows if _has_profile(row.id))


def _has_profile(municipality_id: int) -> bool:
    try:
        newest_profile(municipality_id)
    except LookupError:
        return False
    return True


def _name(found: Wave, connection: Connection) -> str:
    query = select(SurveyRow.slug).where(SurveyRow.id == found.survey_id)
    return f"{connection.execute(query).scalar_one()} {found.code}"


def _refuse_sample(opening: Opening) -> None:
    if not _CODE.fullmatch(opening.sample_code):
        raise WayInError("sample_code_not_plain")
    _refuse_invited(opening.sample_type, opening.invited)


def _refuse_invited(sample_type: str, invited: int | None) -> None:
    if invited is None:
        return
    if sample_type != "probability":
        raise WayInError("open_sample_invites_nobody")
    if not 0 < invited <= MOST_INVITED:
        raise WayInError("invited_out_of_range")


def _require_not_over(found: Wave) -> None:
    if found.closed_at is not None:
        raise WayInError("wave_closed")


def make_sample(found: Wave, opening: Opening, *, by: str, now: datetime) -> Sample:
    """Add a sample to a wave that is not closed.

    :raise WayInError: if the wave is closed, the code is taken or not plain, or the count is off.
    """
    _refuse_sample(opening)
    _require_not_over(wave(found.id))
    try:
        with writing() as connection:
            made = add_sample(connection, found.id, opening)
            subject = f"{_name(found, connection)}: {opening.sample_code} {opening.sample_type}"
            record(connection, by, Action.sample_added, subject, now)
    except IntegrityError as error:
        raise WayInError("sample_code_taken") from error
    return next(one for one in samples_of(found.id) if one.id == made)


def change_sample(
    sample: Sample, names: Mapping[str, str], invited: int | None, *, by: str, now: datetime
) -> None:
    """Call a sample something else, or say how many it invites; its code and type stay.

    :raise WayInError: if the wave is closed, since its results may be public, or the count is off.
    """
    _refuse_invited(sample.type, invited)
    held = wave(sample.wave_id)
    _require_not_over(held)
    with writing() as connection:
        changed = update(SampleRow).where(SampleRow.id == sample.id)
        connection.execute(changed.values(names=dict(names), invited=invited))
        told = f"invited {sample.invited or '-'} now {invited or '-'}"
        subject = f"{_name(held, connection)}: {sample.code}, {told}"
        record(connection, by, Action.sample_changed, subject, now)


def make_collector(
    sample: Sample,
    kind: Kind,
    municipality_id: int | None = None,
    *,
    by: str,
    now: datetime,
    label: str = "",
) -> Collector:
    """Add a way in to a sample of a wave that is not closed; its kind decides its mode.

    :raise WayInError: if the wave is closed, or if the kind does not go with the sample: personal
        invitations belong to a probability sample, and what anybody can use belongs to an open one.
    """
    found = wave(sample.wave_id)
    _require_not_over(found)
    if kind is Kind.invitation and sample.type != "probability":
        raise WayInError("invitation_needs_probability")
    if kind in OPEN_KINDS and sample.type != "open":
        raise WayInError("anyone_needs_open")
    if municipality_id is not None and not _has_profile(municipality_id):
        raise WayInError("municipality_unknown")
    with writing() as connection:
        code = add_collector(
            connection,
            found.id,
            sample.id,
            kind=kind.value,
            mode=MODE_OF[kind],
            municipality_id=municipality_id,
            double_entry=kind is Kind.paper,
            label=label,
        )
        subject = f"{_name(found, connection)}: {kind.value} {code} in {sample.code}"
        record(connection, by, Action.collector_added, subject, now)
    made = collector_by_code(code)
    assert made is not None
    return made


def submitted_by_collector(wave_id: int) -> dict[int, int]:
    """Return how many responses came by each collector of a wave, 0 for none.

    Counts as they were sent: a withdrawal later takes nothing off. For staff, and only as bands.
    """
    counts = Counter({one.id: 0 for one in collectors_of(wave_id)})
    for ending, visits in endings_of(wave_id).items():
        if ending.outcome is Ended.submitted:
            counts[ending.collector_id] += visits
    return dict(counts)
