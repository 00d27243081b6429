"""A further language: added by a press, written beside the others, previewed and printed."""

import io
import re
from collections.abc import Iterator

import pytest
from flask import Flask
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from surveyapp.designing.fieldwork.outreach import booklet, outreach, subject_of
from surveyapp.press.printed.booklet import questionnaire
from surveyapp.press.printed.outreach import cards, poster
from surveyapp.storage.drafting.surveys import survey_by_slug
from surveyapp.storage.field.collectors import Kind, make_collector
from surveyapp.storage.field.waves import samples_of, wave_of
from tests.client import Client
from tests.designing.drafting import BASE, writer
from tests.designing.making import FIELDWORK, NOW, sign_in
from tests.storage.making import SLUG, opened
from tests.tongues import FURTHER, OWN_NAMES, TITLES, YES, survey

__all__ = ["writer"]
NAME = "s::languages"
LANG = re.compile(rb"/Lang\s*\(([^)]*)\)")
ADDRESS = "https://survey.county.example/s/CDFGHJ"


def languages(app: Flask) -> tuple[str, ...]:
    """Return the languages of the draft."""
    with app.app_context():
        found = survey_by_slug(SLUG)
        assert found is not None
        return found.draft.languages


def test_a_language_is_added_written_and_taken_away(app: Flask, writer: Client) -> None:
    writer.get(BASE)
    page = writer.press("Save", {NAME: ["en", "fr", "oj", "ar"]})
    assert languages(app) == ("en", "fr", "oj", "ar")
    field = page.select("[name='w::title:ar']")[0]
    assert (field["lang"], field["dir"]) == ("ar", "rtl")
    (label,) = page.select(f"label[for='{field['id']}'] [lang=ar]")
    assert label.get_text() == OWN_NAMES["ar"]
    writer.press("Save", {"w::title:ar": TITLES["ar"], "w::title:oj": TITLES["oj"]})
    texts = writer.get(f"{BASE}texts?of=ar&state=missing")
    assert texts.select("textarea[lang=ar][dir=rtl]")
    assert OWN_NAMES["oj"] in texts.words
    writer.get(BASE)
    writer.press("Save", {NAME: ["en", "fr", "ar"]})
    assert languages(app) == ("en", "fr", "ar")
    page = writer.press("Save", {NAME: ["en", "fr", "ar", "oj"]})
    assert page.select("[name='w::title:oj']")[0].get_text().strip() == TITLES["oj"]


@pytest.mark.parametrize(
    ("posted", "kept"), [(["ar"], ("ar", "en", "fr")), (["fr", "en"], ("fr", "en"))]
)
def test_english_and_french_are_always_spoken(
    app: Flask, writer: Client, posted: list[str], kept: tuple[str, ...]
) -> None:
    page = writer.get(BASE)
    writer.post(BASE, {**page.fields("Save"), NAME: posted})
    assert languages(app) == kept


def test_a_language_that_has_no_name_is_refused_with_a_sentence(app: Flask, writer: Client) -> None:
    page = writer.get(BASE)
    page = writer.post(BASE, {**page.fields("Save"), NAME: ["en", "fr", "zz"]}, status=400)
    assert [said for _field, said in page.errors] == ["Choose languages from the list"]
    assert languages(app) == ("en", "fr")


def test_a_draft_is_tried_in_each_of_its_languages(app: Flask, writer: Client) -> None:
    writer.get(BASE)
    writer.press("Save", {NAME: ["en", "fr", "ar"]})
    page = writer.get(f"{BASE}try/")
    page = writer.press("look:ar")
    (phone,) = page.select(".phone")
    assert (phone["lang"], phone["dir"]) == ("ar", "rtl")
    assert [one.get_text() for one in phone.select("button.go [lang=en]")] == ["Continue"]


def fonts(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Walk the fonts of a file."""
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            yield font.get_object()


def read(data: bytes) -> tuple[str, set[str], set[str]]:
    """Return the words of a PDF, the names of its fonts, and the languages that it is tagged in."""
    reader = PdfReader(io.BytesIO(data))
    said = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))
    names = {str(font["/BaseFont"]).partition("+")[2] for font in fonts(reader)}
    return said, names, {str(reader.trailer["/Root"]["/Lang"]), *_languages(reader)}  # type: ignore[index]


def _languages(reader: PdfReader) -> Iterator[str]:
    """Walk the languages that words are marked with, in the tree of tags and on the pages."""
    waiting: list[object] = [reader.trailer["/Root"]["/StructTreeRoot"]]  # type: ignore[index]
    while waiting:
        one = waiting.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, DictionaryObject):
            waiting += [one["/K"]] if "/K" in one else []
            yield from [str(one["/Lang"])] if "/Lang" in one else []
    for page in reader.pages:
        content = page.get_contents()
        assert content is not None
        yield from (one.decode() for one in LANG.findall(content.get_data()))


def in_any_order(words: str) -> set[str]:
    """Return words apart: of a line from the right, readers give the words in either order."""
    return set(re.findall(r"\w+", words))


@pytest.fixture
def printed(app: Flask) -> dict[str, bytes]:
    """Everything that is printed for a survey in four languages."""
    with app.test_request_context():
        opened(survey())
        wave = wave_of(SLUG, "2026")
        assert wave is not None
        (sample,) = samples_of(wave.id)
        subject = subject_of(wave, make_collector(sample, Kind.paper, by="test", now=NOW))
        sides = outreach(subject, ADDRESS)
        booklets = {code: questionnaire([booklet(subject, code)]) for code in FURTHER}
        return {"poster": poster(sides), "cards": cards(sides), **booklets}


@pytest.mark.parametrize("language", FURTHER)
def test_paper_speaks_the_language(printed: dict[str, bytes], language: str) -> None:
    font = {"ar": "NotoSansArabic", "oj": "NotoSansCanadianAboriginal"}[language]
    for name in ("poster", "cards", language):
        said, names, tagged = read(printed[name])
        assert in_any_order(TITLES[language]) <= in_any_order(said), name
        assert any(one.startswith(font) for one in names), name
        assert {f"{language}-CA", "en-CA"} <= tagged, name
        # PDF/UA-1 allows no letter that no font has: the file would not be one.
        assert b"pdfuaid:part" in printed[name], name
    assert [len(PdfReader(io.BytesIO(printed[one])).pages) for one in ("poster", "cards")] == [1, 1]
    said, _names, _tagged_in = read(printed[language])
    assert YES[language] in said
    assert "Use a pen." in said
    other = next(one for one in FURTHER if one != language)
    assert OWN_NAMES[other] in said


def test_booklets_are_offered_in_the_languages_of_the_survey(app: Flask) -> None:
    with app.app_context():
        opened(survey())
        wave = wave_of(SLUG, "2026")
        assert wave is not None
        code = make_collector(samples_of(wave.id)[0], Kind.paper, by="test", now=NOW).code
    designer = sign_in(app)
    page = designer.get(f"{FIELDWORK}collectors/{code}/")
    assert "العربية" in page.words
    address = f"{FIELDWORK}collectors/{code}/print/questionnaire-{{}}.pdf"
    assert designer.get(address.format("ar")).response.mimetype == "application/pdf"
    designer.get(address.format("de"), status=404)
