"""A release: the public figures of a closed wave, numbered and kept with their bytes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from surveyapp.i18n import LANGUAGES
from surveyapp.press.bundle import bundle
from surveyapp.press.codebook import codebook_fields, codebook_rows
from surveyapp.press.composition import composition_file_rows
from surveyapp.press.counting import Count, counts_of, counts_without
from surveyapp.press.csv import table
from surveyapp.press.fields import AREA_FIELDS, COMPOSITION_FIELDS, ITEM_FIELDS, Field
from surveyapp.press.package import Sheet, datapackage, listed, manifest_json
from surveyapp.press.readme import Told, readme
from surveyapp.press.rows import NOT_WEIGHTED, Heading, area_rows, item_rows
from surveyapp.press.sampling import Outcome, outcome
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.quality import Sign
from surveyapp.statistics.disclosure import PublicResults
from surveyapp.statistics.floors import Policy
from surveyapp.storage.audit import Action, note
from surveyapp.storage.counted.releases import (
    NumberTakenError,
    Release,
    next_number,
    release_of,
    store,
)
from surveyapp.storage.drafting.partners import WHOLE, Reach, places_inside
from surveyapp.storage.drafting.surveys import Survey, edition, survey_by_slug
from surveyapp.storage.field.waves import GRACE, Wave, WaveState, collectors_of, wave_of
from surveyapp.storage.municipal.places import PlaceTree, place_tree

TRIES = 3


class WaveNotFoundError(LookupError):
    """There is no such survey or wave."""


class WaveNotClosedError(Exception):
    """Public results wait until the wave is closed (counting rules, section 5.10)."""


class NothingToReleaseError(Exception):
    """Nobody answered: there is no edition that anything could be said about."""


@dataclass(frozen=True)
class Files:
    """The files of a bundle by name, and what its manifest says."""

    files: Mapping[str, bytes]
    manifest: Mapping[str, Any]


def survey_and_wave(slug: str, code: str) -> tuple[Survey, Wave]:
    """Find a wave of a survey.

    :raise WaveNotFoundError: if there is none.
    """
    survey, wave = survey_by_slug(slug), wave_of(slug, code)
    if survey is None or wave is None:
        raise WaveNotFoundError(f"{slug} {code}")
    return survey, wave


def cut_off(wave: Wave) -> datetime:
    """Return the instant after which a closed wave took no answer."""
    ends = [wave.closed_at, wave.closes_at + GRACE if wave.closes_at else None]
    return min(end for end in ends if end is not None)


def _heading(survey: Survey, wave: Wave, count: Count, number: int, now: datetime) -> Heading:
    modes = {one.mode for one in collectors_of(wave.id) if one.sample_id == count.sample.id}
    return Heading(
        survey_code=survey.slug,
        wave=wave.code,
        sample_id=count.sample.code,
        sample_type=count.sample.type,
        mode="+".join(sorted(modes)),
        weighting_id=NOT_WEIGHTED,
        boundary_set=place_tree(wave.place_set_id).code,
        release_no=number,
        fieldwork_start=wave.first_day,
        fieldwork_end=wave.last_day(now),
    )


def _sheet(path: str, fields: tuple[Field, ...], rows: Iterator[dict[str, Any]]) -> Sheet:
    kept = list(rows)
    return Sheet(path, fields, table(fields, kept), len(kept))


def public_sheets(
    samples: Sequence[tuple[PublicResults, Heading]],
    tree: PlaceTree,
    questionnaire: Draft,
    at: datetime,
) -> tuple[Sheet, ...]:
    """Write the tables of a release: of every sample, one below the other."""
    areas = (
        row
        for public, heading in samples
        for row in area_rows(public.areas.frame, heading, tree, at)
    )
    rows = (
        row
        for public, heading in samples
        for row in item_rows(public.items.frame, heading, tree, questionnaire, at)
    )
    made_of = (
        row
        for public, heading in samples
        for row in composition_file_rows(public.composition.frame, heading, questionnaire, at)
    )
    return (
        _sheet("neighbourhood_by_area.csv", AREA_FIELDS, areas),
        _sheet("items.csv", ITEM_FIELDS, rows),
        _sheet("codebook.csv", codebook_fields(questionnaire), codebook_rows(questionnaire)),
        _sheet("area_composition.csv", COMPOSITION_FIELDS, made_of),
    )


def _outcome(count: Count) -> Outcome:
    return outcome(count.public.areas, count.public.items, count.sample.invited)


def _sample(count: Count) -> dict[str, Any]:
    """Describe a sample; a rate in percent, to one decimal."""
    found = _outcome(count)
    rate = found.response_rate if count.sample.type == "probability" else None
    return {
        "id": count.sample.code,
        "type": count.sample.type,
        "invited": count.sample.invited,
        "responses": found.responses,
        "response_rate_aapor_1": None if rate is None else round(rate, 1),
    }


def _manifest(
    survey: Survey,
    wave: Wave,
    counts: tuple[Count, ...],
    number: int,
    sheets: tuple[Sheet, ...],
    at: datetime,
) -> dict[str, Any]:
    editions = [edition(one) for one in counts[0].editions]
    policy = Policy.of(counts[0].questionnaire)
    return {
        "survey_code": survey.slug,
        "wave": wave.code,
        "release_no": number,
        "data_cut_off": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "boundary_set": place_tree(wave.place_set_id).code,
        "editions": [{"number": e.number, "fingerprint": e.fingerprint} for e in editions],
        "samples": [_sample(one) for one in counts],
        "weighting": NOT_WEIGHTED,
        "policy": policy.written(),
        "files": listed(sheets),
    }


def _headings(
    survey: Survey, wave: Wave, counts: tuple[Count, ...], number: int, now: datetime
) -> tuple[Heading, ...]:
    return tuple(_heading(survey, wave, one, number, now) for one in counts)


def _pressed(
    survey: Survey,
    wave: Wave,
    counts: tuple[Count, ...],
    number: int,
    now: datetime,
    at: datetime,
) -> tuple[tuple[Sheet, ...], Mapping[str, Any]]:
    headings = _headings(survey, wave, counts, number, now)
    samples = [(one.public, heading) for one, heading in zip(counts, headings, strict=True)]
    tree, newest = place_tree(wave.place_set_id), counts[0].questionnaire
    sheets = public_sheets(samples, tree, newest, at)
    return sheets, _manifest(survey, wave, counts, number, sheets, at)


def tables_at(
    survey: Survey, wave: Wave, counts: tuple[Count, ...], number: int, now: datetime, at: datetime
) -> Files:
    """Make the public tables as they stand at an instant, and their manifest; no release."""
    sheets, manifest = _pressed(survey, wave, counts, number, now, at)
    files = {sheet.path: sheet.data for sheet in sheets}
    return Files(files | {"manifest.json": manifest_json(manifest)}, manifest)


def public_files(survey: Survey, wave: Wave, number: int, now: datetime) -> Files:
    """Make every file of a release.

    :raise NothingToReleaseError: if nobody answered.
    """
    counts = counts_of(wave)
    if not counts:
        raise NothingToReleaseError(f"{survey.slug} {wave.code}")
    sheets, manifest = _pressed(survey, wave, counts, number, now, cut_off(wave))
    title = counts[0].questionnaire.title
    titles = {code: title[code] for code in LANGUAGES}
    files = {sheet.path: sheet.data for sheet in sheets}
    files["datapackage.json"] = datapackage(f"{survey.slug}-{wave.code}".lower(), titles, sheets)
    files["manifest.json"] = manifest_json(manifest)
    for code, interface in LANGUAGES.items():
        told = tuple(
            Told(heading, one.sample.names[code], _outcome(one))
            for heading, one in zip(
                _headings(survey, wave, counts, number, now), counts, strict=True
            )
        )
        files[f"README_{code}.txt"] = readme(titles[code], told, interface.locale)
    return Files(files, manifest)


def make_release(slug: str, code: str, by: str, now: datetime) -> Release:
    """Make the release of a closed wave, or return the one that it has.

    After closing, answers only go, when their time is over: a count of those that are left, beside
    the one before it, would tell who went (counting rules, section 5.10).

    :raise WaveNotFoundError: if there is no such wave.
    :raise WaveNotClosedError: while the wave takes answers.
    :raise NothingToReleaseError: if nobody answered.
    """
    survey, wave = survey_and_wave(slug, code)
    if wave.state(now) is not WaveState.closed:
        raise WaveNotClosedError(f"wave {code} of {slug} is not closed")
    for _attempt in range(TRIES):
        found = release_of(wave.id)
        if found is not None:
            return found
        number = next_number(wave.id)
        made = public_files(survey, wave, number, now)
        packed = bundle(made.files)
        try:
            return store(
                wave.id, number, wave.last_change, cut_off(wave), made.manifest, packed, by, now
            )
        except NumberTakenError:
            continue  # another node was faster: its release counts the same responses
    raise NumberTakenError(slug)


def internal_files(
    slug: str,
    code: str,
    by: str,
    now: datetime,
    leave_out: Collection[Sign] = (),
    reach: Reach = WHOLE,
) -> Mapping[str, bytes]:
    """Make the raw tables for staff, at any time; that it was done is written down.

    ``leave_out``: signs of answers that were not thought about. Public figures count everybody.
    A municipality of a joint plan gets its own rows of the items, once the wave is closed: the
    rules of publishing know that it has these, and no more (counting rules, section 5.4).

    :raise WaveNotFoundError: if there is no such wave.
    :raise WaveNotClosedError: if a part is asked for while the wave takes answers.
    :raise NothingToReleaseError: if nobody answered.
    """
    survey, wave = survey_and_wave(slug, code)
    if not reach.whole and wave.state(now) is not WaveState.closed:
        raise WaveNotClosedError(f"wave {code} of {slug} is not closed")
    counts = counts_without(wave, leave_out) if leave_out else counts_of(wave)
    if not counts:
        raise NothingToReleaseError(f"{slug} {code}")
    tree, questionnaire = place_tree(wave.place_set_id), counts[0].questionnaire
    own = None if reach.whole else places_inside(tree, reach.parts)
    blank = {"suppressed": None, "suppression_reason": "", "quality_flag": ""}
    areas, rows = [], []
    for count in counts:
        heading = _heading(survey, wave, count, 0, now)
        items = count.raw.items.frame
        items = items if own is None else items[items["geo_id"].isin(own)]
        for row in area_rows(count.raw.areas.frame, heading, tree, now):
            areas.append(row | blank)
        for row in item_rows(items, heading, tree, questionnaire, now):
            rows.append(row | blank)
    without = f" without {' '.join(sorted(set(leave_out)))}" if leave_out else ""
    only = "" if reach.whole else f" only {' '.join(one.slug for one in reach.parts)}"
    note(by, Action.internal_results_exported, f"{slug} {code}{only}{without}", now)
    files = {
        "INTERNAL_items.csv": table(ITEM_FIELDS, rows),
        "INTERNAL_codebook.csv": table(
            codebook_fields(questionnaire), codebook_rows(questionnaire)
        ),
    }
    # An index is centred on everybody's answers, which are not a municipality's own.
    whole = {"INTERNAL_neighbourhood_by_area.csv": table(AREA_FIELDS, areas)}
    return files | whole if own is None else files
