"""Everything that is computed from one sample, before disclosure control."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from surveyapp.questionnaire.framework import Area
from surveyapp.questionnaire.model import Draft
from surveyapp.statistics.counts import Ledger, ledgers, respondents
from surveyapp.statistics.floors import Policy
from surveyapp.statistics.links import sensitivities
from surveyapp.statistics.rows import area_rows, item_rows
from surveyapp.statistics.scores import AreaLedger, area_ledger
from surveyapp.statistics.splits import merged
from surveyapp.statistics.tables import Hierarchy, Ints, Matrix, RawTable
from surveyapp.statistics.tree import Tree


@dataclass(frozen=True)
class RawResults:
    """The raw tables of a sample, with the sums that disclosure control judges."""

    questionnaire: Draft
    tree: Tree
    open_sample: bool
    respondents: Ints
    ledgers: tuple[Ledger, ...]
    area_ledgers: tuple[AreaLedger, ...]
    items: RawTable
    areas: RawTable


def _grouped(questionnaire: Draft, counted: Iterable[Ledger]) -> Iterator[Ledger]:
    policy, known = Policy.of(questionnaire), sensitivities(questionnaire)
    for ledger in counted:
        judged = replace(ledger, sensitivity=known[ledger.item.key])
        yield replace(judged, groups=merged(judged, policy.floor(judged.sensitivity)))


def compute(
    questionnaire: Draft, matrix: Matrix, hierarchy: Hierarchy, *, open_sample: bool
) -> RawResults:
    """Count every item and compute every area's index for each place and for all.

    An area with fewer than three usable items has no rows.
    """
    tree = Tree(hierarchy)
    counted = tuple(_grouped(questionnaire, ledgers(questionnaire, matrix, tree)))
    found = (area_ledger(questionnaire, area, matrix, tree) for area in Area)
    areas = tuple(one for one in found if one is not None)
    return RawResults(
        questionnaire=questionnaire,
        tree=tree,
        open_sample=open_sample,
        respondents=respondents(matrix, tree),
        ledgers=counted,
        area_ledgers=areas,
        items=RawTable(item_rows(counted, tree, open_sample)),
        areas=RawTable(area_rows(areas, tree, open_sample)),
    )
