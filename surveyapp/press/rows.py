"""Public figures become labelled rows: names of places, areas, questions and answers."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd

from surveyapp.questionnaire.framework import AREA_NAMES, Area
from surveyapp.questionnaire.model import Draft, Item, Number, items
from surveyapp.storage.municipal.places import PlaceTree

ALL = "all"
ALL_NAMES = {"en": "All respondents", "fr": "Ensemble des répondants"}
NOT_WEIGHTED = "none"
LABELS = ("en", "fr")
# The last class, one of whole numbers, and one of numbers with decimals.
BAND_WORDS = {
    "en": ("{low} or more", "{low} to {high}", "{low} to less than {high}"),
    "fr": ("{low} ou plus", "{low} à {high}", "{low} à moins de {high}"),
}


@dataclass(frozen=True)
class Heading:
    """What every row of a sample begins with."""

    survey_code: str
    wave: str
    sample_id: str
    sample_type: str
    mode: str
    weighting_id: str
    boundary_set: str
    release_no: int
    fieldwork_start: date
    fieldwork_end: date


def place_names(tree: PlaceTree, code: str) -> Mapping[str, str]:
    """Return the names of a place, or of everybody."""
    return ALL_NAMES if code == ALL else tree.by_code[code].names


def item_text(item: Item, language: str) -> str:
    """Return the question as it is counted: a battery's own words, then its statement."""
    if item.statement is None:
        return item.question.text[language]
    return f"{item.question.text[language]} – {item.statement.text[language]}"


def records(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Walk the rows of a frame as plain values; an empty cell is None."""
    plain = frame.astype(object).where(frame.notna(), None)
    for record in plain.to_dict("records"):
        yield {str(name): value for name, value in record.items()}


def _place(tree: PlaceTree, code: str) -> dict[str, str]:
    names = place_names(tree, code)
    return {f"geo_name_{language}": names[language] for language in LABELS}


def area_rows(
    frame: pd.DataFrame, heading: Heading, tree: PlaceTree, cut_off: datetime
) -> Iterator[dict[str, Any]]:
    """Label the rows of the table of neighbourhoods by framework area."""
    same = {**asdict(heading), "generated_at": cut_off}
    for record in records(frame):
        names = AREA_NAMES[Area(record["area_code"])]
        labels = {f"area_name_{language}": names[language] for language in LABELS}
        yield {**same, **record, **_place(tree, record["geo_id"]), **labels}


def _item_labels(item: Item) -> dict[str, Any]:
    texts = {f"item_text_{language}": item_text(item, language) for language in LABELS}
    return texts | {
        "item_version": item.version,
        "item_type": item.question.kind.value,
        "area_codes": " ".join(area.value for area in item.areas),
        "factor_codes": " ".join(item.factors),
        "group_var": "",
        "group_value": "",
    }


def _band_label(question: Number, code: str, language: str) -> str:
    """Return the words of a class of numbers: from its lower edge to before the next one."""
    place = int(code.removeprefix("band_"))
    low = question.bands[place - 1]
    if place == len(question.bands):
        return BAND_WORDS[language][0].format(low=f"{low:g}")
    high = question.bands[place]
    if question.decimals:
        return BAND_WORDS[language][2].format(low=f"{low:g}", high=f"{high:g}")
    if high - low == 1:
        return f"{low:g}"
    return BAND_WORDS[language][1].format(low=f"{low:g}", high=f"{high - 1:g}")


def option_label(item: Item, code: str, language: str) -> str:
    """Return the words of an answer; of several that are shown as one, all of them."""
    if isinstance(item.question, Number):
        parts = (_band_label(item.question, one, language) for one in code.split("+") if one)
        return " / ".join(parts)
    known = {option.id: option.label[language] for option in item.options}
    return " / ".join(known.get(one, one) for one in code.split("+") if one)


def _option_labels(item: Item, code: str) -> dict[str, str]:
    labels = {f"option_label_{one}": option_label(item, code, one) for one in LABELS}
    roles = {option.role.value for option in item.options if option.id in code.split("+")}
    return labels | {"option_role": roles.pop() if len(roles) == 1 else ""}


def _could_be_asked(item: Item, code: str, tree: PlaceTree) -> bool:
    """Tell whether a place holds, or lies in, one whose residents are asked a local question.

    Elsewhere nobody was: such a row would be called protected, and protects nothing.
    """
    homes = item.question.only_for
    if not homes or code == ALL:
        return True
    return any(home in tree.lineages[code] or code in tree.lineages.get(home, ()) for home in homes)


def item_rows(
    frame: pd.DataFrame,
    heading: Heading,
    tree: PlaceTree,
    questionnaire: Draft,
    cut_off: datetime,
) -> Iterator[dict[str, Any]]:
    """Label the rows of the table of items."""
    by_key = {item.key: item for item in items(questionnaire)}
    labels = {key: _item_labels(item) for key, item in by_key.items()}
    same = {**asdict(heading), "generated_at": cut_off}
    for record in records(frame):
        key = record["item_code"]
        if not _could_be_asked(by_key[key], record["geo_id"], tree):
            continue
        option = _option_labels(by_key[key], record["option_code"])
        yield {**same, **labels[key], **record, **_place(tree, record["geo_id"]), **option}
