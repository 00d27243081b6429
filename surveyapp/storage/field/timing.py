"""When waves open and close: once opened, on another day, or for good."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select, update

from surveyapp.storage.audit import Action, record
from surveyapp.storage.connection import IntegrityError, writing
from surveyapp.storage.drafting.surveys import Survey, newest_edition, survey_by_slug
from surveyapp.storage.field.waves import (
    GRACE,
    Collector,
    Opening,
    Wave,
    WaveError,
    WaveState,
    add_collector,
    add_sample,
    collector_by_code,
    wave,
    wave_of,
    waves_of,
)
from surveyapp.storage.municipal.profiles import newest_profile
from surveyapp.storage.tables import PlaceSetRow, SurveyRow, WaveRow


def _midnight(day: date | None, zone: ZoneInfo) -> datetime | None:
    return datetime.combine(day, time(), zone) if day else None


def _settle_lapsed(connection: Connection, survey_id: int, now: datetime) -> None:
    """Write down that waves closed whose last moment is over: the next can open then."""
    waiting = select(WaveRow.id, WaveRow.closes_at).where(
        WaveRow.survey_id == survey_id, WaveRow.closed_at.is_(None)
    )
    for wave_id, closes_at in connection.execute(waiting).all():
        if closes_at is not None and closes_at + GRACE <= now:
            lapsed = update(WaveRow).where(WaveRow.id == wave_id)
            connection.execute(lapsed.values(closed_at=closes_at + GRACE))


def _refuse_promise(
    results_on: date | None, closes_at: datetime | None, zone: ZoneInfo, now: datetime
) -> WaveError | None:
    """Results come after the last day, and a day that is over promises nothing."""
    if results_on is None:
        return None
    last = closes_at and (closes_at - timedelta(seconds=1)).astimezone(zone).date()
    if last and results_on <= last:
        return WaveError("results would come before the wave closes", "results_before_closing")
    if results_on < now.astimezone(zone).date():
        return WaveError("results would have come already", "results_in_the_past")
    return None


def _insert_wave(
    connection: Connection,
    survey_id: int,
    code: str,
    opening: Opening,
    zone: ZoneInfo,
    now: datetime,
) -> int:
    place_set = select(PlaceSetRow.id).where(PlaceSetRow.code == opening.place_set)
    place_set_id = connection.execute(place_set).scalar()
    if place_set_id is None:
        raise WaveError(f"there is no place set {opening.place_set}", "places_unknown")
    closes = _midnight(opening.closes and opening.closes + timedelta(days=1), zone)
    closes_at = opening.closes_at or closes
    refusal = _refuse_promise(opening.results_on, closes_at, zone, now)
    if refusal is not None:
        raise refusal
    made = connection.execute(
        insert(WaveRow).values(
            survey_id=survey_id,
            code=code,
            place_set_id=place_set_id,
            time_zone=zone.key,
            opens_at=opening.opens_at or _midnight(opening.opens, zone) or now,
            closes_at=closes_at,
            results_on=opening.results_on,
        )
    )
    return int(made.inserted_primary_key[0])  # type: ignore[index]


def _why_not(survey: Survey, code: str) -> WaveError:
    """Tell what the database refused of a new wave."""
    waves = waves_of(survey.id)
    if any(one.code == code for one in waves):
        return WaveError(f"wave {code} cannot be opened: its code is taken", "code_taken")
    if any(one.closed_at is None for one in waves):
        another = f"another wave of {survey.slug} is not closed"
        return WaveError(f"wave {code} cannot be opened: {another}", "another_open")
    early = f"wave {code} cannot be opened: it would close before it opens"
    return WaveError(early, "closes_before_it_opens")


def _promised(slug: str, code: str, before: date | None, after: date | None) -> str:
    return f"{slug} {code}: {before or '-'} now {after or '-'}"


def open_wave(
    slug: str, code: str, opening: Opening, now: datetime, by: str = "command line"
) -> Collector:
    """Open a wave with one sample and a default open link; with two if they are to be apart.

    Days begin and end in the time zone of the survey's owner; the closing day is whole.

    :raise WaveError: if there is no such survey, edition or place set, if the code is taken, or
        if another wave of the survey is open, or if its results would come before it closes.
    """
    survey = survey_by_slug(slug)
    if survey is None:
        raise WaveError(f"there is no survey {slug}")
    if newest_edition(survey.id) is None:
        raise WaveError(f"survey {slug} has no published edition", "no_edition")
    zone = newest_profile(survey.owner_id).content.zone
    try:
        with writing() as connection:
            _settle_lapsed(connection, survey.id, now)
            wave_id = _insert_wave(connection, survey.id, code, opening, zone, now)
            sample_id = add_sample(connection, wave_id, opening)
            if opening.apart:
                add_collector(connection, wave_id, sample_id, kind="invitation", mode="web")
                sample_id = add_sample(connection, wave_id, Opening(opening.place_set, "open"))
            made = add_collector(
                connection, wave_id, sample_id, kind="open_link", mode="web", is_default=True
            )
            record(connection, by, Action.wave_opened, f"{slug} {code}", now)
            if opening.results_on:
                said = _promised(slug, code, None, opening.results_on)
                record(connection, by, Action.results_promised, said, now)
    except IntegrityError as error:
        raise _why_not(survey, code) from error
    found = collector_by_code(made)
    assert found is not None
    return found


def close_wave(slug: str, code: str, now: datetime, by: str = "command line") -> Wave:
    """Close a wave for good; closing a closed one changes nothing.

    :raise WaveError: if there is no such wave.
    """
    found = wave_of(slug, code)
    if found is None:
        raise WaveError(f"survey {slug} has no wave {code}")
    with writing() as connection:
        changed = connection.execute(
            update(WaveRow)
            .where(WaveRow.id == found.id, WaveRow.closed_at.is_(None))
            .values(closed_at=now)
        )
        if changed.rowcount:
            record(connection, by, Action.wave_closed, f"{slug} {code}", now)
    return wave(found.id)


def _refuse(
    found: Wave, opens_at: datetime, closes_at: datetime | None, now: datetime
) -> WaveError | None:
    if (opens_at, closes_at) == (found.opens_at, found.closes_at):
        return None
    if found.state(now) is WaveState.closed:
        return WaveError(f"wave {found.code} is closed", "closed_for_good")
    if opens_at != found.opens_at and now >= found.opens_at:
        return WaveError(f"wave {found.code} has opened", "has_opened")
    if closes_at is not None and closes_at <= opens_at:
        return WaveError(f"wave {found.code} would close too early", "closes_before_it_opens")
    if closes_at is not None and closes_at != found.closes_at and closes_at <= now:
        return WaveError(f"wave {found.code} would have closed already", "closes_in_the_past")
    return None


def _refuse_day(
    found: Wave, closes_at: datetime | None, results_on: date | None, now: datetime
) -> WaveError | None:
    # A promise that stands may be of a day that is over: only its wave must not outlast it.
    if (closes_at, results_on) == (found.closes_at, found.results_on):
        return None
    ends = [one for one in (closes_at, found.closed_at) if one is not None]
    since = now if results_on != found.results_on else found.opens_at
    return _refuse_promise(results_on, min(ends, default=None), found.zone, since)


def _written(instant: datetime | None, found: Wave) -> str:
    return instant.astimezone(found.zone).isoformat(timespec="minutes") if instant else "no end"


def _record_times(
    connection: Connection, before: Wave, after: Wave, by: str, now: datetime
) -> None:
    """Write what changed of a wave's times into the log: both times, both days."""
    slug = connection.execute(
        select(SurveyRow.slug).where(SurveyRow.id == before.survey_id)
    ).scalar_one()
    if (before.opens_at, before.closes_at) != (after.opens_at, after.closes_at):
        old, new = (
            f"{_written(one.opens_at, one)} to {_written(one.closes_at, one)}"
            for one in (before, after)
        )
        said = f"{slug} {before.code}: {old}, now {new}"
        record(connection, by, Action.wave_retimed, said, now)
    if before.results_on != after.results_on:
        said = _promised(slug, before.code, before.results_on, after.results_on)
        record(connection, by, Action.results_promised, said, now)


def retime(
    wave_id: int,
    opens_at: datetime,
    closes_at: datetime | None,
    *,
    results_on: date | None = None,
    by: str,
    now: datetime,
) -> Wave:
    """Let a wave open at another time, close earlier, or last longer; None is until further notice.

    ``results_on`` is the day by which results are promised; None promises none. A closed wave stays
    closed, since its results may be public, but can promise another day. One that has opened keeps
    the day it opened. The log tells what was and what is.

    :raise WaveError: if that cannot be; nothing is changed then.
    """
    with writing() as connection:
        found = wave(wave_id)
        refusal = _refuse(found, opens_at, closes_at, now)
        refusal = refusal or _refuse_day(found, closes_at, results_on, now)
        if refusal is not None:
            raise refusal
        wanted = replace(found, opens_at=opens_at, closes_at=closes_at, results_on=results_on)
        if wanted == found:
            return found
        times = {"opens_at": opens_at, "closes_at": closes_at, "results_on": results_on}
        connection.execute(update(WaveRow).where(WaveRow.id == wave_id).values(**times))
        _record_times(connection, found, wanted, by, now)
    return wave(wave_id)
