"""Translations to a file and from a file, by the ending of its name."""

from collections.abc import Callable, Sequence
from pathlib import PurePath

from surveyapp.questionnaire.interchange.wordings.po import read_po_file, write_po_file
from surveyapp.questionnaire.interchange.wordings.table import read_csv, write_csv
from surveyapp.questionnaire.interchange.wordings.units import (
    Fault,
    Row,
    TranslationFileError,
    Unit,
)
from surveyapp.questionnaire.interchange.wordings.xliff import read_xliff, write_xliff

WRITER_OF: dict[str, Callable[[Sequence[Unit], str], bytes]] = {
    ".xlf": write_xliff,
    ".csv": write_csv,
    ".po": write_po_file,
}
READER_OF: dict[str, Callable[[bytes], tuple[Row, ...]]] = {
    ".xlf": read_xliff,
    ".xliff": read_xliff,
    ".csv": read_csv,
    ".po": read_po_file,
    # What a spreadsheet calls its “Unicode text”.
    ".txt": read_csv,
    ".tsv": read_csv,
}
# Where programs of translators keep their work: the codes in them are their own.
WORKING = frozenset((".sdlxliff", ".mqxliff", ".mxliff", ".txlf"))


def read_translations(name: str, data: bytes) -> tuple[Row, ...]:
    """Read what a translator sent back.

    :raise TranslationFileError: if the file cannot be read, or holds nothing.
    """
    ending = PurePath(name).suffix.lower()
    reader = READER_OF.get(ending)
    if ending in WORKING:
        raise TranslationFileError(Fault.working_file)
    if reader is None:
        raise TranslationFileError(Fault.unknown_ending, {"known": " ".join(READER_OF)})
    rows = reader(data)
    if not rows:
        raise TranslationFileError(Fault.no_rows)
    return rows
