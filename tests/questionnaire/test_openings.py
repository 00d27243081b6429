"""What a page may still ask is foretold from its own questions, and from nothing else."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from surveyapp.questionnaire.answers import accept
from surveyapp.questionnaire.conditions import Condition, holds, questions_of, remaining
from surveyapp.questionnaire.openings import parts
from tests.questionnaire.making import document, question, questionnaire, section

CONDITION: TypeAdapter[Condition] = TypeAdapter(Condition)
KEYS = ("a", "b", "c")
CODES = ("x", "y")
LEAF = st.sampled_from(KEYS).flatmap(
    lambda key: st.sampled_from(
        [
            {"question": key, "answered": True},
            {"question": key, "any_of": ["x"]},
            {"question": key, "none_of": ["y"]},
            {"question": key, "is": "<", "value": 2},
        ]
    )
)
CONDITIONS = st.recursive(
    LEAF,
    lambda part: st.one_of(
        st.builds(lambda one: {"not": one}, part),
        st.builds(lambda some: {"all": some}, st.lists(part, min_size=1, max_size=3)),
        st.builds(lambda some: {"any": some}, st.lists(part, min_size=1, max_size=3)),
    ),
    max_leaves=8,
)
VALUES = st.sampled_from([None, "x", "y", 1, 3, ["x", "y"]])
ANSWERS = st.fixed_dictionaries({}, optional=dict.fromkeys(KEYS, VALUES))


@given(CONDITIONS, ANSWERS, st.sets(st.sampled_from(KEYS)))
def test_what_remains_of_a_condition_holds_where_the_whole_does(
    made: dict[str, Any], answers: dict[str, Any], undecided: set[str]
) -> None:
    condition = CONDITION.validate_python(made)
    left = remaining(condition, answers, undecided)
    if isinstance(left, bool):
        assert left is holds(condition, answers)
        return
    assert questions_of(left) <= undecided
    open_answers = {key: answers[key] for key in undecided if key in answers}
    assert holds(left, open_answers) is holds(condition, answers)


def conditional(code: str, asked_if: dict[str, Any], **more: Any) -> dict[str, Any]:
    return question("single", code, asked_if=asked_if, **more)


def made(*later: dict[str, Any]) -> Any:
    first = section("first", question("place", "place"), question("single", "before"))
    return questionnaire(document(first, section("page", question("single", "here"), *later)))


def shown(survey: Any, answers: dict[str, Any] | None = None) -> dict[str, tuple[bool, Any]]:
    found = parts(survey, answers or {}, survey.sections[1], {"isle": ("isle", "island")})
    return {
        one.question.id: (
            one.asked,
            one.hangs_on and CONDITION.dump_python(one.hangs_on, mode="json", by_alias=True),
        )
        for one in found
    }


ON_HERE = {"question": "here", "any_of": ["one"]}
ON_BEFORE = {"question": "before", "any_of": ["one"]}


def test_a_question_that_hangs_on_the_same_page_is_foretold() -> None:
    survey = made(conditional("next", ON_HERE))
    assert shown(survey) == {"here": (True, None), "next": (False, ON_HERE)}
    assert shown(survey, {"here": "one"})["next"] == (True, ON_HERE)


def test_a_question_that_hangs_on_an_earlier_page_is_decided() -> None:
    survey = made(conditional("next", ON_BEFORE))
    assert "next" not in shown(survey)
    assert shown(survey, {"before": "one"})["next"] == (True, None)


def test_what_earlier_answers_decide_is_left_out_of_what_is_foretold() -> None:
    survey = made(conditional("next", {"all": [ON_BEFORE, ON_HERE]}))
    assert "next" not in shown(survey)
    assert shown(survey, {"before": "one"})["next"] == (False, {"all": [ON_HERE]})


def test_a_question_for_other_places_is_not_foretold() -> None:
    survey = made(conditional("next", ON_HERE, only_for=["island"]))
    assert "next" not in shown(survey)
    assert shown(survey, {"place": "isle"})["next"] == (False, ON_HERE)


def test_a_question_that_the_page_showed_is_not_announced() -> None:
    survey = made(conditional("next", ON_HERE))
    alone = accept(survey, {"here": ["one"]}, section="page")
    assert alone.opened == ("page",)
    with_it = accept(survey, {"here": ["one"], "next": [""]}, section="page")
    assert with_it.opened == ()
    assert with_it.answers["next"] is None


def test_a_note_that_the_page_showed_is_not_announced() -> None:
    survey = made(question("note", "care", asked_if=ON_HERE))
    assert accept(survey, {"here": ["one"]}, section="page").opened == ("page",)
    assert accept(survey, {"here": ["one"], "care": [""]}, section="page").opened == ()
