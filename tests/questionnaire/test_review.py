"""What a reviewer reads: problems, advice, changes; and what keeps a draft from publication."""

from collections.abc import Callable
from typing import Any

import pytest

from surveyapp.questionnaire.advice import estimated_minutes
from surveyapp.questionnaire.completeness import Code
from surveyapp.questionnaire.document import Questionnaire, canonical, fingerprint
from surveyapp.questionnaire.framework import Area
from surveyapp.questionnaire.index import index_items, is_scored
from surveyapp.questionnaire.model import items
from surveyapp.questionnaire.review import (
    ChangeKind,
    NotPublishableError,
    Reason,
    prepare,
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


def changes(change: Callable[[Document], Any]) -> list[tuple[str, str, str, str]]:
    found = review(draft(bend(change)), LAST).changes
    return [(one.kind.value, one.node, one.reason or "", one.option) for one in found]


def test_nothing_changed_is_no_change() -> None:
    assert changes(lambda d: None) == []
    assert changes(lambda d: d.update(title=text("Another title"))) == []
    assert changes(lambda d: d["sections"].reverse()) == []


def test_added_and_retired_items_are_named() -> None:
    def swap(made: Document) -> None:
        made["sections"][3]["questions"][1] = question("single", "fresh")
        node(made, "streets")["statements"].pop(0)

    assert changes(swap) == [
        ("added", "fresh", "", ""),
        ("retired", "streets.calm", "", ""),
        ("retired", "overall", "", ""),
    ]


REWORDED: list[tuple[str, str, Callable[[Document], Any]]] = [
    ("overall", "wording", lambda d: node(d, "overall")["text"].update(fr="Autrement?")),
    ("overall", "wording", lambda d: node(d, "overall")["options"][0]["label"].update(en="Fine")),
    ("overall", "wording", lambda d: node(d, "overall").update(hint=text("Think"))),
    (
        "streets.lit",
        "wording",
        lambda d: node(d, "streets")["statements"][2].update(text=text("Lit")),
    ),
    ("times", "wording", lambda d: node(d, "times").update(unit=text("weeks"))),
    ("times", "limits", lambda d: node(d, "times").update(maximum=40)),
    ("times", "limits", lambda d: node(d, "times").update(decimals=1)),
    ("helped", "limits", lambda d: node(d, "helped").update(at_most=3)),
    ("priorities", "limits", lambda d: node(d, "priorities").update(top=1)),
    ("after", "options", lambda d: node(d, "after")["options"].append(option("four"))),
    ("after", "options", lambda d: node(d, "after")["options"].pop()),
    ("overall", "options", lambda d: node(d, "overall")["options"].reverse()),
    ("after", "base", lambda d: node(d, "after").pop("asked_if")),
    ("ferry", "base", lambda d: node(d, "ferry").update(only_for=["town"])),
]


@pytest.mark.parametrize(("key", "reason", "change"), REWORDED)
def test_a_rewording_waits_for_a_person(
    key: str, reason: str, change: Callable[[Document], Any]
) -> None:
    assert changes(change) == [("reworded", key, reason, "")]
    made = draft(bend(change))
    with pytest.raises(NotPublishableError) as error:
        prepare(made, LAST, ())
    assert [one.node for one in error.value.changes] == [key]
    published = {item.key: item.version for item in items(prepare(made, LAST, {key}))}
    assert published.pop(key) == 2
    assert set(published.values()) == {1}


REFUSED: list[tuple[str, str, str, Callable[[Document], Any]]] = [
    ("after", "kind", "", lambda d: node(d, "after").update(kind="scale")),
    ("place", "level", "", lambda d: node(d, "place").update(level="municipality")),
    (
        "overall",
        "score",
        "fair",
        lambda d: node(d, "overall")["options"][1].update(score=60),
    ),
    (
        "overall",
        "score",
        "fair",
        lambda d: node(d, "overall")["options"][1].update(favourable=False),
    ),
    (
        "overall",
        "role",
        "unsure",
        lambda d: node(d, "overall")["options"][4].update(role="substantive"),
    ),
    (
        "overall",
        "scale",
        "great",
        lambda d: node(d, "overall")["options"].insert(0, option("great", score=100)),
    ),
    ("overall", "scale", "poor", lambda d: node(d, "overall")["options"].pop(2)),
    (
        "helped",
        "exclusive",
        "one",
        lambda d: node(d, "helped")["options"][0].update(exclusive=True),
    ),
]


@pytest.mark.parametrize(("key", "reason", "code", "change"), REFUSED)
def test_what_would_change_answers_already_given_is_refused(
    key: str, reason: str, code: str, change: Callable[[Document], Any]
) -> None:
    assert changes(change) == [("refused", key, reason, code)]
    with pytest.raises(NotPublishableError):
        prepare(draft(bend(change)), LAST, {key})


def test_every_reason_is_tried() -> None:
    tried = {reason for _, reason, _ in REWORDED} | {reason for _, reason, _, _ in REFUSED}
    assert tried == {reason.value for reason in Reason}


def test_a_new_language_rewords_nothing() -> None:
    def third(made: Document) -> None:
        made["languages"] = ["en", "fr", "oj"]

    assert changes(third) == []


def test_a_problem_keeps_from_publication_even_when_all_is_accepted() -> None:
    made = draft(bend(lambda d: d.pop("notice")))
    with pytest.raises(NotPublishableError) as error:
        prepare(made, None, {item.key for item in items(made)})
    assert [one.code for one in error.value.review.problems] == [Code.no_notice]


def test_versions_follow_the_last_edition_and_not_the_draft() -> None:
    made = whole()
    node(made, "overall")["version"] = 9
    first = prepare(draft(made), LAST, ())
    assert {item.version for item in items(first)} == {1}
    assert canonical(first) == canonical(LAST)

    node(made, "overall")["text"] = text("How is it?")
    second = prepare(draft(made), first, {"overall"})
    node(made, "overall")["text"] = text("How is it now?")
    third = prepare(draft(made), second, {"overall"})
    assert {item.key: item.version for item in items(third)}["overall"] == 3
    assert isinstance(third, Questionnaire)


def test_an_item_that_comes_back_must_mean_what_it_meant() -> None:
    without = bend(lambda d: d["sections"][3]["questions"].pop())
    second = prepare(draft(without), LAST, ())
    back = review(draft(whole()), second, older=(LAST,))
    assert [(one.kind, one.node) for one in back.changes] == [(ChangeKind.added, "overall")]

    turned = bend(lambda d: node(d, "overall")["options"][1].update(score=60))
    (refused,) = review(draft(turned), second, older=(LAST,)).changes
    assert (refused.kind, refused.reason) == (ChangeKind.refused, Reason.score)


def test_the_revision_names_what_was_reviewed() -> None:
    first = review(draft(whole()), LAST).revision
    assert first == review(draft(whole())).revision
    assert first != review(draft(bend(lambda d: d.update(title=text("Other"))))).revision
