"""What no browser sends is refused with a clear page, before anything else has to bear it."""

import pytest
from flask import Flask

from tests.answering.making import begun, in_the_field, walked
from tests.client import Client
from tests.storage.making import SLUG

LOBBY = f"/en/surveys/{SLUG}/"


@pytest.mark.parametrize("path", [f"/en/surveys/{SLUG}%00/", "/s/%00", "/i/%01", "/fr/%7F", "/%00"])
def test_an_address_with_control_characters_is_not_found(
    app: Flask, client: Client, path: str
) -> None:
    in_the_field(app)
    page = client.get(path, status=404)
    assert "Page introuvable" in page.heading


@pytest.mark.parametrize("query", ["via=%00", "back=1&kept=%1B", "%00=1"])
def test_a_query_with_control_characters_is_refused(app: Flask, client: Client, query: str) -> None:
    in_the_field(app)
    assert client.get(f"{LOBBY}?{query}", status=400).heading == "That did not work"


@pytest.mark.parametrize("number", ["99999999999999999999", "2147483648"])
def test_a_number_that_no_database_holds_is_not_found(client: Client, number: str) -> None:
    client.get(f"/places/{number}/neighbourhood/outlines-0.json", status=404)


@pytest.mark.parametrize("header", ["Origin", "Referer"])
@pytest.mark.parametrize("secure", ["http", "https"])
def test_an_origin_that_is_no_address_is_refused(app: Flask, header: str, secure: str) -> None:
    in_the_field(app)
    for path in (f"{LOBBY}notice", f"{LOBBY}forget", "/i/"):
        reply = app.test_client().post(
            path, headers={header: "https://["}, base_url=f"{secure}://localhost"
        )
        assert reply.status_code == 400, path
        assert "<h1" in reply.text


@pytest.mark.parametrize("host", ["a..b", "x" * 70 + "." + "y" * 300])
@pytest.mark.parametrize("path", ["/en/", "/?%00=1", "/%01", "/nowhere"])
def test_a_host_that_cannot_be_one_is_told_so_in_both_languages(
    app: Flask, host: str, path: str
) -> None:
    reply = app.test_client().get(path, headers={"Host": host})
    assert reply.status_code in (400, 404)
    assert "Une erreur s’est produite" in reply.text


def test_a_page_that_repeats_what_was_sent_leaves_out_what_html_cannot_hold(
    app: Flask, client: Client
) -> None:
    in_the_field(app)
    page = begun(client)
    fields = page.fields() | {"q_place": "a\0\x01", "csrf_token": "x\x1b\x85\ufffe"}
    client.post(page.url, fields, status=400)


def test_a_megabyte_is_told_to_be_too_long_and_costs_nothing(app: Flask, client: Client) -> None:
    in_the_field(app)
    begun(client)
    page = walked(client, "help", {"q_place": "a", "q_streets.calm": "poor"})
    words = "é" * 1_000_000
    told = client.post(page.url, page.fields() | {"q_why": words}, status=413)
    assert told.heading == "That was too long to send"
    assert client.get(page.url).path == page.path
    assert client.post("/i/", {"code": words}, status=413).heading == (
        "That was too long to send | L’envoi était trop long"
    )


def test_ten_thousand_fields_leave_the_page_as_it_is(app: Flask, client: Client) -> None:
    in_the_field(app)
    page = begun(client)
    many = {f"q_field{number}": "x" for number in range(10_000)}
    after = client.post(page.url, page.fields() | many | {"q_place": "a"})
    assert after.path.endswith("/help")
