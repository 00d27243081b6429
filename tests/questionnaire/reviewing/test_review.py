"""What a reviewer reads: problems, advice, changes; and what keeps a draft from publication."""

from collections.abc import Callable
from typing import Any

from surveyapp.questionnaire.completeness import Code
from surveyapp.questionnaire.document import fingerprint
from surveyapp.questionnaire.framework import Area
from surveyapp.questionnaire.index import index_items, is_scored
from surveyapp.questionnaire.model import items
from surveyapp.questionnaire.reviewing.advice import estimated_minutes
from surveyapp.questionnaire.reviewing.review import (
    review,
)
from tests.questionnaire.making import (
    Document,
    document,
    draft,
    node,
    option,
    question,
    questionnaire,
    section,
    text,
    whole,
)

LAST = questionnaire()


def problems(made: Document) -> list[tuple[str, str]]:
    return [(one.code.value, one.node) for one in review(draft(made)).problems]


def advised(made: Document) -> dict[str, Any]:
    return {one.code.value: (one.node, dict(one.limits)) for one in review(draft(made)).advice}


def bend(change: Callable[[Document], Any], made: Document | None = None) -> Document:
    made = made or whole()
    change(made)
    return made


def test_the_whole_may_be_published() -> None:
    assert problems(whole()) == []
    assert review(draft(whole())).revision == fingerprint(draft(whole()))


def test_a_survey_needs_exactly_one_place_question() -> None:
    single = question("single", "q")
    assert problems(document(section("a", single))) == [("no_place_question", "")]
    two = document(section("a", question("place", "p"), question("place", "r")))
    assert problems(two) == [("two_place_questions", "a/r")]


def test_a_multiple_choice_needs_none_of_these() -> None:
    made = bend(lambda d: node(d, "helped")["options"][3].update(exclusive=False))
    assert ("no_none_of_these", "help/helped") in problems(made)
    made = bend(lambda d: node(d, "helped")["options"][3].update(role="prefer_not"))
    assert ("no_none_of_these", "help/helped") in problems(made)


def test_a_question_never_asked_is_a_problem() -> None:
    twice = {"all": [{"question": "after", "any_of": [code]} for code in ("one", "two")]}
    made = bend(lambda d: node(d, "overall").update(asked_if=twice))
    assert problems(made) == [("never_asked", "end/overall")]


def test_an_area_needs_three_items_asked_of_everyone() -> None:
    made = bend(lambda d: node(d, "streets")["statements"].pop())
    (found,) = review(draft(made)).problems
    assert found.code is Code.few_index_items
    assert found.limits == {"area": "prevention", "items": 2, "least": 3}
    node(made, "overall")["areas"] = ["prevention"]
    assert problems(made) == []
    node(made, "overall")["asked_if"] = {"question": "helped", "answered": True}
    assert problems(made) == [("few_index_items", "")]
    del node(made, "overall")["asked_if"]
    node(made, "overall")["only_for"] = ["island"]
    assert problems(made) == [("few_index_items", "")]


def test_an_index_is_of_scored_items_asked_of_everyone() -> None:
    made = whole()
    node(made, "overall")["areas"] = ["prevention", "incident_response"]
    node(made, "after")["areas"] = ["prevention"]
    node(made, "helped")["areas"] = ["prevention"]
    node(made, "streets")["statements"][0]["areas"] = ["incident_response", "prevention"]
    read = draft(made)
    assert [item.key for item in index_items(read, Area.prevention)] == [
        *("streets.calm", "streets.clean", "streets.lit", "overall")
    ]
    assert [item.key for item in index_items(read, Area.incident_response)] == [
        *("streets.calm", "overall")
    ]
    assert index_items(read, Area.social_development) == ()
    assert [item.key for item in items(read) if is_scored(item)] == [
        *("streets.calm", "streets.clean", "streets.lit", "overall")
    ]


def test_options_are_never_more_than_one_word_over_all_editions() -> None:
    def options(start: int) -> list[Document]:
        return [option(f"o{n}") for n in range(start, start + 40)] + [
            option("none", exclusive=True)
        ]

    def edition(start: int) -> Document:
        many = question("multiple", "many", options=options(start))
        return document(section("a", question("place", "p"), many))

    first, second = questionnaire(edition(0)), questionnaire(edition(20))
    assert review(second, first).problems == ()
    (found,) = review(draft(edition(40)), second, older=(first,)).problems
    assert (found.code, found.node) == (Code.too_many_codes, "a/many")
    assert found.limits == {"codes": 81, "most": 64}


def test_a_long_ranking_and_a_long_page_are_advice() -> None:
    made = bend(
        lambda d: node(d, "priorities").update(options=[option(f"o{n}") for n in range(11)])
    )
    assert advised(made)["rank_is_long"] == ("end/priorities", {"options": 11, "most": 10})
    long = document(
        section("a", question("place", "p"), *(question("single", f"q{n}") for n in range(8)))
    )
    assert advised(long)["page_is_long"] == ("a", {"questions": 9, "most": 8})
    assert problems(long) == []


def test_minutes_are_nine_seconds_an_item_and_a_minute_a_long_text() -> None:
    singles = [question("single", f"q{n}") for n in range(20)]
    assert estimated_minutes(draft(document(section("a", *singles)))) == 3
    texts = [question("text", f"t{n}", long=True) for n in range(2)]
    assert estimated_minutes(draft(document(section("a", *singles, *texts)))) == 5
    assert estimated_minutes(draft(document(section("a", question("note", "n"))))) == 1
    battery = question("battery", "b")
    battery["statements"] = [{"id": f"s{n}", "text": text("It is")} for n in range(120)]
    made = document(section("a", battery))
    assert advised(made)["takes_long"] == ("", {"minutes": 18, "most": 15})


def test_many_details_beside_a_place_are_advice() -> None:
    details = [
        question("single", f"d{n}", options=[option("one"), option("two"), silent()])
        for n in range(5)
    ]
    made = document(
        section("a", question("place", "p"), *details), section("b", question("text", "t"))
    )
    assert advised(made)["identifying"] == ("a/d4", {"details": 5, "texts": 1})
    made["sections"][0]["questions"].pop()
    assert "identifying" not in advised(made)


def silent() -> Document:
    return option("silent", role="prefer_not")


def test_an_index_item_that_may_not_apply_is_advice() -> None:
    found = [one for one in review(LAST).advice if one.code is Code.may_not_apply]
    assert [one.node for one in found] == [
        "home/streets/calm",
        "home/streets/clean",
        "home/streets/lit",
    ]
    assert found[0].limits == {"areas": "prevention"}


def test_a_tag_named_nowhere_is_advice() -> None:
    made = bend(
        lambda d: node(d, "after").update(factors=["risk_housing", "odd"], priorities=["x"])
    )
    found = [one for one in review(draft(made)).advice if one.code is Code.unknown_tag]
    assert [(one.node, one.limits["tag"]) for one in found] == [
        ("more/after", "odd"),
        ("more/after", "x"),
    ]
    made |= {
        key: [{"id": tag, "name": text("Odd")}]
        for key, tag in (("factors", "odd"), ("priorities", "x"))
    }
    assert "unknown_tag" not in advised(made)
