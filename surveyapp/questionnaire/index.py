"""Which items make up an area's index (counting rules, section 3)."""

from surveyapp.questionnaire.framework import Area
from surveyapp.questionnaire.model import Battery, Draft, Item, Role, Scale, Single, items

LEAST_ITEMS = 3


def is_scored(item: Item) -> bool:
    """Tell whether answers to an item have a score from 0 to 100."""
    return isinstance(item.question, Single | Scale | Battery) and any(
        option.role is Role.scored for option in item.options
    )


def is_asked_of_everyone(item: Item) -> bool:
    """Tell whether neither a condition nor a place decides who is asked."""
    return item.question.asked_if is None and not item.question.only_for


def index_items(draft: Draft, area: Area) -> tuple[Item, ...]:
    """Return the items of an area's index, before those left out for being inapplicable."""
    return tuple(
        item
        for item in items(draft)
        if area in item.areas and is_scored(item) and is_asked_of_everyone(item)
    )
