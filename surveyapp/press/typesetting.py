"""Paper from templates: what people wrote is passed as data and can never be markup.

Every sheet is a tagged PDF (PDF/UA-1) set in the fonts that come with the typesetter and, for
Arabic and Canadian syllabics, in those beside this file; without a time stamp: the same words are
the same bytes on any machine.
"""

import io
import json
import re
from dataclasses import asdict, dataclass, is_dataclass
from pathlib import Path
from typing import Any

import segno
import typst

from surveyapp.questionnaire.tongues import one_deep

SHEETS = Path(__file__).resolve().parent / "sheets"
FONTS = SHEETS.parent / "fonts"
# No font that comes along has pictures; what joins or colours them says nothing without them.
PICTURE = re.compile("[\U0001f000-\U0001faff]")
JOINING = re.compile("[\ufe00-\ufe0f\u200d\U0001f3fb-\U0001f3ff]")
PAPERS = {"letter": "us-letter", "a4": "a4"}


@dataclass(frozen=True)
class Emblem:
    """A municipality's logo on paper: its format and its bytes, and whose it is in words."""

    format: str
    content: list[int]
    words: str


def emblem(media_type: str, content: bytes, words: str) -> Emblem:
    """Return a picture as a sheet takes it: data, like everything else on it."""
    format_ = "svg" if media_type == "image/svg+xml" else "png"
    return Emblem(format_, list(content), words)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)


def typeset(sheet: str, data: Any, paper: str = "letter") -> bytes:
    """Set a sheet of this folder with some data, on letter or A4 paper."""
    return _set(sheet, _written(data), paper, ["ua-1"])


def typeset_words(sheet: str, data: Any, paper: str = "letter") -> bytes:
    """Set a sheet of what staff wrote, without its pictures (emoji) where they cannot be set.

    The words say what the sheet has to say; a letter that no font has is a box, as in
    ``typeset_whatever``.
    """
    try:
        return typeset(sheet, data, paper)
    except typst.TypstError:
        bare = re.sub(" +", " ", PICTURE.sub("", JOINING.sub("", _written(data))))
        return typeset_whatever(sheet, json.loads(bare), paper)


def typeset_whatever(sheet: str, data: Any, paper: str = "letter") -> bytes:
    """Set a sheet that holds what anybody may have written, whatever the script.

    Where no font that comes along has a letter (of a script far from ours), a box stands for it;
    such a sheet is tagged like any other, and makes no claim to PDF/UA.
    """
    try:
        return typeset(sheet, data, paper)
    except typst.TypstError:
        return _set(sheet, _written(data), paper, [])


def _written(data: Any) -> str:
    return json.dumps(data, default=_plain, ensure_ascii=False)


def _set(sheet: str, words: str, paper: str, standards: list[str]) -> bytes:
    made: bytes = typst.compile(
        str(SHEETS / f"{sheet}.typ"),
        root=str(SHEETS),
        sys_inputs={"data": one_deep(words), "paper": PAPERS[paper]},
        format="pdf",
        pdf_standards=standards,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        timestamp=0,
    )
    return made


def qr_svg(address: str) -> bytes:
    """Draw a QR code as SVG, with the quiet zone that cameras need.

    Level M: readable with a seventh of it torn off or dirty.
    """
    out = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(out, kind="svg", border=4, xmldecl=False, svgclass=None, lineclass=None)
    return out.getvalue()
