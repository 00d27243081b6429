"""The expressions of XLSForm as a tree: the part of XPath in which forms say who is asked."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_CHARACTERS = 10_000
MOST_DEEP = 40
# How two sides compare when they change places.
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


class ExpressionError(ValueError):
    """An expression, or the part of one, that is not understood."""


@dataclass(frozen=True)
class Ref:
    """The answer to a question: ``${name}``."""

    name: str


@dataclass(frozen=True)
class Here:
    """The answer to the question itself: a dot."""


@dataclass(frozen=True)
class Words:
    """A quoted text."""

    text: str


@dataclass(frozen=True)
class Amount:
    """A number, as it is written."""

    text: str


@dataclass(frozen=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple["Tree", ...]


@dataclass(frozen=True)
class Relation:
    """Two sides and how they compare."""

    how: str
    left: "Tree"
    right: "Tree"


@dataclass(frozen=True)
class Joined:
    """Parts joined by one word, ``and`` or ``or``."""

    word: str
    parts: tuple["Tree", ...]


Tree = Ref | Here | Words | Amount | Call | Relation | Joined

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<ref>\$\{[^{}]*\})
  | (?P<amount>-?(?:\d+(?:\.\d*)?|\.\d+))
  | (?P<words>"[^"]*"|'[^']*'|“[^”]*”|‘[^’]*’)
  | (?P<how><=|>=|!=|=|<|>)
  | (?P<mark>[(),])
  | (?P<here>\.)
  | (?P<name>[A-Za-z][A-Za-z0-9_:-]*)
    )""",
    re.VERBOSE,
)
Token = tuple[str, str]


def _tokens(text: str) -> Iterator[Token]:
    at, text = 0, text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ExpressionError(text[at:].strip()[:40])
        yield str(match.lastgroup), match.group(str(match.lastgroup))
        at = match.end()


class _Parser:
    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.deep = 0

    def next(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def take(self) -> Token:
        token = self.next()
        self.at += 1
        return token

    def takes(self, *wanted: Token) -> bool:
        if self.next() in wanted:
            self.at += 1
            return True
        return False

    def joined(self, word: str) -> Tree:
        parts = [self.below(word)]
        while self.takes(("name", word)):
            parts.append(self.below(word))
        return parts[0] if len(parts) == 1 else Joined(word, tuple(parts))

    def below(self, word: str) -> Tree:
        return self.joined("and") if word == "or" else self.relation()

    def relation(self) -> Tree:
        left = self.single()
        if self.next()[0] != "how":
            return left
        how = self.take()[1]
        return Relation(how, left, self.single())

    def single(self) -> Tree:
        kind, text = self.take()
        match kind:
            case "ref":
                return Ref(text[2:-1].strip())
            case "words":
                return Words(text[1:-1])
            case "amount":
                return Amount(text)
            case "here":
                return Here()
            case "name" if self.takes(("mark", "(")):
                return Call(text, self.arguments())
            case "mark" if text == "(":
                return self.inside()
        raise ExpressionError(text or "…")

    def inside(self) -> Tree:
        self.deep += 1
        if self.deep > MOST_DEEP:
            raise ExpressionError("(((…")
        tree = self.joined("or")
        self.deep -= 1
        if not self.takes(("mark", ")")):
            raise ExpressionError(self.next()[1] or ")")
        return tree

    def arguments(self) -> tuple[Tree, ...]:
        if self.takes(("mark", ")")):
            return ()
        self.deep += 1
        if self.deep > MOST_DEEP:
            raise ExpressionError("(((…")
        found = [self.joined("or")]
        while self.takes(("mark", ",")):
            found.append(self.joined("or"))
        self.deep -= 1
        if not self.takes(("mark", ")")):
            raise ExpressionError(self.next()[1] or ")")
        return tuple(found)


def parse(text: str) -> Tree:
    """Read an expression.

    :raise ExpressionError: with the part that is not understood.
    """
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError(text[:40])
    parser = _Parser(text)
    tree = parser.joined("or")
    if parser.next()[0] != "end":
        raise ExpressionError(parser.next()[1])
    return tree
