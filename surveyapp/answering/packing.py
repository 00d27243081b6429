"""Pages compressed once for everybody, though each holds a reader's own tokens.

A compressed stream may be put together from blocks that know nothing of each other (RFC 1951,
section 3.2). What is the same for all is compressed once, as well as it can be; tokens, which are
random and do not compress, lie between as stored blocks. So the length of a page tells nothing of
its tokens either. What is long and a reader's own, the answers on the check page, is compressed
with what goes before it as its dictionary, as if it had been one text from the start.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

# No name, no time, made anywhere: the same page is the same bytes.
HEADER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
END = b"\x03\x00"
MOST_STORED = 65_535
# Below this a compressed block is longer than a stored one.
WORTH_COMPRESSING = 100
# Longer than any token.
LONG = 500
WINDOW = 32_768
QUICKLY = 5


@dataclass(frozen=True)
class Packed:
    """What lies between tokens, plain and as compressed blocks: one piece more than ``names``."""

    plain: tuple[bytes, ...]
    blocks: tuple[bytes, ...]
    names: tuple[str, ...]

    def page(self, tokens: Mapping[str, bytes]) -> bytes:
        """Return the page with its tokens."""
        return b"".join(self._woven(self.plain, [tokens[name] for name in self.names]))

    def gzipped(self, tokens: Mapping[str, bytes]) -> bytes:
        """Return the page with its tokens, compressed (RFC 1952)."""
        own = [tokens[name] for name in self.names]
        woven = self._woven(self.plain, own)
        blocks = self._anew(woven) if any(len(one) > LONG for one in own) else self._kept(own)
        page = b"".join(woven)
        ending = struct.pack("<II", zlib.crc32(page), len(page) & 0xFFFFFFFF)
        return b"".join((HEADER, *blocks, END, ending))

    def _kept(self, own: Sequence[bytes]) -> list[bytes]:
        return self._woven(self.blocks, [_stored(one) for one in own])

    def _anew(self, woven: Sequence[bytes]) -> Iterator[bytes]:
        """Give the blocks of a page that has something long; what follows that refers to it."""
        before = b""
        is_past = False
        for place, piece in enumerate(woven):
            is_own, is_long = place % 2 == 1, len(piece) > LONG
            is_past = is_past or (is_own and is_long)
            if is_past and is_long:
                yield _compressed(piece, QUICKLY, before[-WINDOW:])
            else:
                yield _stored(piece) if is_own else self.blocks[place // 2]
            before += piece

    @staticmethod
    def _woven(pieces: Sequence[bytes], between: Sequence[bytes]) -> list[bytes]:
        woven = [pieces[0]]
        for token, piece in zip(between, pieces[1:], strict=True):
            woven += (token, piece)
        return woven


def _stored(data: bytes) -> bytes:
    """Return bytes as uncompressed blocks."""
    parts = (data[at : at + MOST_STORED] for at in range(0, len(data), MOST_STORED))
    return b"".join(
        b"\x00" + struct.pack("<HH", len(part), len(part) ^ 0xFFFF) + part for part in parts
    )


def _compressed(data: bytes, level: int = 9, before: bytes = b"") -> bytes:
    """Return bytes as compressed blocks; ``before`` is what the reader has read until then."""
    if len(data) < WORTH_COMPRESSING:
        return _stored(data)
    compressor = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=before)
    # The flush ends the last block at a whole byte, so that another can follow.
    return compressor.compress(data) + compressor.flush(zlib.Z_SYNC_FLUSH)


def packed(pieces: Sequence[str], names: Sequence[str]) -> Packed:
    """Compress what lies between the tokens of a page."""
    plain = tuple(piece.encode() for piece in pieces)
    return Packed(plain, tuple(_compressed(piece) for piece in plain), tuple(names))


@lru_cache(maxsize=256)
def takes_gzip(accept_encoding: str) -> bool:
    """Tell whether a browser takes a compressed page, by its ``Accept-Encoding``."""
    return parse_accept_header(accept_encoding, Accept)["gzip"] > 0
