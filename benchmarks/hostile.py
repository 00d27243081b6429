"""What is posted by programs that mean harm, and by proxies that break things."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

Pairs = list[tuple[str, str]]
MARK = "<i class=hostile>"
# Nothing here is a secret: what a page must bear, from a stray byte to a page of them.
WORDS = (
    "",
    " ",
    "0",
    "-0",
    "1e309",
    "NaN",
    "9" * 5_000,
    "\u0663\u0664",
    "\0",
    "a\0b",
    "\x01\x02\x1f\x7f",
    "\x85\u2028\u2029",
    "\ufffe\uffff",
    "\ud800",
    "\udfff\ud800",
    "\u202eright to left\u202c",
    "\u200f\u061c\u2066",
    "\u200b",
    "e" + "\u0301" * 2_000,
    "\U0001f469\u200d\U0001f469\u200d\U0001f467",
    MARK,
    "\"'><script>alert(1)</script>" + MARK,
    "{{ 7 * 7 }}{% raw %}",
    "%(name)s%s%n",
    "' OR 1=1 --",
    "../../../../etc/passwd",
    "..\\..\\windows",
    "https://example.com/",
    "//example.com",
    "javascript:alert(1)",
    "\r\nSet-Cookie: a=b",
    "narrow:",
    "narrow:\0",
    "lang:xx",
    "lang:",
    "later",
    "rest",
    "continue:continue:continue",
    "__proto__",
    "constructor",
    "null",
    "[]",
    "{}",
    "x" * 70_000,
)
# What names an address, beside whatever is right there.
SEGMENTS = (
    "%00", "a%00b", "%FF%FE", "%ED%A0%80", "..%2F..%2Fx", "%2F", "%5C", "%0d%0aX:%20y", "%E2%80%AE",
    "xx", "0", "99999999999999999999999", "-1", "%D9%A3", "x" * 3_000, "%3Ci%20class=hostile%3E",
    "%25%32%65", "a b".replace(" ", "%20"), "%7B%7B7*7%7D%7D", "add", "None",
)  # fmt: skip
ORIGINS = ("https://[", "null", "https://example.com", "http://\u202e", "x" * 500, "://")
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass
class Request:
    """One request as it goes over the wire; ``query`` is percent-encoded already."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    content_type: str = FORM
    headers: dict[str, str] = field(default_factory=dict)
    chunked: bool = False
    what: str = ""

    def __str__(self) -> str:
        """Tell what was sent, shortly."""
        return (
            f"{self.method} {self.path[:200]}?{self.query[:200]} ({self.what}, "
            f"{self.content_type[:60]}, {self.headers}, {self.body[:300]!r})"[:1200]
        )


def encoded(pairs: Pairs) -> bytes:
    """Write a form as a browser does, lone surrogates as the bytes that they would be."""
    return urlencode(pairs, errors="surrogatepass").encode()


def _multipart(pairs: Pairs, boundary: str, charset: str = "utf-8") -> bytes:
    parts = [
        f"--{boundary}\r\nContent-Disposition: form-data; name={json.dumps(name)}\r\n"
        f"Content-Type: text/plain; charset={charset}\r\n\r\n{value}\r\n"
        for name, value in pairs
    ]
    return ("".join(parts) + f"--{boundary}--\r\n").encode("utf-8", "surrogatepass")


Bend = Callable[[random.Random, Pairs, Sequence[str]], Pairs]


def one_value(dice: random.Random, pairs: Pairs, foreign: Sequence[str]) -> Pairs:
    """Put something strange into one field."""
    if not pairs:
        return [("x", dice.choice(WORDS))]
    at = dice.randrange(len(pairs))
    return [*pairs[:at], (pairs[at][0], dice.choice((*WORDS, *foreign))), *pairs[at + 1 :]]


def every_value(dice: random.Random, pairs: Pairs, foreign: Sequence[str]) -> Pairs:
    """Put something strange into every field but the tokens."""
    kept = {"csrf_token", "visit", "counter", "start", "seen"}
    return [(name, value if name in kept else dice.choice(WORDS)) for name, value in pairs]


def one_token(dice: random.Random, pairs: Pairs, foreign: Sequence[str]) -> Pairs:
    """Tamper with a token: one letter off, another survey's, or nothing."""
    name = dice.choice(("csrf_token", "visit", "counter", "start", "seen", "code", "receipt"))
    old = dict(pairs).get(name, "")
    bent = dice.choice((old[:-1] + "x", old[::-1], old * 2, "", "-1", "9" * 30, *foreign))
    return [*((n, v) for n, v in pairs if n != name), (name, bent)]


def repeated(dice: random.Random, pairs: Pairs, foreign: Sequence[str]) -> Pairs:
    """Say everything several times, not always the same."""
    return [*pairs, *((name, dice.choice(WORDS[:12])) for name, _value in pairs), *pairs]


def ten_thousand(dice: random.Random, pairs: Pairs, foreign: Sequence[str]) -> Pairs:
    """Add ten thousand fields."""
    name = dice.choice(("q_x", "x", pairs[-1][0] if pairs else "q_"))
    return [*pairs, *((f"{name}{n if name != 'x' else ''}", str(n)) for n in range(10_000))]


def a_megabyte(dice: random.Random, pairs: Pairs, foreign: Sequence[str]) -> Pairs:
    """Write a megabyte, or just under what is taken."""
    names = [name for name, _value in pairs if name.startswith("q_")] or ["q_x"]
    most = dice.choice((1_000_000, 950_000, 400_000))
    return [*pairs, (dice.choice(names), dice.choice("a\u00e9\n") * most)]


def unknown_names(dice: random.Random, pairs: Pairs, foreign: Sequence[str]) -> Pairs:
    """Add fields that no page has."""
    return [*pairs, *((f"q_{dice.choice(WORDS)[:90]}", dice.choice(WORDS)) for _n in range(9))]


def an_action(dice: random.Random, pairs: Pairs, foreign: Sequence[str]) -> Pairs:
    """Press a button that is not there."""
    bare = [pair for pair in pairs if pair[0] != "action"]
    what = dice.choice(("narrow:", "lang:", "later:", "rest:", "", "withdraw", "x:"))
    return [*bare, ("action", what + dice.choice(WORDS[:40]))]


def without(dice: random.Random, pairs: Pairs, foreign: Sequence[str]) -> Pairs:
    """Leave half of it out."""
    return [pair for pair in pairs if dice.random() < 0.5]


def nothing(dice: random.Random, pairs: Pairs, foreign: Sequence[str]) -> Pairs:
    """Leave everything as it is: what comes with it is strange."""
    return pairs


BENDS: tuple[Bend, ...] = (
    one_value, one_value, every_value, one_token, one_token, repeated, unknown_names, an_action,
    without, nothing, nothing, ten_thousand, a_megabyte,
)  # fmt: skip


def packed(dice: random.Random, request: Request, pairs: Pairs) -> Request:
    """Write a form into a request, one time in three as no form of ours is sent."""
    request.body = encoded(pairs)
    if dice.random() < 0.66:
        return request
    return dice.choice(PACKINGS)(dice, request, pairs)


def _as_multipart(dice: random.Random, request: Request, pairs: Pairs) -> Request:
    charset = dice.choice(("utf-8", "utf-16", "iso-8859-1", "nonsense"))
    request.body = _multipart(pairs, "edge", charset)
    request.content_type = "multipart/form-data; boundary=edge"
    return request


def _broken_multipart(dice: random.Random, request: Request, pairs: Pairs) -> Request:
    whole = _multipart(pairs, "edge")
    request.body = whole[: dice.randrange(len(whole))]
    boundary = dice.choice(("; boundary=edge", "", "; boundary=", "; boundary=other"))
    request.content_type = "multipart/form-data" + boundary
    return request


def _as_json(dice: random.Random, request: Request, pairs: Pairs) -> Request:
    request.body = dice.choice((json.dumps(dict(pairs)).encode(), b"{", b"[[[["))
    request.content_type = JSON
    return request


def _wrong_type(dice: random.Random, request: Request, pairs: Pairs) -> Request:
    kinds = ("text/plain", "", "application/xml", "x", f"{FORM}; charset=utf-16", "a/b; c=\x01")
    request.content_type = dice.choice(kinds)
    return request


def _raw_bytes(dice: random.Random, request: Request, pairs: Pairs) -> Request:
    request.body = dice.randbytes(400) + b"&q_x=%ED%A0%80&q_y=%FF%FE&=&&&=%" + request.body
    return request


def _in_chunks(dice: random.Random, request: Request, pairs: Pairs) -> Request:
    request.chunked = True
    return request


PACKINGS = (_as_multipart, _broken_multipart, _as_json, _wrong_type, _raw_bytes, _in_chunks)


def strange_query(dice: random.Random) -> str:
    """Write a query that no page of ours leads to."""
    names = ("return", "kept", "back", "via", "late", "page", "next", "code", "v", "\0")
    pairs = [(dice.choice(names), dice.choice((*WORDS[:-1], "check", "1"))) for _n in range(3)]
    written = urlencode(pairs, errors="surrogatepass")
    return dice.choice((written, written + "&%00=%FF&&==", "%", quote(MARK)))[:8_000]


def strange_headers(dice: random.Random) -> Mapping[str, str]:
    """Send headers that a browser would not."""
    return dice.choice(
        (
            {"Origin": dice.choice(ORIGINS)},
            {"Referer": dice.choice(ORIGINS)},
            {"Sec-Fetch-Site": dice.choice(("cross-site", "same-site", "\u00ff", ""))},
            {"Sent-By": dice.choice(("script", "x" * 900))},
            {"Accept-Language": dice.choice(("*", "fr;q=x", ",;,=", "zz-" * 900))},
            {"Accept-Encoding": dice.choice(("gzip;q=0", "*;q=zzz", ",,,"))},
            {
                "Cookie": dice.choice(
                    ("surveyapp=", "surveyapp=.eJx", "x=" + "y" * 50_000, "=;;=\x01")
                )
            },
            {"Content-Length": dice.choice(("-1", "x", "99999999999999"))},
            {"Host": dice.choice(("example.com", "[", "a..b", "x y", ""))},
            {"If-None-Match": "*", "Range": "bytes=9-1"},
        )
    )
