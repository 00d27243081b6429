"""Questionnaires come from files, once, with a report that stays beside them."""

import io
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveyapp.designing import MOST_BYTES
from surveyapp.storage.audit import newest
from surveyapp.storage.drafting.surveys import list_surveys, survey_by_slug
from tests.client import Client, Page
from tests.designing.drafting import BASE, writer
from tests.questionnaire.interchange.making import form
from tests.questionnaire.making import whole

__all__ = ["writer"]
LIST = "/{}/staff/questionnaires/"
FROM_FILE = LIST.format("en") + "from-a-file"
ODD = "type name label::en label::fr odd"
PATHS = ("format", "sections/0/questions/0", "sections/1/id", "sections/1/questions/0/text/id")
PATHS += ("colour",)
DOCUMENT = {
    "en": (
        "This file is from another version of this program: bring the workbook (.xlsx) instead",
        "There is no such kind of question",
        "This value cannot be used here",
        "“id” is missing here",
        "Nothing is called “colour” here: remove it",
    ),
    "fr": (
        "Ce fichier vient d’une autre version de ce logiciel\u00a0: importez plutôt le classeur"
        " (.xlsx)",
        "Ce type de question n’existe pas",
        "Cette valeur ne convient pas ici",
        "«\u00a0id\u00a0» manque ici",
        "Rien ne s’appelle «\u00a0colour\u00a0» ici\u00a0: retirez-le",
    ),
}
OPEN = {"en": "Open the questionnaire", "fr": "Ouvrir le questionnaire"}
LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])


def bring(client: Client, name: str, data: bytes, language: str = "en", status: int = 200) -> Page:
    """Choose a file and bring it in."""
    page = client.get(LIST.format(language) + "from-a-file")
    fields = page.filled("", {})
    return client.post(page.url, fields | {"file": (io.BytesIO(data), name)}, status=status)


@LANGUAGES
def test_a_file_becomes_a_questionnaire_and_says_what_was_left_out(
    app: Flask, writer: Client, language: str
) -> None:
    book = form(["text", "why", "Why?", "Pourquoi?", "x"], header=ODD)
    page = bring(writer, "Youth.xlsx", book, language)
    assert any("odd" in line.get_text() for line in page.select("main li"))
    assert page.path.endswith("/files/report")
    writer.get(page.path.removesuffix("/report"))
    again = writer.get(page.path)
    assert "Youth.xlsx" in again.words
    page = writer.follow(OPEN[language])
    assert "/questionnaires/" in page.path
    with app.app_context():
        found = survey_by_slug(page.path.split("/")[4])
        assert found is not None
        assert [one.id for one in found.draft.questions()] == ["why"]


@LANGUAGES
def test_a_file_that_would_lose_a_rule_is_refused_with_the_place(
    app: Flask, writer: Client, language: str
) -> None:
    book = form(["text", "why", "Why?", "1 + 1 > 3"], header="type name label relevant")
    page = bring(writer, "rules.xlsx", book, language, status=400)
    (line,) = page.select("main li")
    row = {"en": "row", "fr": "ligne"}[language]
    assert f"survey, {row} 2, relevant" in line.get_text()
    assert page.select(f"a[href='/{language}/staff/questionnaires/from-a-file']")
    assert len(writer.get(LIST.format(language)).select("main ul.state-list > li")) == 1
    with app.app_context():
        last = newest(1)[0]
    assert (last.action, last.subject) == ("file_refused", "rules.xlsx: condition")


def test_what_is_to_mend_is_listed_from_above(writer: Client) -> None:
    rows = [
        ["text", "one", "One?", "1 + 1 > 3"],
        ["geopoint", "two", "Two?", ""],
        ["text", "three", "Three?", "2 + 2 > 3"],
    ]
    page = bring(writer, "a.xlsx", form(*rows, header="type name label relevant"), status=400)
    found = [line.get_text() for line in page.select("main li")]
    assert [row for row in ("row 2", "row 3", "row 4") for line in found if row in line] == [
        row for line in found for row in ("row 2", "row 3", "row 4") if row in line
    ]
    assert len(found) == 3


@LANGUAGES
def test_what_is_wrong_with_a_document_is_told_in_the_readers_language(
    writer: Client, language: str
) -> None:
    made = whole() | {"format": 9, "colour": "red"}
    made["sections"][0]["questions"][0]["kind"] = "photograph"
    del made["sections"][1]["questions"][0]["id"]
    made["sections"][1]["id"] = "Not a code"
    page = bring(writer, "a.json", json.dumps(made).encode(), language, status=400)
    told = {
        line.select(".quiet")[0].get_text(): line.select("p")[-1].get_text()
        for line in page.select("main li")
    }
    assert told == dict(zip(PATHS, DOCUMENT[language], strict=True))
    torn = bring(writer, "a.json", b'{"format": 1,\n"title', language, status=400)
    (line,) = torn.select("main li")
    assert {"en": "row 2", "fr": "ligne 2"}[language] in line.get_text()


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.xlsx", b"PK no"), ("a.lss", b"<no"), ("a.json", b"{"), ("a.pdf", b"%PDF"), ("a", b"")],
    ids=["xlsx", "lss", "json", "pdf", "bare"],
)
def test_what_is_no_questionnaire_is_refused_in_words(
    writer: Client, name: str, data: bytes
) -> None:
    page = bring(writer, name, data, status=400)
    assert page.heading == "The file was not taken in"
    assert page.select("main li")


@LANGUAGES
def test_without_a_file_the_page_asks_for_one(writer: Client, language: str) -> None:
    writer.get(LIST.format(language) + "from-a-file")
    page = writer.press(status=400)
    assert page.errors[0][0] == "file"


def test_a_name_of_the_lists_own_pages_is_left_to_them(app: Flask, writer: Client) -> None:
    writer.get(LIST.format("en") + "new")
    page = writer.press(answers={"title_en": "New", "title_fr": "Nouveau"})
    assert page.path == LIST.format("en") + "survey-new/"


def sending(client: Client, data: bytes, name: str = "a.xlsx") -> dict[str, object]:
    """Fill the form in; what it holds can be sent more than once."""
    return client.get(FROM_FILE).filled("", {}) | {"file": (io.BytesIO(data), name)}


def test_a_form_sent_twice_makes_one_questionnaire(app: Flask, writer: Client) -> None:
    book = form(["text", "why", "Why?", "Pourquoi?", "x"], header=ODD)
    fields = sending(writer, book)
    first = writer.post(FROM_FILE, fields)
    again = writer.post(FROM_FILE, fields | {"file": (io.BytesIO(book), "a.xlsx")})
    assert (again.path, again.words) == (first.path, first.words)
    # Another file from the same form, or the same file from another, is another questionnaire.
    other = form(["text", "who", "Who?", "Qui?"], header="type name label::en label::fr")
    writer.post(FROM_FILE, fields | {"file": (io.BytesIO(other), "a.xlsx")})
    writer.post(FROM_FILE, sending(writer, book))
    with app.app_context():
        assert len(list_surveys()) == 4


def test_the_report_is_read_in_either_language_by_whoever_works_on_the_draft(
    app: Flask, writer: Client
) -> None:
    book = form(["text", "why", "Why?", "Pourquoi?", "x"], header=ODD)
    page = writer.post(FROM_FILE, sending(writer, book))
    french = writer.get(page.path.replace("/en/", "/fr/"))
    assert any("Cette colonne n’a pas été reprise" in one.get_text() for one in french.select("li"))
    writer.get(f"{BASE}files/report", status=404)


def body(size: int, token: str = "") -> bytes:
    """Write a form as a browser sends it, with a file of some size and with the token."""
    said = {"csrf_token": ("", token.encode()), "file": ('; filename="a.xlsx"', b"x" * size)}
    parts = [
        f'--part\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + data
        for name, (more, data) in said.items()
    ]
    return b"\r\n".join([*parts, b"--part--\r\n"])


def posted(browser: FlaskClient, door: str, data: bytes) -> TestResponse:
    return browser.post(door, data=data, content_type="multipart/form-data; boundary=part")


@pytest.mark.parametrize("door", [FROM_FILE, f"{BASE}texts/files"], ids=["bring", "texts"])
def test_a_file_may_be_longer_than_a_page_and_has_an_end(writer: Client, door: str) -> None:
    token = writer.get(door).select("[name=csrf_token]")[0]["value"]
    long = posted(writer.browser, door, body(2_000_000, str(token)))
    assert long.status_code == 400
    assert "That was too long to send" not in long.text
    told = posted(writer.browser, door, body(MOST_BYTES, str(token)))
    assert told.status_code == 413
    assert "larger than 10 megabytes" in told.text
    # Other pages take no more than they did.
    assert posted(writer.browser, f"{BASE}address", body(1_000_000)).status_code == 413


def test_nobody_sends_a_long_file_without_signing_in(app: Flask) -> None:
    assert posted(app.test_client(), FROM_FILE, body(2_000_000)).status_code == 413


class Watched(io.BytesIO):
    """A body that notes how often it is read."""

    reads = 0

    def read(self, size: int | None = -1) -> bytes:
        self.reads += 1
        return super().read(size)


def test_what_is_too_long_is_refused_by_its_head(writer: Client) -> None:
    watched = Watched(body(10))
    sent = writer.browser.post(
        FROM_FILE,
        input_stream=watched,
        content_type="multipart/form-data; boundary=part",
        environ_overrides={"CONTENT_LENGTH": "50000000"},
    )
    assert (sent.status_code, watched.reads) == (413, 0)
