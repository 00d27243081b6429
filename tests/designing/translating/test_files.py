"""Files go out to a translator and come back in the browser, with a report of every row."""

from io import BytesIO

import pytest
from flask import Flask

from surveyapp.questionnaire.nodes import find
from surveyapp.storage.audit import newest
from surveyapp.storage.people.staff import Role
from tests.client import Client, Page
from tests.designing.drafting import BASE, drafted, stored
from tests.designing.making import sign_in
from tests.questionnaire.making import node, whole

FILES = f"{BASE}texts/files"
WHERE = "questions/why"


@pytest.fixture
def translator(app: Flask) -> Client:
    """A translator's browser, with a draft that lacks a French text."""
    made = whole()
    node(made, "why")["text"] = {"en": "Why?"}
    drafted(app, made)
    return sign_in(app, Role.translator)


def sent(browser: Client, sort: str, which: str = "all") -> bytes:
    query = f"?from=en&to=fr&sort={sort}&which={which}"
    page = browser.get(f"{BASE}texts/file{query}")
    assert page.response.headers["Content-Disposition"].endswith(f'safety-en-fr{sort}"')
    return page.response.data


def returned(browser: Client, data: bytes, name: str, status: int = 200) -> Page:
    fields = browser.get(FILES).fields("Take it in")
    return browser.post(FILES, fields | {"file": (BytesIO(data), name)}, status=status)


def french(app: Flask) -> str:
    return str(find(stored(app), WHERE).text.get("fr"))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("sort", "old", "new"),
    [
        (".xlf", b'<target state="needs-translation" />', "<target>Pourquoi ça?</target>"),
        (".csv", b"en,fr,Why?,", "en,fr,Why?,Pourquoi ça?"),
        (".po", b'msgid "Why?"\nmsgstr ""', 'msgid "Why?"\nmsgstr "Pourquoi ça?"'),
    ],
)
def test_a_file_goes_out_and_comes_back(
    app: Flask, translator: Client, sort: str, old: bytes, new: str
) -> None:
    data = sent(translator, sort, "left")
    assert old in data
    page = returned(translator, data.replace(old, new.encode()), f"back{sort}")
    assert page.heading == "What became of the file"
    assert "1 text was taken in. 0 were not. 0 are unchanged." in page.words
    assert french(app) == "Pourquoi ça?"
    translator.press("Undo")
    assert french(app) == ""


def test_rows_that_no_longer_fit_are_told_of_and_the_others_taken(
    app: Flask, translator: Client
) -> None:
    data = sent(translator, ".csv").decode("utf-8-sig")
    lines = data.replace("en,fr,Why?,", "en,fr,Why?,Pourquoi?").replace(
        "en,fr,Safety,Safety (fr)", "en,fr,Security,Sûreté"
    )
    page = returned(translator, (lines + "nothing,draft,,en,fr,a,b\r\n").encode(), "back.csv")
    assert "1 text was taken in. 2 were not." in page.words
    assert "this survey has no text of that code" in page.words
    assert "what was translated has changed since the file was made" in page.words
    assert [one.get_text() for one in page.select("del")] == ["[taken out: Security]"]
    assert french(app) == "Pourquoi?"
    assert stored(app).title.get("fr") == "Safety (fr)"


def test_a_file_that_changes_nothing_makes_no_edit(app: Flask, translator: Client) -> None:
    before = stored(app)
    page = returned(translator, sent(translator, ".xlf"), "back.xlf")
    assert "0 texts were taken in. 0 were not." in page.words
    assert "Undo" not in page.words
    assert stored(app) == before


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"PK\x03\x04", "back.xlsx", "Choose a file that ends in"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><xliff/>", "back.xlf", "which are never read"),
        (b"<xliff>", "back.xlf", "breaks at line 1, column 7"),
        (b"id\n", "back.csv", "must name the column source_language"),
    ],
)
def test_a_file_that_is_none_is_refused(
    app: Flask, translator: Client, data: bytes, name: str, sentence: str
) -> None:
    before = stored(app)
    page = returned(translator, data, name, status=400)
    assert sentence in page.words
    assert page.title.startswith("Error: ")
    assert stored(app) == before
    with app.app_context():
        assert newest(1)[0].action == "file_refused"


def test_without_a_file_the_page_asks_for_one(translator: Client) -> None:
    translator.get(FILES)
    assert "Choose a file" in translator.press("Take it in", status=400).words


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("from=en&to=xx&sort=.csv", 404),
        ("from=en&to=fr&sort=.exe", 404),
        ("", 404),
        ("from=en&to=en&sort=.csv", 400),
        ("from=fr&to=en&sort=.csv&which=left", 400),
    ],
)
def test_what_cannot_be_sent_is_refused(translator: Client, query: str, status: int) -> None:
    translator.get(f"{BASE}texts/file?{query}", status=status)


def test_an_analyst_sees_no_texts(app: Flask) -> None:
    drafted(app)
    analyst = sign_in(app, Role.analyst)
    analyst.get(FILES, status=403)
    with app.app_context():
        assert newest(1)
