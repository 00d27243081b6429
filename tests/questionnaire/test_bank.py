"""The library of questions holds what it promises, in both languages with the same care."""

import re

import pytest

from surveyapp.questionnaire.bank import (
    SHIPPED,
    BankItem,
    Basis,
    Wanted,
    bank,
    folded,
    found,
    placed,
    sources,
)
from surveyapp.questionnaire.completeness import texts
from surveyapp.questionnaire.coverage import Group, asked, members
from surveyapp.questionnaire.drafting.editing import edit
from surveyapp.questionnaire.findings import Code
from surveyapp.questionnaire.framework import FACTORS, Area
from surveyapp.questionnaire.model import Draft, Multiple, Rank, Role, Scale, Sensitivity
from surveyapp.questionnaire.nodes import addresses, find
from surveyapp.questionnaire.reviewing.review import review
from surveyapp.questionnaire.text import Text
from surveyapp.questionnaire.typography import typeset_french
from tests.questionnaire.making import document, draft, question, section

ITEMS = [one for one in bank() if one.source != SHIPPED]
WORDING = {Code.leaning, Code.two_in_one, Code.hard_to_read}


def code_of(item: BankItem) -> str:
    return item.code


def asking(*found: BankItem) -> Draft:
    """A survey with a place and these questions on one page, as they are."""
    made = draft(document(section("a", question("place", "p")), section("b")))
    asked = made.sections[1].model_copy(update={"questions": tuple(one.question for one in found)})
    return made.model_copy(update={"sections": (made.sections[0], asked)})


def test_there_are_at_least_sixty_and_each_has_its_own_code() -> None:
    assert len(ITEMS) >= 60
    assert len({one.code for one in bank()}) == len(bank())
    assert len({one.question.id for one in ITEMS}) == len(ITEMS)


@pytest.mark.parametrize("item", ITEMS, ids=code_of)
def test_each_can_be_published_by_itself(item: BankItem) -> None:
    alone = item.question.model_copy(update={"asked_if": None})
    made = asking(BankItem(item.code, alone, item.source, item.basis))
    assert [one for one in review(made).problems if one.code is not Code.few_index_items] == []
    assert [one for one in review(made).advice if one.code in {*WORDING, Code.rank_is_long}] == []


def test_all_together_can_be_published_and_make_an_index_of_every_area() -> None:
    asked = [one for one in ITEMS if one.question.asked_if is None]
    assert review(asking(*asked)).problems == ()


@pytest.mark.parametrize("item", ITEMS, ids=code_of)
def test_scales_run_from_worst_to_best_and_roles_are_set(item: BankItem) -> None:
    options = getattr(item.question, "options", ())
    scored = [one for one in options if one.role is Role.scored]
    if isinstance(item.question, Scale):
        assert (scored[0].score, scored[-1].score) == (100, 0)
        assert [one.score for one in scored] == sorted((one.score for one in scored), reverse=True)
        assert (scored[0].favourable, scored[-1].favourable) == (True, False)
        assert any(one.role is not Role.scored for one in options), "one may have no answer"
    else:
        assert scored == []
    if isinstance(item.question, Multiple):
        assert [one.id for one in options if one.exclusive][0] == "none"


def test_every_area_and_every_factor_is_covered() -> None:
    assert {area for one in ITEMS for area in one.areas} == {one.value for one in Area}
    assert {factor for one in ITEMS for factor in one.factors} == set(FACTORS)


def test_each_group_that_the_act_names_can_be_asked_for() -> None:
    whole = asking(*bank())
    for group in Group:
        question = asked(whole, group)
        assert question is not None, group
        assert members(question, group) <= {one.id for one in question.options}, group
        assert question.sensitivity is Sensitivity.sensitive, group


def test_every_source_is_named_in_both_languages_and_used() -> None:
    for name in sources().values():
        assert name.get("en")
        assert name.get("fr")
    assert {one.source for one in bank()} == set(sources())
    assert all((one.source == "ours") == (one.basis is Basis.ours) for one in ITEMS)


def all_texts() -> list[tuple[str, Text]]:
    listed = [(f"{one.code}/{path}", text) for one in ITEMS for path, text in texts(one.question)]
    return listed + [(f"sources/{code}", name) for code, name in sources().items()]


def test_both_languages_are_typeset_each_in_its_way() -> None:
    for path, text in all_texts():
        english, french = text.get("en"), text.get("fr")
        assert english, path
        assert french, path
        assert french == typeset_french(french), path
        for words in (english, french):
            assert words == words.strip(), path
            assert not set("'\"") & set(words), path
            assert "  " not in words, path
        assert not re.search(r"\s[:;?!]", english), path


def test_no_text_is_left_in_one_language() -> None:
    same = {text.get("en") for _, text in all_texts() if text.get("en") == text.get("fr")}
    assert same <= {"Excellent"}


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("ÉPICERIE zzz", set()),
        ("speeding", {"bank_road_safety"}),
        ("vitesse EXCESSIVE", {"bank_road_safety"}),
        ("absenteisme", {"bank_school_missed"}),
        ("skin ethnicity", {"bank_harassed_race"}),
        ("médecin", {"bank_family_doctor"}),
    ],
)
def test_words_of_either_language_find_an_item_without_accents(words: str, codes: set[str]) -> None:
    assert {one.code for one in found(bank(), Wanted(words))} == codes


def test_tags_and_sources_narrow_the_list() -> None:
    first = next(found(bank(), Wanted(factor="risk_gangs")))
    assert first.code == "bank_gangs_problem"
    answered = list(found(bank(), Wanted(area="incident_response", source="gss")))
    assert answered
    assert all("incident_response" in one.areas and one.source == "gss" for one in answered)
    # A battery is found by the tags of its statements.
    wanted = Wanted(source=SHIPPED, area="risk_intervention")
    assert "shipped_help" in {one.code for one in found(bank(), wanted)}


def test_apostrophes_and_capitals_are_alike() -> None:
    assert folded("L’Été") == folded("l'ete")


def item(code: str) -> BankItem:
    return next(one for one in bank() if one.code == code)


def test_an_item_is_put_in_as_a_command_and_taken_back() -> None:
    made = asking()
    placing = placed(item("bank_walk_safety").question, made, "b")
    edited = edit(made, placing.command)
    assert edited.where == "questions/walk_safety"
    assert not placing.dropped
    assert find(edited.draft, edited.where) == item("bank_walk_safety").question
    assert edit(edited.draft, edited.inverse).draft == made


def test_an_id_that_was_ever_used_is_not_given_again() -> None:
    made = asking(item("bank_walk_safety"))
    again = placed(item("bank_walk_safety").question, made, "b")
    assert again.command.node["id"] == "walk_safety_1"
    published = frozenset(addresses(made))
    assert placed(item("bank_walk_safety").question, asking(), "b", published).command.node[
        "id"
    ] == ("walk_safety_1")


def test_a_condition_goes_when_its_subject_is_not_asked() -> None:
    help_after = item("bank_help_after").question
    alone = placed(help_after, asking(), "b")
    assert alone.dropped
    assert alone.command.node["asked_if"] is None
    beside = placed(help_after, asking(item("shipped_victim")), "b")
    assert not beside.dropped
    assert beside.command.node["asked_if"] == {"question": "victim", "any_of": ["yes"]}


def test_tags_of_another_survey_stay_there() -> None:
    belonging = item("shipped_belonging").question
    node = placed(belonging, asking(), "b").command.node
    assert node["priorities"] == []
    assert node["factors"] == list(belonging.factors)
    assert isinstance(item("bank_rank_priorities").question, Rank)
