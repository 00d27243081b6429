"""A closed wave with answers, for tests of what is made of them."""

import json
import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from surveyapp.questionnaire.answers import accept
from surveyapp.questionnaire.document import Questionnaire, written
from surveyapp.questionnaire.model import Battery, Kind
from surveyapp.questionnaire.shipped import shipped
from surveyapp.storage.connection import writing
from surveyapp.storage.counted.bulk import Loaded, bulk_insert
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.fielding import Fielding, fielding
from surveyapp.storage.field.timing import close_wave, open_wave
from surveyapp.storage.field.waves import (
    Opening,
    Wave,
    add_collector,
    add_sample,
    collectors_of,
    wave,
)
from surveyapp.storage.municipal.places import Place, import_places, place_tree
from tests.questionnaire import making
from tests.questionnaire.making import Document
from tests.storage.making import NOW, SLUG, published

# Ten people answered from the last place: under every floor.
SIZES = {"a": 80, "b": 60, "c": 45, "d": 10}
CLOSED = NOW + timedelta(days=30)


def places() -> str:
    """Store a county of two towns with two neighbourhoods each; one name is a formula."""
    names = {
        "a": ("=1+1", "L’Anse"),
        "b": ("Bay, “East”", "Baie"),
        "c": ("C", "C"),
        "d": ("D", "D"),
    }
    county = Place("county", "region", {"en": "County", "fr": "Comté"}, population=9000)
    towns = [
        Place(code, "municipality", {"en": code, "fr": code}, "county", 4500)
        for code in ("east", "west")
    ]
    below = [
        Place(code, "neighbourhood", {"en": en, "fr": fr}, "east" if code in "ab" else "west", 2250)
        for code, (en, fr) in names.items()
    ]
    import_places("county-1", [county, *towns, *below])
    return "county-1"


def raw_answers(questionnaire: Questionnaire, chance: random.Random) -> dict[str, list[str]]:
    """Post something for most questions."""
    raw: dict[str, list[str]] = {}
    for question in questionnaire.questions():
        options = [one.id for one in getattr(question, "options", ())]
        if chance.random() < 0.05 or question.kind in (Kind.note, Kind.place):
            continue
        if isinstance(question, Battery):
            for line in question.statements:
                raw[f"{question.id}.{line.id}"] = [chance.choice(options)]
        elif question.kind in (Kind.single, Kind.scale, Kind.multiple):
            raw[question.id] = [chance.choice(options)]
        elif question.kind is Kind.rank:
            raw |= {f"{question.id}.{one}": [str(n)] for n, one in enumerate(options[:2], 1)}
        elif question.kind is Kind.number:
            raw[question.id] = [str(chance.randint(0, 20))]
        else:
            raw[question.id] = ["My words, which nobody may read"]
    return raw


def responses(
    field: Fielding,
    questionnaire: Questionnaire,
    collector_id: int,
    sizes: Mapping[str, int] | None = None,
) -> Iterator[Loaded]:
    """Give responses from every neighbourhood, the same at every call."""
    chance = random.Random(7)
    lineages = place_tree(field.wave.place_set_id).lineages
    for place, size in (SIZES if sizes is None else sizes).items():
        for number in range(size):
            raw: dict[str, Any] = raw_answers(questionnaire, chance) | {"place": [place]}
            accepted = accept(questionnaire, raw, places=lineages)
            assert accepted.problems == ()
            yield Loaded(
                collector_id=collector_id,
                edition_id=field.edition_id,
                profile_id=field.profile_id,
                language="fr" if number % 6 == 0 else "en",
                submitted_on=date(2026, 3, 1 + number % 20),
                minutes=8,
                answers=accepted.answers,
            )


def answer_more(sizes: Mapping[str, int]) -> None:
    """Let more people of some neighbourhoods answer, in every sample of the open wave."""
    field = fielding(SLUG, NOW)
    assert field is not None
    questionnaire = edition(field.edition_id).questionnaire
    for collector in collectors_of(field.wave.id):
        bulk_insert(field.wave.id, responses(field, questionnaire, collector.id, sizes))


def joint_document() -> Document:
    """Give the shipped survey with a local question of the east's."""
    made: Document = json.loads(written(shipped()))
    bus = making.question("single", "east_bus", only_for=["east"])
    made["sections"].append(making.section("east_more", bus))
    return made


def answered_wave(document: Document | None = None, *, closed: bool = True) -> Wave:
    """Publish the shipped survey and let a probability and an open sample answer it."""
    made = published(document or json.loads(written(shipped())))
    opening = Opening(places(), "probability", opens=date(2026, 3, 1), invited=1000)
    open_wave(SLUG, "2026", opening, NOW)
    field = fielding(SLUG, NOW)
    assert field is not None
    with writing() as connection:
        sample_id = add_sample(connection, field.wave.id, Opening("county-1", "open"))
        add_collector(
            connection, field.wave.id, sample_id, kind="paper", mode="paper", is_default=False
        )
    for collector in collectors_of(field.wave.id):
        bulk_insert(field.wave.id, responses(field, made.questionnaire, collector.id))
    if closed:
        close_wave(SLUG, "2026", CLOSED)
    return wave(field.wave.id)
