"""Questionnaires come from files with a report, go to files, and are copied."""

import io
import json

import pytest
from flask import Flask
from pyxform.xls2xform import convert

from surveyapp.questionnaire.document import read_draft
from surveyapp.questionnaire.interchange.files import read_file
from surveyapp.storage.drafting.surveys import editions_of, survey_by_slug
from tests.client import Client
from tests.designing.drafting import BASE, drafted, stored, writer
from tests.designing.making import sign_in
from tests.questionnaire.making import whole
from tests.storage.making import SLUG

__all__ = ["writer"]
LIST = "/{}/staff/questionnaires/"


def test_a_workbook_is_what_other_programs_take_and_the_same_when_it_comes_back(
    app: Flask, writer: Client
) -> None:
    sent = writer.browser.get(f"{BASE}files/{SLUG}.xlsx")
    assert sent.status_code == 200
    assert sent.headers["Content-Disposition"] == f'attachment; filename="{SLUG}.xlsx"'
    convert(io.BytesIO(sent.data), file_type=".xlsx", validate=False)
    assert read_file("a.xlsx", sent.data).draft == stored(app)


def test_a_document_is_the_draft(app: Flask, writer: Client) -> None:
    sent = writer.browser.get(f"{BASE}files/{SLUG}.json")
    assert read_draft(sent.data) == stored(app)
    assert json.loads(sent.data)["title"]


def test_what_no_workbook_can_say_is_told_with_its_place(app: Flask) -> None:
    made = whole()
    made["sections"][0]["questions"][0]["text"] = {"en": "${why}", "fr": "Quoi"}
    drafted(app, made)
    client = sign_in(app)
    page = client.get(f"{BASE}files/{SLUG}.xlsx", status=409)
    assert "${" in page.select("[role=alert]")[0].get_text()
    assert client.browser.get(f"{BASE}files/{SLUG}.json").status_code == 200


@pytest.mark.parametrize("name", [f"{SLUG}.pdf", SLUG, "other.xlsx", f"{SLUG}.xlsx.json"])
def test_a_file_of_another_name_is_not_found(writer: Client, name: str) -> None:
    writer.get(f"{BASE}files/{name}", status=404)


def test_a_copy_has_the_questions_and_nothing_else(app: Flask, writer: Client) -> None:
    writer.get(f"{BASE}files")
    page = writer.press("Copy")
    assert page.path.startswith(LIST.format("en"))
    with app.app_context():
        copied = survey_by_slug(page.path.split("/")[4])
        assert copied is not None
        assert copied.draft.sections == stored(app).sections
        assert str(copied.draft.title.get("fr")).endswith(" – copie")
        assert editions_of(copied.id) == ()


def test_nobody_gets_a_copy_who_may_not_have_one(app: Flask, writer: Client) -> None:
    page = writer.get(f"{BASE}files")
    fields = page.filled("Copy", {})
    again = writer.post(f"{BASE}files", fields | {"owner": "99"}, status=400)
    assert "whose survey" in again.select("[role=alert]")[0].get_text()
