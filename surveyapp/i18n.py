"""The language of a request: in its address, never in a session."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from flask import Flask, abort, current_app, g, request, url_for
from flask_babel import force_locale, format_date, format_decimal, get_locale

from surveyapp.extensions import babel

TRANSLATIONS = Path(__file__).resolve().parent.parent / "translations"


@dataclass(frozen=True)
class Interface:
    """A language of the interface: its URL segment, Babel locale, own name and direction."""

    code: str
    locale: str
    name: str
    direction: str = "ltr"


LANGUAGES = {
    "en": Interface("en", "en_CA", "English"),
    "fr": Interface("fr", "fr_CA", "Français"),
}


def language() -> str:
    """Return the language code of this request.

    An address that no route knows has no language part: its first segment decides, then the
    reader's browser, so that a page not found in French says so in French.
    """
    if "language" in g:
        return str(g.language)
    segment = request.path.split("/")[1] if request else ""
    if segment in LANGUAGES:
        return segment
    return (request and request.accept_languages.best_match(tuple(LANGUAGES))) or "en"


def known_language() -> bool:
    """Tell whether the address itself names a language."""
    return "language" in g or request.path.split("/")[1] in LANGUAGES


def _locale() -> str:
    return LANGUAGES[language()].locale


def _take_language(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "language" in values:
        code = values.pop("language")
        if code not in LANGUAGES:
            abort(404)
        g.language = code


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    if "language" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        values["language"] = language()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language for a while, whatever the page's own is."""
    with force_locale(LANGUAGES[code].locale):
        yield


def other_languages() -> tuple[Interface, ...]:
    """List the languages that this page can be switched to."""
    return tuple(one for code, one in LANGUAGES.items() if code != language())


def here_in(code: str) -> str:
    """Return the address of this same page in another language."""
    if request.endpoint is None or "language" not in g:
        return f"/{code}/"
    path = url_for(request.endpoint, **{**(request.view_args or {}), "language": code})
    # The reader's own query stays a query: as arguments it could name another page or host.
    query = urlencode(list(request.args.items(multi=True)))
    return f"{path}?{query}" if query else path


def _check_catalogues() -> None:
    for one in LANGUAGES.values():
        if not (TRANSLATIONS / one.locale / "LC_MESSAGES" / "messages.mo").exists():
            raise RuntimeError(f"no compiled catalogue for {one.locale}")


def init_app(app: Flask) -> None:
    """Configure Babel and take the language out of every address."""
    _check_catalogues()
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    babel.init_app(app, locale_selector=_locale)
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    app.jinja_env.globals.update(
        language=language,
        interface=lambda: LANGUAGES[language()],
        interfaces=lambda: LANGUAGES,
        other_languages=other_languages,
        here_in=here_in,
        format_date=format_date,
        format_decimal=format_decimal,
        get_locale=get_locale,
    )
