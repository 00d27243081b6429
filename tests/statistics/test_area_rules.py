"""Framework areas: what they inherit, what they need, and how reliable they are."""

from typing import Any

import numpy as np
import pytest

from surveyapp.statistics.disclosure import PublicResults
from surveyapp.statistics.results import RawResults
from surveyapp.statistics.tables import AREA_VALUES, ITEM_VALUES
from tests.statistics.making import flat, option, questionnaire, scale
from tests.statistics.test_rules import THREE, counted, is_shown, one_place, published, rows


def areas(number: int, left: int = 0, **changes: Any) -> tuple[PublicResults, RawResults]:
    draft = questionnaire(*(THREE[:2]), THREE[2] | changes)
    chance = np.random.default_rng(3)
    answers = [{key: f"o{chance.integers(1, 4)}" for key in "abc"} for _ in range(number)]
    for one in answers[:left]:
        one["c"] = None
    raw = counted(draft, answers, [0] * number, flat("p"))
    return published(raw), raw


def test_an_area_inherits_the_floor_of_its_most_sensitive_item() -> None:
    assert set(areas(14)[0].areas.frame.suppression_reason) == {"unreliable"}
    assert set(areas(14, sensitivity="mixed")[0].areas.frame.suppression_reason) == {"protected"}


def test_an_area_is_hidden_where_one_of_its_items_is() -> None:
    public, raw = areas(31, left=20)
    assert raw.area_ledgers[0].n[0] == 31
    assert not is_shown(public, "c")
    assert set(public.areas.frame.suppression_reason) == {"protected"}


def test_a_protected_row_says_nothing_at_all() -> None:
    public, _raw = areas(11)
    for frame, values in ((public.items.frame, ITEM_VALUES), (public.areas.frame, AREA_VALUES)):
        assert frame.suppressed.all()
        assert (frame.quality_flag == "").all()
        assert frame[list(values)].replace("", np.nan).isna().all().all()


def test_fewer_than_thirty_are_unreliable_and_fewer_than_a_hundred_need_caution() -> None:
    for number, reason, flag in ((29, "unreliable", ""), (30, "", "caution"), (100, "", "")):
        public, _raw = areas(number)
        for frame in (public.items.frame, public.areas.frame):
            assert set(frame.suppression_reason) == {reason}
            assert set(frame.quality_flag) == {flag}
        option_rows = rows(public, "a")
        assert option_rows.n.isna().all() == (number < 30)
        assert set(option_rows.base_n) == {number}


@pytest.mark.parametrize(("scored", "told"), [(18, False), (19, True)])
def test_an_unreliable_row_does_not_tell_to_how_many_it_does_not_apply(
    scored: int, told: bool
) -> None:
    asked = scale("a", [100, 50, 0])
    asked["options"].append(option("na", role="not_applicable"))
    answers = [{"a": f"o{one % 3 + 1}"} for one in range(scored)] + [{"a": "na"}] * 11
    public = one_place(questionnaire(asked), answers)
    options, summary = rows(public, "a"), rows(public, "a", kind="summary")
    assert set(options.base_n) == {scored + 11}
    assert options.n.notna().all() == told
    # Where every answer is shown, the base of the mean follows from them.
    assert list(summary.n.notna()) == list(summary.base_n.notna()) == [told]
    assert set(summary.suppression_reason) == {"unreliable"}


def test_dont_know_is_no_more_reliable_than_the_answers() -> None:
    options = [option("yes"), option("no"), option("dk", role="dont_know")]
    draft = questionnaire({"kind": "single", "id": "q", "text": {"en": "q", "fr": "q"},
                           "options": options})  # fmt: skip
    answers = [{"q": code} for code, n in (("yes", 14), ("no", 14), ("dk", 10)) for _ in range(n)]
    shown = rows(one_place(draft, answers), "q")
    assert set(shown.suppression_reason) == {"unreliable"}
    assert shown.n.isna().all()
    assert list(shown.base_definition) == ["answered", "answered", "asked"]


def test_under_a_hundred_everything_is_a_whole_number() -> None:
    small, large = areas(70)[0], areas(130)[0]
    names = ["pct", "ci_low", "ci_high", "index", "top_share", "n_eff"]
    for frame in (small.items.frame[names], small.areas.frame[["index", "favourable_pct"]]):
        values = frame.to_numpy(dtype=float)
        assert np.nanmax(np.abs(values - np.round(values))) == 0
    assert (large.items.frame.pct.dropna() % 1 != 0).any()


def test_percentages_are_not_made_to_add_up() -> None:
    draft = questionnaire(scale("q", [100, 50, 0]))
    answers = [{"q": f"o{1 + number % 3}"} for number in range(150)]
    assert list(rows(one_place(draft, answers), "q").pct) == [33.3, 33.3, 33.3]


def test_an_area_needs_three_items_that_apply_to_nine_in_ten() -> None:
    walking = scale("c", [100, 0], areas=["prevention"])
    walking["options"].append(option("never", role="not_applicable"))
    draft = questionnaire(*THREE[:2], walking)
    for staying, found in ((4, 1), (5, 0)):
        answers = [{"a": "o1", "b": "o2", "c": "never" if one < staying else "o1"}
                   for one in range(40)]  # fmt: skip
        raw = counted(draft, answers, [0] * 40, flat("p"))
        assert len(raw.area_ledgers) == found


def test_conditional_and_local_items_are_in_no_index() -> None:
    for more in ({"asked_if": {"question": "a", "any_of": ["o1"]}}, {"only_for": ["p"]}):
        draft = questionnaire(*THREE[:2], scale("c", [100, 0], areas=["prevention"], **more))
        answers = [{"a": "o1", "b": "o2", "c": "o1"}] * 20
        assert counted(draft, answers, [0] * 20, flat("p")).area_ledgers == ()


def test_half_of_the_items_must_be_answered() -> None:
    draft = questionnaire(*(scale(code, [100, 0], areas=["prevention"]) for code in "abcd"))
    whole = [{key: "o1" if (one + len(key)) % 2 else "o2" for key in "abcd"} for one in range(20)]
    half = [{"a": "o1", "b": "o1", "c": None, "d": None}] * 3
    third = [{"a": "o1", "b": None, "c": None, "d": None}] * 5
    raw = counted(draft, whole + half + third, [0] * 28, flat("p"))
    assert raw.area_ledgers[0].n[0] == 23


def test_who_skips_a_hard_item_is_not_better_off() -> None:
    draft = questionnaire(*(scale(code, [100, 0], areas=["prevention"]) for code in "abc"))
    # Everybody scores 100 on a and b and 0 on c; some leave c out: their index is the same.
    answers: list[dict[str, Any]] = [{"a": "o1", "b": "o1", "c": "o2"}] * 20
    answers += [{"a": "o1", "b": "o1", "c": None}] * 20
    raw = counted(draft, answers, [0] * 20 + [1] * 20, flat("p", "q"))
    assert list(np.round(raw.areas.frame["index"], 9)) == pytest.approx([66.666666667] * 3)
