"""Who takes part in a joint survey, and how far whose work reaches."""

from flask import Flask

from surveyapp.storage.audit import newest
from surveyapp.storage.drafting.partners import (
    WHOLE,
    Reach,
    partners_of,
    places_of,
    reach_of,
    set_partners,
)
from surveyapp.storage.drafting.surveys import Survey, survey_by_slug
from surveyapp.storage.municipal.profiles import Municipality
from surveyapp.storage.people.staff import Role, Staff
from tests.press.making import places as county
from tests.storage.making import NOW, SLUG, municipality, published


def hired(*municipality_ids: int) -> Staff:
    return Staff(1, "a@b.example", Role.analyst, "", "", False, municipality_ids)


def joint() -> tuple[Survey, int, int]:
    """Publish a survey that two municipalities take part in."""
    published()
    east, west = (municipality(one).municipality_id for one in ("east", "west"))
    survey = survey_by_slug(SLUG)
    assert survey is not None
    set_partners(survey, [east, west, survey.owner_id], by="designer", now=NOW)
    return survey, east, west


def test_the_owner_of_a_survey_is_no_partner_of_its_own(context: Flask) -> None:
    survey, east, west = joint()
    assert partners_of(survey.id) == (Municipality(east, "east"), Municipality(west, "west"))
    assert (newest()[0].action, newest()[0].subject) == ("partners_changed", "safety: east, west")


def test_work_reaches_all_of_a_survey_or_a_part_or_nothing(context: Flask) -> None:
    survey, east, _west = joint()
    elsewhere = municipality("elsewhere").municipality_id
    assert reach_of(hired(), survey) == WHOLE
    assert reach_of(hired(survey.owner_id, east), survey) == WHOLE
    assert reach_of(hired(east, elsewhere), survey) == Reach(False, (Municipality(east, "east"),))
    assert not reach_of(hired(elsewhere), survey)


def test_who_left_a_joint_plan_has_no_part_in_it_any_more(context: Flask) -> None:
    survey, east, west = joint()
    set_partners(survey, [west], by="designer", now=NOW)
    assert not reach_of(hired(east), survey)
    set_partners(survey, [], by="designer", now=NOW)
    assert partners_of(survey.id) == ()


def test_a_municipality_s_places_are_those_inside_the_place_of_its_slug(context: Flask) -> None:
    assert places_of((Municipality(1, "east"),)) == {"east"}
    county()
    assert places_of((Municipality(1, "east"),)) == {"east", "a", "b"}
    assert places_of((Municipality(2, "elsewhere"),)) == {"elsewhere"}
