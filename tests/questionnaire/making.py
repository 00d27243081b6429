"""Small questionnaires for tests, as documents that can be bent before they are read."""

import copy
from typing import Any

from surveyapp.questionnaire.document import Questionnaire, read
from surveyapp.questionnaire.model import Draft

Document = dict[str, Any]


def text(english: str, french: str | None = None) -> dict[str, str]:
    """Give a text in both languages."""
    return {"en": english, "fr": french or f"{english} (fr)"}


def option(code: str, **more: Any) -> Document:
    """Give an option; a score makes it scored, and favourable from 50 up."""
    made: Document = {"id": code, "label": text(code.capitalize())}
    if "score" in more:
        made |= {"role": "scored", "favourable": more["score"] >= 50}
    return made | more


def question(kind: str, code: str, **more: Any) -> Document:
    """Give a question of a kind with what that kind cannot do without."""
    made: Document = {"kind": kind, "id": code, "text": text(f"About {code}?")}
    if kind in ("single", "multiple", "rank"):
        made["options"] = [option("one"), option("two"), option("three")]
    if kind == "multiple":
        made["options"].append(option("none", label=text("None of these"), exclusive=True))
    if kind in ("scale", "battery"):
        made["options"] = [
            option("good", score=100),
            option("fair", score=50),
            option("poor", score=0),
            option("never", role="not_applicable"),
            option("unsure", role="dont_know"),
            option("silent", role="prefer_not"),
        ]
    if kind == "battery":
        made["statements"] = [
            {"id": "calm", "text": text("It is calm")},
            {"id": "clean", "text": text("It is clean")},
        ]
    return made | more


def section(code: str, *questions: Document, **more: Any) -> Document:
    """Give a section of questions."""
    return {"id": code, "title": text(code.capitalize()), "questions": list(questions)} | more


def document(*sections: Document, **more: Any) -> Document:
    """Give a document that can be published but for what the sections lack."""
    notice = {"authority": text("The Municipal Act"), "purpose": text("Planning")}
    made = {"format": 1, "title": text("Safety"), "summary": text("Ten minutes"), "notice": notice}
    return copy.deepcopy(made | {"sections": list(sections)} | more)


def whole() -> Document:
    """Give a document with every kind of question, and conditions from page to page."""
    battery = question(
        "battery",
        "streets",
        areas=["prevention"],
        statements=[
            {"id": code, "text": text(f"It is {code}")} for code in ("calm", "clean", "lit")
        ],
    )
    rank = question("rank", "priorities", at_most=2, top=2)
    helped = question("multiple", "helped", at_most=2)
    helped["options"].append(option("other", specify=True))
    why = question("text", "why", long=True, at_most=20, prefer_not=True)
    why["asked_if"] = {"question": "streets.calm", "any_of": ["poor"]}
    times = question("number", "times", minimum=0, maximum=50, dont_know=True, prefer_not=True)
    times["asked_if"] = {"question": "helped", "none_of": ["none"]}
    after = question("single", "after")
    after["asked_if"] = {"question": "times", "is": ">=", "value": 2}
    ferry = question("single", "ferry", only_for=["island"])
    return document(
        section("home", question("place", "place"), battery),
        section("help", why, helped),
        section("more", question("note", "warning", content_note=True), times, after, ferry),
        section("end", rank, question("scale", "overall")),
    )


def questionnaire(made: Document | None = None) -> Questionnaire:
    """Read a complete questionnaire; by default the one with every kind."""
    return read(whole() if made is None else made)


def draft(made: Document) -> Draft:
    """Read a draft."""
    return Draft.model_validate(made)


def node(made: Document, code: str) -> Document:
    """Find a question of a document by its id, to bend it."""
    return next(one for part in made["sections"] for one in part["questions"] if one["id"] == code)
