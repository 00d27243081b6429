"""The municipalities of a joint plan side by side, for staff and for residents alike."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from surveyapp.accounts.access import requires
from surveyapp.press.comparing import LEAST, LEVEL, Compared, compared, comparison_file
from surveyapp.press.item_boards import ItemBoard
from surveyapp.press.published import Published
from surveyapp.questionnaire.framework import Area
from surveyapp.reporting.choosing import chosen
from surveyapp.reporting.figures import public_release, staff_figures
from surveyapp.reporting.files import TYPES, as_download
from surveyapp.reporting.laying import (
    area_names,
    chosen_sample,
    cut_off,
    local_items,
    said_of,
    source,
)
from surveyapp.reporting.public import published_survey
from surveyapp.reporting.reach import now, survey_and_wave
from surveyapp.storage.drafting.partners import WHOLE
from surveyapp.storage.field.waves import Sample, Wave, WaveState, wave_of
from surveyapp.storage.municipal.places import place_tree
from surveyapp.storage.people.staff import Role

bp = Blueprint("comparing", __name__, url_prefix="/<language>")
STAFF = "/staff/surveys/<slug>/waves/<code>/municipalities"
OTHER = "other"
PUBLIC = "/surveys/<slug>/results/<code>/municipalities"


def has_municipalities(wave: Wave) -> bool:
    """Tell whether a wave has municipalities to set beside each other."""
    return len(place_tree(wave.place_set_id).at(LEVEL)) >= LEAST


def _compared(found: Published, wave: Wave) -> tuple[Sample, tuple[Sample, ...], Compared]:
    samples, sample = chosen_sample(found, wave)
    shown = compared(found, sample.code, local_items(wave))
    return (sample, samples, shown) if shown else abort(404)


def _group(shown: Compared) -> tuple[list[str], str, tuple[ItemBoard, ...]]:
    """Return the groups of questions, the one the address names, and its questions.

    All at once would weigh more than a phone's first window; the file holds them all.
    """
    held = {area for item in shown.items for area in item.areas or (OTHER,)}
    groups = [*(area.value for area in Area if area.value in held), *({OTHER} & held)]
    if not groups:
        return [], "", ()
    group = chosen("area", groups, groups[0])
    return groups, group, tuple(one for one in shown.items if group in (one.areas or (OTHER,)))


def _page(found: Published, wave: Wave) -> Mapping[str, Any]:
    """Return what the page shows of one sample."""
    sample, samples, shown = _compared(found, wave)
    groups, group, items = _group(shown)
    return {
        "groups": groups,
        "group": group,
        "items": items,
        "published": found,
        "sample": sample,
        "samples": samples,
        "shown": shown,
        "local": local_items(wave),
        "area_names": area_names(),
        "cut_off": cut_off(found, wave),
        "statement": said_of(found, sample),
        "source": source(found, sample, wave),
    }


def _file(found: Published, slug: str, wave: Wave, prefix: str = "") -> Response:
    sample, _samples, shown = _compared(found, wave)
    data = comparison_file(shown, slug, wave.code, sample.code)
    name = f"{prefix}{slug}_{wave.code}_{sample.code}_municipalities.csv"
    return as_download(data, name, TYPES["csv"])


@bp.get(STAFF)
@requires(Role.analyst, Role.publisher)
def staff(slug: str, code: str) -> ResponseReturnValue:
    """Show the core results of each municipality beside the others'."""
    survey, wave = survey_and_wave(slug, code)
    instant = now()
    found = staff_figures(survey, wave, instant, WHOLE)
    return render_template(
        "reporting/compare.html",
        survey=survey,
        wave=wave,
        closed=wave.state(instant) is WaveState.closed,
        here="compare",
        **(_page(found, wave) if found else {"published": None}),
    )


@bp.get(f"{STAFF}.csv")
@requires(Role.analyst, Role.publisher)
def staff_file(slug: str, code: str) -> ResponseReturnValue:
    """Give the same figures as a file; those that are no release say so in its name."""
    survey, wave = survey_and_wave(slug, code)
    found = staff_figures(survey, wave, now(), WHOLE) or abort(404)
    return _file(found, slug, wave, "" if found.number else "INTERNAL_")


def _released(slug: str, code: str) -> tuple[Wave, Published]:
    wave = wave_of(slug, code)
    found = public_release(wave) if wave else None
    return (wave, found) if wave and found else abort(404)


@bp.get(f"{PUBLIC}/")
def public(slug: str, code: str) -> ResponseReturnValue:
    """Show the released core results of each municipality beside the others'."""
    _survey, questionnaire, profile = published_survey(slug)
    wave, found = _released(slug, code)
    return render_template(
        "reporting/public_compare.html",
        slug=slug,
        survey=questionnaire,
        profile=profile,
        wave=wave,
        **_page(found, wave),
    )


@bp.get(f"{PUBLIC}.csv")
def public_file(slug: str, code: str) -> ResponseReturnValue:
    """Give the released figures, side by side, as a file."""
    wave, found = _released(slug, code)
    return _file(found, slug, wave)
