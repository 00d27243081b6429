"""Translations as a PO file, for tools that grew up with programs: one message a text."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO, StringIO

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from surveyapp.questionnaire.interchange.wordings.units import (
    MOST_ROWS,
    Fault,
    Row,
    TranslationFileError,
    Unit,
    decoded,
)
from surveyapp.questionnaire.text import TranslationState

_CONTEXT = re.compile(r'^msgctxt "(.*)"\s*$', re.MULTILINE)
_CHARSET = re.compile(rb"charset=((?:iso-?8859-?|windows-|cp)\d[\w-]{0,8})", re.IGNORECASE)
_WRAPPED = re.compile(r'"[ \t]*\r?\n[ \t]*"')
_LOCALES = {"en": "en_CA", "fr": "fr_CA"}
# A file of the same texts is the same bytes.
_WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def write_po_file(units: Sequence[Unit], name: str) -> bytes:
    """Write messages with their id as context; what is to look at again is fuzzy."""
    target = units[0].target_language if units else "fr"
    catalog = Catalog(
        locale=_LOCALES.get(target, target),
        project=name,
        version="1",
        header_comment="# Texts of a survey.",
        creation_date=_WHEN,
        revision_date=_WHEN,
        fuzzy=False,
    )
    for one in units:
        flags = ("fuzzy",) if one.state is TranslationState.stale else ()
        comments = (one.note,) if one.note else ()
        catalog.add(one.source, one.target, context=one.id, flags=flags, user_comments=comments)
    out = BytesIO()
    write_po(out, catalog, width=0)
    return out.getvalue()


def _text(data: bytes) -> str:
    """Read bytes as Unicode, or in the character set that the file names."""
    try:
        return decoded(data)
    except TranslationFileError:
        named = _CHARSET.search(data)
        try:
            return data.decode(named[1].decode()) if named else decoded(data)
        except (LookupError, UnicodeDecodeError):
            raise TranslationFileError(Fault.not_utf8) from None


def _catalog(text: str) -> Catalog:
    try:
        return read_po(StringIO(text), abort_invalid=True)
    except (PoFileError, ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise TranslationFileError(Fault.not_po, {"line": getattr(error, "lineno", 0)}) from error


def read_po_file(data: bytes) -> tuple[Row, ...]:
    """Read messages that have a context; which language they are from, their words tell.

    :raise TranslationFileError: if that is no PO file, or names no language.
    """
    text = _text(data)
    if "msgid" not in text:
        raise TranslationFileError(Fault.not_po, {"line": 1})
    if text.count("msgid") > 2 * MOST_ROWS:
        raise TranslationFileError(Fault.too_many_rows, {"most": MOST_ROWS})
    catalog = _catalog(text)
    language = (catalog.locale_identifier or "").replace("-", "_").partition("_")[0].lower()
    if not language:
        raise TranslationFileError(Fault.no_language)
    # The library joins messages of the same name: they are found in the text itself.
    names = Counter(_CONTEXT.findall(_WRAPPED.sub("", text)))
    repeated = {one for one, times in names.items() if times > 1}
    rows: list[Row] = []
    for one in catalog:
        if isinstance(one.id, str) and one.id and isinstance(one.string, str):
            key = one.context or ""
            made = (key, "", language, one.id, one.string)
            # A name that stands twice is told of twice, so that neither is taken.
            for _ in range(2 if key in repeated else 1):
                rows.append(Row(one.lineno or len(rows) + 1, *made, is_done=not one.fuzzy))
    return tuple(rows)
