"""How the groups of the Act were reached: bands only, and none that another gives away."""

import json
from collections.abc import Mapping

import pytest

from surveyapp.press.coverage import EVERYWHERE, Reached, columns_read, coverage, towns_of
from surveyapp.questionnaire.coverage import Group
from surveyapp.questionnaire.document import written
from surveyapp.questionnaire.shipped import shipped
from surveyapp.statistics.bands import Band
from surveyapp.storage.counted.bulk import Loaded, bulk_insert
from surveyapp.storage.counted.snapshot import snapshot
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.fielding import fielding
from surveyapp.storage.field.timing import open_wave
from surveyapp.storage.field.waves import Opening, Wave, collectors_of
from surveyapp.storage.municipal.places import Place, import_places
from tests.press.making import published
from tests.storage.making import NOW, SLUG

pytestmark = pytest.mark.usefixtures("context")
YOUNG, OLD = {"age": "age_18_24"}, {"age": "age_45_54"}
MARGINS = {
    "age_gender": {
        "under_18": {"man": 10, "woman": 10},
        "age_18_24": {"man": 5, "woman": 5},
        "age_45_54": {"man": 35, "woman": 35},
    }
}


def reached(
    crowd: Mapping[str, tuple[int, int]], group: Group, town: str = EVERYWHERE, **answers: object
) -> Reached:
    """Let so many of a group and so many others of each town answer; tell how it was reached."""
    published(json.loads(written(shipped())))
    name = {"en": "Name", "fr": "Nom"}
    county = Place("county", "region", name, population=1000, margins=MARGINS)
    towns = [
        Place(code, "municipality", name, "county", 300, MARGINS, code == "nation")
        for code in (*crowd, "nation")
    ]
    import_places("towns", (county, *towns))
    open_wave(SLUG, "2026", Opening("towns", "open"), NOW)
    field = fielding(SLUG, NOW)
    assert field is not None
    way = collectors_of(field.wave.id)[0].id

    def loaded(place: str, more: Mapping[str, object]) -> Loaded:
        facts = {"collector_id": way, "edition_id": field.edition_id, "minutes": 8}
        return Loaded(
            **facts,
            profile_id=field.profile_id,
            language="en",
            submitted_on=NOW.date(),
            answers={"place": place, **more},
        )

    mine = answers.get("mine", YOUNG)
    others = answers.get("others", OLD)
    everybody = [
        loaded(place, who)
        for place, (inside, outside) in crowd.items()
        for who, number in ((mine, inside), (others, outside))
        for _ in range(number)
    ]
    bulk_insert(field.wave.id, everybody)
    wave: Wave = field.wave
    asked = edition(field.edition_id).questionnaire
    found = coverage(snapshot(wave.id, columns_read(asked)), wave, asked, town)
    assert [one.code for one in towns_of(wave)] == list(crowd)
    return next(one for one in found if one.group is group)


def test_youth_are_counted_in_a_band_against_the_census() -> None:
    found = reached({"east": (33, 60), "west": (20, 40)}, Group.youth)
    assert found.people == Band(50, 59, is_under=False)
    assert found.share == pytest.approx(100 * 54.5 / 154.5)
    assert found.population_share == 30
    assert found.floor == 20


def test_a_town_is_told_beside_others_that_are_many() -> None:
    found = reached({"east": (33, 60), "west": (25, 40)}, Group.youth, "east")
    assert found.people == Band(30, 39, is_under=False)
    assert found.population_share == 30


@pytest.mark.parametrize("town", ["east", "west"])
def test_a_small_town_is_not_the_whole_less_the_other(town: str) -> None:
    found = reached({"east": (33, 60), "west": (3, 40)}, Group.youth, town)
    assert found.share is None
    assert found.people == (None if town == "east" else Band(0, 19, is_under=True))


@pytest.mark.parametrize("town", [EVERYWHERE, "east"])
def test_nobody_is_told_to_belong_where_all_do(town: str) -> None:
    found = reached({"east": (40, 4), "west": (40, 0)}, Group.youth, town)
    assert (found.people, found.share) == (None, None)


def test_who_did_not_say_is_in_no_share() -> None:
    found = reached(
        {"east": (30, 30)}, Group.youth, others={"age": "prefer_not"}, mine={"age": "under_18"}
    )
    assert (found.people, found.share) == (None, None)


@pytest.mark.parametrize(
    ("race", "counted"),
    [
        (["black"], True),
        (["white", "south_asian"], True),
        (["white"], False),
        (["indigenous"], False),
        (["prefer_not"], False),
    ],
    ids=str,
)
def test_who_counts_as_racialized(race: list[str], counted: bool) -> None:
    found = reached(
        {"east": (40, 40)}, Group.racialized, mine={"race": race}, others={"race": ["white"]}
    )
    assert found.people is not None
    assert found.people.is_under is not counted
    assert found.population_share is None


def test_first_nations_metis_and_inuit_are_told_apart() -> None:
    mine = {"indigenous": ["metis", "inuit"]}
    others = {"indigenous": ["first_nations"]}
    found = reached({"east": (30, 70)}, Group.metis, mine=mine, others=others)
    assert found.people == Band(30, 39, is_under=False)


def test_what_the_survey_does_not_ask_is_not_told() -> None:
    found = reached({"east": (30, 30)}, Group.services)
    assert (found.question, found.people, found.share) == (None, None, None)
