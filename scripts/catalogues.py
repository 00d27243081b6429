"""Extract every sentence of the interface, update both catalogues and compile them.

English is written in the code, so its catalogue is filled from there; French is written in its
own catalogue, and what it still lacks is listed. Nothing that changes by itself (dates, line
numbers) is kept, so that a catalogue changes only when a sentence does.
"""

import argparse
import io
import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ("en_CA", "fr_CA")
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS = {**DEFAULT_KEYWORDS, **parse_keywords(["_l"])}


def extracted() -> Catalog:
    """Collect every marked sentence of code and templates."""
    with (ROOT / "babel.cfg").open() as settings:
        methods, options = parse_mapping_cfg(settings)
    found = Catalog()
    for name, _line, message, comments, context in sorted(
        extract_from_dir(str(ROOT), methods, options, KEYWORDS),
        key=lambda one: (one[0], one[1], str(one[2])),
    ):
        found.add(message, None, [(name, None)], auto_comments=comments, context=context)
    return found


def path_of(locale: str) -> Path:
    """Return where a locale's catalogue lies."""
    return ROOT / "translations" / locale / "LC_MESSAGES" / "messages.po"


def stored(locale: str) -> Catalog:
    """Read a catalogue, or begin one."""
    path = path_of(locale)
    if not path.exists():
        return Catalog(locale=locale)
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def compiled(catalogue: Catalog) -> bytes:
    """Compile a catalogue, under one date: the same sentences are the same bytes."""
    catalogue.creation_date = catalogue.revision_date = BEGAN
    buffer = io.BytesIO()
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def as_text(catalogue: Catalog) -> bytes:
    """Write a catalogue as it is kept: in order, with the files but not the lines."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=100, sort_output=True, omit_header=True, include_lineno=False)
    head = (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {catalogue.locale}\\n"\n'
        f'"Plural-Forms: {catalogue.plural_forms}\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        '"Content-Transfer-Encoding: 8bit\\n"\n\n'
    )
    return head.encode() + buffer.getvalue()


def renewed(locale: str, found: Catalog, given: dict[str, str | list[str]]) -> Catalog:
    """Bring a catalogue up to date: nothing left over, what is known kept."""
    old = stored(locale)
    new = Catalog(locale=locale)
    for message in found:
        if not message.id:
            continue
        key = message.id[0] if isinstance(message.id, tuple | list) else message.id
        known = old.get(message.id, message.context)
        string = message.id if locale == "en_CA" else given.get(key) or (known and known.string)
        if isinstance(string, list | tuple):
            string = tuple(map(typeset, string) if locale == "fr_CA" else string)
        elif string and locale == "fr_CA":
            string = typeset(string)
        new.add(
            message.id,
            string or None,
            message.locations,
            auto_comments=message.auto_comments,
            context=message.context,
        )
    return new


def typeset(string: str) -> str:
    """Put Canadian French no-break spaces where they belong: before a colon, inside quotes."""
    string = re.sub(r"(?<=\S) :(?=\s|$)", "\u00a0:", string)
    return string.replace("\u00ab ", "\u00ab\u00a0").replace(" \u00bb", "\u00a0\u00bb")


def lacking(catalogue: Catalog) -> list[str]:
    """List the sentences without a translation."""
    return [
        str(message.id)
        for message in catalogue
        if message.id
        and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]


def main() -> int:
    """Update the catalogues; the status is 1 while French lacks a sentence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--french", type=Path, help="JSON of English sentences to French ones")
    given = parser.parse_args().french
    french = json.loads(given.read_text()) if given else {}
    found = extracted()
    missing: list[str] = []
    for locale in LOCALES:
        catalogue = renewed(locale, found, french)
        path = path_of(locale)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_text(catalogue))
        with path.open("rb") as file:
            path.with_suffix(".mo").write_bytes(compiled(read_po(file, locale=locale)))
        missing += [f"{locale}: {one}" for one in lacking(catalogue)]
    sys.stdout.write("\n".join((*missing, f"{len(missing)} sentences lack a translation")) + "\n")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
