"""Logos made anew from what was sent: only the picture is left, nothing that acts or tells.

A PNG keeps its pixels and loses every other chunk. An SVG keeps shapes and paint from a list;
scripts, styles, links, fonts, animations and whatever points out of the file are left out.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from surveyapp.storage.municipal.logos import Picture

MOST_BYTES = 200_000
MOST_PIXELS = 2_000
MOST_ELEMENTS = 5_000
SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEPT = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
SVG = "{http://www.w3.org/2000/svg}"
SHAPES = frozenset(
    (
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "defs",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "title",
        "desc",
    )
)
PAINT = frozenset(
    (
        "id",
        "d",
        "x",
        "y",
        "x1",
        "y1",
        "x2",
        "y2",
        "cx",
        "cy",
        "r",
        "rx",
        "ry",
        "fx",
        "fy",
        "width",
        "height",
        "points",
        "transform",
        "viewBox",
        "fill",
        "stroke",
        "stroke-width",
        "stroke-linecap",
        "stroke-linejoin",
        "stroke-miterlimit",
        "stroke-dasharray",
        "opacity",
        "fill-opacity",
        "stroke-opacity",
        "fill-rule",
        "clip-rule",
        "clip-path",
        "clipPathUnits",
        "gradientUnits",
        "gradientTransform",
        "spreadMethod",
        "offset",
        "stop-color",
        "stop-opacity",
        "preserveAspectRatio",
    )
)
_POINTS_OUT = re.compile(r"url\s*\(\s*(?!#[\w-]+\s*\))|:\s*//|javascript|data:|&|\\", re.IGNORECASE)


class PictureError(Exception):
    """What was sent is no picture that can be used; ``reason`` is a word for the page."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _chunks(sent: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while place < len(sent):
        head = sent[place : place + 8]
        if len(head) < 8:
            raise PictureError("broken")
        length, kind = struct.unpack(">I4s", head)
        body = sent[place + 8 : place + 8 + length]
        check = sent[place + 8 + length : place + 12 + length]
        if len(check) < 4 or zlib.crc32(kind + body) != struct.unpack(">I", check)[0]:
            raise PictureError("broken")
        yield kind, body
        if kind == b"IEND":
            return
        place += 12 + length
    raise PictureError("broken")


def _size(header: bytes) -> tuple[int, int, int]:
    """Read width, height and the bytes that the pixels take without compression."""
    if len(header) != 13:
        raise PictureError("broken")
    width, height, depth, colour, *rest = struct.unpack(">IIBBBBB", header)
    if colour not in CHANNELS or depth not in (1, 2, 4, 8) or rest != [0, 0, 0]:
        raise PictureError("other_kind")
    if not (1 <= width <= MOST_PIXELS and 1 <= height <= MOST_PIXELS):
        raise PictureError("too_large")
    return width, height, height * (1 + (width * depth * CHANNELS[colour] + 7) // 8)


def _png(sent: bytes) -> Picture:
    chunks = [(kind, body) for kind, body in _chunks(sent) if kind in KEPT]
    if not chunks or chunks[0][0] != b"IHDR" or [k for k, _b in chunks].count(b"IHDR") != 1:
        raise PictureError("broken")
    width, height, wanted = _size(chunks[0][1])
    unpacking = zlib.decompressobj()
    try:
        pixels = unpacking.decompress(
            b"".join(body for kind, body in chunks if kind == b"IDAT"), wanted + 1
        )
    except zlib.error as error:
        raise PictureError("broken") from error
    if len(pixels) != wanted:
        raise PictureError("broken")
    before = [one for one in chunks if one[0] in (b"IHDR", b"PLTE", b"tRNS")]
    made = [*before, (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b"")]
    content = SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in made
    )
    return Picture("image/png", content, width, height)


def _clean(element: Element) -> Element | None:
    """Return an element with what may stay of it; None when nothing may."""
    name = str(element.tag).removeprefix(SVG)
    if name not in SHAPES:
        return None
    kept = {
        key: value
        for key, value in element.attrib.items()
        if key in PAINT and not _POINTS_OUT.search(value)
    }
    made = Element(name, kept)
    made.text = element.text if name in ("title", "desc") else None
    made.extend(one for one in map(_clean, element) if one is not None)
    return made


def _box(root: Element) -> tuple[int, int]:
    """Return the size of a drawing from its view box, else from its width and height."""
    parts = re.findall(r"-?[\d.]+", root.get("viewBox", "")) or [
        "0",
        "0",
        *re.findall(r"^[\d.]+", root.get("width", "")),
        *re.findall(r"^[\d.]+", root.get("height", "")),
    ]
    try:
        width, height = (float(one) for one in parts[2:4])
    except ValueError as error:
        raise PictureError("no_size") from error
    if not (0 < width < 1e6 and 0 < height < 1e6):
        raise PictureError("no_size")
    longest = max(width, height)
    return max(1, round(400 * width / longest)), max(1, round(400 * height / longest))


def _svg(sent: bytes) -> Picture:
    try:
        root = fromstring(sent, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise PictureError("broken") from error
    if root.tag != SVG + "svg":
        raise PictureError("other_kind")
    if sum(1 for _one in root.iter()) > MOST_ELEMENTS or _depth(root) > 50:
        raise PictureError("too_large")
    made = _clean(root)
    assert made is not None
    width, height = _box(made)
    made.set("viewBox", made.get("viewBox") or f"0 0 {root.get('width')} {root.get('height')}")
    made.set("xmlns", SVG.strip("{}"))
    return Picture("image/svg+xml", tostring(made), width, height)


def _depth(root: Element) -> int:
    deepest, level = 0, [root]
    while level and deepest <= 50:
        deepest, level = deepest + 1, [below for one in level for below in one]
    return deepest


def picture_of(sent: bytes) -> Picture:
    """Make a picture anew from a PNG or SVG file.

    :raise PictureError: if it is none, is broken, or is too large.
    """
    if len(sent) > MOST_BYTES:
        raise PictureError("too_large")
    if sent.startswith(SIGNATURE):
        return _png(sent)
    if b"<svg" in sent[:2_000]:
        return _svg(sent)
    raise PictureError("other_kind")
