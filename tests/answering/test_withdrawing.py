"""After sending: a copy to read for a while, and a receipt that takes the answers back."""

from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from surveyapp.answering import code_forms
from surveyapp.answering.visiting import COPY_SHOWN_FOR, SENT
from surveyapp.storage.connection import reading
from surveyapp.storage.counted.releases import store
from surveyapp.storage.field.timing import close_wave
from surveyapp.storage.field.waves import wave_of
from surveyapp.storage.tables import ResponseRow
from tests.client import Client, Page
from tests.press.test_typesetting import is_tagged, text
from tests.storage.making import SLUG, fielded


@pytest.fixture(autouse=True)
def wave(app: Flask) -> None:
    with app.app_context():
        fielded()


def sent(client: Client, language: str = "en") -> Page:
    """Answer the survey and return the receipt page."""
    page = client.get(f"/{language}/surveys/{SLUG}/notice")
    page = client.press()
    answers: dict[str, str] | None = {"q_streets.calm": "poor"}
    while not page.path.endswith("/receipt"):
        offered = {
            name: one for name, one in (answers or {}).items() if page.select(f"[name='{name}']")
        }
        page = client.press(answers=offered)
    return page


def code_of(page: Page) -> str:
    """Read the receipt off its page."""
    (code,) = page.select(".receipt .code")
    return code.get_text(strip=True)


def responses(app: Flask) -> int:
    with app.app_context():
        return int(reading().execute(select(func.count()).select_from(ResponseRow)).scalar_one())


@pytest.mark.parametrize(
    ("language", "words"), [("en", ("Poor", "Not provided")), ("fr", ("Poor (fr)", "Non fourni"))]
)
def test_one_s_own_answers_can_be_read_again(
    client: Client, language: str, words: tuple[str, str]
) -> None:
    sent(client, language)
    page = client.get(f"/{language}/surveys/{SLUG}/copy")
    assert page.path.endswith("/copy")
    assert all(one in page.words for one in words)
    assert not page.select(".change")


def test_the_copy_is_gone_after_three_quarters_of_an_hour(client: Client) -> None:
    sent(client)
    with client.browser.session_transaction() as session:
        ago = datetime.now(UTC) - COPY_SHOWN_FOR
        session[SENT] = {SLUG: int(ago.timestamp()) - 1}
    page = client.get(f"/en/surveys/{SLUG}/copy")
    assert page.path.endswith("/receipt")
    assert "Read my answers" not in page.words


@pytest.mark.parametrize(
    ("language", "words"), [("en", ("Poor", "Not provided")), ("fr", ("Poor (fr)", "Non fourni"))]
)
def test_one_s_own_answers_can_be_kept_as_a_file(
    client: Client, language: str, words: tuple[str, str]
) -> None:
    receipt = sent(client, language)
    address = f"/{language}/surveys/{SLUG}/copy.pdf"
    assert receipt.select(f'a[href="{address}"]')
    assert client.get(f"/{language}/surveys/{SLUG}/copy").select(f'a[href="{address}"]')
    response = client.browser.get(address)
    assert response.mimetype == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    assert "attachment" in response.headers["Content-Disposition"]
    assert SLUG not in response.headers["Content-Disposition"]
    assert is_tagged(response.data)
    assert all(one in text(response.data) for one in words)
    assert code_of(receipt) not in text(response.data)


def test_the_file_is_gone_after_three_quarters_of_an_hour(client: Client) -> None:
    sent(client)
    with client.browser.session_transaction() as session:
        then = int(datetime.now(UTC).timestamp() - COPY_SHOWN_FOR.total_seconds() - 1)
        session[SENT] = {SLUG: then}
    page = client.get(f"/en/surveys/{SLUG}/copy.pdf")
    assert page.path.endswith("/receipt")
    assert not page.select("a[href$='/copy.pdf']")


@pytest.mark.parametrize("forgotten", [False, True], ids=["another browser", "forgotten here"])
def test_nobody_else_has_the_file(app: Flask, client: Client, forgotten: bool) -> None:
    sent(client)
    if forgotten:
        client.press("Remove it from this browser")
    reader = client if forgotten else Client(app)
    response = reader.browser.get(f"/en/surveys/{SLUG}/copy.pdf")
    assert response.status_code == 303
    assert response.mimetype == "text/html"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_receipt_leads_to_results_that_were_published(
    app: Flask, client: Client, language: str
) -> None:
    address = f'a[href="/{language}/surveys/{SLUG}/results/"]'
    assert not sent(client, language).select(address)
    with app.app_context():
        closed = wave_of(SLUG, "2026")
        assert closed is not None
        store(closed.id, 1, 0, datetime.now(UTC), {}, b"-", "test", datetime.now(UTC))
    assert client.get(f"/{language}/surveys/{SLUG}/receipt").select(address)


def test_another_browser_has_no_copy(app: Flask, client: Client) -> None:
    sent(client)
    page = Client(app).get(f"/en/surveys/{SLUG}/copy", status=410)
    assert "Poor" not in page.words


def test_a_shared_phone_can_be_told_to_forget(app: Flask, client: Client) -> None:
    sent(client)
    page = client.press("Remove it from this browser")
    assert page.path == f"/en/surveys/{SLUG}/"
    assert not client.get(f"/en/surveys/{SLUG}/receipt", status=410).path.endswith("/receipt")
    assert responses(app) == 1


@pytest.mark.parametrize(
    ("language", "done"),
    [("en", "Your answers are deleted"), ("fr", "Vos réponses sont supprimées")],
)
def test_a_receipt_takes_the_answers_back(
    app: Flask, client: Client, language: str, done: str
) -> None:
    code = code_of(sent(client, language))
    elsewhere = Client(app)
    elsewhere.get(f"/{language}/surveys/{SLUG}/withdraw")
    page = elsewhere.press(answers={"receipt": code.lower()})
    assert page.heading == done
    assert responses(app) == 0


def test_a_wrong_receipt_says_so_beside_its_field_and_keeps_it(app: Flask, client: Client) -> None:
    sent(client)
    client.get(f"/en/surveys/{SLUG}/withdraw")
    page = client.press(answers={"receipt": "CDFG-HJKM-NPQR"}, status=400)
    assert [target for target, _sentence in page.errors] == ["receipt"]
    assert page.fields()["receipt"] == ["CDFG-HJKM-NPQR"]
    assert responses(app) == 1


def test_an_empty_receipt_asks_for_it(client: Client) -> None:
    client.get(f"/fr/surveys/{SLUG}/withdraw")
    page = client.press(status=400)
    assert page.errors[0][0] == "receipt"


def test_guessing_receipts_is_stopped(client: Client) -> None:
    client.get(f"/en/surveys/{SLUG}/withdraw")
    for _guess in range(code_forms.TRIES_A_CODE):
        client.press(answers={"receipt": "CDFG-HJKM-NPQR"}, status=400)
    page = client.press(answers={"receipt": "CDFG-HJKM-NPQR"}, status=429)
    assert "Too many tries" in page.words


def test_after_the_wave_nothing_is_taken_back(app: Flask, client: Client) -> None:
    code = code_of(sent(client))
    client.get(f"/en/surveys/{SLUG}/withdraw")
    with app.app_context():
        close_wave(SLUG, "2026", datetime.now(UTC))
    page = client.press(answers={"receipt": code})
    assert page.heading == "The survey is closed"
    assert responses(app) == 1


def test_the_receipt_is_never_in_an_address(client: Client) -> None:
    code = code_of(sent(client))
    client.get(f"/en/surveys/{SLUG}/withdraw")
    page = client.press(answers={"receipt": code})
    assert code not in page.url
    assert code.replace("-", "") not in page.url
