"""Drafts drawn at random: every kind, every field, and words that spreadsheets stumble over."""

import string
from typing import Any

from hypothesis import strategies as st

from surveyapp.questionnaire.framework import FACTORS, Area
from surveyapp.questionnaire.model import Draft
from tests.questionnaire.making import Document

AWKWARD = (
    "=1+1",
    "+1",
    "-",
    "@now",
    "12",
    "1e5",
    "TRUE",
    "#N/A",
    "'quoted'",
    " space ",
    "two\nlines\tand a tab",
    "été\u00a0: « oui »",
    "<b>&amp;",
    "$5 {x}",
    "2024-01-01",
    "ᐊᓂᔑᓈᐯ",
    "مرحبا",
    "_x000D_",
    "or_other",
)
WORDS = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=12),
).filter(lambda words: "${" not in words and "x005F_" not in words)
SLUGS = st.text(string.ascii_lowercase + string.digits + "_", min_size=1, max_size=8).map(
    lambda word: f"a{word}"
)
LANGUAGES = st.lists(st.sampled_from(("en", "fr", "ar", "oj")), unique=True, max_size=3)
NUMBERS = st.one_of(
    st.integers(-1000, 1000), st.floats(-1e9, 1e9, allow_nan=False).map(lambda one: one + 0.0)
)


@st.composite
def texts(draw: st.DrawFn) -> Document:
    """Draw a text in some languages, with the source of a translation now and then."""
    made: Document = draw(st.dictionaries(st.sampled_from(("en", "fr", "oj")), WORDS, max_size=3))
    if draw(st.integers(0, 4)) == 0:
        source = {"language": "en", "hash": draw(st.text("0123456789abcdef", max_size=16))}
        made["sources"] = {"fr": source}
    return made


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Document]:
    """Draw any of these fields."""
    return st.fixed_dictionaries({}, optional=fields)


TAGS = {
    "areas": st.lists(st.sampled_from([area.value for area in Area]), max_size=2),
    "factors": st.lists(st.sampled_from(sorted(FACTORS)), max_size=2),
    "priorities": st.lists(SLUGS, max_size=2),
}
SHARED = TAGS | {
    "hint": texts(),
    "only_for": st.lists(st.sampled_from(("island", "a b", "12", "[", "é")), max_size=2),
    "required": st.booleans(),
    "sensitivity": st.sampled_from(("general", "mixed", "sensitive")),
    "version": st.integers(1, 3),
}
CODED = {"dont_know": st.booleans(), "prefer_not": st.booleans()}
OWN: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "single": {},
    "scale": {},
    "battery": {},
    "multiple": {"at_most": st.integers(1, 9)},
    "rank": {"at_most": st.integers(1, 9), "top": st.integers(1, 5)},
    "number": CODED
    | {
        "minimum": NUMBERS,
        "maximum": NUMBERS,
        "decimals": st.integers(0, 6),
        "unit": texts(),
        "bands": st.lists(NUMBERS, max_size=3),
    },
    "text": CODED | {"long": st.booleans(), "at_most": st.integers(1, 20_000)},
    "place": {"level": st.sampled_from(("neighbourhood", "municipality"))},
    "note": {"content_note": st.booleans()},
}
OPTION = some(
    role=st.sampled_from(("scored", "substantive", "dont_know", "prefer_not", "not_applicable")),
    score=st.floats(0, 100),
    favourable=st.booleans(),
    exclusive=st.booleans(),
    specify=st.booleans(),
)


@st.composite
def options(draw: st.DrawFn) -> list[Document]:
    """Draw options with all that an option can have."""
    codes = draw(st.lists(SLUGS, min_size=1, max_size=4, unique=True))
    return [{"id": code, "label": draw(texts())} | draw(OPTION) for code in codes]


def leaf(draw: st.DrawFn, asked: list[tuple[str, Document]]) -> Document:
    """Draw a condition on one answer."""
    key, looked_at = draw(st.sampled_from(asked))
    codes = [one["id"] for one in looked_at.get("options", ())]
    if looked_at["kind"] == "place":
        codes = ["outside", "p-1", "l'île", "a b"]
    if looked_at["kind"] == "number":
        codes = ["dont_know", "prefer_not"]
        how = draw(st.sampled_from(("=", "!=", "<", "<=", ">", ">=")))
        if draw(st.booleans()):
            return {"question": key, "is": how, "value": draw(NUMBERS)}
    if codes and draw(st.booleans()):
        chosen = draw(st.lists(st.sampled_from(codes), min_size=1, max_size=3))
        return {"question": key, draw(st.sampled_from(("any_of", "none_of"))): chosen}
    return {"question": key, "answered": True}


def condition(draw: st.DrawFn, asked: list[tuple[str, Document]], deep: int = 3) -> Document:
    """Draw a condition of any shape."""
    shape = draw(st.sampled_from(("leaf", "leaf", "all", "any", "not"))) if deep else "leaf"
    if shape == "leaf":
        return leaf(draw, asked)
    if shape == "not":
        return {"not": condition(draw, asked, deep - 1)}
    return {shape: [condition(draw, asked, deep - 1) for _ in range(draw(st.integers(1, 3)))]}


def keys(question: Document) -> list[tuple[str, Document]]:
    """Name the answers that a condition can look at."""
    code = question["id"]
    statements = question.get("statements")
    return (
        [(f"{code}.{one['id']}", question) for one in statements]
        if statements
        else [(code, question)]
    )


@st.composite
def questions(draw: st.DrawFn, code: str, asked: list[tuple[str, Document]]) -> Document:
    """Draw a question of any kind, asked under conditions on the earlier ones."""
    kind = draw(st.sampled_from(sorted(OWN)))
    made: Document = {"kind": kind, "id": code, "text": draw(texts())}
    made |= draw(some(**SHARED, **OWN[kind]))
    if kind in ("single", "scale", "multiple", "rank", "battery"):
        made["options"] = draw(options())
    if kind == "battery":
        codes = draw(st.lists(SLUGS, min_size=1, max_size=3, unique=True))
        more = some(**TAGS, version=st.integers(1, 3))
        made["statements"] = [{"id": one, "text": draw(texts())} | draw(more) for one in codes]
    if asked and draw(st.booleans()):
        made["asked_if"] = condition(draw, asked)
    return made


WHOLE = some(
    languages=LANGUAGES,
    title=texts(),
    summary=texts(),
    minutes=st.integers(1, 120),
    notice=st.fixed_dictionaries({"authority": texts(), "purpose": texts()}),
    youth=st.fixed_dictionaries(
        {"least_age": st.integers(5, 30)},
        optional={"most_age": st.integers(5, 30), "ask_adult": st.booleans(), "words": texts()},
    ),
    thanks=texts(),
    sensitive=st.booleans(),
    standing=st.booleans(),
    retention_months=st.integers(1, 120),
    floors=some(general=st.integers(12, 30), sensitive=st.integers(20, 30)),
    factors=st.lists(st.fixed_dictionaries({"id": SLUGS, "name": texts()}), max_size=2),
    priorities=st.lists(st.fixed_dictionaries({"id": SLUGS, "name": texts()}), max_size=2),
)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """Draw a draft with ids that are each there once; an id may be a section's and a question's."""
    codes = draw(st.lists(SLUGS, min_size=1, max_size=6, unique=True))
    made: Document = draw(WHOLE) | {"format": 1, "sections": []}
    asked: list[tuple[str, Document]] = []
    while codes:
        taken = draw(st.integers(0, len(codes)))
        section = {"id": codes[0], "title": draw(texts()), "questions": []}
        section |= draw(some(intro=texts()))
        for code in codes[: taken + 1]:
            question = draw(questions(code, asked))
            asked += keys(question)
            section["questions"].append(question)
        made["sections"].append(section)
        codes = codes[taken + 1 :]
    return Draft.model_validate(made)
