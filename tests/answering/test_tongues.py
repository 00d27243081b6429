"""Residents answer in a survey's further languages, and no page of theirs is half unmarked."""

import io
import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, NavigableString, Tag
from flask import Flask
from pypdf import PdfReader

from surveyapp.questionnaire.tongues import MARKS
from tests.answering.making import in_the_field, stored, walked
from tests.client import Client, Page
from tests.storage.making import SLUG
from tests.tongues import ANSWERS, FURTHER, OWN_NAMES, SAFE, TITLES, survey, way

SCRIPTS = {"ar": re.compile("[\u0600-\u06ff]"), "oj": re.compile("[\u1400-\u167f]")}
LATIN = re.compile("[A-Za-z]{2,}")
LETTER = re.compile(r"[^\W\d_]")
CODE = re.compile(r"^[A-Z0-9-]+$")


@pytest.fixture
def client(app: Flask) -> Client:
    """A resident before a survey of four languages."""
    in_the_field(app, survey())
    return Client(app)


def _language(node: NavigableString | Tag) -> str:
    return str(next(one["lang"] for one in node.parents if one.has_attr("lang")))


def _direction(node: NavigableString | Tag) -> str:
    return str(next(one["dir"] for one in node.parents if one.has_attr("dir")))


def mistaken(page: Page) -> Iterator[str]:
    """Walk the words of a page that are not in the language that the page says they are in."""
    further = page.language
    for node in page.soup.find_all(string=True):
        said = str(node).strip()
        if type(node) is not NavigableString or not said or CODE.match(said):
            continue
        if node.find_parent(["title", "script"]):
            continue
        told = _language(node)
        if LATIN.search(said) and told == further:
            yield f"{said!r} is said to be {told}"
        if SCRIPTS[further].search(said) and told != further:
            yield f"{said!r} is said to be {told}"
        if LETTER.search(said) and _direction(node) != way(told):
            yield f"{said!r} is written the wrong way"


def check(page: Page, language: str) -> None:
    """Fail with what a screen reader would say in the wrong voice, or eyes see in a wrong order."""
    assert page.language == language
    assert page.select("html")[0]["dir"] == way(language)
    assert not MARKS.search(page.text)
    assert list(mistaken(page)) == [], page.url


@pytest.mark.parametrize("language", FURTHER)
def test_a_survey_is_answered_in_a_further_language(
    client: Client, app: Flask, language: str
) -> None:
    check(client.get(f"/{language}/surveys/{SLUG}/"), language)
    assert client.page is not None
    assert client.page.heading == TITLES[language]
    check(client.get(f"/{language}/surveys/{SLUG}/notice"), language)
    check(client.press(), language)
    check(client.press(answers={"q_place": "a", "q_safe": "yes"}), language)
    check(client.press(answers={"q_street.calm": "good"}), language)
    check(client.press(answers={"q_years": "many"}), language)
    check(client.press(answers={"q_years": "12", "q_better": ANSWERS[language]}), language)
    check(client.press(), language)
    check(client.get(f"/{language}/surveys/{SLUG}/copy"), language)
    assert client.page is not None
    assert ANSWERS[language] in client.page.words
    kept = client.browser.get(f"/{language}/surveys/{SLUG}/copy.pdf").get_data()
    assert b"pdfuaid:part" in kept, "a letter that no font has"
    read = PdfReader(io.BytesIO(kept)).pages[0].extract_text()
    # Readers of files give letters that are drawn as one in either order: other words are sought.
    assert {"ar": "شارع", "oj": "ᒪᑭᓯᐣ"}[language] in read
    (sent,) = stored(app)
    assert sent.language == language
    assert sent.answers["better"] == ANSWERS[language]


@pytest.mark.parametrize("language", FURTHER)
def test_pages_beside_the_way_are_marked(client: Client, language: str) -> None:
    client.get(f"/{language}/surveys/{SLUG}/notice")
    client.press()
    check(client.press("later"), language)
    check(client.get(f"/{language}/"), language)
    check(client.get(f"/{language}/surveys/{SLUG}/resume"), language)
    check(client.press(answers={"code": "CDFG-HJKM"}, status=400), language)
    check(client.get(f"/{language}/surveys/{SLUG}/withdraw"), language)
    check(client.press(answers={"receipt": "CDFG"}, status=400), language)


def test_the_switch_names_each_language_by_itself_and_keeps_what_is_typed(client: Client) -> None:
    client.get(f"/en/surveys/{SLUG}/notice")
    page = client.press()
    names = [(one["lang"], one.get_text()) for one in page.select(".switch button")]
    assert names == [("fr", "Français"), *((code, OWN_NAMES[code]) for code in FURTHER)]
    page = client.press("lang:ar", {"q_safe": "yes"})
    check(page, "ar")
    assert SAFE["ar"] in page.words
    assert page.select("#q_safe[checked]")
    assert "English" in [one.get_text() for one in page.select(".switch button")]


def test_places_and_buttons_are_in_english_and_say_so(client: Client) -> None:
    client.get(f"/ar/surveys/{SLUG}/notice")
    page = client.press()
    button = page.button()
    (said,) = button.select("span")
    assert (said["lang"], said["dir"], said.get_text()) == ("en", "ltr", "Continue")
    (place,) = page.select("label[for=q_place] span")
    assert (place["lang"], place.get_text()) == ("en", "Name")


def test_numbers_to_call_and_codes_keep_their_order(client: Client) -> None:
    page = client.get(f"/ar/surveys/{SLUG}/")
    calls = page.select("a[href^='tel:']")
    assert calls
    assert {one["dir"] for one in calls} == {"ltr"}
    client.get(f"/ar/surveys/{SLUG}/notice")
    client.press()
    page = walked(client, "receipt")
    assert [one.name for one in page.select(".code bdi[dir=ltr]")] == ["bdi"]


def test_doors_lead_to_every_language(client: Client) -> None:
    front = client.get("/")
    assert [one["href"] for one in front.select(".further a")] == ["/ar/", "/oj/"]
    assert client.get("/ar/").select(f"main a[href='/ar/surveys/{SLUG}/']")
    both = client.get("/en/")
    assert [one["lang"] for one in both.select(".switch a")] == ["fr", "ar", "oj"]


@pytest.mark.parametrize(
    "path",
    [
        f"/de/surveys/{SLUG}/",
        "/de/",
        "/zz/",
        "/ar/surveys/nothing/",
        "/ar/staff/",
        "/ar/staff/sign-in",
        f"/ar/surveys/{SLUG}/results/",
    ],
)
def test_no_page_is_in_a_language_that_is_not_spoken_there(client: Client, path: str) -> None:
    page = client.get(path, status=404)
    assert page.language == "en"


def test_a_survey_in_two_languages_is_in_no_third(app: Flask) -> None:
    in_the_field(app)
    client = Client(app)
    client.get(f"/ar/surveys/{SLUG}/", status=404)
    client.get("/ar/", status=404)
    page = client.get(f"/en/surveys/{SLUG}/notice")
    assert [one["lang"] for one in page.select(".switch a")] == ["fr"]
    page = client.press()
    client.post(page.url, {**page.fields(), "action": "lang:ar"}, status=404)


def test_what_marks_are_made_of_cannot_be_written(client: Client) -> None:
    client.get(f"/en/surveys/{SLUG}/notice")
    client.press()
    page = walked(client, "end")
    page = client.press(answers={"q_better": "\ufdd0ar\ufdd1<b>x</b>\ufdd2"})
    assert "ar<b>x</b>" in page.words
    assert BeautifulSoup(page.text, "html.parser").select("main b") == []
