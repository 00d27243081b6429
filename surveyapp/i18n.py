"""The language of a request: in its address, never in a session.

The program speaks English and French. A survey can speak more: on its pages, and nowhere else,
any language that has a name here is one of a request too.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from babel.support import NullTranslations, Translations
from flask import Flask, abort, current_app, g, request, url_for
from flask_babel import Domain, force_locale, format_date, format_decimal, get_locale

from surveyapp import catalogues, marking
from surveyapp.catalogues import Spoken, babel_locale, supplied
from surveyapp.extensions import babel
from surveyapp.questionnaire.tongues import BESIDE, direction, said

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
# What languages call themselves where Babel does not know it, or says it less plainly.
OWN_NAMES = {
    "ar": "العربية",
    "cr": "ᓀᐦᐃᔭᐍᐏᐣ",
    "iu": "ᐃᓄᒃᑎᑐᑦ",
    "oj": "ᐊᓂᔑᓈᐯᒧᐎᓐ",
    "tl": "Tagalog",
}
# Those an editor offers first: of Ontario's residents, and with fonts for paper.
OFFERED = ("ar", "cr", "es", "fa", "it", "iu", "oj", "pl", "pt", "ru", "so", "tl", "uk", "ur", "vi")
SPEAKS_ANY = "surveyapp_speaks_any"
_ALOUD: ContextVar[str] = ContextVar("aloud", default="")


def tongue(code: str) -> Interface | None:
    """Return a language that a survey can speak; None for a code that names none."""
    if code in LANGUAGES:
        return LANGUAGES[code]
    known = babel_locale(code)
    name = OWN_NAMES.get(code) or (known and known.get_display_name(code))
    if not name:
        return None
    # Dates and numbers go with the sentences that they stand in.
    speaks = known is not None and code in supplied()
    locale = code if speaks else LANGUAGES[BESIDE].locale
    return Interface(code, locale, name[:1].upper() + name[1:], direction(code))


def tongue_here() -> Interface:
    """Return the language of this request."""
    found = tongue(language())
    assert found is not None, "an address with another language is not found"
    return found


def tongues(codes: Iterable[str]) -> dict[str, Interface]:
    """Return those languages that have a name, by code."""
    return {code: found for code in codes if (found := tongue(code)) is not None}


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
    return tongue_here().locale


def _is_spoken(endpoint: str | None, code: str) -> bool:
    """Tell whether a page can be in a language: a survey's in any, all others in the program's."""
    if code in LANGUAGES:
        return True
    wing = (endpoint or "").partition(".")[0]
    return wing in current_app.extensions[SPEAKS_ANY] and tongue(code) is not None


def _take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values and "language" in values:
        code = values.pop("language")
        if not _is_spoken(endpoint, code):
            abort(404)
        g.language = code


def _give_language(endpoint: str, values: dict[str, Any]) -> None:
    if "language" not in values and current_app.url_map.is_endpoint_expecting(endpoint, "language"):
        code = language()
        values["language"] = code if _is_spoken(endpoint, code) else BESIDE


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language for a while, whatever the page's own is."""
    spoken = tongue(code)
    assert spoken is not None, "a survey speaks languages that have a name"
    before = _ALOUD.set(code)
    try:
        with force_locale(spoken.locale):
            yield
    finally:
        _ALOUD.reset(before)


def other_languages(spoken: Iterable[str] = ()) -> tuple[Interface, ...]:
    """List the languages that this page can be switched to: a survey's own, else the program's."""
    here = language()
    return tuple(one for code, one in tongues(spoken or LANGUAGES).items() if code != here)


def here_in(code: str) -> str:
    """Return the address of this same page in another language."""
    if request.endpoint is None or "language" not in g:
        return f"/{code}/"
    path = url_for(request.endpoint, **{**(request.view_args or {}), "language": code})
    # The reader's own query stays a query: as arguments it could name another page or host.
    query = urlencode(list(request.args.items(multi=True)))
    return f"{path}?{query}" if query else path


class Sentences(Domain):  # type: ignore[misc]
    """The program's sentences, in whatever language is spoken now."""

    def get_translations(self) -> NullTranslations:
        """Return those of the page's language, or of the one spoken aloud for a while."""
        code = _ALOUD.get() or (language() if current_app else BESIDE)
        if code in LANGUAGES:
            return super().get_translations()
        kept: dict[str, Spoken] = current_app.extensions.setdefault("surveyapp_spoken", {})
        if code not in kept:
            beside = Translations.load(str(TRANSLATIONS), [LANGUAGES[BESIDE].locale])
            kept[code] = Spoken(code, supplied().get(code), beside)
        return kept[code]


def speak_any(app: Flask, wings: Iterable[str]) -> None:
    """Let the pages of some blueprints be in any language that a survey speaks."""
    app.extensions[SPEAKS_ANY] |= frozenset(wings)


def _check_catalogues() -> None:
    for one in LANGUAGES.values():
        if not (TRANSLATIONS / one.locale / "LC_MESSAGES" / "messages.mo").exists():
            raise RuntimeError(f"no compiled catalogue for {one.locale}")


def init_app(app: Flask) -> None:
    """Configure Babel and take the language out of every address."""
    _check_catalogues()
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(TRANSLATIONS)
    app.extensions[SPEAKS_ANY] = frozenset[str]()
    babel.init_app(app, locale_selector=_locale)
    babel.domain_instance = Sentences()
    catalogues.init_app(app)
    marking.init_app(app)
    app.url_value_preprocessor(_take_language)
    app.url_defaults(_give_language)
    app.jinja_env.globals.update(
        language=language,
        interface=tongue_here,
        tongue=tongue,
        said=lambda words, code="": said(words, code or language()),
        other_languages=other_languages,
        here_in=here_in,
        format_date=format_date,
        format_decimal=format_decimal,
        get_locale=get_locale,
    )
