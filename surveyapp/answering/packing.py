"""Pages compressed once for everybody, though each holds a reader's own tokens.

A compressed stream may be put together from blocks that know nothing of each other (RFC 1951,
section 3.2). What is the same for all is compressed once, as well as it can be; tokens, which are
random and do not compress, lie between as stored blocks. So the length of a page tells nothing of
its tokens either.
"""

import struct
import zlib
from collections.abc import Mapping, Sequence
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
        blocks = self._woven(self.blocks, [_stored(token) for token in own])
        page = b"".join(self._woven(self.plain, own))
        ending = struct.pack("<II", zlib.crc32(page), len(page) & 0xFFFFFFFF)
        return b"".join((HEADER, *blocks, END, ending))

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


def _compressed(data: bytes) -> bytes:
    if len(data) < WORTH_COMPRESSING:
        return _stored(data)
    compressor = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
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
