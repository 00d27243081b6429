"""The check page: what many people answer is drawn once, what one person wrote never kept."""

import re
from datetime import UTC, datetime

import pytest
from flask import Flask

from surveyapp.answering import checking
from surveyapp.answering.checking import answers_in_words
from surveyapp.answering.route import Standing, standing
from surveyapp.i18n import LANGUAGES
from surveyapp.questionnaire.answers import settle
from surveyapp.questionnaire.document import plain_document
from surveyapp.questionnaire.model import Kind, items
from surveyapp.questionnaire.shipped import shipped
from surveyapp.storage.collected.visits import Change, start, visit
from surveyapp.storage.collected.visits import save as save_page
from surveyapp.storage.field.fielding import fielding
from tests.storage.making import SLUG, opened

NOW = datetime.now(UTC)
WORDS = 'My own words, <b>"loud"</b> & {{visit-slot}}'


def visited(answers: dict[str, object]) -> Standing:
    """Return a visit with these answers, and everything else left blank."""
    way_in = fielding(SLUG, NOW)
    assert way_in is not None
    token = start(way_in, "en", NOW)
    begun = visit(token)
    assert begun is not None
    where = standing(begun)
    settled = settle(where.questionnaire, answers, where.tree.lineages)
    section = where.sections[0].id
    save_page(token, section, 0, lambda _before: Change(section, settled, None, section, "en"), NOW)
    after = visit(token)
    assert after is not None
    return standing(after)


@pytest.fixture
def wave(app: Flask) -> None:
    with app.app_context():
        opened(plain_document(shipped()), now=NOW)


def of_kind(kind: Kind) -> str:
    return next(item.key for item in items(shipped()) if item.question.kind is kind)


def test_a_blank_answer_is_told_once_for_everybody(app: Flask, wave: None) -> None:
    for _reader in range(2):
        with app.test_request_context("/en/surveys/x/check"):
            page = answers_in_words(visited({}), SLUG)
    assert page.count("Not provided") == page.count('class="change"') > 20
    kept = app.extensions["surveyapp_lines"]
    assert sum("Not provided" in one for one in kept.values()) == page.count("Not provided")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_option_is_told_in_the_language_of_the_page(
    app: Flask, wave: None, language: str
) -> None:
    key = of_kind(Kind.single)
    item = next(one for one in items(shipped()) if one.key == key)
    for option in item.options:
        with app.test_request_context(f"/{language}/surveys/x/check"):
            page = answers_in_words(visited({key: option.id}), SLUG)
        row = next(part for part in page.split("<dt>") if f"#q_{key}" in part)
        assert item.question.text[language] in row
        assert f'<span class="words">{option.label[language]}</span>' in row


def test_what_one_person_wrote_is_escaped_and_not_kept(app: Flask, wave: None) -> None:
    key = of_kind(Kind.text)
    with app.test_request_context("/en/surveys/x/check"):
        page = answers_in_words(visited({key: WORDS}), SLUG)
    assert "My own words, &lt;b&gt;" in page
    assert "<b>" not in page
    assert not any("My own words" in one for one in app.extensions["surveyapp_lines"].values())


def test_what_one_person_counted_is_not_kept(app: Flask, wave: None) -> None:
    key = of_kind(Kind.number)
    with app.test_request_context("/en/surveys/x/check"):
        page = answers_in_words(visited({key: 43}), SLUG)
    assert re.search(r'<span class="words">43\b', page)
    assert not any("43" in str(one) for one in app.extensions["surveyapp_lines"])


def test_every_line_leads_to_its_question_and_back(app: Flask, wave: None) -> None:
    with app.test_request_context("/fr/surveys/x/check"):
        page = answers_in_words(visited({}), SLUG)
    found = re.findall(r'href="([^"]+)"', page)
    assert len(set(found)) == len(found)
    assert all(
        re.fullmatch(rf"/fr/surveys/{SLUG}/pages/[\w-]+\?return=check#q_[\w-]+", one)
        for one in found
    )


def test_what_is_kept_is_bounded(app: Flask, wave: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.test_request_context("/en/surveys/x/check"):
        whole = answers_in_words(visited({}), SLUG)
    monkeypatch.setattr(checking, "MOST_KEPT", 5)
    with app.test_request_context("/fr/surveys/x/check"):
        answers_in_words(visited({}), SLUG)
    assert len(app.extensions["surveyapp_lines"]) <= 5
    with app.test_request_context("/en/surveys/x/check"):
        assert answers_in_words(visited({}), SLUG) == whole
