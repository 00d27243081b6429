"""Opening a wave, changing when it opens and closes, and closing it for good."""

from datetime import datetime

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from surveyapp.accounts.access import current_staff, requires
from surveyapp.accounts.reach import now, survey_and_wave, survey_in_reach
from surveyapp.designing.fieldwork.waves.forms import TimesForm, WaveForm
from surveyapp.designing.fieldwork.waves.words import (
    closing_words,
    opening_words,
    refusal_of,
    zone_words,
)
from surveyapp.designing.roles import RUNS_FIELDWORK
from surveyapp.storage.drafting.surveys import newest_edition
from surveyapp.storage.field.timing import close_wave, open_wave, retime
from surveyapp.storage.field.waves import Wave, WaveError, WaveState
from surveyapp.storage.municipal.profiles import newest_profile

bp = Blueprint("waves", __name__, url_prefix="/<language>/staff/fieldwork/<slug>")


@bp.route("/new", methods=["GET", "POST"])
@requires(*RUNS_FIELDWORK)
def new(slug: str) -> ResponseReturnValue:
    """Open a wave, now or at a later time."""
    survey = survey_in_reach(slug)
    zone = newest_profile(survey.owner_id).content.zone
    form, refused = WaveForm.in_zone(zone), ("", "")
    if newest_edition(survey.id) is None:
        abort(404)
    if form.validate_on_submit():
        try:
            open_wave(slug, form.code.data, form.opening(), now(), current_staff().email)
            return redirect(url_for("fieldwork.ways", slug=slug, code=form.code.data), 303)
        except WaveError as error:
            refused = refusal_of(error)
    return render_template(
        "designing/fieldwork/new_wave.html",
        survey=survey,
        form=form,
        refused=refused,
        zone=zone_words(zone),
    ), (400 if form.is_submitted() else 200)


def _retime(wave: Wave, form: TimesForm, instant: datetime) -> None:
    times = form.wanted(wave, instant)
    by = current_staff().email
    retime(wave.id, *times, results_on=form.results_on, by=by, now=instant)


@bp.route("/<code>/times", methods=["GET", "POST"])
@requires(*RUNS_FIELDWORK)
def times(slug: str, code: str) -> ResponseReturnValue:
    """Change when a wave opens, while it has not, when it closes, and when results come."""
    survey, wave = survey_and_wave(slug, code)
    form, refused, instant = TimesForm.of(wave), ("", ""), now()
    if form.validate_on_submit():
        try:
            _retime(wave, form, instant)
            return redirect(url_for("fieldwork.ways", slug=slug, code=code), 303)
        except WaveError as error:
            refused = refusal_of(error)
    return render_template(
        "designing/fieldwork/wave_times.html",
        survey=survey,
        wave=wave,
        form=form,
        refused=refused,
        opened=opening_words(wave) if instant >= wave.opens_at else "",
        closed=closing_words(wave) if wave.state(instant) is WaveState.closed else "",
        zone=zone_words(wave.zone),
    ), (400 if form.is_submitted() else 200)


@bp.route("/<code>/close", methods=["GET", "POST"])
@requires(*RUNS_FIELDWORK)
def close(slug: str, code: str) -> ResponseReturnValue:
    """Say what closing means, then close the wave for good."""
    survey, wave = survey_and_wave(slug, code)
    form = TimesForm()
    if form.is_submitted():
        close_wave(slug, code, now(), by=current_staff().email)
        return redirect(url_for("fieldwork.ways", slug=slug, code=code), 303)
    is_closed = wave.state(now()) is WaveState.closed
    return render_template(
        "designing/fieldwork/close_wave.html", survey=survey, wave=wave, is_closed=is_closed
    )
