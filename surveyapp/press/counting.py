"""From the snapshot to figures, once for every screen, file and command."""

from collections.abc import Collection
from dataclasses import dataclass

from flask import current_app

from surveyapp.questionnaire.document import Questionnaire
from surveyapp.questionnaire.quality import BITS, Sign
from surveyapp.statistics.disclosure import PublicResults, release
from surveyapp.statistics.floors import Policy
from surveyapp.statistics.results import RawResults, compute
from surveyapp.statistics.tables import Hierarchy, Matrix
from surveyapp.storage.counted.snapshot import (
    Snapshot,
    change_of,
    place_indices,
    sample_of,
    snapshot,
    without_signs,
)
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.waves import Sample, Wave, samples_of
from surveyapp.storage.municipal.places import PlaceTree, place_tree

# The figures of a wave are a few megabytes; those read last are kept.
MOST_KEPT = 4


@dataclass(frozen=True)
class Count:
    """The figures of one sample of a wave, raw and public.

    ``editions`` are those that the wave was answered in; ``questionnaire`` is the newest of them.
    """

    sample: Sample
    questionnaire: Questionnaire
    editions: tuple[int, ...]
    change_no: int
    raw: RawResults
    public: PublicResults


def hierarchy_of(tree: PlaceTree) -> Hierarchy:
    """Return a place set as the statistics take it.

    A region that holds everything is left out: its figures are those of everybody. One that is
    published by agreement only stays, so that all it holds is hidden.
    """
    roots = [place for place in tree.places if place.parent is None]
    is_all = len(roots) == 1 and len(tree.places) > 1 and not roots[0].agreement_required
    left_out = {roots[0].code} if is_all else set()
    places = [place for place in tree.places if place.code not in left_out]
    number = {place.code: index for index, place in enumerate(places)}
    return Hierarchy(
        codes=tuple(number),
        levels=tuple(place.level for place in places),
        parents=tuple(number.get(place.parent or "", -1) for place in places),
        populations=tuple(place.population for place in places),
        by_agreement=tuple(place.agreement_required for place in places),
    )


def matrix_of(found: Snapshot, hierarchy: Hierarchy) -> Matrix:
    """Return responses as the statistics take them."""
    return Matrix(found.columns, found.codes, place_indices(found, hierarchy.codes))


def _count(sample: Sample, found: Snapshot, hierarchy: Hierarchy) -> Count:
    questionnaire = edition(found.editions[-1]).questionnaire
    matrix = matrix_of(found, hierarchy)
    raw = compute(questionnaire, matrix, hierarchy, open_sample=sample.type == "open")
    public = release(raw, Policy.of(questionnaire))
    return Count(sample, questionnaire, found.editions, found.change_no, raw, public)


def _counted(wave: Wave, found: Snapshot) -> tuple[Count, ...]:
    hierarchy = hierarchy_of(place_tree(wave.place_set_id))
    samples = ((sample, sample_of(found, sample.id)) for sample in samples_of(wave.id))
    return tuple(_count(sample, part, hierarchy) for sample, part in samples if len(part))


def counts_without(wave: Wave, signs: Collection[Sign]) -> tuple[Count, ...]:
    """Return the figures of those who showed none of some signs, for staff to compare with."""
    left_out = sum(BITS[sign] for sign in set(signs))
    return _counted(wave, without_signs(snapshot(wave.id), left_out))


def counts_of(wave: Wave) -> tuple[Count, ...]:
    """Return the figures of each sample that somebody answered, probability samples first."""
    kept: dict[int, tuple[int, tuple[Count, ...]]]
    kept = current_app.extensions.setdefault("surveyapp_counts", {})
    change_no, counts = kept.pop(wave.id, (-1, ()))
    if change_no != change_of(wave.id):
        found = snapshot(wave.id)
        change_no, counts = found.change_no, _counted(wave, found)
    kept[wave.id] = (change_no, counts)
    for oldest in list(kept)[:-MOST_KEPT]:
        kept.pop(oldest, None)
    return counts
