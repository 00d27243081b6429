"""What is printed for a way in: both languages, the right address, for those who may."""

import io
import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from pypdf import PdfReader, PdfWriter

from surveyapp.designing.municipalities.pictures import picture_of
from surveyapp.storage.field.collectors import Kind
from surveyapp.storage.field.timing import retime
from surveyapp.storage.field.waves import wave_of
from surveyapp.storage.municipal.logos import keep_logo
from surveyapp.storage.people.staff import Role
from tests.client import Client, Page
from tests.designing.making import FIELDWORK, designer, sign_in, way
from tests.designing.municipalities.test_pictures import png, svg
from tests.storage.making import SLUG, municipality

PRINTED = ((Kind.qr, "open"), (Kind.paper, "mailed"))
__all__ = ["designer"]
FILES = ("poster-letter.pdf", "poster-a4.pdf", "cards-letter.pdf", "cards-a4.pdf", "qr.svg")


def words(page: Page) -> str:
    """Return the words of a PDF."""
    pages = PdfReader(io.BytesIO(page.response.get_data())).pages
    return re.sub(r"\s+", " ", " ".join(one.extract_text() for one in pages))


def figures(page: Page) -> int:
    """Count the pictures of a PDF by their tags: each has words for whoever cannot see it."""
    writer = PdfWriter(clone_from=io.BytesIO(page.response.get_data()))
    objects = (one.get_object() for one in writer._objects if one is not None)
    return sum(isinstance(one, dict) and one.get("/S") == "/Figure" for one in objects)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_poster_says_both_languages_whoever_asks(
    app: Flask, designer: Client, language: str
) -> None:
    with app.app_context():
        code = way(Kind.qr).code
    address = FIELDWORK.replace("/en/", f"/{language}/")
    designer.get(f"{address}collectors/{code}/")
    page = designer.follow({"en": "Poster, letter", "fr": "Affiche, papier lettre"}[language])
    said = words(page)
    assert page.response.mimetype == "application/pdf"
    for wanted in (f"127.0.0.1:8000/s/{code}", "Elm", "Orme", "Safety (fr)", "613 555-0100"):
        assert wanted in said
    assert "Your answers are confidential" in said
    assert "Vos réponses sont confidentielles" in said


def test_both_readers_get_the_same_bytes(app: Flask, designer: Client) -> None:
    with app.app_context():
        code = way(Kind.open_link).code
    for file in FILES:
        address = f"{FIELDWORK}collectors/{code}/print/{file}"
        english = designer.get(address).response.get_data()
        assert english == designer.get(address.replace("/en/", "/fr/")).response.get_data()
        assert english


@pytest.mark.parametrize("picture", [png(60, 20), svg("<g/>")], ids=["png", "svg"])
def test_a_municipality_s_own_way_in_carries_its_logo_names_and_notice(
    app: Flask, designer: Client, picture: bytes
) -> None:
    with app.app_context():
        made = picture_of(picture)
        keep_logo(made)
        logo = {"digest": made.digest, "width": made.width, "height": made.height}
        more = {"en": "The by-law of the town.", "fr": "Le règlement de la ville."}
        names = {"en": "Oak", "fr": "Chêne"}
        town = municipality("oak", names=names, logo=logo, notice=more).municipality_id
        ways = {kind: way(kind, sample, town).code for kind, sample in PRINTED}
        county = way(Kind.qr).code
    for kind, file in ((Kind.qr, "poster-letter.pdf"), (Kind.qr, "cards-a4.pdf")):
        page = designer.get(f"{FIELDWORK}collectors/{ways[kind]}/print/{file}")
        assert "Oak" in words(page)
        assert "Chêne" in words(page)
        without = designer.get(f"{FIELDWORK}collectors/{county}/print/{file}")
        assert figures(page) == 2 * figures(without)
    page = designer.get(f"{FIELDWORK}collectors/{ways[Kind.paper]}/print/questionnaire-both.pdf")
    assert figures(page) == 2
    for said in (*more.values(), *names.values()):
        assert said in words(page)


@pytest.mark.parametrize("which", ["en", "fr", "both"])
def test_a_questionnaire_is_printed_for_a_paper_collector(
    app: Flask, designer: Client, which: str
) -> None:
    with app.app_context():
        code = way(Kind.paper, "mailed").code
    said = words(designer.get(f"{FIELDWORK}collectors/{code}/print/questionnaire-{which}.pdf"))
    english = ("About why?", "Before you start", "Planning", "question 2a is “Poor”", "Town")
    french = ("About why? (fr)", "Avant de commencer", "Planning (fr)", "la question 2a est")
    assert ("Before you start" in said) is (which != "fr")
    assert ("Avant de commencer" in said) is (which != "en")
    for wanted in {"en": english[:4], "fr": french, "both": (*english[:4], *french)}[which]:
        assert wanted in said
    assert code in said
    assert "613 555-0100" in said
    assert "988" in said


@pytest.mark.parametrize(
    ("kind", "sample", "file"),
    [
        (Kind.paper, "open", "poster-letter.pdf"),
        (Kind.paper, "open", "qr.svg"),
        (Kind.kiosk, "open", "poster-a4.pdf"),
        (Kind.paper, "open", "questionnaire-xx.pdf"),
        (Kind.qr, "open", "questionnaire-en.pdf"),
        (Kind.qr, "open", "poster-a5.pdf"),
        (Kind.invitation, "mailed", "cards-a4.pdf"),
        (Kind.invitation, "mailed", "qr.svg"),
    ],
)
def test_what_makes_no_sense_is_not_printed(
    app: Flask, designer: Client, kind: Kind, sample: str, file: str
) -> None:
    with app.app_context():
        code = way(kind, sample).code
    designer.get(f"{FIELDWORK}collectors/{code}/print/{file}", status=404)


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Prepare a tablet"), ("fr", "Préparer une tablette")]
)
def test_staff_are_told_how_a_tablet_is_prepared(
    app: Flask, designer: Client, language: str, said: str
) -> None:
    with app.app_context():
        tablet, poster = way(Kind.kiosk).code, way(Kind.qr).code
    base = FIELDWORK.replace("/en/", f"/{language}/")
    assert said in designer.get(f"{base}collectors/{tablet}/").words
    assert said not in designer.get(f"{base}collectors/{poster}/").words


def test_only_those_who_run_fieldwork_print(app: Flask) -> None:
    with app.app_context():
        code = way(Kind.qr).code
    client = sign_in(app, Role.analyst)
    for file in (*FILES, "questionnaire-en.pdf"):
        client.get(f"{FIELDWORK}collectors/{code}/print/{file}", status=403)


@pytest.mark.parametrize(
    ("language", "day", "address"),
    [("en", "must arrive by March 30, 2199", "send it to:"), ("fr", "le 30 mars 2199", "suivante")],
)
def test_what_leads_to_the_address_is_said_last(
    app: Flask, designer: Client, language: str, day: str, address: str
) -> None:
    with app.app_context():
        wave = wave_of(SLUG, "2026")
        assert wave is not None
        closes_at = datetime(2199, 3, 31, 4, tzinfo=UTC)
        retime(wave.id, wave.opens_at, closes_at, by="someone", now=datetime.now(UTC))
        code = way(Kind.paper, "mailed").code
    said = words(designer.get(f"{FIELDWORK}collectors/{code}/print/questionnaire-{language}.pdf"))
    assert said.index(day) < said.index(address)
