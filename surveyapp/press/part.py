"""A municipality's part of a joint survey's figures: its own places, beside everybody.

Other municipalities stay out until they are released to all. Questions that only they were asked
stay out too: everybody's answers to those are theirs.
"""

from dataclasses import replace

from surveyapp.press.csv import guarded
from surveyapp.press.published import Published
from surveyapp.press.rows import ALL
from surveyapp.questionnaire.local import foreign_items
from surveyapp.questionnaire.model import Draft
from surveyapp.storage.drafting.partners import Reach, places_inside
from surveyapp.storage.field.waves import Wave
from surveyapp.storage.municipal.places import place_tree


def part_of(found: Published, wave: Wave, questionnaire: Draft, reach: Reach) -> Published:
    """Return what of the public figures somebody is shown before everybody is."""
    if reach.whole:
        return found
    places = places_inside(place_tree(wave.place_set_id), reach.parts)
    codes = [ALL, *map(guarded, places)]
    foreign = foreign_items(questionnaire, places)
    items = found.items.among("geo_id", codes)
    own = [one for one in items.frame["item_code"].unique() if one not in foreign]
    return replace(
        found, areas=found.areas.among("geo_id", codes), items=items.among("item_code", own)
    )
