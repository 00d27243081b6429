"""What staff see of a wave in the field: counted anew only when enough came in since."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from surveyapp.press.boards import of_sample
from surveyapp.press.bundle import bundle, unpacked
from surveyapp.press.counting import Count, counts_of, hierarchy_of, matrix_of
from surveyapp.press.published import Published, kept, reopened
from surveyapp.press.release import NothingToReleaseError, survey_and_wave, tables_at
from surveyapp.statistics.floors import Policy
from surveyapp.statistics.refresh import may_follow, shown_nodes
from surveyapp.statistics.results import compute
from surveyapp.statistics.tables import Flags, PublicTable
from surveyapp.storage.counted.interims import (
    CountedMeanwhileError,
    Interim,
    interim_bundle,
    interims_of,
    keep_interim,
    newest_interim,
    taken_back_since,
)
from surveyapp.storage.counted.snapshot import Snapshot, sample_of, snapshot
from surveyapp.storage.field.waves import Wave, WaveState
from surveyapp.storage.municipal.places import place_tree


class WaveClosedError(Exception):
    """A closed wave is counted whole: nothing waits any more."""


class TooFewNewError(Exception):
    """A group that is shown has too few new answers since an earlier count."""


def of_interim(interim: Interim) -> Published:
    """Read the figures that staff see of a wave in the field."""

    def read() -> Published:
        files = unpacked(interim_bundle(interim.id))
        return reopened(files, json.loads(files["manifest.json"]), 0)

    return kept(("interim", interim.id), read)


def _shown(
    items: PublicTable, areas: PublicTable, sample: str, codes: tuple[str, ...]
) -> Mapping[str, Flags]:
    found = shown_nodes(of_sample(items, sample), "item_code", codes)
    return found | shown_nodes(of_sample(areas, sample), "area_code", codes)


def _between(found: Snapshot, after: int, upto: int) -> Snapshot:
    """Return the responses after a change, up to another."""
    changes = found.columns["#change"]
    late = (changes > after) & (changes <= upto)
    return replace(found, columns={name: one[late] for name, one in found.columns.items()})


def _may_follow(wave: Wave, earlier: Interim, count: Count, found: Snapshot) -> bool:
    """Tell whether one sample's new figures may be shown beside an earlier count's."""
    seen, codes = of_interim(earlier), count.raw.tree.codes
    hierarchy = hierarchy_of(place_tree(wave.place_set_id))
    mine = sample_of(found, count.sample.id)
    added = _between(mine, earlier.change_no, count.change_no)
    taken_back = taken_back_since(wave.id, earlier.change_no)
    if not len(added):
        return not taken_back
    raw = compute(
        count.questionnaire,
        matrix_of(added, hierarchy),
        hierarchy,
        open_sample=count.sample.type == "open",
    )
    items, areas = count.public.items.frame, count.public.areas.frame
    later = shown_nodes(items, "item_code", codes) | shown_nodes(areas, "area_code", codes)
    return may_follow(
        _shown(seen.items, seen.areas, count.sample.code, codes),
        later,
        raw,
        count.raw.respondents,
        Policy.of(count.questionnaire),
        taken_back=taken_back,
    )


def count_anew(slug: str, code: str, by: str, now: datetime) -> Interim:
    """Count a wave in the field for staff, or return the count that holds the same responses.

    :raise WaveNotFoundError: if there is no such wave.
    :raise WaveClosedError: once it is closed.
    :raise NothingToReleaseError: if nobody answered.
    :raise TooFewNewError: if the new figures less some that were shown would tell too much.
    """
    survey, wave = survey_and_wave(slug, code)
    if wave.state(now) is WaveState.closed:
        raise WaveClosedError(f"{slug} {code}")
    counts, earlier = counts_of(wave), interims_of(wave.id)
    if not counts:
        raise NothingToReleaseError(f"{slug} {code}")
    change_no = counts[0].change_no
    if earlier and earlier[0].change_no == change_no:
        return earlier[0]
    found = snapshot(wave.id)
    for one in earlier:
        if not all(_may_follow(wave, one, count, found) for count in counts):
            raise TooFewNewError(f"{slug} {code}")
    made = tables_at(survey, wave, counts, 0, now, now)
    number = earlier[0].number + 1 if earlier else 1
    try:
        return keep_interim(wave.id, number, change_no, bundle(made.files), by, now)
    except CountedMeanwhileError:
        theirs = newest_interim(wave.id)
        assert theirs is not None
        return theirs
