"""Whether a workbook is safe to unpack: the zip's directory first, then what is really in it."""

import re
import zipfile
import zlib
from io import BytesIO

from surveyapp.questionnaire.interchange.report import Code, Log

MOST_BYTES = 20_000_000
MOST_PARTS = 2_000
# A million rows that are only formatted are some 100 MB of XML; text is kept in memory, rows not.
MOST_SHEET = 400_000_000
MOST_OTHER = 24_000_000
MOST_TOTAL = 500_000_000
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = 0x1
_STEP = 1 << 20
_FILLED = re.compile(rb"<(?:\w+:)?(?:v|is|f)[\s>]")
_ROW_OF = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="[A-Z]+(\d+)"')


def _most(part: zipfile.ZipInfo) -> int:
    return MOST_SHEET if part.filename.startswith("xl/worksheets/") else MOST_OTHER


def _unpacked(archive: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Count the bytes a part really has, and no further than what is ``left``."""
    size = 0
    with archive.open(part) as stream:
        while size <= left and (read := stream.read(_STEP)):
            size += len(read)
    return size


def _is_read(part: zipfile.ZipInfo) -> bool:
    return part.filename.endswith((".xml", ".rels"))


def _check(archive: zipfile.ZipFile, log: Log) -> None:
    parts = archive.infolist()
    declared = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or declared > MOST_TOTAL:
        log.refused(Code.too_big, most=MOST_TOTAL, size=declared)
    for part in parts:
        if part.flag_bits & _ENCRYPTED:
            log.refused(Code.locked_or_old)
        elif _is_read(part) and part.file_size > _most(part):
            log.refused(Code.too_big, most=_most(part), size=part.file_size, part=part.filename)
    log.stop_if_refused()
    left = MOST_TOTAL
    for part in filter(_is_read, parts):
        left -= _unpacked(archive, part, min(left, _most(part)))
        if left < 0:
            log.refused(Code.too_big, most=MOST_TOTAL, part=part.filename)
            return


def check_container(data: bytes, log: Log) -> None:
    """Refuse what is no zip, is locked, or would unpack to more than a questionnaire can be.

    :raise FileRefusedError: with the reason.
    """
    if len(data) > MOST_BYTES:
        log.refused(Code.too_big, most=MOST_BYTES, size=len(data))
    elif data.startswith(_OLD_EXCEL):
        log.refused(Code.locked_or_old)
    log.stop_if_refused()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check(archive, log)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError):
        log.refused(Code.not_a_workbook)
    log.stop_if_refused()


def last_filled_row(data: bytes, part: str) -> int | None:
    """Return the number of the last row with a cell that holds something, 0 if there is none.

    None: the cells do not say in which row they are.
    """
    before, found = b"", b""
    with zipfile.ZipFile(BytesIO(data)) as archive, archive.open(part) as stream:
        while read := stream.read(_STEP):
            text = before + read
            for match in _FILLED.finditer(text):
                found = text[max(0, match.start() - 400) : match.start()]
            before = text[-500:]
    if not found:
        return 0
    rows = _ROW_OF.findall(found)
    return int(rows[-1]) if rows else None
