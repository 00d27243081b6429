"""CSV as RFC 4180 has it, that Excel opens in either language and no formula hides in."""

import csv
import io
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from surveyapp.press.fields import Field, Type

BOM = "\ufeff"
_NUMERAL = re.compile(r"[+-]?\d+(\.\d+)?")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def guarded(words: str) -> str:
    """Put an apostrophe before words that a spreadsheet would run as a formula."""
    if words.lstrip(" ").startswith(_FORMULA) and not _NUMERAL.fullmatch(words):
        return f"'{words}"
    return words


def unguarded(words: str) -> str:
    """Take back the apostrophe of ``guarded``: words read from a file, as they were typed."""
    return words[1:] if words[:1] == "'" and guarded(words[1:]) == words else words


def _number(value: float) -> str:
    # Enough digits for any figure here, and no trace of binary fractions.
    text = f"{value:.10f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


_WRITE_AS: Mapping[Type, Callable[[Any], str]] = {
    Type.string: str,
    Type.integer: lambda value: str(int(value)),
    Type.number: lambda value: _number(float(value)),
    Type.boolean: lambda value: "true" if value else "false",
    Type.date: date.isoformat,
    Type.datetime: _instant,
}


def _is_empty(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def written(field: Field, value: Any) -> str:
    """Write one value; nothing is an empty cell and never a 0."""
    if _is_empty(value):
        return ""
    text = _WRITE_AS[field.type](value)
    return guarded(text) if field.is_text else text


def table(fields: Sequence[Field], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """Write a table: UTF-8 with a byte order mark, comma, CRLF, a header of machine names."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([field.name for field in fields])
    for row in rows:
        writer.writerow([written(field, row[field.name]) for field in fields])
    return (BOM + out.getvalue()).encode()
