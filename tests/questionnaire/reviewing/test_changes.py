"""A draft against the last edition: each change is named and classed."""

from collections.abc import Callable
from typing import Any

import pytest

from surveyapp.questionnaire.completeness import Code
from surveyapp.questionnaire.document import Questionnaire, canonical
from surveyapp.questionnaire.model import items
from surveyapp.questionnaire.reviewing.review import (
    ChangeKind,
    NotPublishableError,
    Reason,
    prepare,
    review,
)
from tests.questionnaire.making import (
    Document,
    draft,
    node,
    option,
    question,
    text,
    whole,
)
from tests.questionnaire.reviewing.test_review import LAST, bend


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
