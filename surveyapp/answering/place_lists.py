"""The places that a resident can choose from, in the order that a reader looks for them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from flask_babel import gettext as _
from flask_babel import ngettext

from surveyapp.answering.finding import (
    offered,
    outlines_address,
    places_at,
    prefixes_address,
)
from surveyapp.forms.parts import Choice, Group, PlaceList
from surveyapp.questionnaire.answers import Raw
from surveyapp.questionnaire.model import Place as PlaceQuestion
from surveyapp.storage.municipal.places import Place, PlaceTree
from surveyapp.storage.municipal.prefixes import prefix_of, prefix_table


@dataclass(frozen=True)
class Narrowing:
    """A question whose list is narrowed, and what was typed: shown to nobody, kept nowhere."""

    question: str
    typed: str


def groups_of(tree: PlaceTree, places: Sequence[Place], reader: str) -> tuple[Group, ...]:
    """Group places under the places that hold them, all by name."""
    parents = {place.parent for place in places}
    holders = [place for place in tree.places if place.code in parents]
    groups = []
    for holder in tree.sorted_by_name(holders, reader):
        inside = [place for place in places if place.parent == holder.code]
        label = holder.name(reader) if len(holders) > 1 else ""
        groups.append(Group(label, _choices(tree, inside, reader)))
    loose = [place for place in places if place.parent is None]
    return (*groups, Group("", _choices(tree, loose, reader))) if loose else tuple(groups)


def _choices(tree: PlaceTree, places: Sequence[Place], reader: str) -> tuple[Choice, ...]:
    return tuple(
        Choice(place.code, place.name(reader), also=_also(place, reader))
        for place in tree.sorted_by_name(places, reader)
    )


def _also(place: Place, reader: str) -> str:
    """Return a place's names in other languages: a resident may know it by one of those."""
    own = place.name(reader)
    others = {name for code, name in place.names.items() if code != reader and name != own}
    return " ".join(sorted(others))


def _found(tree: PlaceTree, question: PlaceQuestion, typed: str) -> tuple[str, Collection[str]]:
    """Say what a prefix leads to, and give the codes of the places; none for the whole list."""
    prefix = prefix_of(typed)
    if not prefix:
        return _("Write the first three characters of a postal code, such as K1A."), ()
    table = prefix_table(tree.id)
    by_prefix = places_at(tree, table, question.level) if table else {}
    codes = replace(table, places=by_prefix).find(prefix) if table else ()
    if not codes:
        return _("We know no place for that postal code. The list shows every place."), ()
    return (
        ngettext(
            "The list now shows %(count)s place for that postal code.",
            "The list now shows %(count)s places for that postal code.",
            len(codes),
            count=len(codes),
        ),
        codes,
    )


def place_list(
    tree: PlaceTree,
    question: PlaceQuestion,
    raw: Raw,
    reader: str,
    narrowing: Narrowing | None = None,
) -> PlaceList:
    """Return the list of a place question, with what helps to find a place on it.

    A place that was chosen before stays on a narrowed list.
    """
    places = offered(tree, question.level)
    notice, codes = "", set[str]()
    if narrowing is not None and narrowing.question == question.id:
        notice, found = _found(tree, question, narrowing.typed)
        codes = {*found, *raw.get(question.id, ())} if found else codes
    listed = [place for place in places if place.code in codes] if codes else places
    return PlaceList(
        groups=groups_of(tree, listed, reader),
        outlines=outlines_address(tree.id, question.level),
        prefixes=prefixes_address(tree.id, question.level),
        notice=notice,
        narrowed=bool(codes),
        total=len(places),
    )
