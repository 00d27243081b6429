"""The ways into a wave: its samples and collectors, and how to add some."""

from dataclasses import dataclass

from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.reach import (
    now,
    shared_survey_and_wave,
    shared_surveys,
    survey_and_wave,
)
from surveyapp.designing.fieldwork.adding import ChangedSampleForm, CollectorForm, SampleForm
from surveyapp.designing.fieldwork.waves.words import closing_words, opening_words, results_words
from surveyapp.designing.fieldwork.words import (
    TYPES,
    band_words,
    reason,
)
from surveyapp.designing.roles import RUNS_FIELDWORK
from surveyapp.i18n import language
from surveyapp.press.naming import KINDS, MODES
from surveyapp.statistics.bands import band
from surveyapp.storage.drafting.partners import Reach
from surveyapp.storage.drafting.surveys import Survey, newest_edition
from surveyapp.storage.field.collectors import (
    Kind,
    WayInError,
    change_sample,
    has_short_address,
    make_collector,
    make_sample,
    submitted_by_collector,
)
from surveyapp.storage.field.invitations import least_in_stratum
from surveyapp.storage.field.waves import (
    Collector,
    Sample,
    Wave,
    WaveState,
    collectors_of,
    samples_of,
    waves_of,
)
from surveyapp.storage.municipal.profiles import municipality_name

bp = Blueprint("fieldwork", __name__, url_prefix="/<language>/staff/fieldwork")


@dataclass(frozen=True)
class WayIn:
    """A collector as a line of the page."""

    collector: Collector
    kind: str
    mode: str
    municipality: str
    address: str
    responses: str


@dataclass(frozen=True)
class SampleOnPage:
    """A sample with its ways in."""

    sample: Sample
    type: str
    ways: tuple[WayIn, ...]


@dataclass(frozen=True)
class Listed:
    """A survey with its waves; ``waits_for`` says what a new wave waits for, if anything.

    ``busy`` is the wave that is to close first.
    """

    survey: Survey
    waves: tuple[Wave, ...]
    waits_for: str
    busy: Wave | None = None


def _listed(survey: Survey, reach: Reach) -> Listed:
    waves = waves_of(survey.id)
    if not reach.whole:
        return Listed(survey, waves, "owner")
    if newest_edition(survey.id) is None:
        return Listed(survey, waves, "edition")
    busy = next((one for one in waves if one.state(now()) is not WaveState.closed), None)
    return Listed(survey, waves, "wave" if busy else "", busy)


def short_address(collector: Collector) -> str:
    """Return the full address that a poster prints, or nothing when it has none."""
    if not has_short_address(collector):
        return ""
    return f"{current_app.config['PUBLIC_URL']}/s/{collector.code}"


def _way(collector: Collector, count: int) -> WayIn:
    return WayIn(
        collector=collector,
        kind=str(KINDS[Kind(collector.kind)]),
        mode=str(MODES[collector.mode]),
        municipality=(
            municipality_name(collector.municipality_id, language())
            if collector.municipality_id
            else ""
        ),
        address=short_address(collector),
        responses=band_words(band(count, least_in_stratum(collector))),
    )


def _samples(wave: Wave, reach: Reach) -> tuple[SampleOnPage, ...]:
    counts = submitted_by_collector(wave.id)
    found = [one for one in collectors_of(wave.id) if is_theirs(one, reach)]
    return tuple(
        SampleOnPage(
            sample,
            str(TYPES[sample.type]),
            tuple(_way(one, counts[one.id]) for one in found if one.sample_id == sample.id),
        )
        for sample in samples_of(wave.id)
    )


def is_theirs(found: Collector, reach: Reach) -> bool:
    """Tell whether a way in is somebody's to see: of a part, those of its municipalities."""
    return reach.whole or found.municipality_id in {one.id for one in reach.parts}


@bp.get("/")
@requires(*RUNS_FIELDWORK)
def waves() -> ResponseReturnValue:
    """List the waves whose ways in the reader can manage."""
    listed = [_listed(survey, reach) for survey, reach in shared_surveys()]
    return render_template("designing/fieldwork/waves.html", surveys=listed, now=now())


@bp.get("/<slug>/<code>/")
@requires(*RUNS_FIELDWORK)
def ways(slug: str, code: str) -> ResponseReturnValue:
    """Show the samples and collectors of a wave."""
    survey, wave, reach = shared_survey_and_wave(slug, code)
    return render_template(
        "designing/fieldwork/ways.html",
        survey=survey,
        wave=wave,
        samples=_samples(wave, reach),
        reach=reach,
        opens=opening_words(wave),
        closes=closing_words(wave),
        results=results_words(wave),
        now=now(),
    )


@bp.route("/<slug>/<code>/samples/add", methods=["GET", "POST"])
@requires(*RUNS_FIELDWORK)
def add_sample(slug: str, code: str) -> ResponseReturnValue:
    """Add a sample to a wave."""
    survey, wave = survey_and_wave(slug, code)
    form, refusal = SampleForm(), ""
    if form.validate_on_submit():
        try:
            make_sample(wave, form.opening(), by=current_staff().email, now=now())
            return redirect(url_for("fieldwork.ways", slug=slug, code=code), 303)
        except WayInError as error:
            refusal = reason(error)
    status = 400 if form.is_submitted() else 200
    return render_template(
        "designing/fieldwork/add_sample.html", survey=survey, wave=wave, form=form, refusal=refusal
    ), status


@bp.route("/<slug>/<code>/samples/<sample_code>/", methods=["GET", "POST"])
@requires(*RUNS_FIELDWORK)
def sample(slug: str, code: str, sample_code: str) -> ResponseReturnValue:
    """Change what a sample is called, or how many people it invites."""
    survey, wave = survey_and_wave(slug, code)
    found = {one.code: one for one in samples_of(wave.id)}.get(sample_code) or abort(404)
    form, refusal = ChangedSampleForm.of(found), ""
    if form.validate_on_submit():
        try:
            change_sample(found, *form.change(), by=current_staff().email, now=now())
            return redirect(url_for("fieldwork.ways", slug=slug, code=code), 303)
        except WayInError as error:
            refusal = reason(error)
    page = "designing/fieldwork/sample.html"
    status = 400 if form.is_submitted() else 200
    facts = {"survey": survey, "wave": wave, "sample": found}
    return render_template(page, **facts, form=form, refusal=refusal), status


@bp.route("/<slug>/<code>/collectors/add", methods=["GET", "POST"])
@requires(*RUNS_FIELDWORK)
def add_collector(slug: str, code: str) -> ResponseReturnValue:
    """Add a way in to a sample."""
    survey, wave = survey_and_wave(slug, code)
    samples = {one.code: one for one in samples_of(wave.id)}
    form, refusal = CollectorForm.over(tuple(samples.values())), ""
    if form.validate_on_submit():
        try:
            made = make_collector(**form.chosen(samples), by=current_staff().email, now=now())
            where = url_for("invitations.collector", slug=slug, code=code, collector_code=made.code)
            return redirect(where, 303)
        except WayInError as error:
            refusal = reason(error)
    page = "designing/fieldwork/add_collector.html"
    status = 400 if form.is_submitted() else 200
    return render_template(page, survey=survey, wave=wave, form=form, refusal=refusal), status
