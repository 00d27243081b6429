"""What is a municipality's own in a joint survey, and what is everybody's."""

import pytest

from surveyapp.questionnaire.document import read_draft
from surveyapp.questionnaire.local import foreign_items, keeps_core, part, prefix_of
from surveyapp.questionnaire.model import Draft
from tests.questionnaire.making import document, question, section

OWN = part(["east"], ["east", "a", "b"])


def joint() -> Draft:
    """Give a core section with a local question, and a section of each municipality's own."""
    return read_draft(
        document(
            section(
                "home",
                question("place", "place"),
                question("scale", "safe"),
                question("single", "east_parks", only_for=["east"]),
            ),
            section("east_more", question("single", "east_bus", only_for=["a", "b"])),
            section("west_more", question("single", "west_bus", only_for=["west"])),
        )
    )


@pytest.mark.parametrize(
    ("place", "prefix"),
    [
        ("east", "east_"),
        ("pointe-aux-songes", "pointe_aux_songes_"),
        ("3501005", "m_3501005_"),
        ("a-name-that-goes-on-and-on", "a_name_that_goes_on_"),
    ],
)
def test_local_ids_begin_with_the_place_they_are_of(place: str, prefix: str) -> None:
    assert prefix_of(place) == prefix


@pytest.mark.parametrize(
    ("where", "own"),
    [
        ("questions/east_parks", True),
        ("questions/east_bus/options/one", True),
        ("sections/east_more", True),
        ("questions/safe", False),
        ("questions/west_bus", False),
        ("sections/home", False),
        ("sections/west_more", False),
        ("", False),
        ("notice", False),
        ("questions/gone", False),
    ],
)
def test_a_node_is_a_municipality_s_own_by_who_is_asked(where: str, own: bool) -> None:
    assert OWN.has(joint(), where) is own


def bent(draft: Draft, section_id: str, **more: object) -> Draft:
    """Return a draft with another section in the place of one."""
    sections = tuple(
        one.model_copy(update=more) if one.id == section_id else one for one in draft.sections
    )
    return draft.model_copy(update={"sections": sections})


def test_changing_and_dropping_what_is_one_s_own_keeps_the_core() -> None:
    draft = joint()
    home = draft.sections[0]
    fewer = bent(draft, "home", questions=home.questions[:2])
    assert keeps_core(draft, fewer, OWN)
    assert keeps_core(draft, bent(draft, "east_more", questions=()), OWN)
    assert keeps_core(draft, draft.model_copy(update={"sections": draft.sections[::2]}), OWN)


def test_whatever_else_changes_is_not_one_s_own() -> None:
    draft = joint()
    home, _more, west = draft.sections
    core = home.questions[1].model_copy(update={"required": True})
    asked_of_all = home.questions[2].model_copy(update={"only_for": ()})
    asked_there = home.questions[2].model_copy(update={"only_for": ("west",)})
    for questions in (
        (home.questions[0], core, home.questions[2]),
        (*home.questions[:2], asked_of_all),
        (*home.questions[:2], asked_there),
        home.questions[::-1],
    ):
        assert not keeps_core(draft, bent(draft, "home", questions=questions), OWN)
    assert not keeps_core(draft, bent(draft, "west_more", questions=()), OWN)
    assert not keeps_core(draft, bent(draft, "east_more", questions=west.questions), OWN)
    assert not keeps_core(draft, draft.model_copy(update={"standing": True}), OWN)


def test_a_local_item_is_foreign_where_nobody_is_asked_it() -> None:
    assert foreign_items(joint(), ["east", "a", "b"]) == {"west_bus"}
    assert foreign_items(joint(), ["west", "c"]) == {"east_parks", "east_bus"}
