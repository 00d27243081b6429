"""Joint plans: which municipalities take part in a survey, and whose part of it is whose."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select

from surveyapp.questionnaire.local import Part, part
from surveyapp.storage.audit import Action, record
from surveyapp.storage.connection import reading, writing
from surveyapp.storage.drafting.surveys import Survey
from surveyapp.storage.municipal.places import PlaceTree, list_place_sets, place_set_id, place_tree
from surveyapp.storage.municipal.profiles import Municipality
from surveyapp.storage.people.staff import Staff
from surveyapp.storage.tables import MunicipalityRow, PartnerRow


@dataclass(frozen=True)
class Reach:
    """How far somebody's work reaches into a survey.

    ``whole``: all of it is theirs to work on. ``parts``: the municipalities that take part whose
    share alone is; nothing reaches it when there is neither.
    """

    whole: bool
    parts: tuple[Municipality, ...] = ()

    def __bool__(self) -> bool:
        return self.whole or bool(self.parts)


WHOLE = Reach(True)


def partners_of(survey_id: int) -> tuple[Municipality, ...]:
    """List the municipalities that take part in a survey, its owner left out, by slug."""
    query = (
        select(MunicipalityRow.id, MunicipalityRow.slug)
        .join(PartnerRow, PartnerRow.municipality_id == MunicipalityRow.id)
        .where(PartnerRow.survey_id == survey_id)
        .order_by(MunicipalityRow.slug)
    )
    return tuple(Municipality(row.id, row.slug) for row in reading().execute(query))


def reach_of(staff: Staff, survey: Survey) -> Reach:
    """Tell how far somebody's work reaches into a survey: all of it, their part, or not at all."""
    mine = staff.municipality_ids
    if not mine or survey.owner_id in mine:
        return WHOLE
    return Reach(False, tuple(one for one in partners_of(survey.id) if one.id in mine))


def set_partners(
    survey: Survey, municipality_ids: Collection[int], *, by: str, now: datetime
) -> None:
    """Store which municipalities take part in a survey; its owner always does."""
    wanted = set(municipality_ids) - {survey.owner_id}
    with writing() as connection:
        slugs = select(MunicipalityRow.slug).where(MunicipalityRow.id.in_(wanted))
        named = sorted(connection.execute(slugs).scalars())
        connection.execute(delete(PartnerRow).where(PartnerRow.survey_id == survey.id))
        rows = [{"survey_id": survey.id, "municipality_id": one} for one in sorted(wanted)]
        if rows:
            connection.execute(insert(PartnerRow), rows)
        subject = f"{survey.slug}: {', '.join(named) or '-'}"
        record(connection, by, Action.partners_changed, subject[:500], now)


def places_inside(tree: PlaceTree, parts: Collection[Municipality]) -> frozenset[str]:
    """Return the codes of the places of some municipalities: one's slug is its place's code."""
    codes = {one.slug for one in parts}
    return frozenset(
        code for code, lineage in tree.lineages.items() if not codes.isdisjoint(lineage)
    )


def places_of(parts: Collection[Municipality]) -> frozenset[str]:
    """Return the codes of the places of some municipalities, before a wave pins a place set.

    The newest set that knows any of them says which; one that no set knows has its own code.
    """
    own = frozenset(one.slug for one in parts)
    for code in list_place_sets():
        number = place_set_id(code)
        inside = places_inside(place_tree(number), parts) if number is not None else frozenset()
        if inside:
            return own | inside
    return own


def own_part(reach: Reach) -> Part | None:
    """Return what of a draft somebody may change; None: all of it."""
    if reach.whole:
        return None
    return part([one.slug for one in reach.parts], places_of(reach.parts))
