"""Foreign words on a page: where marks stand, HTML says which language they are, and which way.

It works on the page as it was drawn, and not in each template, so that no sentence can be
forgotten: an element of text gets ``lang`` and ``dir``, an option or a title (which hold no
elements) and an attribute get what they can hold.
"""

import re
from collections.abc import Iterator

from flask import Flask, Response
from markupsafe import Markup

from surveyapp.questionnaire.tongues import BEGIN, CLOSE, MARKS, OPEN, bare, direction, isolated

# Tags, and the elements that hold text alone.
_PIECES = re.compile(r"(<(?:option|title|textarea)\b[^>]*>[^<]*|<[^>]*>)")
_PLAIN = re.compile(r"(<(option|title|textarea)\b[^>]*>)([^<]*)", re.DOTALL)
_ONE = re.compile(f"\\s*{OPEN}([a-z]{{2,3}}){BEGIN}([^{OPEN}{CLOSE}]*){CLOSE}\\s*")
_IN_TAG = re.compile(f"{OPEN}([a-z]{{2,3}}){BEGIN}")


def _attributes(language: str) -> str:
    return f' lang="{language}" dir="{direction(language)}"'


def _opening(tag: str, language: str) -> str:
    end = -2 if tag.endswith("/>") else -1
    return tag[:end] + _attributes(language) + tag[end:]


def _text_only(tag: str, words: str) -> str:
    """Mark an element that holds no others: as a whole where it is in one language."""
    whole = _ONE.fullmatch(words)
    if whole and " lang=" not in tag:
        return _opening(bare(tag), whole[1]) + whole[2]
    # A window's title is set by its first word: the order of two languages is right as it is.
    return bare(tag) + (bare(words) if tag.startswith("<title") else isolated(words))


def _tag(tag: str, following: str) -> str:
    """Mark an element by its attributes, where it has no words of its own to mistake."""
    found = _IN_TAG.search(tag)
    name = re.match(r"<(\w+)", tag)
    is_empty = name and (name[1] in ("input", "img") or following.startswith(f"</{name[1]}"))
    plain = isolated(tag) if "aria-label" in tag or "placeholder" in tag else bare(tag)
    return _opening(plain, found[1]) if found and is_empty and " lang=" not in tag else plain


def _text(words: str, open_: list[str]) -> str:
    def element(mark: re.Match[str]) -> str:
        if mark[0] == CLOSE:
            return f"</{open_.pop()}>" if open_ else ""
        open_.append("span" if mark[1] else "bdi")
        return f"<span{_attributes(mark[1])}>" if mark[1] else "<bdi>"

    return MARKS.sub(element, words)


def _pieces(page: str) -> Iterator[str]:
    pieces, open_ = _PIECES.split(page), list[str]()
    for place, piece in enumerate(pieces):
        if OPEN not in piece and CLOSE not in piece:
            yield piece
        elif place % 2 == 0:
            yield _text(piece, open_)
        elif plain := _PLAIN.fullmatch(piece):
            yield _text_only(plain[1], plain[3])
        else:
            following = pieces[place + 1].strip() or "".join(pieces[place + 2 : place + 3])
            yield _tag(piece, following)


def heard(page: str) -> str:
    """Return a page, or a part of one, that says which of its words are in another language."""
    if OPEN not in page and CLOSE not in page:
        return page
    made = "".join(_pieces(page))
    return Markup(made) if isinstance(page, Markup) else made


def _say_languages(response: Response) -> Response:
    if response.mimetype != "text/html" or response.is_streamed or response.content_encoding:
        return response
    if OPEN.encode() in response.get_data():
        response.set_data(heard(response.get_data(as_text=True)))
    return response


def init_app(app: Flask) -> None:
    """Mark every page that goes out."""
    app.after_request(_say_languages)
