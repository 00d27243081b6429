"""LimeSurvey's relevance as an expression of XLSForm's kind, which is then read like any other."""

import re
from collections.abc import Iterator

from surveyapp.questionnaire.interchange.expressions import ExpressionError

ALWAYS = frozenset(("", "1"))
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<words>"[^"]*"|'[^']*')
  | (?P<sgqa>\d+X\d+X\d+\w*(?:\.\w+)?)
  | (?P<amount>-?\d+(?:\.\d+)?)
  | (?P<mark>==|!=|<=|>=|&&|\|\||[<>!()])
  | (?P<name>[A-Za-z]\w*(?:\.\w+)?)
    )""",
    re.VERBOSE,
)
_WORDS = {
    "==": "=",
    "eq": "=",
    "!=": "!=",
    "ne": "!=",
    ">": ">",
    "gt": ">",
    ">=": ">=",
    "ge": ">=",
    "&&": "and",
    "and": "and",
    "||": "or",
    "or": "or",
    "(": "(",
    ")": ")",
}
# What a variable is followed by when its code is meant, a blank where it is not asked.
_CODES = frozenset(("", "NAOK", "code"))
_EMPTY = "is_empty"
_DENIALS = frozenset(("!", "!=", "ne", _EMPTY))


def expression(written: str) -> str:
    """Translate a relevance.

    "<" is not: a blank is less than any number for LimeSurvey, and for us it is not. Nor is a
    denial of an answer without ``.NAOK``, which fails when its question is not asked.

    :raise ExpressionError: with the part that is not understood.
    """
    if len(written) > 10_000:
        raise ExpressionError(written[:40])
    tokens = list(_tokens(written))
    if any(text in _DENIALS for _, text in tokens):
        for kind, text in tokens:
            bare = text not in _WORDS and text != _EMPTY and not text.endswith(".NAOK")
            if kind in ("name", "sgqa") and bare:
                raise ExpressionError(text)
    return " ".join(_translated(tokens))


def _tokens(written: str) -> Iterator[tuple[str, str]]:
    at, written = 0, written.rstrip()
    while at < len(written):
        match = _TOKEN.match(written, at)
        if match is None:
            raise ExpressionError(written[at:].strip()[:40])
        yield str(match.lastgroup), match.group(str(match.lastgroup))
        at = match.end()


def _translated(tokens: list[tuple[str, str]]) -> Iterator[str]:
    at = 0
    while at < len(tokens):
        kind, text = tokens[at]
        if text in ("!", _EMPTY):
            denied = text == "!"
            name = tokens[at + 1][1] if denied and at + 1 < len(tokens) else text
            if name == _EMPTY:
                first = at + (2 if denied else 1)
                yield f"string-length({_inside(tokens[first : first + 3])})"
                yield "> 0" if denied else "= 0"
                at = first + 3
                continue
            yield "not"
        elif kind in ("words", "amount"):
            yield text
        elif text in _WORDS:
            yield _WORDS[text]
        else:
            yield _variable(kind, text)
        at += 1


def _inside(tokens: list[tuple[str, str]]) -> str:
    match tokens:
        case [("mark", "("), ("name" | "sgqa" as kind, text), ("mark", ")")]:
            return _variable(kind, text)
    raise ExpressionError(_EMPTY)


def _variable(kind: str, text: str) -> str:
    name, _, suffix = text.partition(".")
    if kind not in ("name", "sgqa") or suffix not in _CODES:
        raise ExpressionError(text)
    return f"${{{name}}}"
