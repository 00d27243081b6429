"""The program's sentences in a survey's further languages: supplied ones, else English, marked.

English and French are the program's own. Of any other language an operator can put a catalogue
(``ar.po``, plain gettext) into the folder ``languages`` of the data folder; what it lacks is
said in English, between marks (see ``marking``).
"""

import io
import re
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.support import NullTranslations, Translations
from flask import Flask, current_app

from surveyapp.questionnaire.tongues import BESIDE, direction, marked

FOLDER = "languages"
STORE = "surveyapp_catalogues"
# Ours are made of plain text; Babel has no plural rule for some languages that surveys speak.
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
# Of what sentences are filled with, these are words of the survey, in the reader's language.
_SURVEYS_WORDS = frozenset(
    ("answer", "answers", "options", "part", "places", "question", "statement", "text", "title")
)


def babel_locale(code: str) -> Locale | None:
    """Return Babel's locale for a language, if it knows one."""
    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return None


def read_catalogue(path: Path) -> Translations:
    """Read a catalogue as a translator wrote it.

    :raise ValueError: if it is none, or is in another language than its name says.
    """
    known = babel_locale(path.stem)
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=known, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError, ValueError) as error:
        raise ValueError(f"{path.name} is no catalogue: {error}") from error
    for message in catalogue:
        errors = [*message.check(catalogue)] if message.id else []
        if errors:
            raise ValueError(f"{path.name}, line {message.lineno}: {errors[0]}")
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Translations(compiled)


def read_catalogues(folder: Path) -> dict[str, Translations]:
    """Read every catalogue of a folder by its language."""
    return {path.stem: read_catalogue(path) for path in sorted(folder.glob("*.po"))}


def supplied() -> dict[str, Translations]:
    """Return the catalogues that the operator supplied."""
    found: dict[str, Translations] = current_app.extensions.get(STORE, {})
    return found


class Spoken(NullTranslations):
    """The sentences of one further language."""

    def __init__(self, code: str, own: Translations | None, beside: NullTranslations) -> None:
        super().__init__()
        self._code, self._own, self._beside = code, own, beside

    def _english(self, words: str) -> str:
        """Mark an English sentence, and in it what is in the reader's own language."""

        def place(found: re.Match[str]) -> str:
            return marked(found[0], self._code) if found[1] in _SURVEYS_WORDS else found[0]

        return marked(_PLACEHOLDER.sub(place, words), BESIDE) if words else words

    def _kept_whole(self, words: str) -> str:
        """Keep the order of addresses, codes and telephone numbers in a language from the right."""
        if direction(self._code) == "ltr":
            return words
        return _PLACEHOLDER.sub(lambda found: marked(found[0]), words)

    def gettext(self, message: str) -> str:
        """Return a sentence."""
        own = self._own._catalog.get(message) if self._own else None  # type: ignore[attr-defined]
        return self._kept_whole(own) if own else self._english(self._beside.ugettext(message))

    def ngettext(self, singular: str, plural: str, num: int) -> str:
        """Return a sentence that goes with a number."""
        own = self._own.ngettext(singular, plural, num) if self._own else ""
        if own and own not in (singular, plural):
            return self._kept_whole(own)
        return self._english(self._beside.ungettext(singular, plural, num))

    def pgettext(self, context: str, message: str) -> str:
        """Return a sentence that is told from another by its context."""
        return self._english(self._beside.upgettext(context, message))

    ugettext = gettext
    ungettext = ngettext
    upgettext = pgettext


def init_app(app: Flask) -> None:
    """Read what the operator supplied.

    :raise ValueError: naming the file and line, if a catalogue cannot be read.
    """
    app.extensions[STORE] = read_catalogues(Path(app.config["DATA_FOLDER"]) / FOLDER)
