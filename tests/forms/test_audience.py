"""Young people read who can answer and whether to ask an adult, before anything is collected."""

from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from surveyapp.forms.audience import may_skip_all, who_can_answer
from surveyapp.storage.collected.responses import submit
from surveyapp.storage.collected.visits import start, visit
from surveyapp.storage.drafting.surveys import edition
from surveyapp.storage.field.fielding import fielding
from surveyapp.storage.field.timing import open_wave
from surveyapp.storage.field.waves import Opening
from tests.client import Client
from tests.questionnaire.making import node, questionnaire, text, whole
from tests.storage.making import NOW, SLUG, places, published

LOCALES = {"en": "en_CA", "fr": "fr_CA"}


def said(app: Flask, language: str, **youth: Any) -> tuple[str, ...]:
    """Return what a survey of young people says."""
    made = questionnaire(whole() | {"youth": {"least_age": 14} | youth})
    with app.test_request_context(), force_locale(LOCALES[language]):
        return who_can_answer(made, language)


def test_other_surveys_say_nothing() -> None:
    assert who_can_answer(questionnaire(), "en") == ()


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "who are 14 to 17 years old.", "You do not need a parent’s permission."),
        ("fr", "aux jeunes de 14 à 17 ans.", "pas besoin de la permission d’un parent."),
    ],
)
def test_ages_and_deciding_by_oneself(app: Flask, language: str, first: str, second: str) -> None:
    words = said(app, language, most_age=17)
    assert words[0].endswith(first)
    assert words[1].endswith(second)
    assert len(words) == 3


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [("en", "14 or older.", "ask a parent"), ("fr", "14 ans ou plus.", "demandez à un parent")],
)
def test_asking_an_adult(app: Flask, language: str, first: str, second: str) -> None:
    words = said(app, language, ask_adult=True, words=text("Ours", "À nous"))
    assert words[0].endswith(first)
    assert second in words[1]
    assert words[3] == {"en": "Ours", "fr": "À nous"}[language]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_notice_says_it_first(app: Flask, client: Client, language: str) -> None:
    with app.app_context():
        published(whole() | {"youth": {"least_age": 14, "most_age": 17}})
        open_wave(SLUG, "2026", Opening(places(), "open"), NOW)
    page = client.get(f"/{language}/surveys/{SLUG}/notice")
    headings = [one.get_text() for one in page.select("main h2")]
    assert headings[0] == {"en": "Who can answer", "fr": "Qui peut répondre"}[language]
    assert {"en": "14 to 17 years old", "fr": "de 14 à 17 ans"}[language] in page.words


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nobody_is_told_to_skip_what_must_be_answered(
    app: Flask, client: Client, language: str
) -> None:
    asked = whole()
    node(asked, "priorities")["required"] = True
    assert may_skip_all(questionnaire())
    assert not may_skip_all(questionnaire(asked))
    with app.app_context():
        published(asked)
        open_wave(SLUG, "2026", Opening(places(), "open"), NOW)
    base = f"/{language}/surveys/{SLUG}/"
    assert {"en": "any question", "fr": "n’importe quelle"}[language] not in client.get(base).words
    notice = client.get(f"{base}notice").words
    assert {"en": "need an answer to go on", "fr": "Il faut répondre à"}[language] in notice


def test_the_notice_that_was_shown_is_kept_with_the_visit(app: Flask) -> None:
    with app.app_context():
        shown = published(whole() | {"youth": {"least_age": 14}})
        open_wave(SLUG, "2026", Opening(places(), "open"), NOW)
        found = fielding(SLUG, NOW)
        assert found is not None
        token = start(found, "en", NOW)
        published(whole() | {"youth": {"least_age": 14, "ask_adult": True}})
        kept = visit(token)
        assert kept is not None
        assert kept.edition_id == shown.id
        youth = edition(kept.edition_id).questionnaire.youth
        assert youth is not None
        assert not youth.ask_adult
        assert submit(token, NOW).code
