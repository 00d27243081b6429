"""The rules of publication, one test a sentence (counting rules, sections 1, 3 and 5)."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from surveyapp.questionnaire.model import Draft
from surveyapp.statistics.disclosure import PublicResults, release
from surveyapp.statistics.floors import Policy
from surveyapp.statistics.results import RawResults, compute
from surveyapp.statistics.tables import Hierarchy
from tests.statistics.making import flat, hierarchy, matrix, option, questionnaire, scale

THREE = [scale(code, [100, 50, 0], areas=["prevention"]) for code in "abc"]


def counted(
    draft: Draft, answers: Sequence[dict[str, Any]], places: Sequence[int], where: Hierarchy
) -> RawResults:
    return compute(draft, matrix(draft, answers, places), where, open_sample=False)


def published(raw: RawResults, **floors: int) -> PublicResults:
    policy = Policy.of(raw.questionnaire)
    return release(raw, Policy(policy.floors.model_copy(update=floors)))


def one_place(draft: Draft, answers: Sequence[dict[str, Any]], **more: Any) -> PublicResults:
    """Release what the people of a single place answered."""
    where = hierarchy([("p", "neighbourhood", -1)], **more)
    return published(counted(draft, answers, [0] * len(answers), where))


def rows(public: PublicResults, key: str, place: str = "p", kind: str = "option") -> pd.DataFrame:
    frame = public.items.frame
    chosen = (frame.item_code == key) & (frame.geo_id == place) & (frame.row_kind == kind)
    return frame[chosen]


def is_shown(public: PublicResults, key: str, place: str = "p") -> bool:
    reasons = set(rows(public, key, place).suppression_reason)
    assert len(reasons) == 1, "a row is whole or not at all"
    return reasons.isdisjoint({"protected", "by_agreement"})


def mixed_answers(key: str, number: int, others: int = 4) -> list[dict[str, Any]]:
    return [{key: "o2" if one < others else "o1"} for one in range(number)]


@pytest.mark.parametrize(("sensitivity", "floor"), [("general", 12), ("mixed", 15)])
def test_a_base_under_its_floor_is_hidden(sensitivity: str, floor: int) -> None:
    draft = questionnaire(scale("q", [100, 0], sensitivity=sensitivity))
    assert not is_shown(one_place(draft, mixed_answers("q", floor - 1)), "q")
    assert is_shown(one_place(draft, mixed_answers("q", floor)), "q")


def test_a_sensitive_base_needs_twenty() -> None:
    draft = questionnaire(scale("q", [100, 0], sensitivity="sensitive"))
    assert not is_shown(one_place(draft, mixed_answers("q", 19, 8)), "q")
    assert is_shown(one_place(draft, mixed_answers("q", 20, 8)), "q")


def test_a_survey_can_raise_a_floor_and_never_lower_it() -> None:
    draft = questionnaire(scale("q", [100, 0]))
    answers = mixed_answers("q", 20)
    raw = counted(draft, answers, [0] * 20, flat("p"))
    assert not is_shown(published(raw, general=21), "q")
    with pytest.raises(ValueError, match="greater than or equal to 12"):
        Draft.model_validate({"floors": {"general": 11}})


@pytest.mark.parametrize(
    ("sensitivity", "people", "shown"),
    [("general", 99, False), ("general", 100, True), ("general", None, True),
     ("sensitive", 249, False), ("sensitive", 250, True)],
)  # fmt: skip
def test_a_place_needs_a_population(sensitivity: str, people: int | None, shown: bool) -> None:
    draft = questionnaire(scale("q", [100, 0], sensitivity=sensitivity))
    public = one_place(draft, mixed_answers("q", 40, 10), populations=[people])
    assert is_shown(public, "q") is shown


@pytest.mark.parametrize(("others", "shown"), [(0, False), (1, False), (2, True)])
def test_a_row_where_all_but_one_agree_is_hidden(others: int, shown: bool) -> None:
    draft = questionnaire(scale("q", [100, 0]))
    assert is_shown(one_place(draft, mixed_answers("q", 40, others)), "q") is shown


@pytest.mark.parametrize(("others", "shown"), [(4, False), (5, True)])
def test_a_sensitive_row_needs_five_on_each_side(others: int, shown: bool) -> None:
    draft = questionnaire(scale("q", [100, 0], sensitivity="sensitive"))
    assert is_shown(one_place(draft, mixed_answers("q", 40, others)), "q") is shown


def test_a_tick_that_everybody_gave_is_hidden() -> None:
    options = [option("bus"), option("park"), option("none", exclusive=True)]
    draft = questionnaire({"kind": "multiple", "id": "q", "text": {"en": "q", "fr": "q"},
                           "options": options})  # fmt: skip
    all_ticked = [{"q": ["bus", "park"] if one % 2 else ["bus"]} for one in range(40)]
    assert not is_shown(one_place(draft, all_ticked), "q")
    some = [*all_ticked[:30], *({"q": ["none"]} for _ in range(10))]
    assert is_shown(one_place(draft, some), "q")
    assert list(rows(one_place(draft, some), "q").pct) == [75, 38, 25]  # of people, not of ticks


def test_rare_neighbours_of_a_sensitive_scale_are_printed_as_one() -> None:
    draft = questionnaire(scale("q", [100, 75, 25, 0], sensitivity="sensitive"))
    answers = [{"q": code} for code, n in (("o1", 20), ("o2", 3), ("o3", 4), ("o4", 13))
               for _ in range(n)]  # fmt: skip
    public = one_place(draft, answers)
    shown = rows(public, "q")
    assert list(zip(shown.option_code, shown.n, strict=True)) == [
        ("o1", 20), ("o2+o3", 7), ("o4", 13)]  # fmt: skip
    (summary,) = rows(public, "q", kind="summary").to_dict("records")
    assert np.isnan(summary["mean"])
    assert np.isnan(summary["index"])


def test_answers_are_not_grouped_where_even_the_whole_is_hidden() -> None:
    draft = questionnaire(scale("q", [100, 75, 0], sensitivity="sensitive"))
    public = one_place(draft, mixed_answers("q", 40, 3))
    assert not is_shown(public, "q")
    assert list(rows(public, "q").option_code) == ["o1", "o2", "o3"]


def test_an_index_may_not_hold_what_is_printed_as_one() -> None:
    sensitive = scale("a", [100, 75, 25, 0], areas=["prevention"], sensitivity="sensitive")
    draft = questionnaire(sensitive, *THREE[1:])
    answers = [{"a": code, "b": other, "c": other}
               for code, other, n in (("o1", "o1", 60), ("o2", "o2", 3), ("o3", "o3", 4),
                                      ("o4", "o3", 40)) for _ in range(n)]  # fmt: skip
    public = one_place(draft, answers)
    assert is_shown(public, "a")
    assert set(public.areas.frame.suppression_reason) == {"protected"}


def test_a_conditional_item_may_not_split_what_is_printed_as_one() -> None:
    given = scale("a", [100, 75, 25, 0], sensitivity="sensitive")
    for asked, shown in ((["o3", "o4"], False), (["o2", "o3", "o4"], True)):
        draft = questionnaire(
            given, scale("b", [100, 0], asked_if={"question": "a", "any_of": asked})
        )
        answers = [{"a": "o1"}] * 60 + [{"a": "o2"}] * 3 + [{"a": "o3"}] * 4 + [{"a": "o4"}] * 40
        for number, one in enumerate(answers):
            if one["a"] in asked:
                answers[number] = one | {"b": "o1" if number % 2 else "o2"}
        public = one_place(draft, answers)
        assert is_shown(public, "a")
        assert is_shown(public, "b") is shown


def test_a_conditional_item_is_as_sensitive_as_what_it_depends_on() -> None:
    draft = questionnaire(
        scale("a", [100, 0], sensitivity="sensitive"),
        scale("b", [100, 0], asked_if={"question": "a", "any_of": ["o2"]}),
    )
    for victims, shown in ((19, False), (20, True)):
        answers = [{"a": "o1"}] * 40
        answers += [{"a": "o2", "b": "o1" if one < 8 else "o2"} for one in range(victims)]
        public = one_place(draft, answers)
        assert is_shown(public, "a")
        assert is_shown(public, "b") is shown


def test_a_question_for_some_places_tells_no_hidden_residents() -> None:
    where = hierarchy([(one, "neighbourhood", -1) for one in "pqrs"])
    draft = questionnaire(scale("a", [100, 0]), scale("b", [100, 0], only_for=["p"]))
    places = [0] * 14 + [1] * 4 + [2] * 40 + [3] * 40
    answers = [{"a": "o1" if one % 3 else "o2"} for one in range(len(places))]
    for number in range(14):
        answers[number]["b"] = "o1" if number % 2 else "o2"
    public = published(counted(draft, answers, places, where))
    assert not is_shown(public, "a", "p")  # it hides the four of q
    assert not is_shown(public, "b", "p")
    assert not is_shown(public, "b", "all")


def residents(*sizes: int, level: str = "neighbourhood", **more: Any) -> dict[str, bool]:
    """Tell which places show one item that the given numbers answered; the last have no place."""
    *housed, homeless = sizes
    where = hierarchy([(f"p{n}", level, -1) for n in range(len(housed))], **more)
    draft = questionnaire(scale("q", [100, 0]))
    places = [n for n, size in enumerate(housed) for _ in range(size)] + [-1] * homeless
    answers = [{"q": "o1" if number % 2 else "o2"} for number in range(len(places))]
    public = published(counted(draft, answers, places, where))
    return {code: is_shown(public, "q", code) for code in ("all", *where.codes)}


def test_the_smallest_sibling_hides_a_hidden_one() -> None:
    assert residents(5, 40, 50, 0) == {"all": True, "p0": False, "p1": False, "p2": True}


def test_people_without_a_place_are_a_residual_too() -> None:
    assert residents(30, 40, 5) == {"all": True, "p0": False, "p1": True}
    assert residents(30, 40, 12) == {"all": True, "p0": True, "p1": True}


def test_a_hidden_place_hides_among_people_without_one() -> None:
    assert residents(5, 40, 20) == {"all": True, "p0": False, "p1": True}


def test_nobody_in_a_hidden_place_is_not_told_either() -> None:
    assert residents(0, 30, 40, 0) == {"all": True, "p0": False, "p1": False, "p2": True}


def test_a_council_cannot_take_its_own_figures_away() -> None:
    assert residents(6, 8, 60, 70, 0, level="neighbourhood")["p2"]
    assert not residents(6, 8, 60, 70, 0, level="municipality")["p2"]


def test_a_place_by_agreement_hides_all_that_lies_in_it_and_hides_among_others() -> None:
    where = hierarchy(
        [("n", "municipality", -1), ("n1", "neighbourhood", 0), ("t", "municipality", -1),
         ("u", "municipality", -1), ("v", "municipality", -1)],
        by_agreement=[True, False, False, False, False],
    )  # fmt: skip
    places = [1] * 40 + [2] * 30 + [3] * 50 + [4] * 60
    draft = questionnaire(scale("q", [100, 0]))
    answers = [{"q": "o1" if number % 2 else "o2"} for number in range(len(places))]
    public = published(counted(draft, answers, places, where))
    reasons = {code: set(rows(public, "q", code).suppression_reason) for code in where.codes}
    assert reasons["n"] == reasons["n1"] == {"by_agreement"}
    # One hidden town would know the nation's figures by taking its own away, so two are hidden.
    assert reasons["t"] == reasons["u"] == {"protected"}
    assert reasons["v"] == {""}
