"""Printed sheets are tagged, the same every time, and never run what people wrote."""

import io
import re
from typing import Any

import pytest
import segno
from pypdf import PdfReader

from surveyapp.press.printed.booklet import questionnaire
from surveyapp.press.printed.outreach import Outreach, Side, cards, poster
from surveyapp.press.typesetting import PAPERS, qr_svg

HOSTILE = '#panic("run") *bold* $x$ <label> @ref [x] \\ "quoted" #sys.inputs'
ADDRESS = "https://survey.county.example/s/CDFGHJ"


def side(language: str, title: str) -> Side:
    """Give one side of a poster."""
    return Side(
        language=language,
        municipality=f"Town {language}",
        title=title,
        summary=f"Summary {language}",
        scan=f"Scan {language}",
        address_lead=f"Or type {language}",
        facts=(f"Eight minutes {language}", HOSTILE),
        telephone=f"Call {language}",
        help_heading=f"Help {language}",
        help_lines=("Emergency 911",),
    )


def outreach(title: str = "A survey") -> Outreach:
    """Give what a poster says."""
    return Outreach((side("en", title), side("fr", "Un sondage")), ADDRESS)


def read(data: bytes) -> PdfReader:
    """Open a PDF."""
    return PdfReader(io.BytesIO(data))


def text(data: bytes) -> str:
    """Return the words of a PDF, spaces evened out."""
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in read(data).pages))


def is_tagged(data: bytes) -> bool:
    """Tell whether a PDF has a structure and says that it is PDF/UA-1."""
    reader = read(data)
    root: Any = reader.trailer["/Root"]
    told = root["/Metadata"].get_object().get_data()
    return bool(
        root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and b"pdfuaid:part>1<" in told
    )


@pytest.mark.parametrize("paper", sorted(PAPERS))
@pytest.mark.parametrize("make", [poster, cards])
def test_a_sheet_is_one_tagged_page_in_both_languages(make: Any, paper: str) -> None:
    data = make(outreach(), paper)
    assert is_tagged(data)
    reader = read(data)
    assert len(reader.pages) == 1
    size = reader.pages[0].mediabox
    assert (float(size.width) < 600) is (paper == "a4")
    assert reader.trailer["/Root"]["/Lang"] == "en-CA"
    assert reader.metadata is not None
    assert reader.metadata.title == "A survey | Un sondage"
    words = text(data)
    for wanted in (
        "A survey",
        "Un sondage",
        "Town en",
        "Town fr",
        "survey.county.example/s/CDFGHJ",
    ):
        assert wanted in words


def test_a_sheet_of_cards_has_ten() -> None:
    assert text(cards(outreach())).count("survey.county.example/s/CDFGHJ") == 10


@pytest.mark.parametrize("make", [poster, cards])
def test_what_people_wrote_is_words_only(make: Any) -> None:
    assert "#panic" in text(make(outreach(HOSTILE)))
    assert "*bold*" in text(make(outreach(HOSTILE)))


@pytest.mark.parametrize("make", [poster, cards])
def test_the_same_words_are_the_same_bytes(make: Any) -> None:
    assert make(outreach()) == make(outreach())
    assert make(outreach()) != make(outreach("Another"))


def drawn(svg: str) -> set[tuple[int, int]]:
    """Return the dark squares that the strokes of segno's path cover, quiet zone taken off."""
    path = re.search(r'd="([^"]+)"', svg)
    assert path is not None
    dark, x, y = set(), 0.0, 0.0
    for command, numbers in re.findall(r"([Mmh])([-\d. ]+)", path[1]):
        values = [float(one) for one in numbers.split()]
        if command == "h":
            dark |= {(round(x + step) - 4, round(y - 0.5) - 4) for step in range(int(values[0]))}
            x += values[0]
        else:
            x, y = (values[0], values[1]) if command == "M" else (x + values[0], y + values[1])
    return dark


def test_the_square_says_the_address_and_no_style_attribute() -> None:
    svg = qr_svg(ADDRESS).decode()
    assert "style" not in svg
    assert "<script" not in svg
    matrix = segno.make(ADDRESS, error="m", micro=False).matrix
    expected = {
        (column, row)
        for row, line in enumerate(matrix)
        for column, module in enumerate(line)
        if module
    }
    assert drawn(svg) == expected
    assert drawn(svg) != drawn(qr_svg(f"{ADDRESS}X").decode())


def booklet(language: str, **question: Any) -> dict[str, Any]:
    """Give a booklet of one question."""
    asked = {
        "number": "1", "code": "calm", "kind": "single", "words": HOSTILE, "hints": ["Choose."],
        "skip": "", "boxes": [], "lines": [], "places": [], "unit": "", "rows": 0,
        "content_note": False,
    } | question  # fmt: skip
    return {
        "language": language, "municipality": "Town", "title": f"Title {language}",
        "summary": "Why", "also": [{"words": "Also"}], "how_heading": "How",
        "how": ["Tick"], "officer_heading": "Officer", "officer": ["Clerk", "Town", "1 Road", "5"],
        "notice": {"heading": "Start", "parts": [["Why", "Because"]], "answers_heading": "Answers",
                   "answers": ["Yours"]},
        "help_heading": "Help", "help_lines": ["911"], "content_note": "Care", "or": "or",
        "specify": "Words", "sections": [{"title": "Part", "intro": "", "questions": [asked]}],
        "end_heading": "End", "end": "Thanks", "send": "Send to", "by": "", "form": "form X",
        "page": "{n} of {m}", "logo": None,
    }  # fmt: skip


def test_booklets_follow_each_other_each_with_its_own_page_numbers() -> None:
    data = questionnaire([booklet("en"), booklet("fr")])
    assert is_tagged(data)
    words = text(data)
    assert words.count("1 of 1") == 2
    assert HOSTILE.split()[0] in words
    pages = [page.extract_text() for page in read(data).pages]
    assert "Title fr" in pages[2]
    assert pages[1].strip() == ""


@pytest.mark.parametrize("count", [0, 1, 2, 9, 60])
@pytest.mark.parametrize("kind", ["single", "multiple", "battery", "rank", "number", "text"])
def test_any_number_of_options_can_be_set(kind: str, count: int) -> None:
    boxes = [
        {"number": n, "label": "Word " * (n % 7 + 1), "specify": n == 2, "exclusive": n == 9}
        for n in range(1, count + 1)
    ]
    lines = [{"letter": "a", "words": "It is calm"}]
    data = questionnaire([booklet("en", kind=kind, boxes=boxes, lines=lines, rows=2)])
    assert text(data).count("Word") >= count


def test_a_picture_that_no_font_has_never_stops_a_sheet() -> None:
    written = "Your town \N{SMILING FACE WITH SMILING EYES} asks"
    for made in (poster(outreach(written)), cards(outreach(written))):
        assert "Your town asks" in text(made)
        assert is_tagged(made)
    booklets = questionnaire([booklet("en", words=written)])
    assert "Your town asks" in text(booklets)
    assert is_tagged(booklets)


def test_a_letter_that_no_font_has_is_a_box_and_stops_nothing() -> None:
    assert "Call en" in text(poster(outreach("Cuneiform \N{CUNEIFORM SIGN A}")))
