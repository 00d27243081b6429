"""Canadian French as it is typeset, mended where a keyboard could not do it."""

import re

NO_BREAK = "\N{NO-BREAK SPACE}"
_SPACES = rf"[ {NO_BREAK}\N{{NARROW NO-BREAK SPACE}}]"
_RULES = (
    # A no-break space before a colon that is no time and no address; none before ; ? and !.
    (re.compile(rf"(?<=\w){_SPACES}*:(?=\s|$)"), f"{NO_BREAK}:"),
    (re.compile(rf"{_SPACES}+([;?!])"), r"\1"),
    (re.compile(rf"«{_SPACES}*"), f"«{NO_BREAK}"),
    (re.compile(rf"{_SPACES}*»"), f"{NO_BREAK}»"),
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r'"([^"\n]*)"'), f"«{NO_BREAK}\\1{NO_BREAK}»"),
    (re.compile(rf"(?<=\d){_SPACES}*%"), f"{NO_BREAK}%"),
)


def typeset_french(words: str) -> str:
    """Return French words with Canadian typography; what follows it already comes back as is."""
    for pattern, replacement in _RULES:
        words = pattern.sub(replacement, words)
    return words
