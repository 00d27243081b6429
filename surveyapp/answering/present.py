"""Whether somebody has a visit here that goes on, and the page for who has none."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from surveyapp.answering.kiosk import kiosk_here, kiosk_start, note_visit
from surveyapp.answering.visiting import (
    SITTING,
    hear,
    is_sitting,
    now,
    remember,
    token_of,
    visit_to,
    way_in,
)
from surveyapp.storage.collected.responses import already_sent
from surveyapp.storage.collected.visits import Visit
from surveyapp.storage.counted.releases import has_results, results_by
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.fielding import Fielding
from surveyapp.storage.field.waves import WaveState
from surveyapp.storage.municipal.profiles import profile


def can_go_on(found: Visit | None) -> bool:
    """Tell whether there is a visit that still takes answers."""
    return found is not None and found.can_go_on(now())


def open_visit(slug: str) -> Visit | None:
    """Return this browser's visit if it can still go on, and note that somebody is there.

    A page that is sent is taken however late: whoever has it on the screen loses nothing.
    """
    found = visit_to(slug)
    if not can_go_on(found) or (request.method == "GET" and not is_sitting(slug)):
        return None
    assert found is not None
    note_visit(found)
    hear(slug)
    return found


def no_visit(slug: str, section_id: str = "") -> ResponseReturnValue:
    """Answer somebody without a visit: already sent, put away, closed, expired, or no cookies."""
    if kiosk_here(slug) and (request.method == "GET" or already_sent(token_of(slug))):
        return redirect(kiosk_start(), 303)
    if already_sent(token_of(slug)):
        remember(slug, token_of(slug))
        return redirect(url_for("sending.receipt", slug=slug, late="page"), 303)
    if can_go_on(visit_to(slug)):
        return _put_away(slug)
    found = way_in(slug)
    survey = edition(found.edition_id).questionnaire
    if section_id and all(one.id != section_id for one in survey.sections):
        abort(404)
    if request.method == "GET" and _is_early(found, slug):
        return redirect(url_for("arrival.lobby", slug=slug), 303)
    return render_template(
        "answering/no_visit.html",
        survey=survey,
        profile=profile(found.profile_id).content,
        state=found.state(now()),
        slug=slug,
        has_results=has_results(found.wave.survey_id),
        results_by=results_by(found.wave, now()),
    ), 410


def _is_early(found: Fielding, slug: str) -> bool:
    """Tell whether nobody can have answered yet: who was late for the last wave is told that."""
    return found.state(now()) is WaveState.not_yet_open and visit_to(slug) is None


def _put_away(slug: str) -> ResponseReturnValue:
    """Show a page that keeps the answers out of sight after a long silence."""
    found = way_in(slug)
    return render_template(
        "answering/put_away.html",
        survey=edition(found.edition_id).questionnaire,
        profile=profile(found.profile_id).content,
        minutes=int(SITTING.total_seconds() // 60),
        slug=slug,
    )
