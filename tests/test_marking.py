"""Every sentence of the interface is marked: pages are walked in a made-up language.

Each marked sentence comes out between ⟦ and ⟧. What is left over, and is neither the survey's own
words nor a municipality's, was never marked and would be English to a French reader.
"""

import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel import Locale
from babel.dates import get_day_names, get_month_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup, NavigableString
from flask import Flask
from flask_babel import get_domain

from surveyapp import create_app, i18n
from surveyapp.questionnaire.bank import bank, sources
from surveyapp.questionnaire.completeness import texts
from surveyapp.questionnaire.framework import AREA_NAMES, FACTORS
from surveyapp.questionnaire.shipped import shipped
from surveyapp.storage.drafting.surveys import list_surveys
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import samples_of, waves_of
from surveyapp.storage.municipal.places import place_tree
from surveyapp.storage.municipal.profiles import newest_profile
from surveyapp.storage.people.staff import Role
from tests import inspecting
from tests.client import Client, Page
from tests.conftest import dispose, settings_for
from tests.demo.signing import sign_in

SLUG = "community-safety"
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
LETTERS = re.compile(r"[^\W\d_]{2,}")
SPOKEN = ("aria-label", "title", "alt", "placeholder")
# Codes are written as they are: of waves and samples, of columns and files, of staff.
CODES = re.compile(
    r"\b[\w.-]+\.(?:csv|json|zip|txt|pdf|svg|xlsx|example)\b|\b\w+_\w+\b|[\w.]+@[\w.]+|https?://\S+"
)
# Babel's own words, which it has in every language.
CALENDAR = {*get_month_names(locale="en_CA").values(), *get_day_names(locale="en_CA").values()}
LANGUAGE_NAMES = {Locale("en").languages[code] for code in (*i18n.LANGUAGES, *i18n.OFFERED)} | {
    one.name for one in i18n.LANGUAGES.values()
}
COLLECTOR = re.compile(r"\b[A-Z0-9]{4,6}(?:-[A-Z0-9]{4})*\b")
MOST_PAGES = 150


def bracketed(folder: Path) -> Path:
    """Make catalogues in which every sentence stands between brackets."""
    for one in i18n.LANGUAGES.values():
        path = folder / one.locale / "LC_MESSAGES"
        path.mkdir(parents=True)
        with (i18n.TRANSLATIONS / one.locale / "LC_MESSAGES" / "messages.po").open("rb") as file:
            catalogue = read_po(file, locale=one.locale)
        for message in catalogue:
            if isinstance(message.string, tuple | list):
                message.string = tuple(f"⟦{words}⟧" for words in message.id)
            elif message.id:
                message.string = f"⟦{message.id}⟧"
        with (path / "messages.mo").open("wb") as compiled:
            write_mo(compiled, catalogue)
    return folder


@pytest.fixture
def marked_app(
    demo_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    """The demo, speaking in brackets."""
    monkeypatch.setattr(i18n, "TRANSLATIONS", bracketed(tmp_path / "marked"))
    monkeypatch.setattr(inspecting, "ERROR_PREFIXES", ("⟦Error: ⟧",))
    folder = tmp_path / "demo"
    shutil.copytree(demo_folder, folder)
    made = create_app(settings_for(f"sqlite:///{folder / 'surveyapp.db'}", folder))
    made.testing = True
    with made.app_context():
        # Kept by the extension, which every program of a process shares.
        get_domain().cache.clear()
    yield made
    with made.app_context():
        get_domain().cache.clear()
    dispose(made)


def own_words(app: Flask) -> list[str]:
    """List what surveys, municipalities and the framework say themselves, the longest first."""
    found: set[str] = set()
    with app.app_context():
        for survey in list_surveys():
            found |= {text["en"] for _path, text in texts(survey.draft)}
            profile = newest_profile(survey.owner_id).content
            found |= _strings(profile.model_dump(mode="json"))
            for wave in waves_of(survey.id):
                tree = place_tree(wave.place_set_id)
                found |= {name for place in tree.places for name in place.names.values()} | {
                    tree.code,
                    wave.code,
                }
                found |= {one.names["en"] for one in samples_of(wave.id)}
            found.add(survey.slug)
    found |= CALENDAR | LANGUAGE_NAMES | {names["en"] for names in AREA_NAMES.values()}
    found |= {factor.names["en"] for factor in FACTORS.values()}
    found |= {str(name.get("en")) for name in sources().values()}
    found |= {str(one.question.text.get("en")) for one in bank()}
    return sorted(found, key=len, reverse=True)


def _strings(value: object) -> set[str]:
    if isinstance(value, dict):
        return set().union(*(_strings(one) for key, one in value.items() if key != "fr"), set())
    if isinstance(value, list | tuple):
        return set().union(*(_strings(one) for one in value), set())
    return {value} if isinstance(value, str) else set()


def _said(soup: BeautifulSoup) -> Iterator[str]:
    """Walk everything that is shown or read aloud in the language of the page."""
    for node in soup.find_all(string=True):
        if type(node) is not NavigableString or node.find_parent(["script", "style"]):
            continue
        if node.find_parent("title") and " | " in node:
            continue  # the title of a page in two languages has both
        # A part that says its own language is written in both, side by side.
        if node.find_parent(lambda tag: tag.name != "html" and tag.has_attr("lang")) is None:
            yield str(node)
    for tag in soup.find_all(True):
        yield from (str(tag[name]) for name in SPOKEN if tag.has_attr(name))
        yield from (
            str(value)
            for name, value in tag.attrs.items()
            if name.startswith("data-")
            and " " in str(value)
            and not str(value).startswith(("{", "["))
        )


def unmarked(page: Page, own: list[str]) -> list[str]:
    """Return the words of a page that nobody can translate."""
    left = []
    # Where a line may break inside a word, the word goes on.
    for one in page.soup.select("wbr"):
        one.decompose()
    page.soup.smooth()
    for said in _said(page.soup):
        rest = said
        # A sentence in a sentence has brackets around its own.
        while MARKED.search(rest):
            rest = MARKED.sub(" ", rest)
        for words in own:
            if words in rest:
                rest = rest.replace(words, " ")
        rest = COLLECTOR.sub(" ", CODES.sub(" ", rest))
        if LETTERS.search(rest):
            left.append(" ".join(said.split()))
    return left


def crawl(client: Client, *starts: str) -> Iterator[Page]:
    """Walk every page that links lead to, one of each shape of address."""
    waiting, seen = list(starts), set()
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.pop(0)
        shape = re.sub(r"[\d-]{3,}|[A-Z0-9]{6}", "#", address.partition("?")[0])
        if shape in seen or not address.startswith("/en/"):
            continue
        seen.add(shape)
        response = client.browser.get(address)
        if response.status_code != 200 or response.mimetype != "text/html":
            continue
        soup = BeautifulSoup(response.get_data(as_text=True), "html.parser")
        yield Page(address, response, soup)
        waiting += [str(link["href"]) for link in soup.select("a[href^='/en/']")]


def check(pages: Iterator[Page] | list[Page], own: list[str]) -> None:
    """Fail with every word of every page that was not marked."""
    found = {page.url: left for page in pages if (left := unmarked(page, own))}
    assert not found, "\n".join(f"{url}: {left}" for url, left in found.items())


def test_an_unmarked_word_would_be_found_out(marked_app: Flask) -> None:
    html = (
        "<main><p>⟦Open⟧ now</p><p aria-label='Left out'>⟦Day ⟦x⟧⟧</p><p lang='fr'>Oui</p></main>"
    )
    soup = BeautifulSoup(html, "html.parser")
    page = Page("/", marked_app.test_client().get("/healthz"), soup)
    assert unmarked(page, []) == ["⟦Open⟧ now", "Left out"]
    assert unmarked(page, ["now", "Left out"]) == []


def test_every_page_that_links_lead_to_is_marked(marked_app: Flask) -> None:
    own = own_words(marked_app)
    client = Client(marked_app)
    check(crawl(client, "/en/", f"/en/surveys/{SLUG}/"), own)
    for role in (Role.administrator, Role.analyst, Role.designer):
        client = Client(marked_app)
        sign_in(marked_app, client.browser, role)
        check(crawl(client, "/en/staff/"), own)


def _journey(client: Client) -> Iterator[Page]:
    """Walk the survey with a mistake on the way, to the receipt and what follows it."""
    yield client.get(f"/en/surveys/{SLUG}/notice")
    page = client.press()
    yield page
    yield client.press(answers={"q_years": "many"})
    client.press("⟦Save and come back later⟧")
    yield client.page
    page = client.get(f"/en/surveys/{SLUG}/pages/home")
    page = client.press(answers={"q_years": "3"})
    while not page.path.endswith("/receipt"):
        yield page
        page = client.press()
    yield page
    yield client.get(f"/en/surveys/{SLUG}/copy")


def test_a_resident_s_way_is_marked(marked_app: Flask) -> None:
    check(_journey(Client(marked_app)), own_words(marked_app))


def test_what_goes_wrong_is_marked(marked_app: Flask) -> None:
    client = Client(marked_app)
    own = own_words(marked_app)
    pages = [
        client.get(f"/en/surveys/{SLUG}/pages/home", status=410),
        client.get("/en/nowhere", status=404),
        client.get(f"/en/surveys/{SLUG}/resume"),
        client.press(answers={"code": "CDFG-HJKM"}, status=400),
        client.get(f"/en/surveys/{SLUG}/withdraw"),
        client.press(answers={"receipt": "CDFG"}, status=400),
        client.get("/en/staff/sign-in"),
        client.press(answers={"email": "a@b.example", "password": "wrong"}, status=400),
        client.press(status=400),
    ]
    with marked_app.app_context():
        for wave in waves_of(next(one.id for one in list_surveys() if one.slug == SLUG)):
            close_wave(SLUG, wave.code, datetime.now(UTC))
    pages.append(client.get(f"/en/surveys/{SLUG}/"))
    check(pages, own)


def test_the_shipped_words_are_known(marked_app: Flask) -> None:
    own = own_words(marked_app)
    assert shipped().title["en"] in own
    with marked_app.app_context():
        assert newest_profile(list_surveys()[0].owner_id).content.names["en"] in own
