"""A questionnaire with a gap cannot be asked; each gap has a code, a node and its limits."""

from collections.abc import Callable
from typing import Any

import pytest

from surveyapp.questionnaire.completeness import Code, gaps, texts
from surveyapp.questionnaire.document import DocumentError, IncompleteError, complete, read
from surveyapp.questionnaire.text import text_hash
from tests.questionnaire.making import (
    Document,
    document,
    draft,
    node,
    option,
    question,
    section,
    text,
    whole,
)


def found(made: Document) -> set[tuple[str, str]]:
    return {(gap.code.value, gap.node) for gap in gaps(draft(made))}


def test_the_whole_has_no_gap() -> None:
    assert found(whole()) == set()
    assert complete(draft(whole())).title["fr"] == "Safety (fr)"


def test_an_empty_draft_can_be_kept_but_not_asked() -> None:
    empty = draft({})
    codes = {gap.code for gap in gaps(empty)}
    assert {Code.no_notice, Code.no_section, Code.text_missing} <= codes
    with pytest.raises(IncompleteError) as error:
        complete(empty)
    assert {gap.code for gap in error.value.findings} == codes


def bend(change: Callable[[Document], Any]) -> Document:
    made = whole()
    change(made)
    return made


BENDS: list[tuple[str, str, Callable[[Document], Any]]] = [
    ("no_language", "", lambda d: d.update(languages=[])),
    ("duplicate_id", "languages/en", lambda d: d.update(languages=["en", "fr", "en"])),
    ("no_notice", "notice", lambda d: d.pop("notice")),
    ("no_question", "end", lambda d: d["sections"][-1].update(questions=[])),
    ("duplicate_id", "home", lambda d: d["sections"][1].update(id="home")),
    ("duplicate_id", "end/place", lambda d: node(d, "overall").update(id="place")),
    ("duplicate_id", "help/helped/one", lambda d: node(d, "helped")["options"][1].update(id="one")),
    (
        "duplicate_id",
        "home/streets/calm",
        lambda d: node(d, "streets")["statements"][1].update(id="calm"),
    ),
    (
        "duplicate_id",
        "priorities/housing",
        lambda d: d.update(priorities=[{"id": "housing", "name": text("Housing")}] * 2),
    ),
    ("few_options", "more/after", lambda d: node(d, "after").update(options=[option("one")])),
    ("few_options", "end/priorities", lambda d: node(d, "priorities").update(options=[])),
    (
        "too_many_options",
        "help/helped",
        lambda d: node(d, "helped")["options"].extend(option(f"o{n}") for n in range(60)),
    ),
    ("few_statements", "home/streets", lambda d: node(d, "streets").update(statements=[])),
    (
        "two_specify",
        "help/helped",
        lambda d: node(d, "helped")["options"][0].update(specify=True),
    ),
    (
        "specify_not_possible",
        "end/priorities/one",
        lambda d: node(d, "priorities")["options"][0].update(specify=True),
    ),
    (
        "specify_not_possible",
        "home/streets/good",
        lambda d: node(d, "streets")["options"][0].update(specify=True),
    ),
    (
        "role_not_possible",
        "help/helped/one",
        lambda d: node(d, "helped")["options"].__setitem__(0, option("one", score=100)),
    ),
    (
        "role_not_possible",
        "end/priorities/one",
        lambda d: node(d, "priorities")["options"][0].update(role="dont_know"),
    ),
    (
        "role_without_score",
        "end/overall/good",
        lambda d: node(d, "overall")["options"][0].pop("score"),
    ),
    (
        "favourable_unknown",
        "end/overall/good",
        lambda d: node(d, "overall")["options"][0].pop("favourable"),
    ),
    (
        "score_without_role",
        "end/overall/unsure",
        lambda d: node(d, "overall")["options"][4].update(score=50),
    ),
    ("number_range", "more/times", lambda d: node(d, "times").update(minimum=50)),
    ("bands_unordered", "more/times", lambda d: node(d, "times").update(bands=[5, 1])),
    ("bands_unordered", "more/times", lambda d: node(d, "times").update(bands=[1, 1])),
    (
        "only_for_before_place",
        "home/streets",
        lambda d: (
            d["sections"][0]["questions"].reverse()
            or node(d, "streets").update(only_for=["island"])
        ),
    ),
]


@pytest.mark.parametrize(
    ("code", "at", "change"), BENDS, ids=lambda one: one if isinstance(one, str) else ""
)
def test_each_gap_is_named_where_it_is(
    code: str, at: str, change: Callable[[Document], Any]
) -> None:
    made = bend(change)
    assert (code, at) in found(made)
    with pytest.raises(DocumentError):
        read(made)


@pytest.mark.parametrize(
    ("condition", "code", "limits"),
    [
        ({"question": "nobody", "answered": True}, "unknown_question", {"question": "nobody"}),
        ({"question": "streets", "answered": True}, "unknown_question", {"question": "streets"}),
        ({"question": "warning", "answered": True}, "unknown_question", {"question": "warning"}),
        ({"question": "overall", "answered": True}, "later_question", {"question": "overall"}),
        ({"question": "after", "any_of": ["one"]}, "later_question", {"question": "after"}),
        ({"question": "helped", "any_of": ["four"]}, "unknown_option", {"option": "four"}),
        ({"question": "helped", "none_of": ["four"]}, "unknown_option", {"option": "four"}),
        ({"question": "times", "any_of": ["good"]}, "unknown_option", {"option": "good"}),
        ({"question": "why", "any_of": ["prefer_not"]}, "unknown_option", {"option": "prefer_not"}),
        ({"question": "helped", "is": "=", "value": 1}, "not_a_number", {}),
        (
            {"all": [{"not": {"question": "helped", "any_of": ["four"]}}]},
            "unknown_option",
            {"option": "four"},
        ),
    ],
)
def test_a_condition_points_at_an_earlier_answer(
    condition: Document, code: str, limits: Document
) -> None:
    made = bend(lambda d: node(d, "after").update(asked_if=condition))
    (gap,) = gaps(draft(made))
    assert (gap.code.value, gap.node) == (f"condition_{code}", "more/after")
    assert gap.limits == limits


@pytest.mark.parametrize(
    "condition",
    [
        {"question": "times", "any_of": ["dont_know"]},
        {"question": "streets.calm", "any_of": ["unsure"]},
        {"question": "place", "any_of": ["anywhere"]},
        {"question": "why", "answered": True},
    ],
)
def test_a_condition_can_look_at_every_kind_of_answer(condition: Document) -> None:
    assert found(bend(lambda d: node(d, "after").update(asked_if=condition))) == set()


def test_every_text_of_the_document_is_walked() -> None:
    made = whole() | {
        "thanks": text("Thank you"),
        "priorities": [{"id": "housing", "name": text("Housing")}],
    }
    node(made, "times").update(hint=text("Roughly"), unit=text("times"))
    made["sections"][0]["intro"] = text("First")
    walked = dict(texts(draft(made)))
    for path in (
        *("title", "summary", "thanks", "notice/authority", "notice/purpose"),
        *("priorities/housing/name", "home/title", "home/intro", "home/place/text"),
        *("home/streets/calm/text", "home/streets/good/label", "more/times/hint"),
        *("more/times/unit", "more/warning/text", "end/priorities/one/label"),
    ):
        assert walked[path]["en"]
    assert len(walked) == len(list(texts(draft(made))))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_missing_text_is_found_in_each_language(language: str) -> None:
    for path in dict(texts(draft(whole()))):
        made = whole()
        wording = at(made, path)
        wording[language] = " "
        (gap,) = gaps(draft(made))
        assert (gap.code, gap.node, gap.language) == (Code.text_missing, path, language)


def at(made: Document, path: str) -> Document:
    """Find the text at a node's path in a document."""
    here: Any = made
    for step in path.split("/"):
        if isinstance(here, dict) and step in here:
            here = here[step]
            continue
        lists = [here] if isinstance(here, list) else here.values()
        parts = [part for one in lists if isinstance(one, list) for part in one]
        here = next(part for part in parts if isinstance(part, dict) and part["id"] == step)
    found: Document = here
    return found


@pytest.mark.parametrize(("source", "target"), [("en", "fr"), ("fr", "en")])
def test_a_stale_text_is_found_whichever_language_was_first(source: str, target: str) -> None:
    made = whole()
    label = node(made, "after")["options"][0]["label"]
    label["sources"] = {target: {"language": source, "hash": text_hash("What it said before")}}
    (gap,) = gaps(draft(made))
    assert (gap.code, gap.node) == (Code.text_stale, "more/after/one/label")
    assert gap.language == target


def test_a_third_language_needs_every_text_too() -> None:
    made = whole() | {"languages": ["en", "fr", "oj"]}
    missing = [gap for gap in gaps(draft(made)) if gap.code is Code.text_missing]
    assert len(missing) == len(list(texts(draft(made))))
    assert {gap.language for gap in missing} == {"oj"}


def test_a_gap_in_a_small_document() -> None:
    made = document(section("a", question("single", "q")))
    assert found(made) == set()
