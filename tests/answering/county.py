"""A county with outlines and postal prefixes, and a survey that asks where one lives in it."""

from datetime import date
from typing import Any

from surveyapp.storage.field.timing import open_wave
from surveyapp.storage.field.waves import Opening
from surveyapp.storage.municipal.places import Place, import_places, place_set_id
from surveyapp.storage.municipal.prefixes import load_prefixes
from tests.questionnaire.making import document, question, section
from tests.storage.making import NOW, SLUG, published

TOWNS = ("East", "West")
PREFIXES = {"K1A": ("n1", "n2", "n11"), "K1B": ("n3",)}


def outline(number: int) -> dict[str, Any]:
    """Give a square of a chequerboard."""
    x, y = number % 4, number // 4
    ring = [[x, y], [x + 1, y], [x + 1, y + 1], [x, y + 1], [x, y]]
    return {"type": "MultiPolygon", "coordinates": [[[[a - 76, b + 45] for a, b in ring]]]}


def county(outlined: bool = True) -> tuple[Place, ...]:
    """Give two towns of six neighbourhoods each, one of them with two names."""
    towns = [
        Place(
            town,
            "municipality",
            {"en": town, "fr": town},
            geometry=outline(number) if outlined else None,
        )
        for number, town in enumerate(TOWNS)
    ]
    inside = [
        Place(
            f"n{number}",
            "neighbourhood",
            {"en": f"Place {number}", "fr": "L’Île" if number == 5 else f"Place {number}"},
            TOWNS[number % 2],
            geometry=outline(number) if outlined else None,
        )
        for number in range(12)
    ]
    return (*towns, *inside)


def fielded(
    level: str = "neighbourhood", prefixes: bool = True, outlined: bool = True, **more: Any
) -> None:
    """Open a wave with a page that asks for a place and for some words."""
    asked = question("place", "place", level=level, **more)
    published(document(section("home", asked, question("text", "why"))))
    import_places("county", county(outlined))
    set_id = place_set_id("county")
    if prefixes and set_id:
        load_prefixes(set_id, PREFIXES)
    open_wave(SLUG, "2026", Opening("county", "open", opens=date(2026, 3, 1)), NOW)
