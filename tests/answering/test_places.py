"""Finding one's place: a list that a postal prefix shortens, and what the script is sent."""

import gzip
import logging

import pytest
from flask import Flask

from surveyapp.press.outlines import MOST_BYTES as MOST_OUTLINES
from surveyapp.storage.connection import reading
from surveyapp.storage.municipal.places import place_set_id
from surveyapp.storage.municipal.prefixes import load_prefixes
from tests.answering.county import fielded
from tests.client import Client, Page
from tests.storage.making import SLUG

PAGES = f"/en/surveys/{SLUG}/pages/home"
MOST_BYTES = 30_000
DEMO = "community-safety"


@pytest.fixture
def wave(app: Flask) -> None:
    with app.app_context():
        fielded()


def begin(client: Client) -> Page:
    """Go to the page that asks for the place."""
    client.get(f"/en/surveys/{SLUG}/notice")
    return client.press("Continue to the questions")


def offered(page: Page) -> list[str]:
    """Return the values of the list, the empty one left out."""
    return [str(one["value"]) for one in page.select("select option")][1:]


def narrow(client: Client, typed: str, **answers: str) -> Page:
    """Press the button that shortens the list."""
    return client.press("Shorten the list", {"prefix-place": typed, **answers})


CODES = ["unknown", "outside", "no_fixed_address"]


@pytest.mark.usefixtures("wave")
def test_places_stand_under_their_towns_and_what_is_no_place_at_the_end(client: Client) -> None:
    page = begin(client)
    groups = [str(one["label"]) for one in page.select("optgroup")]
    assert groups == ["East", "West", "Other answers"]
    assert offered(page)[-3:] == CODES
    assert len(offered(page)) == 15


@pytest.mark.usefixtures("wave")
def test_a_name_in_the_other_language_is_there_to_be_searched(client: Client) -> None:
    page = begin(client)
    also = {str(one["value"]): str(one["data-also"]) for one in page.select("[data-also]")}
    assert also == {"n5": "L’Île"}


@pytest.mark.usefixtures("wave")
def test_a_prefix_shortens_the_list_and_keeps_what_is_typed(client: Client) -> None:
    begin(client)
    page = narrow(client, "k1a 0b1", q_why="because", q_place="n7")
    assert offered(page) == ["n2", "n1", "n11", "n7", *CODES]
    assert "The list now shows 3 places for that postal code." in page.words
    assert page.fields()["q_why"] == ["because"]
    assert page.fields()["q_place"] == ["n7"]
    assert page.errors == ()


@pytest.mark.usefixtures("wave")
def test_the_prefix_is_forgotten(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    begin(client)
    page = narrow(client, "K1B9Z9")
    assert page.path == PAGES
    assert "K1B" not in page.text.upper().replace("SUCH AS K1A", "")
    page = client.press("Continue", {"prefix-place": "K1B9Z9", "q_place": "n3"})
    assert "K1B" not in page.text.upper()
    with client.app.app_context():
        for table in ("visit", "response", "audit", "rate_limit"):
            rows = reading().exec_driver_sql(f"SELECT * FROM {table}").all()
            assert "K1B" not in str(rows).upper()
    assert "K1B" not in caplog.text.upper()


@pytest.mark.usefixtures("wave")
def test_shortening_the_list_saves_nothing(client: Client) -> None:
    begin(client)
    before = narrow(client, "K1A", q_place="n1").fields()["counter"]
    assert client.get(PAGES).fields()["counter"] == before
    assert client.get(PAGES).fields().get("q_place") == [""]


@pytest.mark.usefixtures("wave")
def test_the_whole_list_comes_back(client: Client) -> None:
    begin(client)
    narrow(client, "K1B", q_why="because")
    page = client.press("Show every place")
    assert len(offered(page)) == 15
    assert page.fields()["q_why"] == ["because"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write the first three characters of a postal code, such as K1A."),
        ("90210", "Write the first three characters of a postal code, such as K1A."),
        ("<b>\u202e", "Write the first three characters of a postal code, such as K1A."),
        ("K2K", "We know no place for that postal code. The list shows every place."),
    ],
)
@pytest.mark.usefixtures("wave")
def test_what_leads_nowhere_leaves_the_whole_list(client: Client, typed: str, said: str) -> None:
    begin(client)
    page = narrow(client, typed)
    assert said in page.words
    assert len(offered(page)) == 15


@pytest.mark.usefixtures("wave")
def test_a_forged_question_narrows_nothing(client: Client) -> None:
    page = begin(client)
    fields = {**page.fields(), "action": "narrow:elsewhere", "prefix-place": "K1A"}
    assert len(offered(client.post(PAGES, fields))) == 15


@pytest.mark.usefixtures("wave")
def test_prefixes_that_changed_are_on_the_next_page(client: Client) -> None:
    first = begin(client).select(".finder")[0]["data-prefixes"]
    with client.app.app_context():
        found = place_set_id("county")
        assert found
        load_prefixes(found, {"K7K": ("n4",)})
    second = client.get(PAGES).select(".finder")[0]["data-prefixes"]
    assert first != second
    assert client.app.test_client().get(str(second)).json == {"K7K": ["n4"]}
    assert client.app.test_client().get(str(first)).status_code == 404


def test_without_prefixes_there_is_nothing_to_type(client: Client) -> None:
    with client.app.app_context():
        fielded(prefixes=False)
    page = begin(client)
    assert not page.select(".narrow")
    assert not page.select("[data-prefixes]")


def test_a_town_is_found_by_the_prefixes_of_its_neighbourhoods(client: Client) -> None:
    with client.app.app_context():
        fielded("municipality")
    finder = begin(client).select("input[type=radio]")
    assert [one["value"] for one in finder] == ["East", "West", *CODES]


def test_without_outlines_there_is_no_map(client: Client) -> None:
    with client.app.app_context():
        fielded(outlined=False)
    page = begin(client)
    assert page.select(".finder")[0]["data-outlines"] == ""
    assert not page.select(".finder svg")


@pytest.mark.usefixtures("wave")
def test_the_map_is_sent_for_good_and_to_whoever_asks(client: Client) -> None:
    address = str(begin(client).select(".finder")[0]["data-outlines"])
    reply = client.app.test_client().get(address)
    assert reply.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in reply.headers
    assert reply.json
    assert set(reply.json["paths"]) == {f"n{number}" for number in range(12)}
    assert all(path.startswith("m") for path in reply.json["paths"].values())


@pytest.mark.parametrize(
    "address",
    [
        "/places/1/neighbourhood/outlines-0000.json",
        "/places/1/neighbourhood/prefixes-0000.json",
        "/places/1/nowhere/outlines-0000.json",
        "/places/77/neighbourhood/outlines-0000.json",
        "/places/77/neighbourhood/prefixes-0000.json",
        "/places/x/neighbourhood/outlines-0000.json",
    ],
)
@pytest.mark.usefixtures("wave")
def test_an_address_that_nothing_carries_is_not_found(client: Client, address: str) -> None:
    assert client.app.test_client().get(address).status_code == 404


@pytest.mark.usefixtures("wave")
def test_what_comes_after_the_page_leaves_room_for_the_largest_map(client: Client) -> None:
    finder = begin(client).select(".finder")[0]
    asking = client.app.test_client()
    total = MOST_OUTLINES
    for name in ("data-script", "data-style", "data-prefixes"):
        reply = asking.get(str(finder[name]), headers={"Accept-Encoding": "gzip"})
        packed = reply.headers.get("Content-Encoding") == "gzip"
        total += len(reply.data) if packed else len(gzip.compress(reply.data))
    assert total <= MOST_BYTES


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_county_of_the_demo_is_drawn(demo_app: Flask, language: str) -> None:
    reader = Client(demo_app)
    reader.get(f"/{language}/surveys/{DEMO}/notice")
    page = reader.press({"en": "Continue to the questions", "fr": "Passer aux questions"}[language])
    finder = page.select(".finder")[0]
    sent = demo_app.test_client().get(str(finder["data-outlines"])).json
    assert sent
    known = {str(one["value"]) for one in page.select("option")}
    assert set(sent["paths"]) == known - {"", *CODES}
