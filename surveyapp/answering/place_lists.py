"""The places that a resident can choose from, in the order that a reader looks for them."""

from collections.abc import Sequence

from surveyapp.forms.parts import Choice, Group, PlaceList
from surveyapp.questionnaire.answers import Raw
from surveyapp.questionnaire.model import Place as PlaceQuestion
from surveyapp.storage.places import Place, PlaceTree


def offered(tree: PlaceTree, level: str) -> tuple[Place, ...]:
    """Return the places of a question's level; a set without neighbourhoods has municipalities."""
    return tree.at(level) or tree.at("municipality")


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


def place_list(tree: PlaceTree, question: PlaceQuestion, raw: Raw, reader: str) -> PlaceList:
    """Return the list of a place question."""
    places = offered(tree, question.level)
    return PlaceList(groups=groups_of(tree, places, reader), total=len(places))
