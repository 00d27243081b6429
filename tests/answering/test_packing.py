"""A page put together from compressed blocks is a page that any browser can read."""

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveyapp.answering.packing import packed, takes_gzip

LONG = "<p>" + "Comment vous sentez-vous, la nuit, près de chez vous ? " * 300 + "</p>"
PIECES = st.lists(st.text() | st.just(LONG), min_size=2, max_size=5)
TOKENS = st.binary() | st.just(b"x" * 70_000)


@given(pieces=PIECES, tokens=st.lists(TOKENS, min_size=4, max_size=4))
def test_blocks_and_tokens_read_as_the_page_they_make(
    pieces: list[str], tokens: list[bytes]
) -> None:
    pieces = [piece.encode("utf-8", "ignore").decode() for piece in pieces]
    names = [f"token-{number}" for number in range(len(pieces) - 1)]
    page = packed(pieces, names)
    own = dict(zip(names, tokens, strict=False))
    expected = pieces[0].encode()
    for name, piece in zip(names, pieces[1:], strict=True):
        expected += own[name] + piece.encode()
    assert page.page(own) == expected
    assert gzip.decompress(page.gzipped(own)) == expected
    # Browsers stream: the end of the data is the end of the stream, with nothing after it.
    reader = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    assert reader.decompress(page.gzipped(own)) == expected
    assert reader.eof
    assert reader.unused_data == b""


def test_what_is_long_and_ones_own_costs_no_more_than_in_one_piece() -> None:
    own = LONG.replace("nuit", "journée").encode()
    tail = "<footer>" + LONG[:2000] + "</footer>"
    page = packed(["<main>" + LONG, "<p>", "</p>" + tail], ["answers", "csrf"])
    tokens = {"answers": own, "csrf": b"RhYkqbJ5oA0.aSVdcg.H3Qm5kTzV1xUo1cX7r3fWn2dYpE"}
    assert gzip.decompress(page.gzipped(tokens)) == page.page(tokens)
    assert len(page.gzipped(tokens)) <= len(gzip.compress(page.page(tokens), 5)) + 150


def test_a_name_may_stand_in_a_page_twice() -> None:
    page = packed(["a", "b", "c"], ["visit", "visit"])
    assert gzip.decompress(page.gzipped({"visit": b"1"})) == b"a1b1c"


def test_packing_costs_no_more_bytes_than_compressing_the_whole_as_it_is_sent() -> None:
    pieces = [LONG.replace("nuit", f"nuit {number}") for number in range(2)]
    token = b"RhYkqbJ5oA0.aSVdcg.H3Qm5kTzV1xUo1cX7r3fWn2dYpE"
    whole = gzip.compress((pieces[0] + token.decode() + pieces[1]).encode(), 4)
    assert len(packed(pieces, ["csrf"]).gzipped({"csrf": token})) <= len(whole) + 100


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip, deflate, br", True),
        ("GZIP;q=0.5", True),
        ("*", True),
        ("br", False),
        ("gzip;q=0, *;q=1", False),
        ("identity", False),
        ("", False),
    ],
)
def test_a_browser_says_whether_it_takes_a_compressed_page(accepted: str, takes: bool) -> None:
    assert takes_gzip(accepted) is takes
