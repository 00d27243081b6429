"""Files of postal prefixes: CSV, one prefix and one place a line, read whole or refused whole."""

import csv
import io
from collections.abc import Collection

from surveyapp.storage.municipal.place_files import MOST_PROBLEMS, PlaceFileError
from surveyapp.storage.municipal.prefixes import LONGEST, prefix_of

MOST_LINES = 200_000
PREFIX, PLACE = "prefix", "place"


def _problem(prefix: str, place: str, known: Collection[str]) -> str:
    whole = "".join(prefix.split()).upper()
    if len(whole) > LONGEST:
        return f"{prefix} is longer than {LONGEST} characters: no whole postal codes are kept"
    if not prefix_of(whole):
        return f"{prefix or 'nothing'} is not the beginning of a postal code, such as K1A or K1A0"
    if place not in known:
        return f"{place or 'nothing'} is not the code of a place of the set"
    return ""


def read_prefixes(data: bytes, known: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Read places by prefix from a CSV file with the columns ``prefix`` and ``place``.

    :raise PlaceFileError: if anything is wrong, naming each line and the reason.
    """
    try:
        reader = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    except UnicodeDecodeError as error:
        raise PlaceFileError(["the file is not UTF-8 text"]) from error
    if not {PREFIX, PLACE} <= set(reader.fieldnames or ()):
        raise PlaceFileError([f"the file has no columns {PREFIX} and {PLACE}"])
    found: dict[str, tuple[str, ...]] = {}
    problems = []
    for row in reader:
        prefix, place = ((row[name] or "").strip() for name in (PREFIX, PLACE))
        problem = _problem(prefix, place, known)
        if problem:
            problems.append(f"line {reader.line_num}: {problem}")
        if len(problems) == MOST_PROBLEMS or reader.line_num > MOST_LINES:
            break
        key = prefix_of(prefix)
        found[key] = tuple(dict.fromkeys((*found.get(key, ()), place)))
    if problems:
        raise PlaceFileError(problems)
    if reader.line_num > MOST_LINES:
        raise PlaceFileError([f"the file has more than {MOST_LINES} lines"])
    return found
