"""Questions drawn as a page draws them, and read as a browser reads them."""

from collections.abc import Mapping, Sequence
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask import Flask, render_template_string

from surveyapp.forms.fields import QuestionView, Shown, sentences_by_key, view
from surveyapp.forms.parts import Choice, Group, PlaceList
from surveyapp.forms.sentences import sentence
from surveyapp.questionnaire.answers import Raw, accept
from tests.questionnaire.making import Document, document, questionnaire, section

PAGE = (
    '{% from "forms/questions.html" import question %}'
    "{% for view in views %}{{ question(view, h1) }}{% endfor %}"
)


def place_list(count: int, holders: int = 1) -> PlaceList:
    """Give a list of places under so many holders."""
    groups = tuple(
        Group(
            f"Town {number}" if holders > 1 else "",
            tuple(Choice(f"p{one}", f"Place {one}") for one in range(number, count, holders)),
        )
        for number in range(holders)
    )
    return PlaceList(groups=groups, total=count)


def viewed(
    made: Document,
    language: str = "en",
    raw: Raw | None = None,
    places: PlaceList | None = None,
) -> QuestionView:
    """View a question as it was posted, with its problems in words."""
    survey = questionnaire(document(section("only", made)))
    asked = survey.sections[0].questions[0]
    problems: Mapping[str, Sequence[str]] = {}
    if raw is not None:
        lineages = {f"p{number}": (f"p{number}",) for number in range(50)}
        found = accept(survey, raw, section="only", places=lineages).problems
        problems = sentences_by_key(found, sentence)
    return view(asked, Shown(language, raw or {}, problems, {asked.id: places or PlaceList()}))


def drawn(
    app: Flask, made: Document, *, language: str = "en", h1: bool = False, **more: Any
) -> BeautifulSoup:
    """Draw a question."""
    with app.test_request_context(f"/{language}/"):
        html = render_template_string(PAGE, views=[viewed(made, language, **more)], h1=h1)
    return BeautifulSoup(html, "html5lib")


def words(tag: Tag | None) -> str:
    """Return the words of a part, white space put right."""
    assert tag is not None
    return " ".join(tag.get_text().split())


def described_by(page: BeautifulSoup, tag: Tag) -> str:
    """Return what a control's description says; every id it names must be there."""
    parts = []
    for one in str(tag.get("aria-describedby", "")).split():
        found = page.find(id=one)
        assert found is not None, f"nothing has the id {one}"
        parts.append(words(found))
    return " ".join(parts)


def named_by(page: BeautifulSoup, control: Tag) -> str:
    """Return a control's name: from the parts it is labelled by, or from its label."""
    if control.has_attr("aria-labelledby"):
        ids = str(control["aria-labelledby"]).split()
        return " ".join(words(page.find(id=one)) for one in ids)
    return words(page.select_one(f'label[for="{control["id"]}"]'))
