"""Designers at work: a stored draft, and a browser of whoever writes it."""

import pytest
from flask import Flask

from surveyapp.questionnaire.document import read_draft
from surveyapp.questionnaire.model import Draft
from surveyapp.questionnaire.nodes import find
from surveyapp.storage.drafting.surveys import save_draft, survey_by_slug
from tests.client import Client
from tests.designing.making import sign_in
from tests.questionnaire.making import Document, whole
from tests.storage.making import SLUG, municipality

BASE = f"/en/staff/questionnaires/{SLUG}/"


def drafted(app: Flask, made: Document | None = None) -> None:
    """Store a draft."""
    with app.app_context():
        save_draft(SLUG, municipality().municipality_id, read_draft(made or whole()))


def stored(app: Flask) -> Draft:
    """Return the draft as it is stored."""
    with app.app_context():
        found = survey_by_slug(SLUG)
        assert found is not None
        return found.draft


def english(app: Flask, where: str, name: str = "text") -> str:
    """Return a text of the stored draft."""
    return str(getattr(find(stored(app), where), name).get("en"))


def field(where: str, name: str = "text", language: str = "en") -> str:
    """Name the field of a wording in the editor."""
    return f"w:{where}:{name}:{language}"


@pytest.fixture
def writer(app: Flask) -> Client:
    """A designer's browser, with a draft of every kind of question."""
    drafted(app)
    return sign_in(app)
