"""Numbers as people type them, in English or in French."""

import re
from decimal import Decimal

# An ordinary, no-break, narrow no-break or thin space between groups of three digits, and the
# apostrophe that some French keyboards give; a true minus sign beside the hyphen.
_SPACED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f\u2009'’]\d{3})+(?=[.,]|$)")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"(?:\d{1,15}(?:\.\d{1,15})?|\.\d{1,15})")
_NOT_A_DIGIT = re.compile(r"[^0-9]+")


def amount(typed: str, decimals: int) -> Decimal | None:
    """Read "1 234,5", "1,234.5", "1234.5" or ",5"; None when it is no number.

    A comma is a decimal comma unless it can only be a separator of thousands: a point follows
    ("1,234.5"), there are several ("1,234,567"), or whole numbers are wanted ("1,234" is then one
    thousand and more, since "1,234" as a decimal would be refused anyway). A point is always a
    decimal point. Exponents, NaN and infinity are no numbers here, nor are more than 15 digits.
    """
    bare = typed.strip().replace("\u2212", "-")
    sign = bare[:1] if bare[:1] in ("+", "-") else ""
    bare = bare[len(sign) :]
    spaced = _SPACED.match(bare)
    if spaced:
        bare = _NOT_A_DIGIT.sub("", spaced.group()) + bare[spaced.end() :]
    elif _GROUPED.fullmatch(bare) and ("." in bare or bare.count(",") > 1 or decimals == 0):
        bare = bare.replace(",", "")
    bare = bare.replace(",", ".")
    if not (bare.isascii() and _PLAIN.fullmatch(bare)):
        return None
    return Decimal(sign + bare)
