"""The types of XLSForm's rows, under all the names they have had."""

import re
from dataclasses import dataclass

_SELECT_ONE = "select_one"
_SELECT_MANY = "select_multiple"
_LISTED = {
    "select_one": _SELECT_ONE,
    "select one": _SELECT_ONE,
    "select one from": _SELECT_ONE,
    "select1": _SELECT_ONE,
    "add select one prompt using": _SELECT_ONE,
    "select_multiple": _SELECT_MANY,
    "select multiple": _SELECT_MANY,
    "select all that apply": _SELECT_MANY,
    "select all that apply from": _SELECT_MANY,
    "add select multiple prompt using": _SELECT_MANY,
    "select_one_from_file": "select_one_from_file",
    "select one from file": "select_one_from_file",
    "select_multiple_from_file": "select_multiple_from_file",
    "select_one_external": "select_one_external",
    "rank": "rank",
}
_PLAIN = {
    "int": "integer",
    "q string": "text",
    "string": "text",
    "add text prompt": "text",
    "add note prompt": "note",
    "add integer prompt": "integer",
    "add decimal prompt": "decimal",
}
# What a device or an account tells of itself: never kept here, and it asks nobody anything.
METADATA = frozenset(
    (
        "start",
        "end",
        "today",
        "deviceid",
        "device id",
        "imei",
        "subscriberid",
        "simserial",
        "phonenumber",
        "phone number",
        "username",
        "email",
        "audit",
        "background-audio",
        "start-geopoint",
    )
)
_OTHER = re.compile(r"\s+(?:or_other|or specify other|or other)$", re.IGNORECASE)
_GROUP = re.compile(r"^(begin|end)[\s_]+(?:lgroup|looped group|(group|repeat|loop))$")
_LONGEST_FIRST = sorted(_LISTED, key=len, reverse=True)


@dataclass(frozen=True)
class Type:
    """A row's type: its base, the list of choices or the file, and ``or_other``."""

    base: str
    choices: str = ""
    other: bool = False


def read_type(cell: str) -> Type:
    """Read a type; an unknown one is its own base."""
    written = " ".join(cell.split())
    other = _OTHER.search(written)
    if other:
        written = written[: other.start()]
    lower = written.lower()
    group = _GROUP.match(lower)
    if group:
        return Type(f"{group.group(1)} {'group' if group.group(2) == 'group' else 'repeat'}")
    for name in _LONGEST_FIRST:
        if lower.startswith(f"{name} "):
            return Type(_LISTED[name], written[len(name) :].strip(), bool(other))
    return Type(_PLAIN.get(lower, _LISTED.get(lower, lower)))
