"""Only the picture is left of what was sent: nothing that acts, tells or grows."""

import struct
import zlib
from contextlib import suppress

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.designing.municipalities.pictures import (
    MOST_BYTES,
    SIGNATURE,
    PictureError,
    picture_of,
)

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(width: int = 3, height: int = 2, more: bytes = b"", pixels: bytes | None = None) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + b"\x10\x20\x30" * width) * height if pixels is None else pixels
    body = chunk(b"IHDR", header) + more + chunk(b"IDAT", zlib.compress(rows))
    return SIGNATURE + body + chunk(b"IEND", b"")


def svg(inside: str, more: str = "") -> bytes:
    return f'<svg {NAMESPACE} viewBox="0 0 40 20" {more}>{inside}</svg>'.encode()


def reason(sent: bytes) -> str:
    with pytest.raises(PictureError) as refused:
        picture_of(sent)
    return refused.value.reason


def test_a_png_keeps_its_pixels_and_nothing_else() -> None:
    secret = chunk(b"tEXt", b"Author\0somebody") + chunk(b"eXIf", b"where it was taken")
    made = picture_of(png(more=secret) + b"<script>alert(1)</script>")
    assert (made.media_type, made.width, made.height) == ("image/png", 3, 2)
    assert made.content == picture_of(png()).content
    for left_out in (b"somebody", b"taken", b"script"):
        assert left_out not in made.content


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        (b"", "other_kind"),
        (b"GIF89a", "other_kind"),
        (b"<html><script>", "other_kind"),
        (png()[:-20], "broken"),
        (png()[:40], "broken"),
        (png().replace(b"IDAT", b"IDAX"), "broken"),
        (png(pixels=b"\0" * 5), "broken"),
        (png(pixels=b"\0" * 5_000_000), "broken"),
        (png(width=5_000, pixels=b""), "too_large"),
        (b" " * (MOST_BYTES + 1), "too_large"),
        (svg("")[:-4], "broken"),
        (b'<!DOCTYPE svg [<!ENTITY a "aa">]>' + svg("<title>&a;</title>"), "broken"),
        (f"<svg {NAMESPACE}/>".encode(), "no_size"),
        (b"<svg viewBox='0 0 1 1'/>", "other_kind"),
        (svg("<g>" * 60 + "</g>" * 60), "too_large"),
        (svg("<g/>" * 5_000), "too_large"),
    ],
    ids=range(16),
)
def test_what_is_no_picture_is_refused(sent: bytes, why: str) -> None:
    assert reason(sent) == why


def test_a_drawing_keeps_its_shapes() -> None:
    shapes = '<defs><linearGradient id="a"><stop offset="1"/></linearGradient></defs>'
    made = picture_of(svg(f'{shapes}<path d="M0 0L9 9" fill="url(#a)"/><title>Elm</title>'))
    assert (made.media_type, made.width, made.height) == ("image/svg+xml", 400, 200)
    root = fromstring(made.content)
    assert [one.tag.rpartition("}")[2] for one in root.iter()] == [
        "svg",
        "defs",
        "linearGradient",
        "stop",
        "path",
        "title",
    ]
    assert root[1].get("fill") == "url(#a)"


@pytest.mark.parametrize(
    "harm",
    [
        "<script>alert(1)</script>",
        '<path d="M0 0" onclick="alert(1)"/>',
        '<g onload="alert(1)"/>',
        "<style>@import url(//evil.example)</style>",
        '<path style="fill:url(//evil.example)" d="M0 0"/>',
        '<image href="//evil.example/a.png"/>',
        '<use href="#a"/>',
        '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">alert</p></foreignObject>',
        '<path fill="url(https://evil.example/#a)" d="M0 0"/>',
        '<path fill="url( //evil.example#a)" d="M0 0"/>',
        '<animate attributeName="href" values="javascript:alert(1)"/>',
        "<!-- evil --><?xml-stylesheet href='//evil.example'?>",
    ],
    ids=range(13),
)
def test_what_acts_in_a_drawing_is_left_out(harm: str) -> None:
    made = picture_of(svg(f'{harm}<rect width="1" height="1"/>', 'onload="alert(1)"')).content
    for word in (b"alert", b"evil", b"script", b"href", b"on", b"style", b"import", b"animate"):
        assert word not in made
    assert b"<rect" in made


@given(st.binary(max_size=400), st.sampled_from([SIGNATURE, b"<svg", png()[:60], b""]))
def test_no_bytes_do_anything_but_make_a_picture_or_be_refused(more: bytes, start: bytes) -> None:
    with suppress(PictureError):
        assert picture_of(start + more).content
