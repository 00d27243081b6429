"""What the review tells of local questions."""

from surveyapp.questionnaire.document import read_draft
from surveyapp.questionnaire.findings import Code
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.reviewing.local_advice import local_advice, unknown_places
from tests.questionnaire.making import document, question, section


def found(draft: Draft) -> list[tuple[Code, str]]:
    return [(one.code, one.node) for one in local_advice(draft)]


def joint(*local: dict[str, object], core: dict[str, object] | None = None) -> Draft:
    """Give a core of two questions, then local ones, then perhaps one more for everybody."""
    home = section("home", question("place", "place"), question("scale", "safe"))
    return read_draft(document(home, section("more", *local, *([core] if core else []))))


def test_local_questions_behind_the_core_with_their_place_s_code_are_fine() -> None:
    assert found(joint(question("single", "east_bus", only_for=["east"]))) == []


def test_a_local_question_says_whose_it_is_by_its_code() -> None:
    bus = question("single", "bus", only_for=["east"])
    (one,) = local_advice(joint(bus))
    assert (one.code, one.node, one.limits) == (Code.local_code, "more/bus", {"prefix": "east_"})


def test_a_local_question_comes_after_what_everybody_is_asked() -> None:
    bus = question("single", "east_bus", only_for=["east"])
    draft = joint(bus, core=question("scale", "calm"))
    assert found(draft) == [(Code.local_before_core, "more/east_bus")]


def test_a_question_for_everybody_does_not_hang_on_a_local_one() -> None:
    bus = question("single", "east_bus", only_for=["east"])
    after = question("single", "why", asked_if={"question": "east_bus", "any_of": ["one"]})
    draft = joint(bus, core=after)
    assert (Code.core_hangs_on_local, "more/why") in found(draft)
    local = after | {"id": "east_why", "only_for": ["east"]}
    assert found(joint(bus, local)) == []


def test_a_scored_local_item_is_beside_its_area_not_in_it() -> None:
    parks = question("battery", "east_parks", only_for=["east"], areas=["prevention"])
    nodes = [(Code.local_not_in_index, f"more/east_parks/{one}") for one in ("calm", "clean")]
    assert found(joint(parks)) == nodes


def test_a_local_question_of_a_place_that_is_not_there_is_asked_of_nobody() -> None:
    draft = joint(question("single", "east_bus", only_for=["east", "estate"]))
    (one,) = unknown_places(draft, {"east"})
    assert (one.code, one.node) == (Code.local_nowhere, "more/east_bus")
    assert one.limits == {"place": "estate"}
    assert list(unknown_places(draft, {"east", "estate"})) == []
