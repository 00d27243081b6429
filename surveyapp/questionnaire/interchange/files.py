"""A questionnaire from a file and to a file, by the ending of its name."""

import re
from collections.abc import Callable
from pathlib import PurePath

from surveyapp.questionnaire.document import DocumentError, read_draft, written
from surveyapp.questionnaire.interchange.bounds import check_editable
from surveyapp.questionnaire.interchange.lime.limesurvey import read_limesurvey
from surveyapp.questionnaire.interchange.report import Code, FileRefusedError, Log, Taken
from surveyapp.questionnaire.interchange.writing import write_xlsform
from surveyapp.questionnaire.interchange.xlsform import read_xlsform
from surveyapp.questionnaire.model import Draft

_LINE = re.compile(r"\bline (\d{1,9})\b")
_CODES = {"missing": Code.field_missing, "extra_forbidden": Code.field_unknown}
_CODES |= dict.fromkeys(("union_tag_invalid", "union_tag_not_found"), Code.no_kind)


def _read_document(data: bytes, _language: str | None) -> Taken:
    try:
        return Taken(read_draft(data))
    except DocumentError as error:
        log = Log()
        for (path, reason), sort in zip(error.problems, error.sorts, strict=True):
            _note_fault(log, path, reason, sort)
        raise FileRefusedError(tuple(log.remarks)) from error


def _note_fault(log: Log, path: str, reason: str, sort: str) -> None:
    """Say what is wrong at a path: the reader's own words are English, and for programmers."""
    if path == "/":
        line = _LINE.search(reason)
        log.refused(Code.not_a_document, int(line[1]) if line else 0, reason=reason)
    elif path == "format":
        log.refused(Code.other_format, 0, path)
    else:
        log.refused(_CODES.get(sort, Code.not_valid), 0, path, name=path.rpartition("/")[2])


def _write_document(draft: Draft, _name: str) -> bytes:
    return written(draft).encode()


READER_FOR: dict[str, Callable[[bytes, str | None], Taken]] = {
    ".json": _read_document,
    ".xlsx": read_xlsform,
    ".lss": read_limesurvey,
    # The same workbook with macros, which are not looked at.
    ".xlsm": read_xlsform,
}
WRITER_FOR: dict[str, Callable[[Draft, str], bytes]] = {
    ".json": _write_document,
    ".xlsx": write_xlsform,
}


def _ending(name: str) -> str:
    return PurePath(name).suffix.lower()


def read_file(name: str, data: bytes, language: str | None = None) -> Taken:
    """Read a questionnaire. ``language`` is what words are in that name none.

    :raise FileRefusedError: with every reason; also for an ending that is not known, and for what
        nobody could edit: a code that stands twice, or a list without end.
    """
    reader = READER_FOR.get(_ending(name))
    if reader is None:
        log = Log()
        log.refused(Code.unknown_suffix, name=name, known=" ".join(READER_FOR))
        raise FileRefusedError(tuple(log.remarks))
    taken = reader(data, language)
    check_editable(taken)
    return taken


def write_file(draft: Draft, file: str, name: str) -> bytes:
    """Write a questionnaire that is called ``name`` for a file.

    :raise KeyError: for an ending that is not known.
    :raise NotExportableError: if the format cannot hold the draft.
    """
    return WRITER_FOR[_ending(file)](draft, name)
